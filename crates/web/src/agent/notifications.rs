//! What a member of staff is told, how they want to be told, and until when they are away.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{Error, notifications, people};
use jiff::civil::DateTime;
use rules::{
    instant::Instant,
    notices::{Chosen, Notice, Way},
    refusal::{Fault, FieldFault},
};
use serde::{Deserialize, de::IntoDeserializer};

use super::{
    column::zone,
    devices::{Just, listed},
};
use crate::{
    app::App,
    door::{Fields, Problem, Query, Visit},
    pages::{
        desk::notifications::{Away, ChoicesPage, Kind, NotificationsPage, Opening, Told},
        form::{Choice, Chosen as Ticked},
        html::show as page,
        parts::{Notice as Above, Signal},
    },
    shown::{Saying, desk_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let now = app.desk.now();
    let told = notifications::list(&app.desk, &visit.actor).await?;
    let opening = desk::opening::told(&app.desk, &visit.actor).await?;
    let newest = told.first().map(|it| it.told.at).into_iter().chain(opening.map(|it| it.at)).max();
    let unread = told.iter().filter(|it| it.told.read_at.is_none()).count();
    let shown = NotificationsPage {
        frame: desk_frame(&app, &visit, "Notifications", "").await?,
        unread: unread + usize::from(opening.is_some_and(|it| !it.is_read)),
        up_to: newest.map_or(0, |at| at.micros()),
        opening: opening.map(|it| Opening {
            said: counted(it.came, it.due),
            at: when(&visit, it.at, now),
            is_read: it.is_read,
        }),
        told: told
            .into_iter()
            .map(|it| Told {
                kind: words::notices::name(say.lang, it.told.kind),
                number: it.told.ticket.0,
                subject: it.subject,
                at: when(&visit, it.told.at, now),
                is_read: it.told.read_at.is_some(),
            })
            .collect(),
    };
    Ok(page(StatusCode::OK, &shown))
}

/// "4 came, 3 late or due today".
fn counted(came: i64, due: i64) -> String {
    let parts = [(came, "came"), (due, "late or due today")].into_iter().filter(|(count, _)| *count > 0);
    parts.map(|(count, what)| format!("{count} {what}")).collect::<Vec<_>>().join(", ")
}

pub(crate) async fn read(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let up_to = fields.number("up_to").and_then(|at| Instant::from_micros(at).ok());
    notifications::read_all(&app.desk, &visit.actor, up_to.unwrap_or_else(|| app.desk.now())).await?;
    Ok(Redirect::to("/desk/notifications").into_response())
}

pub(crate) async fn choices(
    State(app): State<App>,
    visit: Visit,
    Query(just): Query<Just>,
) -> Result<Response, Problem> {
    choices_page(&app, &visit, StatusCode::OK, Typed { just, ..Typed::default() }).await
}

/// What came back to the page of choices, and what just happened.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub away: Away,
    /// Why a device was not taken.
    pub device: Option<String>,
    pub just: Just,
}

pub(super) async fn choices_page(
    app: &App,
    visit: &Visit,
    status: StatusCode,
    typed: Typed,
) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    let now = app.desk.now();
    let chosen = notifications::choices(&app.desk, &visit.actor).await?;
    let until = people::away(&app.desk, &visit.actor).await?.remove(&visit.actor.signed()?.person);
    let ways = |kind: Notice, way: Way| {
        let offered = Way::ALL.into_iter().filter(|_| kind.can_choose());
        let choice = |it| {
            let choice = Choice::new(word(it), words::notices::way(say.lang, it));
            if it == way { choice.chosen() } else { choice }
        };
        offered.map(choice).collect()
    };
    let mut frame = desk_frame(app, visit, "What you are told", "").await?;
    frame.notice = typed.just.words().map(|words| Above { signal: Signal::Done, words, link: None });
    let shown = ChoicesPage {
        frame,
        kinds: chosen
            .into_iter()
            .map(|(kind, chosen)| Kind {
                key: word(kind),
                name: words::notices::name(say.lang, kind),
                about: words::notices::about(say.lang, kind),
                ways: ways(kind, chosen.way),
                push: ticked(chosen.push),
            })
            .collect(),
        away: Away {
            until: until.map(|at| when(visit, at, now)),
            zone: zone(visit).iana_name().unwrap_or("UTC").replace('_', " "),
            ..typed.away
        },
        devices: listed(app, visit, typed.device).await?,
        subjects: ticked(desk::push::shows_subjects(&app.desk, &visit.actor).await?),
    };
    Ok(page(status, &shown))
}

pub(crate) async fn choose(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let is_ticked = |name: &str| !fields.text(name).is_empty();
    let chosen = |kind: Notice| {
        let way = of_word(fields.text(&word(kind)))?;
        Some((kind, Chosen { way, push: is_ticked(&format!("push_{}", word(kind))) }))
    };
    let chosen: Vec<(Notice, Chosen)> = Notice::ALL.into_iter().filter_map(chosen).collect();
    notifications::choose(&app.desk, &visit.actor, &chosen).await?;
    desk::push::show_subjects(&app.desk, &visit.actor, is_ticked("subjects")).await?;
    Ok(Redirect::to("/desk/notifications/choices").into_response())
}

/// Away until the time that was typed, by the reader's clock; or back.
pub(crate) async fn be_away(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let typed = fields.text("until");
    let until = if fields.text("back").is_empty() { Some(instant(&visit, typed)) } else { None };
    let done = match until.transpose() {
        Ok(until) => people::be_away(&app.desk, &visit.actor, until).await,
        Err(fault) => Err(fault),
    };
    match done {
        Ok(()) => Ok(Redirect::to("/desk/notifications/choices#away").into_response()),
        Err(Error::Invalid(faults)) => {
            let fault = Saying::of(&app).await?.of_field(&faults, "until");
            let away = Away { typed: typed.to_owned(), fault, ..Away::default() };
            choices_page(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, Typed { away, ..Typed::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

fn instant(visit: &Visit, typed: &str) -> desk::Result<Instant> {
    let read = typed.parse::<DateTime>().ok().and_then(|local| local.to_zoned(zone(visit)).ok());
    let fault = || FieldFault { field: "until".into(), fault: Fault::NotADate { text: typed.to_owned() } };
    read.map(|at| Instant::from(at.timestamp())).ok_or_else(|| Error::Invalid(vec![fault()]))
}

fn ticked(is: bool) -> Ticked {
    if is { Ticked::Yes } else { Ticked::No }
}

/// The word of a kind or a way in addresses and forms.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
}

fn of_word(text: &str) -> Option<Way> {
    let read: Result<Way, serde::de::value::Error> = Way::deserialize(text.into_deserializer());
    read.ok()
}
