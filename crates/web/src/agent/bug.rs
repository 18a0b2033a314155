//! A bug on the desk, its steps and its checklist (BUG-2, BUG-3).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    bugs::{self, Amended, Reported, Shown},
};
use rules::{
    bugs::{Answers, Around, Refused, Stage, State as BugState, Step, checklist},
    events::{ActorKind, Entry, Event},
    ids::BugId,
    keys::EntryKey,
    policy::Stand,
    releases::Version,
};

use super::{
    bugs::{Written, area_name, form, joined, plans, reported, said, severity_tag},
    sheet::state_name,
};
use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        desk::{
            bug::{
                BugFaults, BugForm, BugPage, ChecklistForm, Decided, FaultLine, HistoryLine, MessageLine, RefusalForm,
                ReportRow, StepForm, Telling,
            },
            evidence::Fact,
        },
        form::Choice,
        html::{Safe, show as page},
        parts::{Link, Notice, Signal, Tag},
    },
    shown::{Saying, desk_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &shown(&app, &visit, BugId(id), None).await?))
}

pub(crate) async fn step(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let done = match wanted(&fields) {
        Ok(step) => bugs::step(&app.desk, &visit.actor, BugId(id), step).await,
        Err(words) => {
            // What may not be seen, or not be done, is said before what was typed.
            bugs::show(&app.desk, &visit.actor, BugId(id)).await?;
            visit.actor.staff(rules::access::Action::ManageBugs)?;
            return again(&app, &visit, id, words).await;
        }
    };
    match done {
        Ok(()) => Ok(back(id)),
        Err(Error::Refused(why)) => again(&app, &visit, id, say.refusal(&why)).await,
        Err(error) => Err(error.into()),
    }
}

fn back(id: i64) -> Response {
    Redirect::to(&format!("/desk/bugs/{id}")).into_response()
}

pub(super) async fn again(app: &App, visit: &Visit, id: i64, words: String) -> Result<Response, Problem> {
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown(app, visit, BugId(id), Some(words)).await?))
}

const NO_VERSION: &str = "What stands there is no version. One looks like 5.12.1.";

/// The step that was chosen, or what is wrong with what was typed.
fn wanted(fields: &Fields) -> Result<Step, String> {
    let version = || Version::read(fields.text("version")).ok_or_else(|| NO_VERSION.to_owned());
    Ok(match fields.text("do") {
        "confirm" => Step::Confirm,
        "plan" => Step::Plan { version: version()? },
        "unplan" => Step::Unplan,
        "start" => Step::Start,
        "fix" => Step::Fix { version: version()? },
        "unfix" => Step::Unfix { version: version()? },
        "found_again" => Step::FoundAgain { version: version()? },
        "refuse" => Step::Refuse(refused(fields)?),
        "reconsider" => Step::Reconsider,
        _ => return Err("Choose what becomes of the bug.".to_owned()),
    })
}

/// Why it is none, as chosen.
pub(super) fn refused(fields: &Fields) -> Result<Refused, String> {
    let text = |name: &str| fields.text(name).trim().to_owned();
    Ok(match fields.text("why") {
        "documented" => Refused::WorksAsDocumented { link: text("link") },
        "duplicate" => Refused::DuplicateOf(number(&text("duplicate"))?),
        "scope" => Refused::OutOfScope { entry: EntryKey(text("entry")) },
        "not_reproducible" => Refused::NotReproducible { tried: text("tried") },
        _ => return Err("Choose why it is no bug.".to_owned()),
    })
}

/// "311", "BUG-311", "bug 311".
pub(super) fn number(written: &str) -> Result<BugId, String> {
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let fault = || "Give the number of the other bug, as in BUG-311.".to_owned();
    digits.parse().map(BugId).map_err(|_| fault())
}

pub(crate) async fn check(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let how = fields.text("how").trim().to_owned();
    let around = match fields.text("around") {
        "nothing" => Some(Around::Nothing),
        "approach" => Some(Around::Approach { how }),
        "tool" => Some(Around::Tool { how }),
        "way_of_working" => Some(Around::WayOfWorking { how }),
        _ => None,
    };
    let said = |value: &str| match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let faults = fields.below("fault.").filter_map(|(key, value)| Some((EntryKey::from(key), said(value)?))).collect();
    match bugs::check_hotfix(&app.desk, &visit.actor, BugId(id), Answers { faults, around }).await {
        Ok(_) => Ok(back(id)),
        Err(Error::Refused(why)) => {
            let words = Saying::of(&app).await?.refusal(&why);
            again(&app, &visit, id, words).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn amend(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let seen = bugs::show(&app.desk, &visit.actor, BugId(id)).await?;
    visit.actor.staff(rules::access::Action::ManageBugs)?;
    let written = Written { source: seen.bug.life.source, ..Written::of(&fields)? };
    let faults = match written.whole() {
        Ok((says, affected)) => {
            let amended = Amended { says, severity: written.severity, affected };
            match bugs::amend(&app.desk, &visit.actor, BugId(id), amended).await {
                Ok(()) => return Ok(back(id)),
                Err(Error::Invalid(faults)) => said(&say, &faults),
                Err(error) => return Err(error.into()),
            }
        }
        Err(faults) => faults,
    };
    let mut again = shown(&app, &visit, BugId(id), None).await?;
    again.form = Some(change_form(&say, id, &written, faults));
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &again))
}

fn change_form(say: &Saying, id: i64, written: &Written, faults: BugFaults) -> BugForm {
    form(say, format!("/desk/bugs/{id}/description"), ("Keep the change", &[]), written, faults)
}

async fn shown(app: &App, visit: &Visit, id: BugId, fault: Option<String>) -> Result<BugPage, Problem> {
    let say = Saying::of(app).await?;
    let shown = bugs::show(&app.desk, &visit.actor, id).await?;
    let messages = bugs::circulars(&app.desk, &visit.actor, id).await?;
    let (life, says) = (&shown.bug.life, &shown.bug.says);
    let mut frame = desk_frame(app, visit, &words::bugs::name(id), "").await?;
    frame.notice = fault.map(|words| Notice { signal: Signal::Soon, words, link: None });
    let counted = &shown.counted;
    let mut said = reported(say.lang, life, (counted.organisations, counted.reports));
    let by_plan = plans(&say, &counted.plans);
    if !by_plan.is_empty() {
        said = format!("{said}; {by_plan}");
    }
    Ok(BugPage {
        frame,
        number: id.0,
        title: says.title.clone(),
        stage: Tag::new(stage_signal(life.state.stage()), words::bugs::stage(say.lang, life.state.stage())),
        severity: severity_tag(say.lang, life.severity),
        marks: marks(&shown),
        stands: stands(&say, &shown),
        facts: facts(&say, &shown),
        about: Safe::new(if says.about.is_empty() { String::new() } else { words::markdown::text(&says.about) }),
        reported: crate::shown::capital(&format!("{said}.")),
        reports: shown.reports.iter().map(|it| row(app, visit, &say, it)).collect(),
        steps: if shown.manages { steps(life) } else { vec![] },
        refusal: (shown.manages && life.is_open()).then(|| refusal_form(&say, true)),
        checklist: checklist_form(app, visit, &say, &shown),
        tracker: super::bug_tracker::part(app, visit, &say, (id, life.state.stage())).await?,
        telling: telling(app, visit, &shown),
        messages: messages.iter().map(|it| message(app, visit, it)).collect(),
        writes: shown.manages && life.state.stage() != Stage::Refused,
        history: history(app, visit, &say, &shown),
        form: shown.manages.then(|| change_form(&say, id.0, &as_kept(&shown), BugFaults::default())),
    })
}

fn as_kept(shown: &Shown) -> Written {
    let (life, says) = (&shown.bug.life, shown.bug.says.clone());
    let first_seen = says.first_seen.as_ref().map_or_else(String::new, ToString::to_string);
    let affected = life.affected.as_ref().map_or_else(String::new, ToString::to_string);
    Written { severity: life.severity, source: life.source, first_seen, affected, says }
}

pub(super) fn stage_signal(stage: Stage) -> Signal {
    match stage {
        Stage::New => Signal::Soon,
        Stage::Confirmed | Stage::Planned | Stage::InWork => Signal::Plain,
        Stage::Fixed | Stage::Refused => Signal::Waiting,
        Stage::Released => Signal::Done,
    }
}

fn marks(shown: &Shown) -> Vec<Tag> {
    let life = &shown.bug.life;
    let all = [
        (shown.is_hotfix && life.is_open(), Signal::Late, "fixed at once"),
        (life.is_regression(), Signal::Soon, "came back"),
        (shown.is_overdue, Signal::Late, "missed its release"),
    ];
    all.into_iter().filter(|(is, ..)| *is).map(|(_, signal, words)| Tag::new(signal, words)).collect()
}

/// Where it stands, in a sentence.
fn stands(say: &Saying, shown: &Shown) -> String {
    let life = &shown.bug.life;
    match &life.state {
        BugState::New => "Nobody has said yet whether it is one of ours to fix.".to_owned(),
        BugState::Confirmed if shown.is_hotfix => "It is to be fixed at once, and no version is named yet.".to_owned(),
        BugState::Confirmed => "It is one, and no version is named yet.".to_owned(),
        BugState::Planned { version } if version.is_hotfix() => format!("The hotfix will be {version}."),
        BugState::Planned { version } => format!("Planned for {version}."),
        BugState::InWork { planned: Some(version) } => format!("In work, planned for {version}."),
        BugState::InWork { planned: None } => "In work, and no version is named yet.".to_owned(),
        BugState::Fixed if shown.taken_back => format!("Fixed in {}, which was withdrawn.", joined(life.fixed_in())),
        BugState::Fixed => format!("Fixed in {}, which is not released yet.", joined(life.fixed_in())),
        BugState::Released => format!("Fixed in {}; released: {}.", joined(life.fixed_in()), joined(&shown.out)),
        BugState::Refused(why) => {
            let tried = match why {
                Refused::NotReproducible { tried } => format!(" Tried: {tried}"),
                _ => String::new(),
            };
            format!("{}{tried}", words::bugs::refused(say.lang, say.policy(), why))
        }
    }
}

fn facts(say: &Saying, shown: &Shown) -> Vec<Fact> {
    let (life, says) = (&shown.bug.life, &shown.bug.says);
    let area = area_name(say.policy(), say, says.area.as_ref());
    let came_back: Vec<String> =
        life.rounds().iter().filter_map(|it| it.found_again.as_ref()).map(ToString::to_string).collect();
    let all = [
        ("Component", area),
        ("First seen in", says.first_seen.as_ref().map(ToString::to_string)),
        ("Versions that have it", life.affected.as_ref().map(ToString::to_string)),
        ("Fixed in", Some(joined(life.fixed_in())).filter(|it| !it.is_empty())),
        ("Came back in", Some(came_back.join(", ")).filter(|it| !it.is_empty())),
        ("Found by", Some(words::bugs::source(say.lang, life.source))),
        ("Followers", Some(shown.followers.to_string()).filter(|_| shown.followers > 0)),
        (
            "Customers",
            Some(
                if says.public { "find it among the known bugs" } else { "find it only in their requests" }.to_owned(),
            ),
        ),
    ];
    all.into_iter().filter_map(|(name, value)| Some(Fact::new(name, value?))).collect()
}

fn row(app: &App, visit: &Visit, say: &Saying, it: &Reported) -> ReportRow {
    let ticket = &it.row.ticket;
    let plan = |key| say.policy().plan(key).map_or_else(|| key.to_string(), |plan| say.text(&plan.name).to_owned());
    ReportRow {
        request: Link::new(format!("{} {}", ticket.id, ticket.subject), format!("/desk/requests/{}", ticket.id)),
        organisation: it.row.organisation.clone().unwrap_or_else(|| it.row.requester.clone()),
        plan: it.plan.as_ref().map_or_else(String::new, plan),
        version: it.version.clone().unwrap_or_default(),
        state: state_name(ticket.state).to_owned(),
        filed: when(visit, ticket.filed_at, app.desk.now()),
    }
}

/// The steps from where it stands, in the order in which they are likely.
fn steps(life: &rules::bugs::Bug) -> Vec<StepForm> {
    let step = |key, label, version| StepForm { key, label, version };
    let version = Some("Version");
    let (plan, start) = (step("plan", "Plan it for", version), step("start", "Begin to work on it", None));
    let (fix, unplan) = (step("fix", "It is fixed in", version), step("unplan", "Take it out of the plan", None));
    match &life.state {
        BugState::New => vec![step("confirm", "It is a bug of ours", None)],
        BugState::Confirmed => vec![plan, start, fix],
        BugState::Planned { .. } => vec![start, fix, step("plan", "Plan it instead for", version), unplan],
        BugState::InWork { planned: Some(_) } => vec![fix, step("plan", "Plan it instead for", version), unplan],
        BugState::InWork { planned: None } => vec![fix, plan],
        BugState::Fixed | BugState::Released => vec![
            step("fix", "It is fixed too in", version),
            step("unfix", "The fix is not in", version),
            step("found_again", "It is there again in", version),
        ],
        BugState::Refused(_) => vec![step("reconsider", "Take it up again", None)],
    }
}

pub(super) fn refusal_form(say: &Saying, asks_tried: bool) -> RefusalForm {
    let out = say.policy().scope.iter().filter(|(_, entry)| entry.stand != Stand::Covered);
    let entries = out.map(|(key, entry)| Choice::new(key.as_str(), words::markdown::plain(say.text(&entry.name))));
    RefusalForm { entries: entries.collect(), asks_tried }
}

const WAYS: [(&str, &str); 4] = [
    ("nothing", "There is none"),
    ("approach", "Another approach"),
    ("tool", "Another tool"),
    ("way_of_working", "Another way of working"),
];

fn checklist_form(app: &App, visit: &Visit, say: &Saying, shown: &Shown) -> Option<ChecklistForm> {
    let asked = checklist(say.policy())?;
    let hotfix = &say.policy().bugs.as_ref()?.hotfix;
    let last = shown.checks.first().map(|checked| &checked.answers);
    let said = |key: &EntryKey| match last.and_then(|it| it.faults.get(key)) {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let (way, how) = match last.and_then(|it| it.around.as_ref()) {
        None => ("", String::new()),
        Some(Around::Nothing) => ("nothing", String::new()),
        Some(Around::Approach { how }) => ("approach", how.clone()),
        Some(Around::Tool { how }) => ("tool", how.clone()),
        Some(Around::WayOfWorking { how }) => ("way_of_working", how.clone()),
    };
    let name = |id| {
        shown.names.get(&id).cloned().filter(|it| !it.is_empty()).unwrap_or_else(|| "Somebody who left".to_owned())
    };
    let decided = shown.checks.iter().map(|checked| {
        let (what, reasons) = words::bugs::decision(say.lang, say.policy(), &checked.decision);
        Decided { what, reasons, by: name(checked.by), at: when(visit, checked.at, app.desk.now()) }
    });
    let decided: Vec<Decided> = decided.collect();
    let answers = shown.manages && shown.bug.life.is_open();
    if decided.is_empty() && !answers {
        return None;
    }
    Some(ChecklistForm {
        action: format!("/desk/bugs/{}/checklist", shown.bug.id()),
        text: say.text(&hotfix.text).to_owned(),
        way_around: say.text(&hotfix.way_around).to_owned(),
        faults: asked
            .faults
            .iter()
            .map(|(key, point)| FaultLine {
                key: key.to_string(),
                text: say.text(&point.text).to_owned(),
                said: said(key),
            })
            .collect(),
        ways: WAYS
            .map(|(key, label)| if key == way { Choice::new(key, label).chosen() } else { Choice::new(key, label) })
            .into(),
        how,
        decided,
        answers,
    })
}

/// How far the last telling is.
fn telling(app: &App, visit: &Visit, shown: &Shown) -> Option<Telling> {
    let it = shown.telling?;
    let people = match it.people {
        1 => "One person was told".to_owned(),
        n => format!("{n} people were told"),
    };
    let requests = match it.requests {
        1 => "one request moved".to_owned(),
        n => format!("{n} requests moved"),
    };
    match it.ended_at {
        Some(_) if it.people == 0 && it.requests == 0 => None,
        Some(at) => {
            let at = when(visit, at, app.desk.now()).said;
            Some(Telling { words: format!("{people}, {requests}. It ended {at}."), progress: None })
        }
        None => Some(Telling {
            words: format!("Telling goes on: {people}, {requests}."),
            progress: Some((it.done, it.total.max(1))),
        }),
    }
}

/// A message to those whom it affects, and how far it is.
fn message(app: &App, visit: &Visit, it: &bugs::Listed) -> MessageLine {
    let circular = &it.circular;
    let people = if circular.total == 1 { "one person".to_owned() } else { format!("{} people", circular.total) };
    let by = if it.by.is_empty() { "Somebody who left" } else { it.by.as_str() };
    let left = match circular.left_out {
        0 => String::new(),
        1 => "; one customer left out".to_owned(),
        n => format!("; {n} customers left out"),
    };
    MessageLine {
        number: circular.id.0,
        subject: circular.texts.first().map_or_else(String::new, |text| text.subject.clone()),
        words: format!("{by}, to {people}{left}"),
        at: when(visit, circular.at, app.desk.now()),
        progress: circular.ended_at.is_none().then_some((circular.done, circular.total.max(1))),
        answers: it.answers.iter().map(|id| Link::new(id.to_string(), format!("/desk/requests/{id}"))).collect(),
    }
}

fn history(app: &App, visit: &Visit, say: &Saying, shown: &Shown) -> Vec<HistoryLine> {
    let line = |entry: &Entry| {
        let Event::Bug(event) = &entry.event else { return None };
        let did = words::bugs::did(say.lang, event);
        let by = entry.by.person.map(|id| shown.names.get(&id).cloned().filter(|it| !it.is_empty()));
        let words = match by {
            Some(Some(name)) => format!("{name} {did}"),
            Some(None) => format!("Somebody who left {did}"),
            None if entry.by.kind == ActorKind::Integration => say.lang.say("bug-did-program", &[("did", did.into())]),
            None => did,
        };
        Some(HistoryLine { words, at: when(visit, entry.occurred_at, app.desk.now()) })
    };
    shown.history.iter().rev().filter_map(line).collect()
}
