//! Files in parts, by tus 1.0.0 (LOG-5), for the pages' own script and for any other client of that protocol. Its headers
//! are read by `rules::files::tus`; what is whole becomes a file of its draft by a step of our own.

use askama::Template;
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use desk::attachments::{self, Appending, NewFile, NewUpload, Upload};
use rules::{
    files::tus::{self, Checksum},
    ids::DraftId,
};

use crate::{
    app::App,
    door::{Path, Problem, Visit},
    shown::{Saying, file_row},
};

const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");
const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
/// The type of a part's body.
const PART: &str = "application/offset+octet-stream";

/// What of the protocol is spoken here.
pub(crate) async fn terms(State(app): State<App>) -> Result<Response, Problem> {
    let limit = app.desk.policy().await?.policy().attachments.file_bytes();
    let mut response = answered(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert("tus-version", HeaderValue::from_static(tus::VERSION));
    headers.insert("tus-extension", HeaderValue::from_static(tus::EXTENSIONS));
    headers.insert("tus-checksum-algorithm", HeaderValue::from_static(tus::ALGORITHMS));
    headers.insert("tus-max-size", HeaderValue::from(limit));
    Ok(response)
}

/// Begins one. Its metadata say what it is called, and for which field of which draft it is.
pub(crate) async fn begin(State(app): State<App>, visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    if let Some(other) = other_version(&headers) {
        return Ok(other);
    }
    let unreadable = || Problem::unreadable(StatusCode::BAD_REQUEST, &"the headers of an upload");
    let bytes = text(&headers, &LENGTH).and_then(tus::bytes).ok_or_else(unreadable)?;
    let said = headers.get("upload-metadata").map_or(Some(""), |value| value.to_str().ok());
    let said = said.and_then(tus::metadata).ok_or_else(unreadable)?;
    let about = |key: &str| said.get(key).map(String::as_str).filter(|value| !value.is_empty());
    let draft = about("draft").and_then(|id| id.parse().ok()).map(DraftId).ok_or_else(unreadable)?;
    let file = NewFile {
        draft,
        field: format!("detail.{}", about("detail").unwrap_or("evidence")),
        name: about("filename").unwrap_or_default().to_owned(),
    };
    let new = NewUpload { file, mark: about("mark").unwrap_or_default().to_owned(), bytes };
    let begun = attachments::begin(&app.desk, &visit.actor, new).await?;
    let mut response = standing(&begun, StatusCode::CREATED)?;
    let place = HeaderValue::from_str(&format!("/uploads/{}", begun.token)).map_err(Problem::broken)?;
    response.headers_mut().insert(header::LOCATION, place);
    Ok(response)
}

/// How far it came.
pub(crate) async fn find(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    if let Some(other) = other_version(&headers) {
        return Ok(other);
    }
    let found = attachments::find(&app.desk, &visit.actor, &token).await?;
    let mut response = standing(&found, StatusCode::OK)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Takes what comes next.
pub(crate) async fn append(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let headers = request.headers();
    if let Some(other) = other_version(headers) {
        return Ok(other);
    }
    let unreadable = |status: StatusCode| Problem::unreadable(status, &"the headers of a part");
    if text(headers, &header::CONTENT_TYPE) != Some(PART) {
        return Err(unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let offset = text(headers, &OFFSET).and_then(tus::bytes).ok_or_else(|| unreadable(StatusCode::BAD_REQUEST))?;
    let checksum = match headers.get("upload-checksum") {
        None => None,
        Some(value) => {
            let read = value.to_str().ok().and_then(Checksum::read);
            Some(read.ok_or_else(|| unreadable(StatusCode::BAD_REQUEST))?)
        }
    };
    let part = Appending { offset, checksum };
    let content = request.into_body().into_data_stream();
    let grown = attachments::append(&app.desk, &visit.actor, (&token, part), content).await?;
    standing(&grown, StatusCode::NO_CONTENT)
}

/// Takes it off.
pub(crate) async fn cancel(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    attachments::cancel(&app.desk, &visit.actor, &token).await?;
    Ok(answered(StatusCode::NO_CONTENT))
}

/// Makes a file of it, and gives back its row. Asked again, it says the same.
pub(crate) async fn finish(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    let file = attachments::finish(&app.desk, &visit.actor, &token).await?;
    let draft = file.draft.ok_or_else(Problem::not_found)?;
    let (draft, _) = desk::drafts::show(&app.desk, &visit.actor, draft).await?;
    let report = draft.fields.values().cloned().collect::<Vec<_>>().join("\n");
    let say = Saying::of(&app).await?;
    Ok(Html(file_row(&say, &file, (&draft.purpose, &report)).render().map_err(Problem::broken)?).into_response())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// A client of another version is told ours.
fn other_version(headers: &HeaderMap) -> Option<Response> {
    if text(headers, &RESUMABLE) == Some(tus::VERSION) {
        return None;
    }
    let mut response = answered(StatusCode::PRECONDITION_FAILED);
    response.headers_mut().insert("tus-version", HeaderValue::from_static(tus::VERSION));
    Some(response)
}

fn answered(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response.headers_mut().insert(RESUMABLE, HeaderValue::from_static(tus::VERSION));
    response
}

fn standing(upload: &Upload, status: StatusCode) -> Result<Response, Problem> {
    let mut response = answered(status);
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(upload.received));
    headers.insert(LENGTH, HeaderValue::from(upload.bytes));
    // RFC 9110, 5.6.7.
    let expires = upload.expires_at.timestamp().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    headers.insert(EXPIRES, HeaderValue::from_str(&expires).map_err(Problem::broken)?);
    Ok(response)
}
