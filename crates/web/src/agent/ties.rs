//! What ties a request to people and to other requests: watching, people, secrecy, links, merging, splitting.

use axum::{extract::State, response::Response};
use desk::tickets::{self, OutOfScope, Split};
use rules::{
    ids::{MessageId, PersonId, TicketId},
    keys::{EntryKey, TypeKey},
};

use super::request::back;
use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
};

pub(crate) async fn watch(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    if fields.text("stop").is_empty() {
        tickets::watch(&app.desk, &visit.actor, TicketId(id)).await?;
    } else {
        tickets::unwatch(&app.desk, &visit.actor, TicketId(id)).await?;
    }
    Ok(back(id, &visit))
}

pub(crate) async fn set_secrecy(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    tickets::set_secrecy(&app.desk, &visit.actor, TicketId(id), fields.word("secrecy")?).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn add_participant(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    tickets::add_participant(&app.desk, &visit.actor, TicketId(id), fields.text("address")).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn remove_participant(
    State(app): State<App>,
    visit: Visit,
    Path((id, person)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    tickets::remove_participant(&app.desk, &visit.actor, TicketId(id), PersonId(person)).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn link(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (desk, actor, ticket) = (&app.desk, &visit.actor, TicketId(id));
    let other = tickets::named(desk, actor, ticket, fields.text("other")).await?;
    tickets::link(desk, actor, ticket, other).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn unlink(
    State(app): State<App>,
    visit: Visit,
    Path((id, other)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    tickets::unlink(&app.desk, &visit.actor, TicketId(id), TicketId(other)).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn merge(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (desk, actor, ticket) = (&app.desk, &visit.actor, TicketId(id));
    let into = tickets::named(desk, actor, ticket, fields.text("into")).await?;
    tickets::merge(desk, actor, ticket, into).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn undo_merge(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    tickets::undo_merge(&app.desk, &visit.actor, TicketId(id)).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn split(
    State(app): State<App>,
    visit: Visit,
    Path((id, message)): Path<(i64, i64)>,
    fields: Fields,
) -> Result<Response, Problem> {
    let split = Split {
        message: MessageId(message),
        request_type: TypeKey::from(fields.text("type")),
        subject: fields.text("subject").to_owned(),
    };
    let into = tickets::split(&app.desk, &visit.actor, TicketId(id), split).await?;
    Ok(back(into.0, &visit))
}

pub(crate) async fn close_out_of_scope(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let entry = EntryKey::from(fields.text("entry"));
    let input = OutOfScope { entry, reason: fields.text("reason").to_owned() };
    tickets::close_out_of_scope(&app.desk, &visit.actor, TicketId(id), input).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn promise_word(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let days = fields.number("days").and_then(|days| u16::try_from(days).ok()).unwrap_or_default();
    tickets::promise_word(&app.desk, &visit.actor, TicketId(id), days).await?;
    Ok(back(id, &visit))
}
