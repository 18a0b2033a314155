//! Searching on the desk: every request that a member of staff sees, notes too, and the support page.

use axum::{extract::State, http::StatusCode, response::Response};
use desk::search::{At, find};
use serde::Deserialize;

use super::sheet::state_name;
use crate::{
    app::App,
    door::{Problem, Query, Visit},
    pages::{html::show as page, search::DeskSearchPage},
    shown::{Finding, Saying, desk_frame, found},
};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let results = find(&app.desk, &visit.actor, &wanted.q, At::Desk).await?;
    let state = |ticket: &desk::tickets::Ticket| state_name(ticket.state);
    let finding = Finding { say: &say, visit: &visit, now: app.desk.now(), at: At::Desk, state };
    let shown = DeskSearchPage {
        frame: desk_frame(&app, &visit, "Search", "search").await?,
        results: found(finding, &wanted.q, &results),
    };
    Ok(page(StatusCode::OK, &shown))
}
