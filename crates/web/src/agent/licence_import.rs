//! A table of licences on the desk: tried first, then taken whole (ENT-1).

use axum::{
    extract::{
        Multipart, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::StatusCode,
    response::Response,
};
use desk::licences::{Imported, Run, import};
use rules::entitlement::import::{COLUMNS, text as read};

use crate::{
    app::{App, FORM_BYTES},
    door::{Problem, Visit, What},
    pages::{
        desk::licence_import::LicenceImportPage,
        html::show as page,
        parts::{Notice, Signal},
    },
    shown::{Saying, desk_frame},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let shown = blank(&app, &visit).await?;
    Ok(page(StatusCode::OK, &shown))
}

async fn blank(app: &App, visit: &Visit) -> Result<LicenceImportPage, Problem> {
    Ok(LicenceImportPage {
        frame: desk_frame(app, visit, "Import licences", "").await?,
        columns: COLUMNS.join(", "),
        limit: words::size::limit(FORM_BYTES as u64),
        text: String::new(),
        faults: vec![],
        ready: None,
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
    let mut shown = LicenceImportPage { text: sent.text, ..blank(&app, &visit).await? };
    if !sent.file.is_empty() {
        match read(&sent.file) {
            Ok(text) => shown.text = text,
            Err(why) => shown.faults = vec![words::licence_table::no_text(say.lang, why)],
        }
    }
    if shown.faults.is_empty() {
        let run = if sent.is_real { Run::Real } else { Run::Dry };
        let imported = import(&app.desk, &visit.actor, &shown.text, run).await?;
        tell(&say, &mut shown, &imported, run);
    }
    let status = if shown.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, &shown))
}

fn tell(say: &Saying, shown: &mut LicenceImportPage, imported: &Imported, run: Run) {
    shown.faults = words::licence_table::faults(say.lang, say.policy(), &imported.faults);
    if !shown.faults.is_empty() {
        return;
    }
    let counts = [imported.added, imported.changed, imported.same];
    let words = words::licence_table::came(say.lang, run == Run::Dry, counts);
    match run {
        Run::Dry => shown.ready = Some(words),
        Run::Real => {
            shown.text = String::new();
            shown.frame.notice = Some(Notice { signal: Signal::Done, words, link: None });
        }
    }
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
