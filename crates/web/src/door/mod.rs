//! What stands before every handler: who comes, whether they may, and how a refusal is shown.

mod address;
mod client;
mod cookies;
mod form;
mod guard;
mod problem;
mod problem_json;
mod streamed;
mod typed;
mod visit;

pub(crate) use address::{Path, Query, percent_encoded};
pub(crate) use client::Client;
pub(crate) use cookies::{forget_session, session_token};
pub(crate) use form::{Fields, Form, word};
pub(crate) use guard::guard;
pub(crate) use problem::{Asked, Problem, What, cross_site, nothing_here, panicked, show_problems};
pub(crate) use problem_json::{Detail, problem_json};
pub(crate) use streamed::streamed;
pub(crate) use typed::Typed;
pub(crate) use visit::{Visit, admit, visit};

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

use rules::people::Domain;

use crate::app::{App, Transport};

/// Pages hold what is somebody's: no cache keeps them unless they say so themselves.
pub(crate) async fn private_by_default(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    response
}

/// Whether browsers are told to come back by https only (RFC 6797): over https, and for the names below the desk's own too.
/// A desk at `example.com` itself leaves them out: what else stands below it is not the desk's to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Strict {
    No,
    ThisName,
    NamesBelowToo,
}

impl Strict {
    pub(crate) fn of(app: &App) -> Self {
        if app.site.transport == Transport::Http {
            return Self::No;
        }
        let host = app.desk.settings.base_url.trim_start_matches("https://");
        let host = Domain::parse(host.split([':', '/']).next().unwrap_or_default());
        match host.ok().and_then(|host| Some(host.registrable()? != host)) {
            Some(true) => Self::NamesBelowToo,
            _ => Self::ThisName,
        }
    }

    fn header(self) -> Option<HeaderValue> {
        match self {
            Self::No => None,
            Self::ThisName => Some(HeaderValue::from_static("max-age=31536000")),
            Self::NamesBelowToo => Some(HeaderValue::from_static("max-age=31536000; includeSubDomains")),
        }
    }
}

pub(crate) async fn https_only(State(strict): State<Strict>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(year) = strict.header() {
        response.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    response
}
