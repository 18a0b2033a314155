//! Who comes: read once per request from cookies and connection, handed to handlers as a `Visit`.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use desk::Actor;
use jiff::tz::TimeZone;

use super::{Problem, session_token};
use crate::{app::App, pages::frame::Theme};

/// A request's reader.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub actor: Actor,
    /// The reader's zone: the browser's cookie, else what the person was last seen in, else none.
    pub zone: Option<TimeZone>,
    pub theme: Theme,
    /// The path asked for, to come back to after signing in.
    pub path: String,
}

/// Reads the visit, before anything else decides.
pub(crate) async fn visit(State(app): State<App>, request: Request, next: Next) -> Response {
    // What writes goes by what is newest when it writes.
    let only_reads = request.method().is_safe();
    let answer = enter(&app, request, next);
    if only_reads { app.desk.in_one_reading(answer).await } else { answer.await }
}

async fn enter(app: &App, mut request: Request, next: Next) -> Response {
    let jar = CookieJar::from_headers(request.headers());
    let network = network(app, &request);
    let agent = header(request.headers(), "user-agent");
    let actor = match session_token(app, &jar) {
        Some(token) => {
            let browser = desk::people::Browser { network: &network, agent: &agent };
            desk::people::enter(&app.desk, &token, browser).await
        }
        None => Ok(Actor::Visitor { network: network.clone() }),
    };
    let actor = match actor {
        Ok(actor) => actor,
        Err(error) => return Problem::from(error).into_response(),
    };
    let said = jar.get("zone").map(|cookie| cookie.value().to_owned());
    let known = match &actor {
        Actor::Person(signed) => signed.zone.clone(),
        Actor::Visitor { .. } | Actor::Desk => None,
    };
    let zone = said.or(known).and_then(|name| TimeZone::get(&name).ok());
    let theme = jar.get("theme").map_or(Theme::Auto, |cookie| Theme::from_cookie(cookie.value()));
    let path = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    request.extensions_mut().insert(Visit { actor, zone, theme, path });
    next.run(request).await
}

/// The address that a request comes from; behind a trusted proxy, the last one that it did not add itself.
fn network(app: &App, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
    let Some(peer) = peer else { return String::new() };
    let trusted = |ip: &IpAddr| app.site.trusted_proxies.contains(ip);
    if !trusted(&peer) {
        return peer.to_string();
    }
    let forwarded = header(request.headers(), "x-forwarded-for");
    let first = forwarded.split(',').rev().filter_map(|ip| ip.trim().parse().ok()).find(|ip| !trusted(ip));
    first.unwrap_or(peer).to_string()
}

fn header(headers: &HeaderMap, name: &str) -> String {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().chars().take(300).collect()
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get::<Visit>().cloned().ok_or_else(|| Problem::broken("a handler outside of the visit"))
    }
}
