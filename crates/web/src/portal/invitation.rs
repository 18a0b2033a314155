//! An invitation: opened by its link, or answered by who is signed in.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    organisations::{self, Accepting, Answer, Invited},
};
use rules::{access::Role, ids::InvitationId, refusal::FieldFault};

use crate::{
    app::App,
    door::{Client, Fields, Path, Problem, Visit},
    pages::{
        form::Field,
        frame::Place,
        html::show as page,
        organisation::{Guest, InvitationPage},
    },
    shown::{Saying, portal_frame},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(token): Path<String>) -> Result<Response, Problem> {
    let typed = Accepting { link: token, ..Accepting::default() };
    form(&app, &visit, &typed, &[]).await
}

pub(crate) async fn accept(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    client: Client,
    fields: Fields,
) -> Result<Response, Problem> {
    let typed =
        Accepting { link: token, name: fields.text("name").to_owned(), password: fields.text("password").to_owned() };
    match organisations::accept(&app.desk, typed.clone(), client.browser(&visit)).await {
        Ok(accepted) => {
            let there = format!("/organisations/{}", accepted.organisation);
            Ok(match accepted.entered {
                Some(entered) => (client.keeps(&app, entered).await?, Redirect::to(&there)).into_response(),
                // Who is not signed in is asked to, and led on.
                None => Redirect::to(&there).into_response(),
            })
        }
        Err(Error::Invalid(faults)) => form(&app, &visit, &typed, &faults).await,
        Err(error) => Err(error.into()),
    }
}

async fn form(app: &App, visit: &Visit, typed: &Accepting, faults: &[FieldFault]) -> Result<Response, Problem> {
    let invited = organisations::invited(&app.desk, &typed.link).await?;
    let say = Saying::of(app).await?;
    let me = visit.actor.signed().ok().map(|signed| signed.person);
    let guest = match (invited.person, me) {
        (whose, Some(me)) if whose != Some(me) => Guest::Other,
        (Some(_), _) => Guest::Known,
        (None, _) => Guest::New { fault: say.of_field(faults, "password") },
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let shown = InvitationPage {
        frame: portal_frame(app, visit, "Invitation", Place::Elsewhere).await?,
        action: format!("/invitations/{}", typed.link),
        asks: asks(&invited),
        organisation: invited.name,
        address: invited.address,
        name: Field { fault: say.wrong(faults, "name"), ..Field::line("name", "Your name", &typed.name) },
        guest,
    };
    Ok(page(status, &shown))
}

fn asks(invited: &Invited) -> String {
    let by = invited.by.as_deref().unwrap_or("The support team");
    format!("{by} asks you to join {}.", as_what(invited.role))
}

/// A role that somebody is asked to take.
pub(super) fn as_what(role: Role) -> &'static str {
    match role {
        Role::Member => "as a member",
        Role::Contact => "as a contact, who files requests for it",
        Role::Manager => "as a manager",
    }
}

/// The answer of who is signed in.
pub(crate) async fn answer(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let said = fields.word("do")?;
    let organisation = organisations::answer(&app.desk, &visit.actor, InvitationId(id), said).await?;
    Ok(match said {
        Answer::Accept => Redirect::to(&format!("/organisations/{organisation}")).into_response(),
        Answer::Decline => Redirect::to("/account").into_response(),
    })
}
