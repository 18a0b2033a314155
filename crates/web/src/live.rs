//! What happens, for pages that are open: one stream of server-sent events for a browser, and what its pages say of where
//! their readers are. The stream tells that something is otherwise, never what it says: the page looks for itself.

use std::{convert::Infallible, time::Duration};

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use desk::{
    live::{self, At, Ear, Heard},
    notifications,
};
use futures_util::{
    StreamExt,
    stream::{once, unfold},
};
use rules::{
    ids::{Seq, TicketId},
    live::{Doing, PageId},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use words::lang::Lang;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit},
    shown::presence,
};

/// How often a stream gives a sign when nothing happens; a browser that hears none comes again.
const BEAT: Duration = Duration::from_secs(15);
/// When a browser comes again whose stream broke.
const AGAIN: Duration = Duration::from_secs(3);

/// From where on.
#[derive(Debug, Deserialize)]
pub(crate) struct From {
    since: Option<i64>,
}

pub(crate) async fn listen(
    State(app): State<App>,
    visit: Visit,
    Query(from): Query<From>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // A browser that comes again says what it heard last.
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let ear = live::listen(&app.desk, &visit.actor, last.or(from.since).map(Seq)).await?;
    let hello = Event::default().event("hello").retry(AGAIN).data(ear.seen().to_string());
    let heard = unfold(ear, async |mut ear: Ear| {
        let heard = ear.next().await?;
        Some((event(&heard), ear))
    });
    let events = once(async { hello }).chain(heard).map(Ok::<_, Infallible>).fuse();
    let beat = KeepAlive::new().interval(BEAT).event(Event::default().event("beat").data(""));
    let mut response = Sse::new(events).keep_alive(beat).into_response();
    for (name, value) in [
        ("content-type", "text/event-stream; charset=utf-8"),
        ("cache-control", "private, no-store"),
        // Proxies hand on what comes when it comes.
        ("x-accel-buffering", "no"),
    ] {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    Ok(response)
}

fn event(heard: &Heard) -> Event {
    let named = |name: &str, seq: Seq| Event::default().event(name).id(seq.to_string());
    match heard {
        Heard::Request { seq, ticket, what, .. } => {
            named("request", *seq).data(json!({ "request": ticket.0, "seq": seq.0, "kind": what }).to_string())
        }
        Heard::Gone { seq, ticket } => {
            named("queue", *seq).data(json!({ "request": ticket.0, "seq": seq.0 }).to_string())
        }
        Heard::Reload { seq } => named("reload", *seq).data(json!({ "seq": seq.0 }).to_string()),
        Heard::Job { job } => Event::default().event("job").data(json!({ "job": job.0 }).to_string()),
        Heard::Bug { bug } => Event::default().event("bug").data(json!({ "bug": bug.0 }).to_string()),
        Heard::Bell => Event::default().event("bell").data("{}"),
        Heard::Over => Event::default().event("over").data("{}"),
        Heard::Present { ticket, here } => {
            Event::default().event("presence").data(json!(Present::of(*ticket, here)).to_string())
        }
    }
}

/// Who else is at a request, as its page and its row show it.
#[derive(Debug, Serialize)]
struct Present {
    request: i64,
    /// "Ines Kovač is looking".
    here: String,
    /// "Ines Kovač is writing a reply too".
    collision: String,
    /// What stands in its row, as HTML.
    row: String,
}

impl Present {
    fn of(ticket: TicketId, here: &[live::Here]) -> Self {
        let shown = presence(Lang::En, here);
        Self { request: ticket.0, row: shown.to_string(), here: shown.said, collision: shown.collision }
    }
}

/// A page says what its reader does: `doing` is `looking`, `writing` or `left`, `page` a number that it drew.
pub(crate) async fn be_present(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let doing = match fields.text("doing") {
        "writing" => Some(Doing::Writing),
        "left" => None,
        _ => Some(Doing::Looking),
    };
    let at = At { page: PageId(fields.number("page").unwrap_or_default()), doing };
    let here = live::be_present(&app.desk, &visit.actor, TicketId(id), at).await?;
    if doing.is_some() {
        notifications::opened(&app.desk, &visit.actor, TicketId(id)).await?;
    }
    Ok(Json(Present::of(TicketId(id), &here)).into_response())
}
