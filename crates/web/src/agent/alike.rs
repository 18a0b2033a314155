//! Requests of the same organisation that look like one (REQ-11): a page of its own, and with script a part of the request's
//! page that comes after it.

use axum::{extract::State, http::StatusCode, response::Response};
use rules::{access::Action, events::State as RequestState, ids::TicketId};

use crate::{
    app::App,
    door::{Path, Problem, Visit},
    pages::{
        desk::alike::{AlikePage, AlikeRow},
        html::show as page,
    },
    portal::requests::standing_words,
    shown::{Saying, desk_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let alike = desk::search::alike(&app.desk, &visit.actor, TicketId(id)).await?;
    let now = app.desk.now();
    let may_tie = visit.actor.staff(Action::Merge).is_ok();
    let may_merge = may_tie && alike.ticket.state != RequestState::Closed;
    let row = |row: &desk::tickets::Row| AlikeRow {
        number: row.ticket.id.0,
        subject: row.ticket.subject.clone(),
        kind: say.type_name(&row.ticket.request_type),
        state: standing_words(&row.ticket).to_owned(),
        filed: when(&visit, row.ticket.filed_at, now),
        // What is over takes nothing in (FRT-5).
        may_merge: may_merge && !row.ticket.state.is_over(),
    };
    let shown = AlikePage {
        frame: desk_frame(&app, &visit, &format!("Like {id}"), "needs-answer").await?,
        number: id,
        subject: alike.ticket.subject.clone(),
        rows: alike.rows.iter().map(row).collect(),
        may_link: may_tie,
    };
    Ok(page(StatusCode::OK, &shown))
}
