//! What surrounds every request of the site: an id that the answer, the log and a page of a fault share, one line in the
//! log, and its measure. A path is told by its pattern alone, since links in mails carry their secret in it.

use std::sync::Arc;

use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, Method, header::HeaderName},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
};
use desk::Desk;
use tokio::time::Instant;
use tracing::Instrument;

use crate::rest::read_past;

const ID: HeaderName = HeaderName::from_static("x-request-id");
/// Characters of an id that somebody else made.
const LONGEST: usize = 64;

/// The site, observed, behind connections that go on after an answer.
pub(crate) fn observed(site: Router, desk: &Arc<Desk>) -> Router {
    site.layer(from_fn(read_past)).layer(from_fn_with_state(Arc::clone(desk), observe))
}

async fn observe(State(desk): State<Arc<Desk>>, mut request: Request, next: Next) -> Response {
    let id = given(request.headers()).unwrap_or_else(|| made(&desk));
    let path = request.extensions().get::<MatchedPath>();
    let route = path.map_or_else(|| "unmatched".to_owned(), |path| path.as_str().to_owned());
    let method = word(request.method());
    // An error's span, so that even a log that tells only errors names the request.
    let span = tracing::error_span!("request", id = id.to_str().unwrap_or_default(), method, route);
    request.headers_mut().insert(ID, id.clone());
    let begun = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let took = begun.elapsed();
    let status = response.status().as_u16();
    span.in_scope(|| tracing::info!(status, micros = took.as_micros(), "answered"));
    response.headers_mut().insert(ID, id);
    metrics::histogram!("firstline_http_request_duration_seconds", "route" => route.clone(), "method" => method)
        .record(took);
    let status = status.to_string();
    metrics::counter!("firstline_http_requests_total", "route" => route, "method" => method, "status" => status)
        .increment(1);
    response
}

/// The id that a proxy gave, if it can stand in a log and in a page as it is.
fn given(headers: &HeaderMap) -> Option<HeaderValue> {
    let id = headers.get(&ID)?;
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let is_safe = (1..=LONGEST).contains(&id.len()) && id.as_bytes().iter().all(is_plain);
    is_safe.then(|| id.clone())
}

fn made(desk: &Desk) -> HeaderValue {
    let hex: String = desk.draw::<8>().iter().map(|byte| format!("{byte:02x}")).collect();
    HeaderValue::from_str(&hex).expect("hexadecimal digits fit into a header")
}

/// A method may be any word; a label may not.
fn word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_id_is_taken_over() {
        let of = |id: &[u8]| given(&[(ID, HeaderValue::from_bytes(id).unwrap())].into_iter().collect());
        assert!(of(b"8f-4_a.B").is_some());
        for refused in [&b""[..], b"a b", b"a\"b", b"a/b", "\u{e9}".as_bytes(), &[b'a'; 65]] {
            assert_eq!(of(refused), None, "{refused:?}");
        }
    }
}
