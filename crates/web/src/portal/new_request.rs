//! Filing a request: a form made from the policy, kept as a draft, sent.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Actor, Error,
    actor::{FilesFor, Signed},
    attachments::{EVIDENCE, Findings},
    drafts::Typed,
    tickets::{self, Filled, NewTicket},
};
use rules::{
    entitlement::may_file,
    events::Channel,
    ids::{DraftId, OrganisationId},
    keys::{DetailKey, PlanKey, PriorityKey, TickKey, TypeKey},
    policy::{Detail, DetailKind, Reads, RequestType},
    refusal::FieldFault,
};
use serde::Deserialize;

use super::{
    fields::{evidence, file_control, options, points, why},
    home::{licence_notice, picker},
    verdict::check,
    whom::{chosen_for, confidential, filed_for},
};
use crate::{
    app::App,
    door::{Fields, Form, Path, Problem, Query, Visit},
    pages::{
        form::{Chosen, Commands, Control, Field, Need, Tick, Width},
        frame::{Frame, Place},
        html::show as page,
        new_request::{Aim, NewRequestPage, PriorityChoice, PriorityWish},
        parts::{Notice, Signal},
        types::TypesPage,
        verdict::VersionCheck,
    },
    shown::{OnHand, Saying, commands, figures, openness, portal_frame, promised, take_off, untold, when},
};

/// Bytes that tell one form from every other.
const FORM_BYTES: usize = 16;

pub(crate) async fn types(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let entitled = desk::licences::entitled(&app.desk, &visit.actor, None).await?;
    let shown = TypesPage {
        frame: Frame {
            notice: licence_notice(&app, &visit, &say, &entitled).await?,
            ..portal_frame(&app, &visit, "What do you need?", Place::Ask).await?
        },
        types: picker(&say, &entitled),
        openness: openness(&app, &visit, &say),
        moving: say.policy().migration.as_ref().map(|_| "/migrate".to_owned()),
    };
    Ok(page(StatusCode::OK, &shown))
}

/// What a link fills in.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Begun {
    #[serde(default)]
    subject: String,
    /// Where somebody moves from (REQ-6).
    #[serde(default)]
    system: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(key): Path<String>,
    Query(begun): Query<Begun>,
) -> Result<Response, Problem> {
    let key = TypeKey(key);
    let mut kept = super::migrate::begun(&Saying::of(&app).await?, &key, &begun.system);
    if !begun.subject.is_empty() {
        kept.insert("subject".to_owned(), begun.subject);
    }
    let sheet = Sheet { key, fields: Fields::from_kept(kept), draft: None, faults: vec![], told: vec![] };
    sheet.show(&app, &visit).await
}

/// A form as it is being filled in.
pub(super) struct Sheet {
    pub key: TypeKey,
    pub fields: Fields,
    pub draft: Option<DraftId>,
    pub faults: Vec<FieldFault>,
    /// What is to be known before it is sent.
    pub told: Vec<String>,
}

impl Sheet {
    /// The page, with what was typed and what is wrong.
    pub(super) async fn show(&self, app: &App, visit: &Visit) -> Result<Response, Problem> {
        let say = Saying::of(app).await?;
        let (deployment, _) = self.filled().chosen(say.policy(), &self.key);
        let files_for = self.files_for(visit);
        let actor = match (&visit.actor, &files_for) {
            (Actor::Person(signed), Some(it)) => Actor::Person(Box::new(signed.acting_for(it.organisation))),
            (actor, _) => actor.clone(),
        };
        let entitled = desk::licences::entitled(&app.desk, &actor, deployment.as_ref()).await?;
        may_file(say.policy(), &self.key, Channel::Portal, &entitled).map_err(Error::Refused)?;
        let kind = say.policy().request_type(&self.key).ok_or_else(Problem::not_found)?;
        let saved = match self.draft {
            Some(draft) => {
                let (kept, _) = desk::drafts::show(&app.desk, &visit.actor, draft).await?;
                Some(format!("saved {}", when(visit, kept.updated_at, app.desk.now()).said))
            }
            None => None,
        };
        let on_hand = OnHand::of(app, visit, self.draft).await?;
        let name = say.text(&kind.name);
        let shown = NewRequestPage {
            frame: Frame {
                notice: match self.notice() {
                    Some(notice) => Some(notice),
                    None => licence_notice(app, visit, &say, &entitled).await?,
                },
                ..portal_frame(app, visit, name, Place::Ask).await?.with_form("new-request")
            },
            key: self.key.to_string(),
            confidential: confidential(visit, &self.fields, kind),
            files_for: files_for.map(chosen_for),
            heading: name.to_owned(),
            purpose: say.text(&kind.purpose).to_owned(),
            draft: self.draft.map(|id| id.0),
            form: self.form().map_or_else(|| new_form(app), str::to_owned),
            saved,
            subject: self.subject(&say, kind),
            suggested: None,
            details: self.details(&say, &on_hand, self.version(app, visit, &say).await?.as_ref()),
            evidence: self.evidence(&say, &on_hand),
            ticks: self.ticks(&say),
            priority: self.priority(&say, entitled.plan.as_ref()),
            aim: self.aim(app, visit, entitled.plan.as_ref()).await?,
            topic: words::forms::topic(say.lang, say.policy(), &self.key),
            send: format!("Send {}", lower_first(name)),
            next: say.text(&kind.next).to_owned(),
            limits: kind.limits.as_ref().map(|text| say.text(text).to_owned()),
            before: kind.before.as_ref().map_or_else(Vec::new, |text| points(say.text(text))),
            openness: openness(app, visit, &say),
        };
        let is_fine = self.faults.is_empty() && self.told.is_empty();
        let status = if is_fine { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok(page(status, &shown))
    }

    /// The subject that the form began, with what it waits for once that is filled in (REQ-6): "Migration from" says from where.
    /// Where the form asks for that, what is missing is missing there; where it does not, such a subject says nothing.
    fn finish_subject(&mut self, say: &Saying) {
        let Some(worded) = say.policy().request_type(&self.key).and_then(|kind| kind.subject.as_ref()) else { return };
        let Some((begun, rest)) = say.text(worded).split_once('{') else { return };
        if self.fields.text("subject").trim() != begun.trim() {
            return;
        }
        let after = rest.split_once('}').map_or("", |(_, after)| after);
        match super::migrate::source(say, &self.key) {
            Some(asked) => {
                let named = super::migrate::named(say, self.fields.text(&format!("detail.{asked}")));
                if let Some(name) = named {
                    self.fields.put("subject", format!("{begun}{name}{after}"));
                }
            }
            None => self.fields.put("subject", String::new()),
        }
    }

    /// For which of several organisations it is filed.
    fn files_for(&self, visit: &Visit) -> Option<FilesFor> {
        let is_choice = visit.actor.signed().is_ok_and(|signed| signed.files_for.len() > 1);
        filed_for(visit, &self.fields).filter(|_| is_choice)
    }

    fn notice(&self) -> Option<Notice> {
        (!self.told.is_empty()).then(|| Notice { signal: Signal::Soon, words: self.told.join(" "), link: None })
    }

    /// A log that was pasted into a text becomes a file, and what is probably a part is told before it is sent: once.
    async fn look_through(&mut self, app: &App, visit: &Visit) -> Result<(), Problem> {
        let say = Saying::of(app).await?;
        let form = say.policy().form_of(&self.key);
        let is_log =
            |detail: &Detail| detail.kind == DetailKind::TextFile && matches!(detail.reads, None | Some(Reads::Log));
        let asked = form.iter().find(|(_, detail)| is_log(detail)).map(|(key, _)| format!("detail.{key}"));
        let asked = asked.unwrap_or_else(|| EVIDENCE.to_owned());
        for (key, _) in form.iter().filter(|(_, detail)| detail.kind == DetailKind::Text) {
            let name = format!("detail.{key}");
            let typed = self.fields.text(&name).to_owned();
            if rules::logs::pasted(&typed).is_none() {
                continue;
            }
            let Some(draft) = keep(app, visit, self).await? else { continue };
            self.draft = Some(draft);
            if let Some(pasted) = desk::attachments::take_pasted(&app.desk, &visit.actor, draft, &asked, &typed).await?
            {
                self.told.push(words::logs::pasted(
                    say.lang,
                    Findings::read(&pasted.file, "").lines,
                    &pasted.file.name,
                ));
                self.fields.put(&name, pasted.text);
            }
        }
        if let Some(draft) = self.draft {
            let (_, files) = desk::drafts::show(&app.desk, &visit.actor, draft).await?;
            self.told.extend(untold(&say, &files, &self.report(), |name| !self.fields.text(name).is_empty()));
        }
        Ok(())
    }

    fn subject(&self, say: &Saying, kind: &RequestType) -> Field {
        let typed = self.fields.text("subject");
        Field {
            fault: say.wrong(&self.faults, "subject"),
            ..Field::line("subject", "Subject", if typed.is_empty() { begun_subject(say, kind) } else { typed })
        }
    }

    /// Every detail of the type: those that depend on a choice say so, and count only when it is made.
    fn details(&self, say: &Saying, on_hand: &OnHand, version: Option<&VersionCheck>) -> Vec<Field> {
        let form = say.policy().form_of(&self.key);
        let field = |(key, detail): (&DetailKey, &Detail)| Field {
            version: version.filter(|_| detail.kind == DetailKind::Version).cloned(),
            ..self.detail(say, key, detail, on_hand)
        };
        form.into_iter().map(field).collect()
    }

    /// BUG-1: what the version that was typed means, where only the latest is taken.
    async fn version(&self, app: &App, visit: &Visit, say: &Saying) -> Result<Option<VersionCheck>, Problem> {
        let organisation = self.fields.number("organisation").map(OrganisationId);
        check(app, (visit, say), (&self.key, organisation), (&self.filled(), &self.faults)).await
    }

    pub(super) fn detail(&self, say: &Saying, key: &DetailKey, detail: &Detail, on_hand: &OnHand) -> Field {
        let named = format!("detail.{key}");
        let typed = self.fields.text(&named).to_owned();
        let (name, control) = match detail.kind {
            DetailKind::Line | DetailKind::Version => (named.clone(), Control::Line { value: typed }),
            DetailKind::Text => (named.clone(), Control::Text { value: typed }),
            DetailKind::File | DetailKind::TextFile => {
                let ways = self.ways(say, detail);
                (format!("file.{key}"), file_control(say, (key, detail), (on_hand, ways), &self.report()))
            }
            DetailKind::Choice | DetailKind::Deployment | DetailKind::Area => {
                (named.clone(), Control::Choice { options: options(say, detail, &typed) })
            }
        };
        let is_narrow = detail.runs_on.is_some()
            || matches!(
                detail.kind,
                DetailKind::Version | DetailKind::Deployment | DetailKind::Area | DetailKind::Choice
            );
        Field {
            why: Some(why(say, detail)),
            need: if self.requires(say, detail) { Need::Required } else { Need::Optional },
            fault: say.wrong(&self.faults, &named),
            width: if is_narrow { Width::Half } else { Width::Whole },
            ..Field::new(name, say.text(&detail.label), control)
        }
    }

    /// Whether it cannot be sent without, by what is chosen so far (PLN-4).
    fn requires(&self, say: &Saying, detail: &Detail) -> bool {
        say.policy().choosing(&self.key, &self.filled().details, |chosen| detail.is_required(chosen))
    }

    /// Files that no detail asks for; nothing where one asks for any file already.
    fn evidence(&self, say: &Saying, on_hand: &OnHand) -> Option<Field> {
        let form = say.policy().form_of(&self.key);
        let asks =
            |key: &DetailKey, detail: &Detail| detail.kind == DetailKind::File && format!("detail.{key}") == EVIDENCE;
        let is_asked = form.iter().any(|(_, detail)| detail.kind == DetailKind::File);
        // What was offered where it does not do lies here, also where another field takes any file.
        let lies_here = on_hand.files.iter().any(|file| file.field == EVIDENCE)
            && !form.iter().any(|(key, detail)| asks(key, detail));
        let field = || Field { fault: say.wrong(&self.faults, EVIDENCE), ..evidence(say, on_hand, &self.report()) };
        (!is_asked || lies_here).then(field)
    }

    /// All that was written, which a log is held against.
    fn report(&self) -> String {
        let answers = self.fields.below("detail.").map(|(_, value)| value);
        std::iter::once(self.fields.text("subject")).chain(answers).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn ticks(&self, say: &Saying) -> Vec<Tick> {
        let Some(kind) = say.policy().request_type(&self.key) else { return vec![] };
        let known = kind.ticks.iter().filter_map(|key| Some((key, say.policy().ticks.get(key)?)));
        known
            .map(|(key, tick)| {
                let name = format!("tick.{key}");
                let words = match words::forms::only_if(say.lang, say.policy(), tick.when.as_ref()) {
                    Some(only) => format!("{}. {only}", say.text(&tick.text)),
                    None => say.text(&tick.text).to_owned(),
                };
                Tick {
                    chosen: if self.fields.text(&name).is_empty() { Chosen::No } else { Chosen::Yes },
                    fault: say.wrong(&self.faults, &name),
                    words,
                    name,
                }
            })
            .collect()
    }

    /// How to get a text file, for what is chosen so far (LOG-1).
    fn ways(&self, say: &Saying, detail: &Detail) -> Vec<Commands> {
        if detail.kind != DetailKind::TextFile {
            return vec![];
        }
        let form = say.policy().form_of(&self.key);
        let chosen_in = form.into_iter().find(|(_, detail)| detail.kind == DetailKind::Deployment);
        let follows = chosen_in.map_or_else(String::new, |(key, _)| format!("detail.{key}"));
        say.policy().choosing(&self.key, &self.filled().details, |chosen| commands(say, detail, chosen, &follows))
    }

    fn wish(&self) -> Option<PriorityKey> {
        Some(self.fields.text("priority")).filter(|wish| !wish.is_empty()).map(PriorityKey::from)
    }

    fn priority(&self, say: &Saying, plan: Option<&PlanKey>) -> PriorityWish {
        let wish = self.wish().or_else(|| say.policy().default_wish(&self.key, plan));
        let allowed = say.policy().allowed(&self.key, plan);
        let of_type = say.policy().allowed(&self.key, None).len();
        PriorityWish {
            offered: self.offered(say, &allowed, wish.as_ref()),
            note: words::forms::range(say.lang, say.policy(), &allowed, of_type),
            fault: say.wrong(&self.faults, "priority"),
        }
    }

    /// Each that the type and the plan allow; one that depends on what is chosen says on what (PLN-4).
    fn offered(&self, say: &Saying, allowed: &[&PriorityKey], wish: Option<&PriorityKey>) -> Vec<PriorityChoice> {
        let mut offered = say.priorities(allowed, wish);
        for choice in &mut offered {
            let of = (&self.key, &PriorityKey::from(choice.key.as_str()));
            if let Some(only) = words::forms::priority_only_if(say.lang, say.policy(), of) {
                choice.meaning = format!("{} {only}", choice.meaning);
            }
        }
        offered
    }

    /// By when we would aim to answer, if it were sent now.
    async fn aim(&self, app: &App, visit: &Visit, plan: Option<&PlanKey>) -> Result<Option<Aim>, Problem> {
        let mine = visit.actor.signed().ok().and_then(Signed::organisation);
        let organisation = self.files_for(visit).map(|it| it.organisation).or(mine);
        let asked = tickets::promise(&app.desk, (&self.key, plan), organisation, &self.filled()).await?;
        let Some(promise) = asked else {
            return Ok(None);
        };
        let promised = promised(visit, &promise.terms, &promise.about, promise.now);
        let statistics = figures(app).await?;
        let days = app.desk.policy().await?.policy().statistics.days;
        let median = statistics.map(|it| words::support_page::median(words::lang::Lang::En, days, it));
        Ok(promised.map(|promised| Aim { strip: promised.strip, words: promised.words, median }))
    }

    /// The form that was sent, told by what the page had put into it.
    fn form(&self) -> Option<&str> {
        let form = self.fields.text("form");
        (form.len() == 2 * FORM_BYTES && form.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(form)
    }

    /// Whether somebody wrote or chose anything: what the form says by itself is no beginning.
    fn is_begun(&self, say: &Saying) -> bool {
        let kind = say.policy().request_type(&self.key);
        let subject = self.fields.text("subject").trim();
        let wish = self.wish();
        let is_own_subject = !subject.is_empty() && subject != kind.map_or("", |kind| begun_subject(say, kind).trim());
        let is_own_wish = wish.is_some_and(|wish| kind.is_some_and(|kind| kind.priorities.default != wish));
        let mut answers = self.fields.below("detail.").chain(self.fields.below("tick."));
        is_own_subject || is_own_wish || answers.any(|(_, value)| !value.trim().is_empty())
    }

    pub(super) fn filled(&self) -> Filled {
        Filled {
            subject: self.fields.text("subject").to_owned(),
            details: self
                .fields
                .below("detail.")
                .map(|(key, value)| (DetailKey::from(key), value.to_owned()))
                .collect(),
            ticks: self.fields.below("tick.").map(|(key, _)| TickKey::from(key)).collect(),
            files: BTreeSet::new(),
            refused: BTreeMap::new(),
            brings_log: false,
            wish: self.wish(),
        }
    }
}

fn new_form(app: &App) -> String {
    app.desk.draw::<FORM_BYTES>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What the subject says at first. "Migration from {system}": its writer goes on where the place begins.
fn begun_subject<'a>(say: &'a Saying, kind: &'a RequestType) -> &'a str {
    kind.subject.as_ref().map_or("", |text| say.text(text).split('{').next().unwrap_or_default())
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

pub(crate) async fn send(State(app): State<App>, visit: Visit, request: Request) -> Result<Response, Problem> {
    let form = Form::read(&app, &visit, "new/unknown", request).await?;
    let key = TypeKey(form.fields.text("type").to_owned());
    let mut sheet = Sheet { key, fields: form.fields, draft: form.draft, faults: vec![], told: vec![] };
    if let Some(organisation) = sheet.fields.text("do").strip_prefix("for/") {
        let organisation = organisation.parse().map_err(|_| Problem::not_found())?;
        desk::organisations::act_for(&app.desk, &visit.actor, OrganisationId(organisation)).await?;
        sheet.fields.put("organisation", organisation.to_string());
        return keep_and_go_on(&app, &visit, &sheet).await;
    }
    if sheet.fields.text("do") == "draft" {
        return keep_and_go_on(&app, &visit, &sheet).await;
    }
    if take_off(&app, &visit, &sheet.fields).await? {
        sheet.draft = keep(&app, &visit, &sheet).await?;
        return sheet.show(&app, &visit).await;
    }
    if sheet.fields.text("do") == "instead"
        && let Some(draft) = keep(&app, &visit, &sheet).await?
    {
        desk::drafts::file_instead(&app.desk, &visit.actor, draft, &sheet.fields.kept()).await?;
        return Ok(Redirect::to(&format!("/drafts/{draft}")).into_response());
    }
    if sheet.fields.text("do") == "grow"
        && let Some(draft) = keep(&app, &visit, &sheet).await?
    {
        desk::drafts::grow(&app.desk, &visit.actor, draft, &sheet.fields.kept()).await?;
        return Ok(Redirect::to(&format!("/drafts/{draft}")).into_response());
    }
    sheet.finish_subject(&Saying::of(&app).await?);
    sheet.look_through(&app, &visit).await?;
    if !sheet.told.is_empty() {
        sheet.draft = keep(&app, &visit, &sheet).await?;
        return sheet.show(&app, &visit).await;
    }
    let new = NewTicket {
        request_type: sheet.key.clone(),
        filled: sheet.filled(),
        draft: sheet.draft,
        organisation: sheet.fields.number("organisation").map(OrganisationId),
        confidential: !sheet.fields.text("confidential").is_empty(),
        channel: Channel::Portal,
        sent_form: sheet.form().map(str::to_owned),
    };
    match tickets::open(&app.desk, &visit.actor, new).await {
        Ok(id) => Ok(Redirect::to(&format!("/requests/{id}?just=filed")).into_response()),
        Err(Error::Invalid(faults)) => {
            sheet.faults = faults;
            // Nothing typed is lost: not even when the browser forgets it.
            sheet.draft = keep(&app, &visit, &sheet).await?;
            sheet.show(&app, &visit).await
        }
        Err(error) => Err(error.into()),
    }
}

/// To the draft's page; to an empty form where nothing was typed.
async fn keep_and_go_on(app: &App, visit: &Visit, sheet: &Sheet) -> Result<Response, Problem> {
    let kept = keep(app, visit, sheet).await?;
    let begun = kept.map_or_else(|| format!("/requests/new/{}", sheet.key), |draft| format!("/drafts/{}", draft.0));
    Ok(Redirect::to(&begun).into_response())
}

/// Keeps what was typed as a draft; where nothing was typed and nothing is attached, there is none.
async fn keep(app: &App, visit: &Visit, sheet: &Sheet) -> Result<Option<DraftId>, Problem> {
    if !sheet.is_begun(&Saying::of(app).await?) {
        let Some(draft) = sheet.draft else { return Ok(None) };
        let (_, files) = desk::drafts::show(&app.desk, &visit.actor, draft).await?;
        if files.is_empty() {
            desk::drafts::discard(&app.desk, &visit.actor, draft).await?;
            return Ok(None);
        }
    }
    let typed = Typed { draft: sheet.draft, purpose: format!("new/{}", sheet.key), fields: sheet.fields.kept() };
    Ok(Some(desk::drafts::save(&app.desk, &visit.actor, typed).await?))
}
