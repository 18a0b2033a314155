//! Whether they may: each route's permission, decided before its handler runs.

use axum::{
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use desk::{Actor, Error, programs};
use rules::{
    programs::{Permit, bearer},
    refusal::Refusal,
};

use super::{Problem, Visit, percent_encoded};
use crate::{app::App, routes::Permission};

pub(crate) async fn guard(
    State((app, permission)): State<(App, Permission)>,
    mut visit: Visit,
    mut request: Request,
    next: Next,
) -> Response {
    let allowed = match permission {
        Permission::Everybody => Ok(()),
        // Also for who waits to be let in (REG-3).
        Permission::SignedIn if request.uri().path() == "/sign-out" => visit.actor.known().map(drop),
        Permission::SignedIn => visit.actor.signed().map(drop),
        Permission::Staff(action) => visit.actor.staff(action).map(drop),
        Permission::Program(permit) => program(&app, permit, &mut visit, &mut request).await,
    };
    match allowed {
        Ok(()) => next.run(request).await,
        Err(Error::Refused(Refusal::SignInFirst)) if request.method().is_safe() => to_sign_in(&visit),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// Who comes with a token is that program from here on, whoever else the browser's cookies say.
async fn program(app: &App, permit: Permit, visit: &mut Visit, request: &mut Request) -> desk::Result<()> {
    let sent = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = sent.and_then(bearer).map(str::to_owned);
    visit.actor = programs::enter(&app.desk, token.as_deref(), visit.actor.network()).await?;
    request.extensions_mut().insert(visit.clone());
    if visit.actor.is_permitted(permit) { Ok(()) } else { Err(Refusal::TokenUnknown.into()) }
}

/// A page that needs somebody asks who it is, and comes back.
fn to_sign_in(visit: &Visit) -> Response {
    debug_assert!(!matches!(visit.actor, Actor::Person(_)));
    let then = percent_encoded(&visit.path).replace("%2F", "/");
    Redirect::to(&format!("/sign-in?then={then}")).into_response()
}
