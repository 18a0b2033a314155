//! The cookies that let somebody in, or tell that they were in before: bound to the host over https, never readable by
//! scripts.

use std::time::Duration;

use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use desk::people::Entered;

use crate::app::{App, Transport};

/// How long a browser is known after its person signed in.
const KNOWN: Duration = Duration::from_hours(365 * 24);

/// RFC 6265bis, 4.1.3.2: only this host, only over https, only for all paths.
fn session_name(app: &App) -> &'static str {
    if app.site.transport == Transport::Https { "__Host-session" } else { "session" }
}

fn known_name(app: &App) -> &'static str {
    if app.site.transport == Transport::Https { "__Host-known" } else { "known" }
}

fn kept(app: &App, name: &'static str, value: String, longest: Duration) -> Cookie<'static> {
    let cookie = Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax);
    let longest = longest.try_into().expect("a policy counts sessions in days");
    cookie.secure(app.site.transport == Transport::Https).max_age(longest).build()
}

/// The token that the browser holds.
pub(crate) fn session_token(app: &App, jar: &CookieJar) -> Option<String> {
    jar.get(session_name(app)).map(|cookie| cookie.value().to_owned())
}

/// What the browser keeps of having been signed in with before.
pub(super) fn known_text(app: &App, jar: &CookieJar) -> Option<String> {
    jar.get(known_name(app)).map(|cookie| cookie.value().to_owned())
}

/// Hands the browser a session, for as long as it can hold, and what stays when it is over.
pub(crate) fn keep_session(app: &App, jar: CookieJar, entered: Entered) -> CookieJar {
    jar.add(kept(app, session_name(app), entered.token, entered.longest.unsigned_abs())).add(kept(
        app,
        known_name(app),
        entered.known,
        KNOWN,
    ))
}

/// Takes the session from the browser, and what its pages kept there (texts not sent yet).
pub(crate) fn forget_session(app: &App, jar: CookieJar) -> (CookieJar, [(&'static str, &'static str); 1]) {
    let jar =
        jar.remove(Cookie::build((session_name(app), "")).path("/").secure(app.site.transport == Transport::Https));
    (jar, [("clear-site-data", "\"storage\"")])
}
