//! The policy on the desk: read, checked as one writes, tried on what happened, applied.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    policy::{self, CheckedText, KeptVersion, NewPolicy, NotApplied, VersionStanding, WouldChange},
    sla::{NewTrial, NotTried, ShownGroup, begin_simulation, show_simulation},
};
use jiff::{
    SignedDuration,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use rules::{
    access::{Action, may},
    ids::{SimulationId, TicketId},
    instant::Instant,
    policy::{Change, Fault},
};
use serde::Deserialize;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit},
    pages::{
        desk::policy::{
            ChangeRow, Check, Course, EffectRow, FaultRow, Group, Named, PolicyPage, Rights, SimulationPage, Version,
        },
        html::show as page,
        parts::{Notice, Signal, Tag},
    },
    shown::{Saying, desk_frame, when},
};

/// Which version is read, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    version: Option<i64>,
    just: Option<String>,
    /// How many requests were moved.
    requests: Option<usize>,
}

/// The page as it is being filled in.
#[derive(Debug, Default)]
struct Sheet {
    text: String,
    since: String,
    from: String,
    since_fault: Option<String>,
    from_fault: Option<String>,
    notice: Option<Notice>,
}

/// How far back a trial looks unless somebody says otherwise.
const DAYS_BACK: i64 = 90;

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let versions = policy::versions(&app.desk, &visit.actor).await?;
    let is_asked = |kept: &&KeptVersion| match asked.version {
        Some(number) => kept.version.id.0 == number,
        None => kept.standing == VersionStanding::InForce,
    };
    let text = versions.iter().find(is_asked).ok_or_else(Problem::not_found)?.version.source.clone();
    let since = app.desk.now().plus(-SignedDuration::from_hours(24 * DAYS_BACK));
    let since = TimeZone::UTC.to_datetime(since.timestamp()).date().to_string();
    let notice = match (asked.just.as_deref(), asked.requests) {
        (Some("applied"), _) => Some(notice(
            Signal::Done,
            "Applied. The list says from when it is in force; clocks that run keep the version that they began with.",
        )),
        (Some("followed"), Some(requests)) => Some(notice(Signal::Done, &followed(requests))),
        _ => None,
    };
    Sheet { text, since, notice, ..Sheet::default() }.show(&app, &visit, StatusCode::OK).await
}

pub(crate) async fn check(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    Sheet::of(&fields).show(&app, &visit, StatusCode::OK).await
}

pub(crate) async fn apply(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let mut sheet = Sheet::of(&fields);
    let from = match instant(&sheet.from) {
        Ok(from) => from,
        Err(why) => {
            sheet.from_fault = Some(why.to_owned());
            return sheet.show(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match policy::apply(&app.desk, &visit.actor, NewPolicy { source: sheet.text.clone(), from }).await {
        Ok(_) => return Ok(Redirect::to("/desk/policy?just=applied").into_response()),
        Err(NotApplied::Faulty(_)) => {}
        Err(NotApplied::Past { .. }) => {
            sheet.from_fault = Some("This has passed; clocks ran by what was in force then.".to_owned());
        }
        Err(NotApplied::Unchanged { version, .. }) => {
            let said = format!("This is word for word version {version}, which is in force then; nothing was stored.");
            sheet.notice = Some(notice(Signal::Plain, &said));
        }
        Err(NotApplied::Error(error)) => return Err(error.into()),
    }
    sheet.show(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// Open requests follow the version in force, by an act of somebody (POL-3).
pub(crate) async fn recompute(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let requests = policy::recompute(&app.desk, &visit.actor).await?;
    Ok(Redirect::to(&format!("/desk/policy?just=followed&requests={requests}")).into_response())
}

fn followed(requests: usize) -> String {
    match requests {
        0 => "No clock ran by an earlier version.".to_owned(),
        1 => "One open request follows the version in force now, and says so.".to_owned(),
        many => format!("{many} open requests follow the version in force now, and each says so."),
    }
}

/// What a field of date and time says, as UTC; nothing where it is empty.
fn instant(typed: &str) -> Result<Option<Instant>, &'static str> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    let at: DateTime = typed.trim().parse().map_err(|_| "Write it as 2026-12-01T08:00, in UTC.")?;
    let at = at.to_zoned(TimeZone::UTC).map_err(|_| "This lies beyond what can be counted.")?;
    Ok(Some(Instant::from(at.timestamp())))
}

pub(crate) async fn begin(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let mut sheet = Sheet::of(&fields);
    let Ok(since) = sheet.since.trim().parse::<Date>() else {
        sheet.since_fault = Some("Name a day, such as 2026-09-01.".to_owned());
        return sheet.show(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match begin_simulation(&app.desk, &visit.actor, NewTrial { source: sheet.text.clone(), since }).await {
        Ok(id) => Ok(Redirect::to(&format!("/desk/policy/simulations/{id}")).into_response()),
        Err(NotTried::Faulty(_)) => sheet.show(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY).await,
        Err(NotTried::Error(error)) => Err(error.into()),
    }
}

pub(crate) async fn simulation(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let shown = show_simulation(&app.desk, &visit.actor, SimulationId(id)).await?;
    let say = Saying::of(&app).await?;
    let kept = &shown.simulation;
    let has_ended = kept.ended_at.is_some();
    let shown = SimulationPage {
        frame: desk_frame(&app, &visit, "A policy tried", "").await?,
        number: id,
        since: kept.since.strftime("%-d %B %Y").to_string(),
        asked: when(&visit, kept.asked_at, app.desk.now()),
        done: shown.progress.done,
        total: shown.progress.total,
        course: if has_ended { Course::Ended } else { Course::Running },
        groups: if has_ended { shown.groups.iter().map(|it| group(&say, it)).collect() } else { vec![] },
    };
    Ok(page(StatusCode::OK, &shown))
}

fn group(say: &Saying, ShownGroup { group, tally, newly_late, spared }: &ShownGroup) -> Group {
    let name = say.type_name(&group.request_type);
    let named = |seen: &[TicketId], all: usize| Named {
        numbers: seen.iter().map(|ticket| ticket.0).collect(),
        more: all - seen.len(),
    };
    Group {
        request_type: if group.reopened { format!("{name}, reopened") } else { name },
        priority: say.priority_name(&group.priority),
        cases: tally.cases,
        late_as_it_was: tally.late_as_it_was(),
        late_then: tally.late_then(),
        newly_late: named(newly_late, tally.newly_late.len()),
        spared: named(spared, tally.spared.len()),
    }
}

impl Sheet {
    fn of(fields: &Fields) -> Self {
        // A browser sends lines with CR LF; files have LF.
        let text = fields.text("text").replace("\r\n", "\n");
        let (since, from) = (fields.text("since").to_owned(), fields.text("from").to_owned());
        Self { text, since, from, ..Self::default() }
    }

    async fn show(self, app: &App, visit: &Visit, status: StatusCode) -> Result<Response, Problem> {
        let now = app.desk.now();
        let versions = policy::versions(&app.desk, &visit.actor).await?;
        let checked = policy::check(&app.desk, &visit.actor, &self.text).await?;
        let grants = visit.actor.signed()?.grants;
        let may_apply = may(grants, Action::ApplyPolicy);
        let standing = |wanted| versions.iter().find(|kept| kept.standing == wanted);
        let in_force = standing(VersionStanding::InForce).filter(|_| standing(VersionStanding::Past).is_some());
        let mut frame = desk_frame(app, visit, "Support policy", "").await?;
        frame.notice = self.notice;
        let shown = PolicyPage {
            frame,
            versions: versions.iter().map(|kept| version(visit, kept, now)).collect(),
            text: self.text,
            check: said(&Saying::of(app).await?, checked),
            rights: if may_apply { Rights::Apply } else { Rights::Read },
            since: self.since,
            from: self.from,
            since_fault: self.since_fault,
            from_fault: self.from_fault,
            follows: in_force.filter(|_| may(grants, Action::Recompute)).map(|kept| kept.version.id.0),
        };
        Ok(page(status, &shown))
    }
}

fn version(visit: &Visit, kept: &KeptVersion, now: Instant) -> Version {
    Version {
        number: kept.version.id.0,
        standing: match kept.standing {
            VersionStanding::ToCome => Tag::new(Signal::Waiting, "to come"),
            VersionStanding::InForce => Tag::new(Signal::Done, "in force"),
            VersionStanding::Past => Tag::new(Signal::Plain, "past"),
        },
        from: when(visit, kept.version.from, now),
        applied: when(visit, kept.version.applied_at, now),
        by: kept.applied_by.clone().unwrap_or_else(|| "the command line".to_owned()),
    }
}

fn said(say: &Saying, checked: CheckedText) -> Check {
    match checked {
        CheckedText::Faulty(faults) => Check {
            verdict: Tag::new(Signal::Late, format!("{}, so it is no policy yet", counted(faults.len(), "fault"))),
            faults: faults.into_iter().map(row).collect(),
            warnings: vec![],
            changes: None,
            effects: vec![],
        },
        CheckedText::Good { warnings, changes, would_change } => Check {
            verdict: match warnings.len() {
                0 => Tag::new(Signal::Done, "Holds together"),
                many => Tag::new(Signal::Done, format!("Holds together, with {}", counted(many, "warning"))),
            },
            faults: vec![],
            warnings: warnings.into_iter().map(row).collect(),
            changes: Some(changes.into_iter().map(change).collect()),
            effects: would_change.into_iter().map(|it| effect(say, it)).collect(),
        },
    }
}

fn effect(say: &Saying, WouldChange { effect, requests, first }: WouldChange) -> EffectRow {
    EffectRow {
        words: words::policy_effect::effect(say.lang, say.policy(), (&effect, requests)),
        more: usize::try_from(requests).unwrap_or(usize::MAX).saturating_sub(first.len()),
        first: first.into_iter().map(|ticket| ticket.0).collect(),
    }
}

fn notice(signal: Signal, words: &str) -> Notice {
    Notice { signal, words: words.to_owned(), link: None }
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

fn row(Fault { line, column, source_line, message, fix, .. }: Fault) -> FaultRow {
    FaultRow { line, column, source: source_line, message, fix }
}

fn change(change: Change) -> ChangeRow {
    match change {
        Change::Added { path, value } => ChangeRow { path, was: None, is: Some(value) },
        Change::Removed { path, value } => ChangeRow { path, was: Some(value), is: None },
        Change::Changed { path, from, to } => ChangeRow { path, was: Some(from), is: Some(to) },
        Change::Reordered { path, to } => ChangeRow { path, was: None, is: Some(format!("in another order: {to}")) },
    }
}
