//! Which version runs where, as the product says it itself: a few fields of JSON, taken once however often it is sent.

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::installed::{self, Came, Told};
use rules::installed::Ping;
use serde_json::json;
use words::{installed as said, lang::Lang};

use crate::{
    app::App,
    door::{Problem, Visit, problem_json},
};

/// Bytes of a word, at most.
pub(crate) const BODY_BYTES: usize = 4 * 1024;

fn word(came: Came) -> &'static str {
    match came {
        Came::Added => "added",
        Came::Changed => "changed",
        Came::Same => "same",
        Came::Older => "older",
    }
}

fn refused(status: StatusCode, why: &str) -> Response {
    problem_json(status, "The version was not taken", why, &[])
}

/// `POST /api/installed`.
pub(crate) async fn tell(State(app): State<App>, visit: Visit, body: Bytes) -> Result<Response, Problem> {
    let ping = match Ping::read(&body) {
        Ok(ping) => ping,
        Err(why) => return Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, &said::not_told(Lang::En, &why))),
    };
    Ok(match installed::tell(&app.desk, &visit.actor, ping).await? {
        Told::Taken(came) => Json(json!({ "came": word(came) })).into_response(),
        Told::NoOwner(why) => refused(StatusCode::NOT_FOUND, &said::why(Lang::En, &why)),
        Told::ToCome => refused(StatusCode::UNPROCESSABLE_ENTITY, &said::to_come(Lang::En)),
    })
}
