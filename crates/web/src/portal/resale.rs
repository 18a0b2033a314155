//! Who files for whom (ENT-4), set on an organisation's own page and on the desk's, and answered in one's account.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use desk::organisations::{self, Filed};
use rules::ids::{OrganisationId, ResaleId};

use super::organisation_forms::{Sent, answered};
use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        form::Amiss,
        resale::{ResaleList, ResalePart, ResaleRow},
    },
    shown::when,
};

/// The part of an organisation's page; `acts`: whether the reader may change it.
pub(crate) async fn part(
    app: &App,
    visit: &Visit,
    id: i64,
    (acts, amiss): (bool, &Amiss),
) -> Result<ResalePart, Problem> {
    let found = organisations::resales(&app.desk, &visit.actor, OrganisationId(id)).await?;
    let is_desk = visit.path.starts_with("/desk/");
    let now = app.desk.now();
    let rows = |all: &[Filed]| {
        let row = |it: &Filed| ResaleRow {
            id: it.id.0,
            with: it.with.clone(),
            stands: if it.taken { "since" } else { "offered" }.to_owned(),
            since: when(visit, it.since, now),
            until: (!it.taken).then(|| when(visit, it.until, now)),
            end: if it.taken { "End" } else { "Withdraw" }.to_owned(),
        };
        all.iter().map(row).collect()
    };
    let list = |title: &str, all: &[Filed]| ResaleList { title: title.to_owned(), rows: rows(all) };
    let (by, of) = if is_desk { ("File for it", "It files for") } else { ("File for you", "You file for") };
    let (asks, does) = match is_desk {
        true => ("Another reseller, by number or domain", "Let it file; both are told by mail"),
        false => ("Address of a manager at your reseller", "Ask them by mail"),
    };
    Ok(ResalePart {
        base: format!("{}/organisations/{id}", if is_desk { "/desk" } else { "" }),
        what:
            "A reseller files requests for an organisation that lets it: that organisation’s licence counts, and the \
               managers of both see them. Either side can end it at any time."
                .to_owned(),
        lists: [list(by, &found.by), list(of, &found.of)],
        acts,
        asks: asks.to_owned(),
        does: does.to_owned(),
        amiss: amiss.clone(),
    })
}

pub(crate) async fn offer(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let asked = fields.text("reseller");
    let done = organisations::offer_resale(&app.desk, &visit.actor, OrganisationId(id), asked).await;
    answered(&app, &visit, Sent::new(id, "reseller", asked).leading_to("#resellers"), done).await
}

pub(crate) async fn set(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let asked = fields.text("reseller");
    let done = organisations::set_resale(&app.desk, &visit.actor, OrganisationId(id), asked).await;
    answered(&app, &visit, Sent::new(id, "reseller", asked).leading_to("#resellers"), done).await
}

pub(crate) async fn end(
    State(app): State<App>,
    visit: Visit,
    at: Uri,
    Path((id, resale)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    organisations::end_resale(&app.desk, &visit.actor, OrganisationId(id), ResaleId(resale)).await?;
    let desk = if at.path().starts_with("/desk/") { "/desk" } else { "" };
    Ok(Redirect::to(&format!("{desk}/organisations/{id}#resellers")).into_response())
}

/// Who was asked takes it on for one of their organisations, or declines.
pub(crate) async fn answer(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let taker = fields.number("organisation").map(OrganisationId);
    organisations::answer_resale(&app.desk, &visit.actor, ResaleId(id), taker).await?;
    let there = taker.map_or("/account".to_owned(), |taker| format!("/organisations/{taker}#resellers"));
    Ok(Redirect::to(&there).into_response())
}
