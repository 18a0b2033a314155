//! Work in bulk at the desk: requests are chosen in a view, an act is chosen for them, what it would change is shown, and it
//! is begun, stopped, put back.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    bulk::{self, Chosen, From, Wanted},
};
use rules::{
    access::may,
    bulk::{Act, BulkRefusal, Kind, STATES, Within},
    events::State as RequestState,
    ids::{BulkJobId, PersonId, TeamId, TemplateId, TicketId},
    keys::PriorityKey,
    refusal::{FieldFault, Refusal},
    tickets::AfterReply,
};
use serde::Deserialize;

use super::{
    column::{Column, column},
    effect::{effect, sentence},
    sheet::state_name,
};
use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit},
    pages::{
        desk::bulk::{ActForm, BulkListPage, BulkPage, JobRow},
        form::Choice,
        html::show as page,
    },
    shown::{Saying, desk_frame, when},
};

const HOME: &str = "/desk/bulk";

/// What the reader may do to several requests: the name that is sent, and words. Where there are no teams there is none to
/// give them to.
pub(super) async fn picks(app: &App, say: &Saying, visit: &Visit) -> Result<Vec<(&'static str, String)>, Problem> {
    let grants = visit.actor.signed()?.grants;
    let has_teams = !desk::teams::named(&app.desk, &visit.actor).await?.is_empty();
    let theirs = Kind::ALL.into_iter().filter(|kind| may(grants, kind.action()));
    let theirs = theirs.filter(|kind| has_teams || *kind != Kind::Team);
    Ok(theirs.map(|kind| (kind.name(), words::bulk::kind(say.lang, kind))).collect())
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Before {
    before: Option<i64>,
}

pub(crate) async fn list(
    State(app): State<App>,
    visit: Visit,
    Query(page_of): Query<Before>,
) -> Result<Response, Problem> {
    let (say, now) = (Saying::of(&app).await?, app.desk.now());
    let found = bulk::list(&app.desk, &visit.actor, page_of.before.map(BulkJobId)).await?;
    let row = |(job, by, kind): &(bulk::BulkJob, String, Option<Kind>)| {
        let what = kind.map_or_else(|| "Work in bulk".to_owned(), |kind| words::bulk::kind(say.lang, kind));
        JobRow {
            href: format!("{HOME}/{}", job.id),
            what: if job.undoes.is_some() { format!("{what}, put back") } else { what },
            by: by.clone(),
            at: when(&visit, job.started_at.unwrap_or(job.created_at), now),
            standing: super::effect::standing(job.phase),
            count: format!("{} of {}", job.done, requests(job.total)),
        }
    };
    let shown = BulkListPage {
        frame: desk_frame(&app, &visit, "Work in bulk", "").await?,
        rows: found.jobs.iter().map(row).collect(),
        more: found.more.map(|id| format!("{HOME}?before={id}")),
        of_all: found.of_all,
    };
    Ok(page(StatusCode::OK, &shown))
}

/// "14 requests".
pub(super) fn requests(count: i64) -> String {
    if count == 1 { "1 request".to_owned() } else { format!("{count} requests") }
}

pub(crate) async fn choose(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let id = if fields.text("all").is_empty() {
        let ticked = fields.below("request").filter(|(rest, _)| rest.is_empty());
        let these = ticked.filter_map(|(_, number)| number.parse().ok()).map(TicketId).collect();
        bulk::choose(&app.desk, &visit.actor, Chosen::These(these)).await?
    } else {
        let column = column(&app, &visit, fields.text("view")).await?.ok_or_else(Problem::not_found)?;
        match &column {
            Column::View(named) => bulk::choose(&app.desk, &visit.actor, Chosen::View(named.view)).await?,
            Column::Question(question) => match &question.asked {
                Ok(asked) => bulk::choose_question(&app.desk, &visit.actor, asked).await?,
                Err(_) => return Err(Error::Refused(Refusal::Bulk(BulkRefusal::NoQuestion)).into()),
            },
        }
    };
    let act = Kind::read(fields.text("act")).map_or("", Kind::name);
    Ok(Redirect::to(&format!("{HOME}/{id}?act={act}")).into_response())
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Looked {
    act: Option<String>,
    #[serde(default)]
    changed: String,
    #[serde(default)]
    left: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    shown(&app, &visit, BulkJobId(id), &looked, None).await
}

/// What was typed, and what is wrong with it.
struct Again<'a> {
    fields: &'a Fields,
    fault: String,
}

async fn shown(
    app: &App,
    visit: &Visit,
    id: BulkJobId,
    looked: &Looked,
    again: Option<Again<'_>>,
) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    let place = |text: &str| text.parse().unwrap_or_default();
    let from = From { changed: place(&looked.changed), left: place(&looked.left) };
    let found = bulk::show(&app.desk, &visit.actor, id, from).await?;
    let wanted = looked.act.as_deref().and_then(Kind::read);
    let chooses = found.is_mine
        && found.job.phase.is_before()
        && (again.is_some() || wanted.is_some() || found.job.act.is_none());
    let form = if chooses { Some(form(app, visit, (&say, &found), wanted, again.as_ref()).await?) } else { None };
    let title = match (&form, sentence(&say, &found)) {
        (None, Some(sentence)) => sentence,
        _ => "What to do in bulk".to_owned(),
    };
    let status = if again.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = BulkPage {
        frame: desk_frame(app, visit, "Work in bulk", "").await?,
        number: id.0,
        title,
        total: requests(found.job.total),
        effect: if form.is_some() { None } else { Some(effect(app, visit, &say, &found)?) },
        form,
    };
    Ok(page(status, &shown))
}

/// The form of one act, with what was chosen before.
async fn form(
    app: &App,
    visit: &Visit,
    (say, found): (&Saying, &bulk::Shown),
    wanted: Option<Kind>,
    again: Option<&Again<'_>>,
) -> Result<ActForm, Problem> {
    let theirs = picks(app, say, visit).await?;
    let before = found.job.act.as_ref().map(Act::kind);
    let first = theirs.first().and_then(|(name, _)| Kind::read(name));
    let is_theirs = |kind: &Kind| theirs.iter().any(|(name, _)| *name == kind.name());
    let kind = wanted.filter(is_theirs).or(before).or(first).ok_or_else(Problem::not_found)?;
    let typed = |name: &str| again.map(|again| again.fields.text(name).to_owned());
    let kept = found.job.act.as_ref().filter(|act| act.kind() == kind);
    let words = found.job.words.clone().filter(|_| kept.is_some()).unwrap_or_default();
    let is_template = matches!(kept, Some(Act::Reply { template: Some(_), .. }));
    let tab = |(name, words): &(&'static str, String)| {
        (words.clone(), format!("{HOME}/{}?act={name}", found.job.id), *name == kind.name())
    };
    let hold = say.policy().replies.hold_seconds;
    Ok(ActForm {
        tabs: theirs.iter().map(tab).collect(),
        act: kind.name(),
        agents: agents(app, visit, typed("agent"), kept).await?,
        teams: if kind == Kind::Team { teams(app, visit, typed("team"), kept).await? } else { vec![] },
        within: withins(typed("within"), kept),
        priorities: priorities(say, typed("priority"), kept),
        states: states(typed("state"), kept),
        texts: if kind == Kind::Reply { texts(app, visit, typed("template")).await? } else { vec![] },
        after: afters(typed("after"), kept),
        words: typed("words").unwrap_or(if is_template { String::new() } else { words }),
        fault: again.map(|again| again.fault.clone()),
        hint: match kind {
            Kind::Reply => format!(
                "Each request gets a reply of its own, in its own conversation: it is held for {hold} seconds like any other, \
                 counts as the first response where one is owed, and is marked for staff as sent to several at once. It \
                 cannot be put back once it is sent."
            ),
            Kind::Note => {
                "Each request gets a note of its own, marked as written in several at once. Notes are not put back."
                    .to_owned()
            }
            Kind::Team => {
                "The next in line is chosen for each when it is done. A team whose people take for themselves has no line, \
                 and where nobody of the line is there or sees a request, it waits for all of the team."
                    .to_owned()
            }
            Kind::Assign | Kind::Priority | Kind::State => String::new(),
        },
    })
}

/// Marks the one that is meant.
fn chosen(choices: Vec<(String, String)>, now: &str) -> Vec<Choice> {
    let choice = |(value, label): (String, String)| {
        let is_now = value == now;
        let choice = Choice::new(value, label);
        if is_now { choice.chosen() } else { choice }
    };
    choices.into_iter().map(choice).collect()
}

async fn agents(app: &App, visit: &Visit, typed: Option<String>, kept: Option<&Act>) -> Result<Vec<Choice>, Problem> {
    let me = visit.actor.signed()?.person;
    let mut people = desk::tickets::people(&app.desk, &visit.actor).await?;
    people.sort_by_key(|(id, name)| (*id != me, name.to_lowercase()));
    let named = |(id, name): (PersonId, String)| (id.to_string(), if id == me { format!("{name}, you") } else { name });
    let mut all: Vec<_> = people.into_iter().map(named).collect();
    all.push(("nobody".to_owned(), "Nobody: put them back".to_owned()));
    let before = match kept {
        Some(Act::Assign { to: Some(to) }) => to.to_string(),
        Some(Act::Assign { to: None }) => "nobody".to_owned(),
        _ => String::new(),
    };
    Ok(chosen(all, &typed.unwrap_or(before)))
}

/// Into which team; the way out of any stands last.
async fn teams(app: &App, visit: &Visit, typed: Option<String>, kept: Option<&Act>) -> Result<Vec<Choice>, Problem> {
    let all = desk::teams::named(&app.desk, &visit.actor).await?;
    let mut all: Vec<_> = all.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    all.push(("none".to_owned(), "No team: out of the one that they are in".to_owned()));
    let before = match kept {
        Some(Act::Team { to: Some(to), .. }) => to.to_string(),
        Some(Act::Team { to: None, .. }) => "none".to_owned(),
        _ => String::new(),
    };
    Ok(chosen(all, &typed.unwrap_or(before)))
}

const WITHIN: [(&str, &str, Within); 3] = [
    ("keep", "Who has one keeps it", Within::Keep),
    ("next", "The next in the team’s line", Within::Next),
    ("nobody", "Nobody: they wait for all of the team", Within::Of { person: None }),
];

fn withins(typed: Option<String>, kept: Option<&Act>) -> Vec<Choice> {
    let before = match kept {
        Some(Act::Team { within, .. }) => WITHIN.into_iter().find(|it| it.2 == *within).map_or("", |it| it.0),
        _ => "keep",
    };
    let named = WITHIN.map(|(key, words, _)| (key.to_owned(), words.to_owned()));
    chosen(named.into(), &typed.unwrap_or_else(|| before.to_owned()))
}

fn priorities(say: &Saying, typed: Option<String>, kept: Option<&Act>) -> Vec<Choice> {
    let all = say.policy().priorities.iter();
    let before = match kept {
        Some(Act::Priority { to }) => to.to_string(),
        _ => String::new(),
    };
    let named = all.map(|(key, class)| (key.to_string(), say.text(&class.name).to_owned())).collect();
    chosen(named, &typed.unwrap_or(before))
}

/// A state as forms send it.
fn state_key(state: RequestState) -> String {
    match serde_json::to_value(state) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

fn states(typed: Option<String>, kept: Option<&Act>) -> Vec<Choice> {
    let before = match kept {
        Some(Act::State { to }) => state_key(*to),
        _ => state_key(RequestState::Solved),
    };
    let named = STATES.map(|state| (state_key(state), state_name(state).to_owned()));
    chosen(named.into(), &typed.unwrap_or(before))
}

async fn texts(app: &App, visit: &Visit, typed: Option<String>) -> Result<Vec<Choice>, Problem> {
    let kept = desk::templates::list(&app.desk, &visit.actor).await?;
    let own = (String::new(), "My own words, as written below".to_owned());
    let all = std::iter::once(own).chain(kept.into_iter().map(|it| (it.id.to_string(), it.name)));
    Ok(chosen(all.collect(), &typed.unwrap_or_default()))
}

const AFTER: [(&str, &str, AfterReply); 3] = [
    ("wait", "It is their turn", AfterReply::Wait),
    ("solved", "It is solved", AfterReply::Solve),
    ("keep", "The state stays as it is", AfterReply::KeepState),
];

fn afters(typed: Option<String>, kept: Option<&Act>) -> Vec<Choice> {
    let before = match kept {
        Some(Act::Reply { after, .. }) => AFTER.into_iter().find(|it| it.2 == *after).map_or("", |it| it.0),
        _ => "wait",
    };
    let named = AFTER.map(|(key, words, _)| (key.to_owned(), words.to_owned()));
    chosen(named.into(), &typed.unwrap_or_else(|| before.to_owned()))
}

pub(crate) async fn decide(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let id = BulkJobId(id);
    let said = |faults: &[FieldFault], say: &Saying| {
        faults.iter().map(|it| say.fault(&it.fault)).collect::<Vec<_>>().join(" ")
    };
    // Whether it is there is asked before what was typed is read.
    bulk::show(&app.desk, &visit.actor, id, From::default()).await?;
    let Some(wanted) = wanted(&fields) else {
        let say = Saying::of(&app).await?;
        let fault = say.fault(&rules::refusal::Fault::NotOffered);
        return again(&app, &visit, id, Again { fields: &fields, fault }).await;
    };
    match bulk::decide(&app.desk, &visit.actor, id, wanted).await {
        Ok(()) => Ok(back(id)),
        Err(Error::Invalid(faults)) => {
            let fault = said(&faults, &Saying::of(&app).await?);
            again(&app, &visit, id, Again { fields: &fields, fault }).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn again(app: &App, visit: &Visit, id: BulkJobId, again: Again<'_>) -> Result<Response, Problem> {
    let looked = Looked { act: Some(again.fields.text("act").to_owned()), ..Looked::default() };
    shown(app, visit, id, &looked, Some(again)).await
}

/// What a form asks for; nothing where that is none of what is offered.
fn wanted(fields: &Fields) -> Option<Wanted> {
    let words = fields.text("words").replace("\r\n", "\n");
    let template = fields.number("template").map(TemplateId).filter(|_| !fields.text("template").is_empty());
    let act = match Kind::read(fields.text("act"))? {
        Kind::Assign => Act::Assign {
            to: match fields.text("agent") {
                "nobody" => None,
                number => Some(PersonId(number.parse().ok()?)),
            },
        },
        Kind::Team => Act::Team {
            to: match fields.text("team") {
                "none" => None,
                number => Some(TeamId(number.parse().ok()?)),
            },
            within: WITHIN.into_iter().find(|(key, ..)| *key == fields.text("within"))?.2,
        },
        Kind::Priority => Act::Priority { to: PriorityKey::from(fields.text("priority")) },
        Kind::State => Act::State { to: STATES.into_iter().find(|it| state_key(*it) == fields.text("state"))? },
        Kind::Note => Act::Note,
        Kind::Reply => {
            let after = AFTER.into_iter().find(|(key, ..)| *key == fields.text("after"))?.2;
            return Some(Wanted { act: Act::Reply { after, template: None }, words, template });
        }
    };
    Some(Wanted { act, words, template: None })
}

fn back(id: BulkJobId) -> Response {
    Redirect::to(&format!("{HOME}/{id}")).into_response()
}

pub(crate) async fn begin(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let round = fields.number("round").unwrap_or_default();
    bulk::begin(&app.desk, &visit.actor, BulkJobId(id), round).await?;
    Ok(back(BulkJobId(id)))
}

pub(crate) async fn stop(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    bulk::stop(&app.desk, &visit.actor, BulkJobId(id)).await?;
    Ok(back(BulkJobId(id)))
}

pub(crate) async fn undo(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let other = bulk::undo(&app.desk, &visit.actor, BulkJobId(id), fields.text("reason")).await?;
    Ok(back(other))
}
