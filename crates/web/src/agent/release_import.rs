//! A list of releases on the desk: tried first, then taken whole.

use axum::{
    extract::{
        Multipart, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::StatusCode,
    response::Response,
};
use desk::releases::{NotDone, Run, import};
use rules::releases::import::text as read;
use words::{licence_table::no_text, releases as said};

use crate::{
    app::{App, FORM_BYTES},
    door::{Problem, Visit, What},
    pages::{desk::releases::ReleaseImportPage, html::show as page, releases::done},
    shown::{Saying, desk_frame},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &blank(&app, &visit).await?))
}

async fn blank(app: &App, visit: &Visit) -> Result<ReleaseImportPage, Problem> {
    Ok(ReleaseImportPage {
        frame: desk_frame(app, visit, "Import releases", "").await?,
        limit: words::size::limit(FORM_BYTES as u64),
        text: String::new(),
        faults: vec![],
        ready: vec![],
    })
}

/// What was sent.
#[derive(Default)]
struct Sent {
    text: String,
    file: Vec<u8>,
    is_real: bool,
}

pub(crate) async fn send(
    State(app): State<App>,
    visit: Visit,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let parts = parts.map_err(|fault| Problem::unreadable(StatusCode::BAD_REQUEST, &fault))?;
    let sent = sent(parts).await.map_err(|fault| unreadable(&fault))?;
    let say = Saying::of(&app).await?;
    let mut shown = ReleaseImportPage { text: sent.text, ..blank(&app, &visit).await? };
    if !sent.file.is_empty() {
        match read(&sent.file) {
            Ok(text) => shown.text = text,
            Err(why) => shown.faults = vec![no_text(say.lang, why)],
        }
    }
    if shown.faults.is_empty() {
        let run = if sent.is_real { Run::Real } else { Run::Dry };
        match import(&app.desk, &visit.actor, &shown.text, run).await {
            Ok(told) if run == Run::Dry => shown.ready = said::came(say.lang, true, &told),
            Ok(told) => {
                shown.text = String::new();
                shown.frame.notice = Some(done(said::came(say.lang, false, &told).join(" ")));
            }
            Err(NotDone::Error(error)) => return Err(error.into()),
            Err(NotDone::NotTaken(why)) => shown.faults = said::not_taken(say.lang, &why),
        }
    }
    let status = if shown.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, &shown))
}

async fn sent(mut parts: Multipart) -> Result<Sent, MultipartError> {
    let mut sent = Sent::default();
    while let Some(part) = parts.next_field().await? {
        match part.name().unwrap_or_default() {
            "text" => sent.text = part.text().await?,
            "file" => sent.file = part.bytes().await?.to_vec(),
            "do" => sent.is_real = part.text().await? == "import",
            _ => {}
        }
    }
    Ok(sent)
}

fn unreadable(fault: &MultipartError) -> Problem {
    match fault.status() {
        status @ StatusCode::PAYLOAD_TOO_LARGE => Problem { status, what: What::TooLarge },
        status => Problem::unreadable(status, fault),
    }
}
