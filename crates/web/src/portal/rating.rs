//! How a request went: from its page, or by the link of a mail, which proves whose it is without signing in.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::tickets::{self, Rating, RatingLink};
use rules::{
    events::Verdict,
    ids::{PersonId, TicketId},
};
use serde::Deserialize;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit, word},
    pages::{
        frame::Place,
        html::show as page,
        parts::{Notice, Signal},
        rating::{RatingForm, RatingPage},
    },
    shown::portal_frame,
};

/// What the mail's link carries, and what just happened.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Clicked {
    verdict: Option<String>,
    just: Option<String>,
}

fn rating(fields: &Fields) -> Result<Rating, Problem> {
    Ok(Rating { verdict: fields.word("verdict")?, words: fields.text("words").to_owned() })
}

pub(crate) async fn say(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    tickets::rate(&app.desk, &visit.actor, TicketId(id), rating(&fields)?).await?;
    Ok(Redirect::to(&format!("/requests/{id}?just=rated")).into_response())
}

type Named = (i64, i64, String);

fn link((ticket, person, signature): &Named) -> RatingLink {
    RatingLink { ticket: TicketId(*ticket), person: PersonId(*person), signature: signature.clone() }
}

/// Asking changes nothing, so that a mail scanner that follows links says nothing for its reader.
pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(named): Path<Named>,
    Query(clicked): Query<Clicked>,
) -> Result<Response, Problem> {
    link(&named).prove(&app.desk)?;
    let mut frame = portal_frame(&app, &visit, "How did it go?", Place::Elsewhere).await?;
    if clicked.just.is_some() {
        frame.notice = Some(Notice { signal: Signal::Done, words: "Thank you for saying so.".to_owned(), link: None });
    }
    let (ticket, person, signature) = &named;
    let said = clicked.verdict.as_deref().and_then(|it| word::<Verdict>(it).ok());
    let shown = RatingPage {
        frame,
        number: *ticket,
        form: RatingForm {
            action: format!("/rating/{ticket}/{person}/{signature}"),
            said: said.filter(|_| clicked.just.is_some()),
            words: String::new(),
        },
        clicked: clicked.verdict.filter(|_| said.is_some() && clicked.just.is_none()),
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn say_by_link(
    State(app): State<App>,
    Path(named): Path<Named>,
    fields: Fields,
) -> Result<Response, Problem> {
    tickets::rate_by_link(&app.desk, &link(&named), rating(&fields)?).await?;
    let ((ticket, person, signature), said) = (named, fields.text("verdict"));
    Ok(Redirect::to(&format!("/rating/{ticket}/{person}/{signature}?verdict={said}&just=rated")).into_response())
}
