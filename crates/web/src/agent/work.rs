//! The outbox and parked work at the desk.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    work::{self, Again, Came, Mails, ParkedWork, RefusedMail, WaitingMail},
};
use rules::{
    access::{Action, may},
    ids::{JobId, OutgoingId},
    instant::Instant,
};
use serde::Deserialize;
use words::lang::Lang;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit},
    pages::{
        desk::work::{DroppedRow, OutboxPage, ParkedPage, RefusedRow, WorkRow},
        html::show as page,
        parts::{Signal, Tag},
    },
    shown::{Saying, desk_frame, when},
};

const OUTBOX: &str = "/desk/outbox";
const PARKED: &str = "/desk/parked";

/// Behind which row a page begins.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Looked {
    #[serde(default)]
    after: String,
}

impl Looked {
    fn place(&self) -> Option<Mails> {
        let (at, id) = self.after.split_once('.')?;
        Some((Instant::from_micros(at.parse().ok()?).ok()?, JobId(id.parse().ok()?)))
    }
}

fn more(home: &str, place: Option<Mails>) -> Option<String> {
    place.map(|(at, id)| format!("{home}?after={}.{id}", at.micros()))
}

pub(crate) async fn outbox(
    State(app): State<App>,
    visit: Visit,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    show_outbox(&app, &visit, looked.place(), None).await
}

async fn show_outbox(
    app: &App,
    visit: &Visit,
    after: Option<Mails>,
    fault: Option<String>,
) -> Result<Response, Problem> {
    let found = work::outbox(&app.desk, &visit.actor, after).await?;
    let now = app.desk.now();
    let row = |it: WaitingMail| mail_row(visit, now, it);
    let refused = |it: RefusedMail| RefusedRow {
        again: (it.again == Again::Can).then_some(it.id.0),
        came: came(visit, now, &it.again),
        what: words::work::mail(&it.kind),
        request: it.ticket.map(|id| id.0),
        to: it.to,
        when: when(visit, it.at, now),
        answer: it.answer,
    };
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = OutboxPage {
        frame: desk_frame(app, visit, "Outbox", "").await?,
        parked: found.parked.into_iter().map(row).collect(),
        waiting: found.waiting.into_iter().map(row).collect(),
        refused: found.refused.into_iter().map(refused).collect(),
        more: more(OUTBOX, found.more),
        fault,
    };
    Ok(page(status, &shown))
}

fn tries(count: u32) -> String {
    match count {
        0 => "not tried yet".to_owned(),
        1 => "tried once".to_owned(),
        count => format!("tried {count} times"),
    }
}

fn mail_row(visit: &Visit, now: Instant, mail: WaitingMail) -> WorkRow {
    let (standing, at) = match (mail.parked_at, mail.next) {
        (Some(at), _) => (Tag::new(Signal::Late, "not tried any more since"), at),
        (None, Some(at)) if mail.fault.is_some() => (Tag::new(Signal::Soon, "tried again"), at),
        (None, at) => (Tag::new(Signal::Waiting, "goes out"), at.unwrap_or(now)),
    };
    WorkRow {
        job: mail.job.0,
        what: mail.about.kind.map_or_else(|| words::work::kind(Lang::En, "mail"), words::work::mail),
        about: String::new(),
        request: mail.about.ticket.map(|id| id.0),
        to: mail.about.to,
        tries: tries(mail.tries),
        standing,
        when: when(visit, at, now),
        failed: mail.fault.is_some() || mail.parked_at.is_some(),
        fault: mail.fault,
        home: OUTBOX,
    }
}

pub(crate) async fn parked(
    State(app): State<App>,
    visit: Visit,
    Query(looked): Query<Looked>,
) -> Result<Response, Problem> {
    show_parked(&app, &visit, looked.place(), None).await
}

async fn show_parked(
    app: &App,
    visit: &Visit,
    before: Option<Mails>,
    fault: Option<String>,
) -> Result<Response, Problem> {
    let found = work::parked(&app.desk, &visit.actor, before).await?;
    let now = app.desk.now();
    let row = |it: ParkedWork| WorkRow {
        job: it.job.0,
        what: words::work::kind(Lang::En, &it.kind),
        about: words::work::about(Lang::En, &it.kind),
        request: None,
        to: None,
        tries: tries(it.tries),
        standing: Tag::new(Signal::Late, "not tried any more since"),
        when: when(visit, it.parked_at, now),
        fault: Some(it.fault).filter(|fault| !fault.is_empty()),
        failed: true,
        home: PARKED,
    };
    let dropped = found.dropped.into_iter().map(|(it, by)| DroppedRow {
        what: words::work::kind(Lang::En, &it.kind),
        request: it.ticket.map(|id| id.0),
        reason: it.reason,
        by,
        when: when(visit, it.at, now),
    });
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = ParkedPage {
        frame: desk_frame(app, visit, "Parked work", "").await?,
        rows: found.work.into_iter().map(row).collect(),
        more: more(PARKED, found.more),
        dropped: dropped.collect(),
        reports: work::waiting_reports(&app.desk, &visit.actor).await?,
        mails: may(visit.actor.signed()?.grants, Action::ReadMails),
        fault,
    };
    Ok(page(status, &shown))
}

pub(crate) async fn try_mail(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    work::try_again(&app.desk, &visit.actor, JobId(id)).await?;
    Ok(Redirect::to(OUTBOX).into_response())
}

pub(crate) async fn try_job(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    work::try_again(&app.desk, &visit.actor, JobId(id)).await?;
    Ok(Redirect::to(PARKED).into_response())
}

/// What came of a mail that was sent again.
fn came(visit: &Visit, now: Instant, again: &Again) -> String {
    let (by, at, came) = match again {
        Again::Can => return String::new(),
        Again::Cannot => return "It was written before mails could be sent again.".to_owned(),
        Again::Was { by, at, came } => (by, when(visit, *at, now).said, came),
    };
    let came = match came {
        Came::UnderWay => "It is under way.".to_owned(),
        Came::Arrived { at } => format!("The server took it {}.", when(visit, *at, now).said),
        Came::Refused => "It was refused again.".to_owned(),
        Came::Ended => "It was given up.".to_owned(),
        Came::Left(why) => format!("It was not sent. {}", words::work::not_owed(Lang::En, *why)),
    };
    format!("{by} sent it again, {at}. {came}")
}

pub(crate) async fn send_again(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    match work::send_again(&app.desk, &visit.actor, OutgoingId(id)).await? {
        Ok(()) => Ok(Redirect::to(OUTBOX).into_response()),
        Err(why) => {
            let fault = format!("It was not sent again. {}", words::work::not_owed(Lang::En, why));
            show_outbox(&app, &visit, None, Some(fault)).await
        }
    }
}

pub(crate) async fn give_mail_up(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    match given_up(&app, &visit, id, &fields).await? {
        None => Ok(Redirect::to(OUTBOX).into_response()),
        Some(fault) => show_outbox(&app, &visit, None, Some(fault)).await,
    }
}

pub(crate) async fn give_job_up(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    match given_up(&app, &visit, id, &fields).await? {
        None => Ok(Redirect::to(PARKED).into_response()),
        Some(fault) => show_parked(&app, &visit, None, Some(fault)).await,
    }
}

/// What is wrong with the reason, if something is.
async fn given_up(app: &App, visit: &Visit, id: i64, fields: &Fields) -> Result<Option<String>, Problem> {
    match work::give_up(&app.desk, &visit.actor, JobId(id), fields.text("reason")).await {
        Ok(()) => Ok(None),
        Err(Error::Invalid(faults)) => Ok(Saying::of(app).await?.of_field(&faults, "reason")),
        Err(error) => Err(error.into()),
    }
}
