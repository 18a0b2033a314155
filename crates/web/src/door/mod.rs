//! What stands before every handler: who comes, whether they may, and how a refusal is shown.

mod client;
mod cookies;
mod form;
mod guard;
mod problem;
mod visit;

pub(crate) use client::Client;
pub(crate) use form::{Fields, Form};
pub(crate) use cookies::{forget_session, keep_session, session_token};
pub(crate) use guard::guard;
pub(crate) use problem::{Problem, What, cross_site, nothing_here, panicked, show_problems};
pub(crate) use visit::{Visit, visit};

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Pages hold what is somebody's: no cache keeps them unless they say so themselves.
pub(crate) async fn private_by_default(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    response
}
