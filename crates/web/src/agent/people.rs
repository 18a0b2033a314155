//! People's data on the desk: an account looked at, signed out, handed out and erased; and an organisation's (PRV-1, PRV-3).

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    exports::{About, hand_out, zip},
    organisations::{self, Erasing, Its, Looked},
    people,
};
use rules::ids::{OrganisationId, PersonId};
use words::lang::Lang;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit, streamed},
    pages::{
        desk::person::{ErasedPage, OrganisationDataPage, PersonPage},
        html::show as page,
        parts::Link,
    },
    shown::{desk_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let found = people::account(&app.desk, &visit.actor, PersonId(id)).await?;
    let now = app.desk.now();
    let title = if found.erased_at.is_some() { format!("Person {id}") } else { found.name.clone() };
    let roles: Vec<&str> = found.grants.iter().map(|grant| grant.as_str()).collect();
    let shown = PersonPage {
        frame: desk_frame(&app, &visit, &title, "").await?,
        number: id,
        title,
        expected: found.confirmed_by(),
        name: found.name,
        since: when(&visit, found.since, now),
        addresses: found.addresses,
        organisations: found
            .organisations
            .into_iter()
            .map(|(id, name)| Link::new(name, format!("/desk/organisations/{id}")))
            .collect(),
        roles: if roles.is_empty() { "none: a customer".to_owned() } else { roles.join(", ") },
        requests: found.requests.to_string(),
        sessions: counted(found.sessions, "browser", "browsers"),
        erased: found.erased_at.map(|at| when(&visit, at, now)),
    };
    Ok(page(StatusCode::OK, &shown))
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

pub(crate) async fn sign_out(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    people::end_sessions_of(&app.desk, &visit.actor, PersonId(id)).await?;
    Ok(Redirect::to(&format!("/desk/people/{id}")).into_response())
}

pub(crate) async fn export(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    archive(&app, &visit, About::Person(PersonId(id)), format!("person-{id}.zip")).await
}

pub(crate) async fn export_organisation(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    archive(&app, &visit, About::Organisation(OrganisationId(id)), format!("organisation-{id}.zip")).await
}

async fn archive(app: &App, visit: &Visit, about: About, name: String) -> Result<Response, Problem> {
    let gathered = hand_out(&app.desk, &visit.actor, about).await?;
    let mut response = streamed(zip(gathered.files));
    let headers = response.headers_mut();
    let disposition = format!("attachment; filename=\"{name}\"");
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Problem::broken)?);
    Ok(response)
}

pub(crate) async fn erase(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let looked = people::erase_confirmed(&app.desk, &visit.actor, PersonId(id), fields.text("typed")).await?;
    let said = "Nothing is left that says who they were. Numbers and clocks of their requests stay.";
    erased(&app, &visit, (format!("Person {id} is erased"), said.to_owned()), &looked).await
}

async fn erased(
    app: &App,
    visit: &Visit,
    (title, said): (String, String),
    looked: &[Looked],
) -> Result<Response, Problem> {
    let places = words::erasure::places(Lang::En, looked.iter().map(|it| (it.place, it.rows)));
    let shown = ErasedPage { frame: desk_frame(app, visit, &title, "").await?, title, said, places };
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn organisation(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let held = organisations::held(&app.desk, &visit.actor, OrganisationId(id)).await?;
    let shown = OrganisationDataPage {
        frame: desk_frame(&app, &visit, &format!("Data of {}", held.name), "").await?,
        number: id,
        name: held.name,
        requests: counted(held.requests, "request", "requests"),
        people: format!("{}, former ones too", counted(held.people, "person", "people")),
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn erase_organisation(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let people = if fields.text("people") == "erased" { Its::Erased } else { Its::Kept };
    let erasing = Erasing { people, typed: fields.text("typed").to_owned() };
    let done = organisations::erase(&app.desk, &visit.actor, OrganisationId(id), erasing).await?;
    let said = match (people, done.people.len()) {
        (Its::Kept, _) => "Its people belong to it no more.".to_owned(),
        (Its::Erased, count) => format!(
            "{} erased with it; the others belong to it no more.",
            counted(count, "of its people is", "of its people are")
        ),
    };
    erased(&app, &visit, (format!("Organisation {id} is erased"), said), &done.looked).await
}
