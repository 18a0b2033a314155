//! Signing in, signing out, and a forgotten password (REG-6).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use desk::{
    Actor, Error,
    people::{self, Credentials, NewPassword},
};
use rules::{people::token::Purpose, refusal::Refusal};
use serde::Deserialize;

use super::sign_up::{Sent, check_mail, password_page};
use crate::{
    app::App,
    door::{Client, Fields, Path, Problem, Query, Visit, forget_session},
    pages::{
        form::{Field, Wrong},
        frame::Place,
        html::show as page,
        sign_in::SignInPage,
        sign_up::ResetPage,
    },
    shown::{Saying, portal_frame},
};

/// Where to go after signing in.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Then {
    #[serde(default)]
    then: String,
}

/// A path of ours: never another site, whatever was pasted into the address (`//elsewhere`, `/\elsewhere`).
pub(super) fn path_of_ours(then: &str) -> Option<&str> {
    let mut bytes = then.bytes();
    let (first, second) = (bytes.next(), bytes.next());
    // Browsers drop tabs and line ends before they read an address, and a header holds ASCII only.
    let fits =
        first == Some(b'/') && !matches!(second, Some(b'/' | b'\\')) && then.bytes().all(|b| b.is_ascii_graphic());
    fits.then_some(then)
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(Then { then }): Query<Then>,
) -> Result<Response, Problem> {
    if matches!(visit.actor, Actor::Person(_)) {
        return Ok(Redirect::to(path_of_ours(&then).unwrap_or("/")).into_response());
    }
    form(&app, &visit, StatusCode::OK, SignIn { address: "", then: &then, fault: None }).await
}

/// What the form shows again.
struct SignIn<'a> {
    address: &'a str,
    then: &'a str,
    fault: Option<String>,
}

async fn form(app: &App, visit: &Visit, status: StatusCode, again: SignIn<'_>) -> Result<Response, Problem> {
    let shown = SignInPage {
        frame: portal_frame(app, visit, "Sign in", Place::Elsewhere).await?,
        address: again.address.to_owned(),
        fault: again.fault,
        then: path_of_ours(again.then).unwrap_or_default().to_owned(),
    };
    Ok(page(status, &shown))
}

pub(crate) async fn send(
    State(app): State<App>,
    visit: Visit,
    client: Client,
    fields: Fields,
) -> Result<Response, Problem> {
    let (address, then) = (fields.text("address"), fields.text("then"));
    let pair = Credentials { address: address.to_owned(), password: fields.text("password").to_owned() };
    match people::sign_in(&app.desk, pair, client.browser(&visit)).await {
        Ok(entered) => {
            let home = match people::is_staff(&app.desk, entered.person).await? {
                true => "/desk",
                false if people::is_doubted(&app.desk, entered.person).await? => "/account",
                false => "/",
            };
            let to = Redirect::to(path_of_ours(then).unwrap_or(home));
            Ok((client.keeps(&app, entered).await?, to).into_response())
        }
        Err(Error::Refused(Refusal::WrongPair)) => {
            let fault = Some(Saying::of(&app).await?.refusal(&Refusal::WrongPair));
            form(&app, &visit, StatusCode::UNPROCESSABLE_ENTITY, SignIn { address, then, fault }).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn sign_out(State(app): State<App>, visit: Visit, jar: CookieJar) -> Result<Response, Problem> {
    people::sign_out(&app.desk, &visit.actor).await?;
    Ok((forget_session(&app, jar), Redirect::to("/")).into_response())
}

pub(crate) async fn show_reset(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    reset_form(&app, &visit, "", None).await
}

async fn reset_form(app: &App, visit: &Visit, address: &str, fault: Option<Wrong>) -> Result<Response, Problem> {
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = ResetPage {
        frame: portal_frame(app, visit, "Set a new password", Place::Elsewhere).await?,
        address: Field { fault, ..Field::line("address", "Your address", address) },
    };
    Ok(page(status, &shown))
}

pub(crate) async fn ask_reset(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let typed = fields.text("address");
    match people::ask_reset(&app.desk, &visit.actor, typed).await {
        Ok(address) => check_mail(&app, &visit, &address, Sent::Reset).await,
        Err(Error::Invalid(faults)) => {
            let fault = Saying::of(&app).await?.wrong(&faults, "address");
            reset_form(&app, &visit, typed, fault).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn show_new_password(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    password_page(&app, &visit, Purpose::ResetPassword, &token, None).await
}

pub(crate) async fn reset(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    client: Client,
    fields: Fields,
) -> Result<Response, Problem> {
    let new = NewPassword { link: token.clone(), password: fields.text("password").to_owned() };
    match people::reset(&app.desk, new, client.browser(&visit)).await {
        Ok(entered) => {
            let home = if people::is_staff(&app.desk, entered.person).await? { "/desk" } else { "/" };
            Ok((client.keeps(&app, entered).await?, Redirect::to(home)).into_response())
        }
        Err(Error::Invalid(faults)) => {
            let fault = Saying::of(&app).await?.of_field(&faults, "password");
            password_page(&app, &visit, Purpose::ResetPassword, &token, fault).await
        }
        Err(error) => Err(error.into()),
    }
}
