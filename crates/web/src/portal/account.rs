//! One's account: who one is here, and where one is signed in.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use desk::people;
use rules::ids::SessionId;

use crate::{
    app::App,
    door::{Path, Problem, Visit, forget_session},
    pages::{
        account::{AccountPage, Session},
        frame::{Here, Place},
        html::show as page,
    },
    shown::{device, portal_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let signed = visit.actor.signed()?;
    let sessions = people::sessions(&app.desk, &visit.actor).await?;
    let now = app.desk.now();
    let organisation = match signed.organisations.first() {
        Some((_, name)) => format!("You belong to {name}."),
        None => "Your account stands alone: no company is known by your address. You see your own requests.".to_owned(),
    };
    let shown = AccountPage {
        frame: portal_frame(&app, &visit, "Your account", Place::Elsewhere).await?,
        name: signed.name.clone(),
        address: signed.address.clone(),
        organisation,
        sessions: sessions
            .into_iter()
            .map(|session| Session {
                id: session.id.0,
                device: device(&session.agent),
                network: session.network,
                signed_in: when(&visit, session.created_at, now),
                last_seen: when(&visit, session.seen_at, now),
                here: if signed.session == Some(session.id) { Here::Here } else { Here::Elsewhere },
            })
            .collect(),
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn end_session(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    people::end_session(&app.desk, &visit.actor, SessionId(id)).await?;
    Ok(Redirect::to("/account").into_response())
}

pub(crate) async fn sign_out_everywhere(
    State(app): State<App>,
    visit: Visit,
    jar: CookieJar,
) -> Result<Response, Problem> {
    people::sign_out_everywhere(&app.desk, &visit.actor).await?;
    Ok((forget_session(&app, jar), Redirect::to("/")).into_response())
}
