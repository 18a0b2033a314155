//! The tracker with whose issues bugs are mirrored (BUG-5): set up, tried, its secret exchanged, taken off.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    tracker::{self, Standing, ToSet},
};
use rules::tracker::github;

use crate::{
    app::App,
    door::{Fields, Problem, Visit},
    pages::{
        desk::{evidence::Fact, tracker::TrackerPage},
        html::show as page,
        parts::{Link, Notice, Signal},
    },
    shown::{Saying, desk_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &shown(&app, &visit).await?))
}

async fn shown(app: &App, visit: &Visit) -> Result<TrackerPage, Problem> {
    let say = Saying::of(app).await?;
    let standing = tracker::standing(&app.desk, &visit.actor).await?;
    let fault = |it: &Standing| match (&it.fault, it.opens) {
        (Some(fault), _) => Some(words::tracker::fault(say.lang, fault)),
        (None, false) => Some(words::tracker::fault(say.lang, &rules::tracker::Fault::Sealed)),
        (None, true) => None,
    };
    let empty = || github::BASE.to_owned();
    Ok(TrackerPage {
        frame: desk_frame(app, visit, "Tracker", "").await?,
        is_set: standing.is_some(),
        base_url: standing.as_ref().map_or_else(empty, |it| it.base_url.clone()),
        repository: standing.as_ref().map_or_else(String::new, |it| it.repository.clone()),
        hook: format!("{}/hooks/github", app.desk.settings.base_url),
        secret: None,
        has_before: standing.as_ref().is_some_and(|it| it.has_before),
        facts: standing.as_ref().map(|it| facts(app, visit, it)).unwrap_or_default(),
        fault: standing.as_ref().and_then(fault),
        asking: standing.as_ref().map(|it| asking(&say, it)).unwrap_or_default(),
    })
}

fn facts(app: &App, visit: &Visit, it: &Standing) -> Vec<Fact> {
    let said = |at| when(visit, at, app.desk.now()).said;
    let by = if it.set_by.is_empty() { "somebody who left" } else { &it.set_by };
    let mut all = vec![
        Fact::new("Set up", format!("{} by {by}", said(it.set_at))),
        Fact::new("Linked bugs", it.linked.to_string()),
        Fact::new("It called last", it.heard_at.map_or_else(|| "never".to_owned(), said)),
        Fact::new("Its changes were read last", it.read_at.map_or_else(|| "never".to_owned(), said)),
    ];
    if let Some(last) = it.forged_at {
        all.push(Fact::new("Calls that nobody signed", format!("{}, the last one {}", it.forged, said(last))));
    }
    all
}

fn asking(say: &Saying, it: &Standing) -> Vec<(Link, String)> {
    let one = |asking: &tracker::Asking| {
        let link = &asking.link;
        let name = format!("{} {}", words::bugs::name(link.bug), asking.title);
        let words = match (&link.fault, link.waits) {
            (Some(fault), _) => words::tracker::fault(say.lang, fault),
            (None, Some(waits)) => words::tracker::waits(say.lang, waits, link.milestone.as_deref()),
            (None, None) => String::new(),
        };
        (Link::new(name, format!("/desk/bugs/{}#tracker", link.bug)), words)
    };
    it.asking.iter().map(one).collect()
}

fn notice(signal: Signal, words: String) -> Option<Notice> {
    Some(Notice { signal, words, link: None })
}

fn back() -> Response {
    Redirect::to("/desk/tracker").into_response()
}

pub(crate) async fn set(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let text = |name: &str| fields.text(name).trim().to_owned();
    let new = ToSet { base_url: text("base_url"), repository: text("repository"), token: text("token") };
    match tracker::set(&app.desk, &visit.actor, &new).await {
        Ok(None) => Ok(back()),
        Ok(secret) => Ok(page(StatusCode::OK, &TrackerPage { secret, ..shown(&app, &visit).await? })),
        Err(Error::Refused(why)) => {
            let mut again = shown(&app, &visit).await?;
            again.frame.notice = notice(Signal::Soon, Saying::of(&app).await?.refusal(&why));
            (again.base_url, again.repository) = (new.base_url, new.repository);
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &again))
        }
        Err(error) => Err(error.into()),
    }
}

/// What came of trying stands on the answer.
pub(crate) async fn try_out(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let tried = tracker::try_out(&app.desk, &visit.actor).await?;
    let mut shown = shown(&app, &visit).await?;
    match tried {
        Ok(place) => {
            let writes = match place.may_write {
                Some(_) => "and its issues can be read and written",
                None => "and its issues can be read; whether they can be written shows with the first one",
            };
            shown.frame.notice = notice(Signal::Done, format!("{} answers, {writes}.", place.name));
        }
        Err(fault) => shown.fault = Some(words::tracker::fault(Saying::of(&app).await?.lang, &fault)),
    }
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn read(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    tracker::read_now(&app.desk, &visit.actor).await?;
    Ok(back())
}

/// The secret stands on the answer itself, and nowhere else ever again.
pub(crate) async fn new_secret(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let secret = Some(tracker::new_secret(&app.desk, &visit.actor).await?);
    Ok(page(StatusCode::OK, &TrackerPage { secret, ..shown(&app, &visit).await? }))
}

pub(crate) async fn end_secret(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    tracker::end_secret(&app.desk, &visit.actor).await?;
    Ok(back())
}

pub(crate) async fn remove(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    tracker::remove(&app.desk, &visit.actor).await?;
    Ok(back())
}
