//! Signing up, and the link from the mail (REG-1).

use crate::{
    app::App,
    door::{Client, Fields, Path, Problem, Visit},
    pages::{
        form::Field,
        frame::Place,
        html::show as page,
        sign_up::{CheckMailPage, PasswordPage, PasswordPurpose, SignUpPage},
    },
    shown::{Saying, portal_frame},
};
use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    people::{self, NewPassword, SignUp},
};
use rules::{
    people::{Address, token::Purpose},
    refusal::{FieldFault, Refusal},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    form(&app, &visit, &SignUp::default(), Wrong::default()).await
}

/// What was wrong with a sign-up.
#[derive(Default)]
struct Wrong {
    fields: Vec<FieldFault>,
    proof: Option<String>,
    whole: Option<String>,
}

pub(crate) async fn send(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let typed = SignUp {
        name: fields.text("name").to_owned(),
        address: fields.text("address").to_owned(),
        proof: fields.text("altcha").to_owned(),
    };
    let say = Saying::of(&app).await?;
    let wrong = match people::sign_up(&app.desk, &visit.actor, typed.clone()).await {
        Ok(address) => return check_mail(&app, &visit, &address, Sent::Verification).await,
        Err(Error::Invalid(fields)) => Wrong { fields, ..Wrong::default() },
        Err(Error::Refused(refusal @ Refusal::Proof(_))) => {
            Wrong { proof: Some(say.refusal(&refusal)), ..Wrong::default() }
        }
        Err(Error::Refused(refusal)) => Wrong { whole: Some(say.refusal(&refusal)), ..Wrong::default() },
        Err(error) => return Err(error.into()),
    };
    form(&app, &visit, &typed, wrong).await
}

async fn form(app: &App, visit: &Visit, typed: &SignUp, wrong: Wrong) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    let fault = |name: &str| say.wrong(&wrong.fields, name);
    let is_right = wrong.fields.is_empty() && wrong.proof.is_none() && wrong.whole.is_none();
    let why = say.text(&say.policy().registration.work_address).to_owned();
    let shown = SignUpPage {
        frame: portal_frame(app, visit, "Sign up", Place::Elsewhere).await?,
        name: Field { fault: fault("name"), ..Field::line("name", "Your name", &typed.name) },
        address: Field {
            why: Some(why),
            fault: fault("address"),
            ..Field::line("address", "Work address", &typed.address)
        },
        proof_fault: wrong.proof,
        fault: wrong.whole,
    };
    Ok(page(if is_right { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }, &shown))
}

/// A mail that was, or would have been, sent.
#[derive(Clone, Copy)]
pub(super) enum Sent {
    Verification,
    Reset,
    /// Of a security report.
    Report,
    /// To who is signed in already.
    Proof,
}

/// The same page whether the address is known or not (REG-2).
pub(super) async fn check_mail(app: &App, visit: &Visit, address: &Address, sent: Sent) -> Result<Response, Problem> {
    let compiled = app.desk.policy().await?;
    let links = &compiled.policy().links;
    let (told, words, again) = match sent {
        Sent::Verification => (
            ("We wrote to", "."),
            format!(
                "It holds a link that works once, for {} hours. Then you choose a password.",
                links.verification_hours
            ),
            "/sign-up",
        ),
        Sent::Report => (
            ("We wrote to", "."),
            format!(
                "It holds a link that works once, for {} days. The report is sent when you open it; nobody has read it yet.",
                links.unknown_sender_days
            ),
            "/security/report",
        ),
        Sent::Proof => (
            ("We wrote to", "."),
            format!("It holds a link that works once, for {} hours.", links.verification_hours),
            "/account",
        ),
        Sent::Reset => (
            ("If", " has an account here, a mail is on its way to it."),
            format!("It holds a link that works once, for {} hours.", links.password_reset_hours),
            "/reset",
        ),
    };
    let shown = CheckMailPage {
        frame: portal_frame(app, visit, "Look into your mail", Place::Elsewhere).await?,
        address: address.to_string(),
        told,
        words,
        again: again.into(),
    };
    Ok(page(StatusCode::OK, &shown))
}

/// A proof of work, for the widget.
pub(crate) async fn challenge(State(app): State<App>) -> Response {
    Json(people::challenge(&app.desk)).into_response()
}

pub(crate) async fn show_verify(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    password_page(&app, &visit, Purpose::VerifyAddress, &token, None).await
}

pub(crate) async fn verify(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    client: Client,
    fields: Fields,
) -> Result<Response, Problem> {
    let new = NewPassword { link: token.clone(), password: fields.text("password").to_owned() };
    match people::verify(&app.desk, new, client.browser(&visit)).await {
        Ok(entered) => {
            let home = if people::is_staff(&app.desk, entered.person).await? { "/desk" } else { "/" };
            Ok((client.keeps(&app, entered).await?, Redirect::to(home)).into_response())
        }
        Err(Error::Invalid(faults)) => {
            let fault = Saying::of(&app).await?.of_field(&faults, "password");
            password_page(&app, &visit, Purpose::VerifyAddress, &token, fault).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The page on which a link lets one set a password.
pub(super) async fn password_page(
    app: &App,
    visit: &Visit,
    purpose: Purpose,
    token: &str,
    fault: Option<String>,
) -> Result<Response, Problem> {
    let link = people::expected(&app.desk, purpose, token).await?;
    let (purpose, title, path) = match purpose {
        Purpose::ResetPassword => (PasswordPurpose::Reset, "Choose a new password", "reset"),
        Purpose::VerifyAddress
        | Purpose::SecurityReport
        | Purpose::Invitation
        | Purpose::ProveAddress
        | Purpose::Session => (PasswordPurpose::First, "Choose a password", "verify"),
    };
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = PasswordPage {
        frame: portal_frame(app, visit, title, Place::Elsewhere).await?,
        purpose,
        action: format!("/{path}/{token}"),
        address: link.written,
        person: link.name,
        fault,
    };
    Ok(page(status, &shown))
}
