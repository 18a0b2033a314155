//! A message to exactly those whom a bug affects: written, looked at, sent once.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    bugs::{self, Draft, Preview, Sent, ShownRecipient, Skipped, ToSend, Written},
};
use rules::{
    bugs::affected::{Choice as Meant, Left, Reported, To, Why},
    ids::BugId,
    installed::Source,
};

use super::affected::{REPORTED, plan_choices, plans_of, reported_choices, source_choices};
use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit},
    pages::{
        desk::circular::{CircularPage, LeftLine, LookedAt, ReaderLine, SampleMail, TextForm},
        form::Choice,
        html::{Safe, show as page},
        parts::{Notice, Signal},
    },
    shown::{Saying, desk_frame},
};

/// Texts of a message, each in a language of its own.
const TEXTS: usize = 3;
/// Readers that are named on the page; all of them are counted.
const NAMED: usize = 200;

/// What the table was narrowed to is what is meant first.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct From {
    #[serde(default)]
    plan: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    reported: String,
}

struct Typed {
    draft: Draft,
    form: String,
    /// What is wrong, by the name of its field.
    faults: Vec<(String, String)>,
    looked: Option<Preview>,
}

fn choice((plan, source, reported): (&str, &str, &str)) -> Meant {
    let reported = REPORTED.iter().find(|(word, ..)| *word == reported).map_or(Reported::Either, |it| it.1);
    Meant { plans: plans_of(plan), source: Source::read(source), reported, ..Meant::default() }
}

fn typed(fields: &Fields) -> Draft {
    let text = |at: usize| Written {
        language: fields.text(&format!("language.{at}")).trim().to_owned(),
        subject: fields.text(&format!("subject.{at}")).trim().to_owned(),
        body: fields.text(&format!("body.{at}")).trim().to_owned(),
    };
    let is_used = |at: usize, it: &Written| at == 0 || !it.subject.is_empty() || !it.body.is_empty();
    let texts = (0..TEXTS).map(|at| (at, text(at))).filter(|(at, it)| is_used(*at, it)).map(|(_, it)| it);
    let meant = choice((fields.text("plan"), fields.text("source"), fields.text("reported")));
    let to = if fields.text("to") == "reporters" { To::Reporters } else { To::Contacts };
    Draft { texts: texts.collect(), choice: Meant { unlicensed: fields.text("unlicensed") == "1", to, ..meant } }
}

pub(crate) async fn new(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let first = Written { language: say.policy().language.to_string(), ..Written::default() };
    let meant = choice((&from.plan, &from.source, &from.reported));
    let draft = Draft { texts: vec![first], choice: meant };
    let typed = Typed { draft, form: new_form(&app), faults: vec![], looked: None };
    Ok(page(StatusCode::OK, &shown(&app, &visit, (id, &say), typed, None).await?))
}

fn new_form(app: &App) -> String {
    app.desk.draw::<16>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Looks at it, or sends what was looked at.
pub(crate) async fn send(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let (draft, form) = (typed(&fields), fields.text("form").to_owned());
    let form = if form.len() == 32 && form.bytes().all(|it| it.is_ascii_hexdigit()) { form } else { new_form(&app) };
    let mut typed = Typed { draft, form, faults: vec![], looked: None };
    let bug = BugId(id);
    if fields.text("do") == "send" {
        let sent =
            ToSend { draft: typed.draft.clone(), form: typed.form.clone(), mark: fields.text("mark").to_owned() };
        match bugs::send_circular(&app.desk, &visit.actor, bug, sent).await {
            Ok(Sent::Sent(circular)) => {
                return Ok(Redirect::to(&format!("/desk/bugs/{id}#message-{circular}")).into_response());
            }
            Ok(Sent::Otherwise(preview)) => {
                typed.looked = Some(*preview);
                let words =
                    "Who gets it has changed since you looked, so nothing was sent. Look again, and send it then.";
                return again(&app, &visit, (id, &say), typed, Some(words.to_owned())).await;
            }
            Err(Error::Refused(why)) => {
                let words = say.refusal(&why);
                return again(&app, &visit, (id, &say), typed, Some(words)).await;
            }
            Err(Error::Invalid(faults)) => {
                typed.faults = faults.iter().map(|it| (it.field.clone(), say.fault(&it.fault))).collect();
                return again(&app, &visit, (id, &say), typed, None).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    match bugs::preview_circular(&app.desk, &visit.actor, bug, &typed.draft).await {
        Ok(preview) => {
            let field = |(at, name, fault): &(usize, &str, rules::templates::Fault)| {
                (format!("{name}.{at}"), words::templates::fault(say.lang, fault))
            };
            typed.faults = preview.unfit.iter().map(field).collect();
            let is_fine = typed.faults.is_empty();
            typed.looked = Some(preview);
            let status = if is_fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            Ok(page(status, &shown(&app, &visit, (id, &say), typed, None).await?))
        }
        Err(Error::Refused(why)) => {
            let words = say.refusal(&why);
            again(&app, &visit, (id, &say), typed, Some(words)).await
        }
        Err(Error::Invalid(faults)) => {
            typed.faults = faults.iter().map(|it| (it.field.clone(), say.fault(&it.fault))).collect();
            again(&app, &visit, (id, &say), typed, None).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn again(
    app: &App,
    visit: &Visit,
    of: (i64, &Saying),
    typed: Typed,
    notice: Option<String>,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown(app, visit, of, typed, notice).await?))
}

async fn shown(
    app: &App,
    visit: &Visit,
    (id, say): (i64, &Saying),
    typed: Typed,
    notice: Option<String>,
) -> Result<CircularPage, Problem> {
    let bug = bugs::show(&app.desk, &visit.actor, BugId(id)).await?;
    let name = words::bugs::name(BugId(id));
    let mut frame = desk_frame(app, visit, &format!("Write to whom {name} affects"), "").await?;
    frame.notice = notice.map(|words| Notice { signal: Signal::Soon, words, link: None });
    let Typed { draft, form, faults, looked } = typed;
    let fault = |name: &str| faults.iter().find(|(field, _)| field == name).map(|(_, words)| words.clone());
    let texts = (0..TEXTS).map(|at| {
        let text = draft.texts.get(at).cloned().unwrap_or_default();
        TextForm {
            at,
            language: text.language,
            subject: text.subject,
            body: text.body,
            subject_fault: fault(&format!("subject.{at}")),
            body_fault: fault(&format!("body.{at}")),
        }
    });
    let to = |key: &'static str, label: &str, is: To| {
        let choice = Choice::new(key, label);
        if draft.choice.to == is { choice.chosen() } else { choice }
    };
    Ok(CircularPage {
        frame,
        number: id,
        title: bug.bug.says.title,
        texts: texts.collect(),
        plans: plan_choices(say, &draft.choice.plans),
        sources: source_choices(say, draft.choice.source),
        reported: reported_choices(draft.choice.reported),
        to: vec![
            to("contacts", "Managers and named contacts; where there are none, who reported it", To::Contacts),
            to("reporters", "Only who reported it", To::Reporters),
        ],
        unlicensed: draft.choice.unlicensed,
        form,
        looked: looked.map(looked_at),
    })
}

fn looked_at(preview: Preview) -> LookedAt {
    let people = preview.to.len();
    let named = preview.to.iter().take(NAMED).map(reader).collect();
    LookedAt {
        people,
        more: people.saturating_sub(NAMED),
        readers: named,
        left: preview.skipped.iter().map(left).collect(),
        samples: preview
            .samples
            .into_iter()
            .map(|it| SampleMail {
                language: it.language,
                to: it.to,
                people: it.people,
                subject: it.subject,
                body: Safe::new(words::markdown::text(&it.body)),
            })
            .collect(),
        may_send: people > 0 && preview.unfit.is_empty(),
        mark: preview.mark,
    }
}

fn reader(it: &ShownRecipient) -> ReaderLine {
    let why = match it.why {
        Why::Manager => "manages it",
        Why::Contact => "named contact",
        Why::Reporter => "reported the bug",
        Why::Themselves => "runs it without an organisation",
    };
    ReaderLine {
        name: it.name.clone(),
        organisation: it.organisation.clone().unwrap_or_default(),
        why,
        versions: if it.versions.is_empty() { "our cloud".to_owned() } else { it.versions.join(", ") },
        language: it.language.clone(),
    }
}

fn left(it: &Skipped) -> LeftLine {
    let why = match it.why {
        Left::NotMeant => "affected, and not among those that you chose",
        Left::Unknown => "nobody knows whether they are affected",
        Left::Unlicensed => "no running licence; include those below to write to them",
        Left::Nobody => "has no manager, no named contact, and nobody who reported it",
        Left::NotReported => "nobody of them reported it",
        Left::Unreachable => "their address is in doubt, or they were not let in",
    };
    let name = match &it.person {
        Some(person) => format!("{person} ({})", it.name),
        None => it.name.clone(),
    };
    LeftLine { name, why }
}
