//! Who comes: read once per request from cookies and connection, handed to handlers as a `Visit`.

use std::net::{IpAddr, SocketAddr};

use axum::{
    extract::{ConnectInfo, FromRequestParts, Query, Request, State},
    http::{HeaderMap, Uri, header::REFERER, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use desk::Actor;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::{Form, Problem, session_token};
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
    /// Which list stood beside the request from whose page something is sent: what answers it shows that list again.
    pub beside: Option<String>,
}

/// What the address of a request's page says of the list beside it.
#[derive(Deserialize)]
struct Shown {
    view: Option<String>,
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
            let browser = desk::people::Browser { network: &network, agent: &agent, session: None, known: None };
            desk::people::enter(&app.desk, &token, browser).await
        }
        None => Ok(Actor::Visitor { network: network.clone() }),
    };
    let actor = actor.unwrap_or_else(|error| {
        // For `admit`, behind what makes a page of it.
        request.extensions_mut().insert(Problem::from(error));
        Actor::Visitor { network: network.clone() }
    });
    let said = jar.get("zone").map(|cookie| cookie.value().to_owned());
    let known = match &actor {
        Actor::Person(signed) => signed.zone.clone(),
        Actor::Visitor { .. } | Actor::Program { .. } | Actor::Desk(_) => None,
    };
    let zone = said.or(known).and_then(|name| TimeZone::get(&name).ok());
    let theme = jar.get("theme").map_or(Theme::Auto, |cookie| Theme::from_cookie(cookie.value()));
    let path = request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let beside = if request.method().is_safe() { None } else { beside(request.headers()) };
    request.extensions_mut().insert(Visit { actor, zone, theme, path, beside });
    next.run(request).await
}

/// Turns away whom the desk does not know now, and who sends too much.
pub(crate) async fn admit(State(app): State<App>, visit: Visit, request: Request, next: Next) -> Response {
    if let Some(problem) = request.extensions().get::<Problem>() {
        return problem.clone().into_response();
    }
    // Whoever wants to leave may.
    let leaves = matches!(request.uri().path(), "/sign-out" | "/account/sign-out-everywhere");
    if request.method().is_safe() || leaves {
        return next.run(request).await;
    }
    match desk::people::keep_pace(&app.desk, &visit.actor) {
        Ok(()) => next.run(request).await,
        Err(error) => Form::refuse(&app, &visit, request, Problem::too_fast(error)).await.into_response(),
    }
}

/// The address that a request comes from; behind trusted proxies, the nearest one that is none of them.
fn network(app: &App, request: &Request) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip().to_canonical());
    let Some(peer) = peer else { return String::new() };
    let trusted = |ip: &IpAddr| app.site.trusted_proxies.iter().any(|known| known.to_canonical() == *ip);
    if !trusted(&peer) {
        return peer.to_string();
    }
    // What does not read was written by nobody whom we trust, and neither was what stands before it.
    let said = forwarded(request.headers()).map_while(std::convert::identity).find(|ip| !trusted(ip));
    said.unwrap_or(peer).to_string()
}

/// What proxies wrote down, the nearest first: each adds the address that it saw at the end, on the same line or on one of
/// its own. Nothing is cut off: whoever comes may have filled the beginning. `None` for what is no address.
fn forwarded(headers: &HeaderMap) -> impl Iterator<Item = Option<IpAddr>> {
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    lines.flat_map(|line| line.to_str().unwrap_or_default().rsplit(',')).map(|said| {
        let said = said.trim();
        let with_port = || said.parse::<SocketAddr>().ok().map(|socket| socket.ip());
        said.parse().ok().or_else(with_port).map(|ip: IpAddr| ip.to_canonical())
    })
}

/// Browsers name the whole address of a page of ours to us alone (`referrer-policy: same-origin`).
fn beside(headers: &HeaderMap) -> Option<String> {
    let page: Uri = headers.get(REFERER)?.to_str().ok()?.parse().ok()?;
    Query::<Shown>::try_from_uri(&page).ok()?.0.view
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
