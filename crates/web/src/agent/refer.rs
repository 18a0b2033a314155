//! What may be meant by "@" or "#" and what follows, while somebody writes in a request: offers under the text.

use axum::{extract::State, http::StatusCode, response::Response};
use rules::ids::TicketId;
use serde::Deserialize;

use super::sheet::state_name;
use crate::{
    app::App,
    door::{Path, Problem, Query, Visit},
    pages::{
        desk::offers::{Offered, OffersPart},
        html::show as page,
    },
};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Typing {
    /// "@Th" or "#time out".
    #[serde(default)]
    text: String,
}

/// Colleagues who see the request, or other requests by number or words.
pub(crate) async fn offers(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(typing): Query<Typing>,
) -> Result<Response, Problem> {
    let (desk, actor, id) = (&app.desk, &visit.actor, TicketId(id));
    let offers = if let Some(begun) = typing.text.strip_prefix('#') {
        let rows = desk::search::referable(desk, actor, id, begun.trim()).await?;
        let about = |row: desk::tickets::Row| {
            format!("{} · {}", row.ticket.subject, state_name(row.ticket.state).to_lowercase())
        };
        rows.into_iter().map(|row| offered(format!("#{}", row.ticket.id), Some(about(row)))).collect()
    } else {
        let begun = typing.text.trim_start_matches('@').trim();
        let names = desk::tickets::callable(desk, actor, id, begun).await?;
        names.into_iter().map(|name| offered(format!("@{name}"), None)).collect()
    };
    Ok(page(StatusCode::OK, &OffersPart { offers }))
}

fn offered(text: String, name: Option<String>) -> Offered {
    let whole = format!("{text} ");
    Offered { text, name, cursor: whole.encode_utf16().count(), whole }
}
