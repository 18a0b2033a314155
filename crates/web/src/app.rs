//! The whole site as one service: the routes behind the guard, and what surrounds every answer.

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use desk::Desk;
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, csrf::CsrfLayer,
    set_header::SetResponseHeaderLayer,
};

use crate::{assets, door, routes};

/// What handlers stand on.
#[derive(Clone, Debug)]
pub struct App {
    /// Shared, so that each of the layers of a request has its own for nothing.
    pub desk: Arc<Desk>,
    pub site: Arc<Site>,
}

/// How the site is reached.
#[derive(Clone, Debug)]
pub struct Site {
    /// Over https the session's cookie is bound to this host and never sent in the clear.
    pub transport: Transport,
    /// Whether the demo's doors and its mails are open.
    pub mode: Mode,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    Http,
    Https,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Production,
    Demo,
}

impl Site {
    pub fn is_demo(&self) -> bool {
        self.mode == Mode::Demo
    }
}

/// Bytes of an ordinary form, at most. Files come in as streams with the policy's limit.
pub const FORM_BYTES: usize = 2 * 1024 * 1024;

/// Scripts, styles, fonts and pictures come from here and nowhere else; nothing is inline.
const CSP: &str = "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; worker-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/// What of a device no page of ours asks for, nor anything that got into one.
const PERMISSIONS: &str = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), publickey-credentials-get=(self), usb=()";

/// Every URL of the site.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in routes::all(app.site.mode) {
        router = router
            .route(route.path, route.handler.layer(from_fn_with_state((app.clone(), route.permission), door::guard)));
    }
    router
        .fallback(door::nothing_here)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(app.clone(), door::admit))
        .layer(CatchPanicLayer::custom(door::panicked))
        .layer(CsrfLayer::new().with_rejection_response(door::cross_site))
        .layer(from_fn_with_state(app.clone(), door::show_problems))
        .layer(from_fn_with_state(app.clone(), door::visit))
        .route(&format!("{}/{{name}}", assets::MOUNT), get(assets::serve))
        .layer(from_fn(door::private_by_default))
        .layer(header("content-security-policy", CSP))
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "same-origin"))
        .layer(header("cross-origin-opener-policy", "same-origin"))
        .layer(header("cross-origin-resource-policy", "same-origin"))
        .layer(header("permissions-policy", PERMISSIONS))
        .layer(from_fn_with_state(door::Strict::of(&app), door::https_only))
        // Pages are made anew each time: at this level 80 KB of a request's page are 8.5 KB after 0.15 ms in zstd, and 9.5 KB
        // after 0.5 ms in gzip, for who does not know zstd. Assets are compressed once, and best, when built.
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(3)))
        .with_state(app)
}

fn header(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(header::HeaderName::from_static(name), HeaderValue::from_static(value))
}
