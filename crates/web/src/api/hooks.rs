//! Trackers call when something changed there (BUG-5). What is signed is taken and answered at once; it is looked at later.

use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::tracker::{Call, Hearing, hear};

use crate::{
    app::App,
    door::{Problem, Visit, problem_json},
};

/// `POST /hooks/github`.
pub(crate) async fn github(
    State(app): State<App>,
    visit: Visit,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let call = Call {
        event: said("x-github-event"),
        delivery: said("x-github-delivery"),
        signature: said("x-hub-signature-256"),
        kind: said(header::CONTENT_TYPE.as_str()),
        body: &body,
    };
    Ok(match hear(&app.desk, &visit.actor, call).await? {
        Hearing::Taken => StatusCode::ACCEPTED.into_response(),
        Hearing::Forged => {
            let why = "Nothing was done. The header X-Hub-Signature-256 has to be made of the body with the secret that the desk showed \
                       when the tracker was set up.";
            problem_json(StatusCode::UNAUTHORIZED, "The signature is not the tracker’s", why, &[])
        }
        Hearing::Unreadable => {
            let why = "Nothing was done. The body is signed, and neither JSON nor a form with JSON in its field “payload” as the \
                       documentation of webhooks has it; or the header X-GitHub-Delivery is missing.";
            problem_json(StatusCode::BAD_REQUEST, "The call was not understood", why, &[])
        }
    })
}
