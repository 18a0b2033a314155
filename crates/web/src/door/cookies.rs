//! The session's cookie: bound to the host over https, never readable by scripts.

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use desk::people::Entered;

use crate::app::{App, Transport};

fn name(app: &App) -> &'static str {
    match app.site.transport {
        // RFC 6265bis, 4.1.3.2: only this host, only over https, only for all paths.
        Transport::Https => "__Host-session",
        Transport::Http => "session",
    }
}

/// The token that the browser holds.
pub(crate) fn session_token(app: &App, jar: &CookieJar) -> Option<String> {
    jar.get(name(app)).map(|cookie| cookie.value().to_owned())
}

/// Hands the browser a session, for as long as it can hold.
pub(crate) fn keep_session(app: &App, jar: CookieJar, entered: Entered) -> CookieJar {
    let longest = entered.longest.unsigned_abs().try_into().expect("a policy counts sessions in days");
    jar.add(
        Cookie::build((name(app), entered.token))
            .path("/")
            .http_only(true)
            .secure(app.site.transport == Transport::Https)
            .same_site(SameSite::Lax)
            .max_age(longest),
    )
}

/// Takes the session from the browser, and what its pages kept there (texts not sent yet).
pub(crate) fn forget_session(app: &App, jar: CookieJar) -> (CookieJar, [(&'static str, &'static str); 1]) {
    let jar = jar.remove(Cookie::build((name(app), "")).path("/").secure(app.site.transport == Transport::Https));
    (jar, [("clear-site-data", "\"storage\"")])
}
