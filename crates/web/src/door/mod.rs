//! What stands before every handler: who comes, whether they may, and how a refusal is shown.

mod address;
mod client;
mod cookies;
mod form;
mod guard;
mod problem;
mod typed;
mod visit;

pub(crate) use address::{Path, Query, percent_encoded};
pub(crate) use client::Client;
pub(crate) use cookies::{forget_session, keep_session, session_token};
pub(crate) use form::{Fields, Form};
pub(crate) use guard::guard;
pub(crate) use problem::{Asked, Problem, What, cross_site, nothing_here, panicked, show_problems};
pub(crate) use typed::Typed;
pub(crate) use visit::{Visit, visit};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use crate::app::Transport;

/// Pages hold what is somebody's: no cache keeps them unless they say so themselves.
pub(crate) async fn private_by_default(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    response
}

/// Over https, browsers are told to come back by https only (RFC 6797).
pub(crate) async fn https_only(State(transport): State<Transport>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if transport == Transport::Https {
        let year = HeaderValue::from_static("max-age=31536000");
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}
