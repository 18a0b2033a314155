//! The browser itself: its cookies and what it says of itself, for handlers that open a session.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use axum_extra::extract::CookieJar;
use desk::{
    Actor,
    people::{Browser, Entered},
};

use super::{
    Problem, Visit,
    cookies::{keep_session, known_text},
};
use crate::app::App;

/// Characters of what a browser says of itself that are kept.
const AGENT: usize = 300;

#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub jar: CookieJar,
    agent: String,
    /// What it accepts.
    languages: String,
    known: Option<String>,
}

impl Client {
    /// What it says of itself.
    pub(crate) fn agent(&self) -> &str {
        &self.agent
    }

    /// Keeps the session that was just opened, and notes the language that its person reads.
    pub(crate) async fn keeps(self, app: &App, entered: Entered) -> Result<CookieJar, Problem> {
        desk::people::reads(&app.desk, entered.person, &self.languages).await?;
        Ok(keep_session(app, self.jar, entered))
    }

    /// As the desk knows a browser.
    pub(crate) fn browser<'a>(&'a self, visit: &'a Visit) -> Browser<'a> {
        let session = match &visit.actor {
            Actor::Person(signed) => signed.session,
            Actor::Visitor { .. } | Actor::Program { .. } | Actor::Desk(_) => None,
        };
        Browser { network: visit.actor.network(), agent: &self.agent, session, known: self.known.as_deref() }
    }
}

impl FromRequestParts<App> for Client {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let jar = CookieJar::from_headers(&parts.headers);
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let languages = accepted.unwrap_or_default().chars().take(AGENT).collect();
        Ok(Self { languages, agent: agent.chars().take(AGENT).collect(), known: known_text(app, &jar), jar })
    }
}
