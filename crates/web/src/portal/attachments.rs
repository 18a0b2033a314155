//! Files, given out: pictures and text are shown, everything else is only ever downloaded.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use rules::ids::AttachmentId;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit, percent_encoded, streamed},
};

/// Shown in the browser, in a sandbox; text as plain text.
const SHOWN: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"];

/// What is shown may do nothing, stands in no frame, and leads nowhere.
const SEALED: &str = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; sandbox";

pub(crate) async fn fetch(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let (file, stream) = desk::tickets::fetch_file(&app.desk, &visit.actor, AttachmentId(id)).await?;
    let is_shown = SHOWN.contains(&file.media_type.as_str());
    let kind = match file.media_type.as_str() {
        "text/plain" => "text/plain; charset=utf-8",
        kind if is_shown => kind,
        _ => "application/octet-stream",
    };
    // RFC 8187, 3.2.1: no byte that could end the value or begin another header.
    let disposition =
        format!("{}; filename*=UTF-8''{}", if is_shown { "inline" } else { "attachment" }, percent_encoded(&file.name));
    let mut response = streamed(stream);
    let headers = response.headers_mut();
    let value = |text: &str| HeaderValue::from_str(text).map_err(Problem::broken);
    headers.insert(header::CONTENT_TYPE, value(kind)?);
    headers.insert(header::CONTENT_DISPOSITION, value(&disposition)?);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(file.bytes));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SEALED));
    Ok(response)
}

/// A file as it came, with its secrets (LOG-3): never shown, only ever downloaded.
pub(crate) async fn original(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let reason = fields.text("reason");
    let (file, length, stream) =
        desk::tickets::fetch_original(&app.desk, &visit.actor, AttachmentId(id), reason).await?;
    let mut response = streamed(stream);
    let headers = response.headers_mut();
    let disposition = format!("attachment; filename*=UTF-8''{}", percent_encoded(&file.name));
    let disposition = HeaderValue::from_str(&disposition).map_err(Problem::broken)?;
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SEALED));
    Ok(response)
}

pub(crate) async fn remove(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    desk::attachments::remove(&app.desk, &visit.actor, AttachmentId(id)).await?;
    Ok(Redirect::to("/drafts").into_response())
}
