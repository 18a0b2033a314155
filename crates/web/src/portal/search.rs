//! Searching on the portal: one's own requests, what colleagues share, and the support page.

use axum::{extract::State, http::StatusCode, response::Response};
use desk::search::{At, find};
use serde::Deserialize;

use super::requests::standing_words;
use crate::{
    app::App,
    door::{Problem, Query, Visit},
    pages::{frame::Place, html::show as page, search::SearchPage},
    shown::{Finding, Saying, found, page_number, portal_frame},
};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    /// Which page, from 1.
    page: Option<String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let number = page_number(wanted.page.as_deref());
    let say = Saying::of(&app).await?;
    let results = find(&app.desk, &visit.actor, &wanted.q, (At::Portal, number)).await?;
    let state = |ticket: &desk::tickets::Ticket| standing_words(ticket);
    let finding = Finding { say: &say, visit: &visit, now: app.desk.now(), at: At::Portal, state };
    let shown = SearchPage {
        frame: portal_frame(&app, &visit, "Search", Place::Elsewhere).await?,
        results: found(finding, (&wanted.q, number), &results),
    };
    Ok(page(StatusCode::OK, &shown))
}
