//! The advisory of a security report: kept as a draft, taken out as Markdown (SEC-1).

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use desk::tickets::{self, Draft};
use jiff::{civil::Date, tz::TimeZone};
use rules::{ids::TicketId, instant::Instant};

use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        desk::advisory::AdvisoryPage,
        html::show as page,
        parts::{Signal, Tag},
    },
    shown::{Saying, desk_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let kept = tickets::advisory(&app.desk, &visit.actor, TicketId(id)).await?;
    let shown = tickets::show(&app.desk, &visit.actor, TicketId(id)).await?;
    let (zone, now) = (say.compiled.hours().zone().clone(), app.desk.now());
    let until = kept.as_ref().and_then(|(it, _)| it.embargo_until).map(|until| (until, day(until, &zone)));
    let changed =
        kept.as_ref().map(|(kept, by)| format!("Changed {} by {by}", when(&visit, kept.changed_at, now).said));
    let standing = match until {
        None => Tag::new(Signal::Soon, "No date is agreed yet"),
        Some((until, day)) if until > now => {
            let day = words::time::long_date(say.lang, day);
            Tag::new(Signal::Waiting, format!("Nothing is said before {day}"))
        }
        Some((_, day)) => Tag::new(Signal::Done, format!("Public since {}", words::time::long_date(say.lang, day))),
    };
    let (affected, text) = kept.map(|(it, _)| (it.affected, it.body)).unwrap_or_default();
    let page_shown = AdvisoryPage {
        frame: desk_frame(&app, &visit, &format!("Advisory for {id}"), "needs-answer").await?,
        number: id,
        subject: shown.ticket.subject.clone(),
        affected,
        text,
        embargo: until.map(|(_, day)| day.to_string()).unwrap_or_default(),
        standing,
        changed,
    };
    Ok(page(StatusCode::OK, &page_shown))
}

fn day(at: Instant, zone: &TimeZone) -> Date {
    at.timestamp().to_zoned(zone.clone()).date()
}

pub(crate) async fn keep(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let embargo = fields.text("embargo").trim();
    let embargo_until = match embargo {
        "" => None,
        day => Some(day.parse().map_err(|fault: jiff::Error| Problem::unreadable(StatusCode::BAD_REQUEST, &fault))?),
    };
    let draft =
        Draft { affected: fields.text("affected").to_owned(), body: fields.text("text").to_owned(), embargo_until };
    tickets::keep_advisory(&app.desk, &visit.actor, TicketId(id), draft).await?;
    Ok(Redirect::to(&format!("/desk/requests/{id}/advisory")).into_response())
}

/// The draft as a file, with what is known above it.
pub(crate) async fn markdown(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let found = tickets::advisory(&app.desk, &visit.actor, TicketId(id)).await?;
    let (kept, _) = found.ok_or_else(Problem::not_found)?;
    let text = format!("# Security advisory\n\nAffected versions: {}\n\n{}\n", kept.affected, kept.body);
    let kind = HeaderValue::from_static("text/markdown; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
