//! `/metrics`: what was counted, and what is read for the occasion. A database that does not answer leaves its own
//! figures out and says so; the rest is said all the more.

use std::sync::Arc;

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use desk::Desk;
use rules::instant::Instant;
use store::{Standing, figures};

use super::{
    names::{FIGURES, Figure},
    recorder::{Recorder, labels, line},
};

/// What the page is written from.
#[derive(Clone, Debug)]
pub(crate) struct Watched {
    pub(crate) desk: Desk,
    pub(crate) counted: Arc<Recorder>,
    pub(crate) started: Instant,
}

/// A gauge's name, labels and value.
type Read = (&'static str, String, String);

pub(crate) async fn page(State(watched): State<Watched>) -> Response {
    let mut read = at_hand(&watched);
    match from_database(&watched.desk).await {
        Ok(figures) => {
            read.extend(figures);
            read.push(gauge("firstline_database_up", &[], 1));
        }
        Err(error) => {
            tracing::warn!(%error, "what is in the database could not be counted");
            read.push(gauge("firstline_database_up", &[], 0));
        }
    }
    let mut text = written(&watched.counted, &read).into_response();
    let kind = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
    text.headers_mut().insert(header::CONTENT_TYPE, kind);
    text
}

fn written(counted: &Recorder, read: &[Read]) -> String {
    let mut out = String::new();
    for Figure { name, kind, help, .. } in FIGURES {
        out.push_str(&format!("# HELP {name} {help}\n# TYPE {name} {}\n", kind.word()));
        counted.write(name, &mut out);
        for (_, labels, value) in read.iter().filter(|(known, ..)| known == name) {
            line(&mut out, name, labels, value);
        }
    }
    // A figure that nobody wrote down is told all the same, and a test is told of it.
    for name in counted.names().iter().filter(|name| FIGURES.iter().all(|figure| figure.name != *name)) {
        counted.write(name, &mut out);
    }
    out
}

fn gauge(name: &'static str, with: &[(&str, &str)], value: impl std::fmt::Display) -> Read {
    (name, labels(with.iter().copied()), value.to_string())
}

/// What no question to the database is needed for.
fn at_hand(Watched { desk, started, .. }: &Watched) -> Vec<Read> {
    let database = if desk.store.is_embedded() { "sqlite" } else { "postgresql" };
    let writes = u8::from(desk.store.standing() == Standing::Writes);
    let mut read = vec![
        gauge("firstline_writes", &[], writes),
        gauge("process_start_time_seconds", &[], started.timestamp().as_second()),
        gauge("firstline_build_info", &[("version", env!("CARGO_PKG_VERSION")), ("database", database)], 1),
    ];
    match desk.store.room() {
        Ok(room) => {
            read.push(gauge("firstline_disk_free_bytes", &[], room.free));
            read.push(gauge("firstline_disk_size_bytes", &[], room.size));
        }
        Err(error) => tracing::warn!(%error, "the room on the disk cannot be read"),
    }
    read
}

async fn from_database(desk: &Desk) -> store::Result<Vec<Read>> {
    let (conn, now) = (desk.store.read(), desk.now());
    let mut read = Vec::new();
    for kind in desk::jobs::KINDS {
        let jobs = figures::jobs(conn, kind, now).await?;
        let states = [("due", jobs.due), ("running", jobs.running), ("later", jobs.later), ("parked", jobs.parked)];
        for (state, count) in states {
            read.push(gauge("firstline_jobs", &[("kind", kind), ("state", state)], count));
        }
    }
    read.push(gauge("firstline_sessions", &[], figures::sessions(conn, now).await?));
    let (data, log) = figures::bytes(&desk.store).await?;
    read.push(gauge("firstline_database_bytes", &[("part", "data")], data));
    let (standing, mark) = desk.store.search().standing();
    read.push(gauge("firstline_search_whole", &[], u8::from(standing == desk::search::Standing::Ready)));
    if let Some(mark) = mark {
        let behind = store::events::last(conn).await?.0 - mark.seq.0;
        read.push(gauge("firstline_search_behind_entries", &[], behind));
    }
    if desk.store.is_embedded() {
        read.push(gauge("firstline_database_bytes", &[("part", "log")], log));
    }
    Ok(read)
}
