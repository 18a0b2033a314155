//! Whether they may: each route's permission, decided before its handler runs.

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use desk::{Actor, Error};
use rules::refusal::Refusal;

use super::{Problem, Visit, percent_encoded};
use crate::routes::Permission;

pub(crate) async fn guard(
    State(permission): State<Permission>,
    visit: Visit,
    request: Request,
    next: Next,
) -> Response {
    let allowed = match permission {
        Permission::Everybody => Ok(()),
        // Also for who waits to be let in (REG-3).
        Permission::SignedIn if request.uri().path() == "/sign-out" => visit.actor.known().map(drop),
        Permission::SignedIn => visit.actor.signed().map(drop),
        Permission::Staff(action) => visit.actor.staff(action).map(drop),
    };
    match allowed {
        Ok(()) => next.run(request).await,
        Err(Error::Refused(Refusal::SignInFirst)) if request.method().is_safe() => to_sign_in(&visit),
        Err(error) => Problem::from(error).into_response(),
    }
}

/// A page that needs somebody asks who it is, and comes back.
fn to_sign_in(visit: &Visit) -> Response {
    debug_assert!(!matches!(visit.actor, Actor::Person(_)));
    let then = percent_encoded(&visit.path).replace("%2F", "/");
    Redirect::to(&format!("/sign-in?then={then}")).into_response()
}
