//! One's own organisation: what everybody in it sees, what its managers do, and leaving it (REG-7). What staff do as its
//! managers do goes through the same handlers, and leads back to the desk's page.

use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use desk::organisations::{self, Leaving, Member, NewInvitation, Organisation};
use rules::{
    access::{Role, Setting, Sharing},
    ids::{InvitationId, OrganisationId, PersonId},
    instant::Instant,
};
use serde::Deserialize;

use super::{
    organisation_forms::{Sent, answered},
    sign_in::path_of_ours,
};
use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit},
    pages::{
        form::Amiss,
        frame::Place,
        html::show as page,
        organisation::{ManagerRow, MembersPart, OwnOrganisationPage},
    },
    shown::{Saying, invitations, member_row, portal_frame, since, when},
};

/// The last member of the page before.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct After {
    after: Option<i64>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(After { after }): Query<After>,
) -> Result<Response, Problem> {
    if let Some(into) = organisations::goes_on_in(&app.desk, &visit.actor, OrganisationId(id)).await? {
        return Ok(Redirect::to(&format!("/organisations/{into}")).into_response());
    }
    Ok(page(StatusCode::OK, &own(&app, &visit, id, after, Amiss::default()).await?))
}

/// The page, with a form of it that was refused.
pub(super) async fn own(
    app: &App,
    visit: &Visit,
    id: i64,
    after: Option<i64>,
    amiss: Amiss,
) -> Result<OwnOrganisationPage, Problem> {
    let own = organisations::own(&app.desk, &visit.actor, OrganisationId(id), after.map(PersonId)).await?;
    let me = visit.actor.signed()?.person;
    let now = app.desk.now();
    let row = |it: &Member| member_row(it, when(visit, it.since, now));
    let members = own.members.as_ref().map(|(members, more)| MembersPart {
        rows: members.iter().map(row).collect(),
        more: more.map(|last| format!("/organisations/{id}?after={last}")),
    });
    let manager = |it: &Member| ManagerRow {
        name: it.name.clone(),
        address: it.address.clone().unwrap_or_default(),
        is_me: it.person == me,
    };
    let (asking, resale) = match own.role {
        Role::Manager => (
            Some(organisations::inviting(&app.desk, &visit.actor, OrganisationId(id)).await?),
            Some(super::resale::part(app, visit, id, (true, &amiss)).await?),
        ),
        Role::Member | Role::Contact => (None, None),
    };
    Ok(OwnOrganisationPage {
        frame: portal_frame(app, visit, &own.organisation.name, Place::Elsewhere).await?,
        number: id,
        name: own.organisation.name.clone(),
        waits: own.organisation.confirmed_at.is_none(),
        role: role_words(own.role).to_owned(),
        sees: sees_words(visit, now, own.organisation.sharing, own.role),
        asks_more: asks_more(&Saying::of(app).await?, &own.organisation),
        domains: own.domains.iter().map(|it| words::domain(it)).collect(),
        is_last_manager: own.role == Role::Manager && own.managers.len() == 1,
        managers: own.managers.iter().map(manager).collect(),
        members,
        invitations: asking.map(|it| invitations(app, visit, (format!("/organisations/{id}"), &amiss), &it)),
        resale,
        open_requests: own.open_requests,
        amiss,
    })
}

/// Whether the policy has a request that asks for more, and there is more.
fn asks_more(say: &Saying, it: &Organisation) -> bool {
    let is_all = it.sharing.setting() == Setting::Everyone;
    say.policy().visibility.request.is_some() && it.confirmed_at.is_some() && !is_all
}

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Member => "You are a member.",
        Role::Contact => "You are one of its contacts, who file requests where the plan names them.",
        Role::Manager => "You manage it.",
    }
}

/// What its people see of each other's requests, to one of them.
fn sees_words(visit: &Visit, now: Instant, sharing: Sharing, role: Role) -> String {
    let words = match (sharing.setting(), role) {
        (Setting::Own, _) => "Everybody sees the requests that they filed themselves, and those they were added to.",
        (Setting::Managers, Role::Manager) => {
            "You and the other managers see the requests of all members; everybody else sees their own."
        }
        (Setting::Managers, Role::Member | Role::Contact) => {
            "You see your own requests and those you were added to. The managers see the requests of all members."
        }
        (Setting::Everyone, _) => "All members see each other’s requests.",
    };
    let reach = if sharing.setting() == Setting::Managers { sharing.managers } else { sharing.reach_of(role) };
    match since(visit, now, reach) {
        Some(day) => format!("{words} Requests filed before {day} stay as they were: of those, each sees their own."),
        None => words.to_owned(),
    }
}

/// To the organisation's page that the form stood on: its own people's, or the desk's.
fn back(at: &Uri, id: i64, place: &str) -> Response {
    let desk = if at.path().starts_with("/desk/") { "/desk" } else { "" };
    Redirect::to(&format!("{desk}/organisations/{id}{place}")).into_response()
}

pub(crate) async fn set_role(
    State(app): State<App>,
    visit: Visit,
    Path((id, person)): Path<(i64, i64)>,
    fields: Fields,
) -> Result<Response, Problem> {
    let role = fields.word("role")?;
    let done = organisations::set_role(&app.desk, &visit.actor, OrganisationId(id), PersonId(person), role).await;
    answered(&app, &visit, Sent::of_member(id, ("role", person), fields.text("role")), done).await
}

pub(crate) async fn end_membership(
    State(app): State<App>,
    visit: Visit,
    Path((id, person)): Path<(i64, i64)>,
    fields: Fields,
) -> Result<Response, Problem> {
    let leaving = Leaving { person: PersonId(person), heir: fields.text("heir").to_owned() };
    let done = organisations::end_membership(&app.desk, &visit.actor, OrganisationId(id), leaving).await;
    answered(&app, &visit, Sent::of_member(id, ("heir", person), fields.text("heir")), done).await
}

/// Chooses for which organisation one files, and goes back to the page where that was chosen.
pub(crate) async fn act_for(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let organisation = fields.number("organisation").ok_or_else(Problem::not_found)?;
    organisations::act_for(&app.desk, &visit.actor, OrganisationId(organisation)).await?;
    Ok(Redirect::to(path_of_ours(fields.text("then")).unwrap_or("/")).into_response())
}

pub(crate) async fn leave(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    match organisations::leave(&app.desk, &visit.actor, OrganisationId(id), fields.text("heir")).await {
        Ok(()) => Ok(Redirect::to("/account").into_response()),
        refused => answered(&app, &visit, Sent::new(id, "heir", fields.text("heir")), refused).await,
    }
}

pub(crate) async fn invite(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let new = NewInvitation { address: fields.text("address").to_owned(), role: fields.word("role")? };
    let sent = Sent::new(id, "invited", fields.text("address")).leading_to("#invitations");
    answered(&app, &visit, sent, organisations::invite(&app.desk, &visit.actor, OrganisationId(id), new).await).await
}

pub(crate) async fn resend(
    State(app): State<App>,
    visit: Visit,
    at: Uri,
    Path((id, invitation)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    organisations::resend(&app.desk, &visit.actor, OrganisationId(id), InvitationId(invitation)).await?;
    Ok(back(&at, id, "#invitations"))
}

pub(crate) async fn revoke(
    State(app): State<App>,
    visit: Visit,
    at: Uri,
    Path((id, invitation)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    organisations::revoke(&app.desk, &visit.actor, OrganisationId(id), InvitationId(invitation)).await?;
    Ok(back(&at, id, "#invitations"))
}
