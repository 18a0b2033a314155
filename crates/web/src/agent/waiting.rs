//! People who wait to be let in (REG-3).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::people::{self, Waiting};
use rules::{access::Action, ids::PersonId};

use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        desk::waiting::{WaitingPage, WaitingRow},
        html::show as page,
    },
    shown::{desk_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let waiting = people::waiting(&app.desk, &visit.actor).await?;
    let now = app.desk.now();
    let row = |it: Waiting| WaitingRow {
        id: it.person.0,
        name: it.name,
        address: it.address.unwrap_or_default(),
        since: when(&visit, it.since, now),
        turned_away: it.turned_away.map(|(at, why)| (when(&visit, at, now), why)),
    };
    let shown = WaitingPage {
        frame: desk_frame(&app, &visit, "People who wait", "").await?,
        rows: waiting.into_iter().map(row).collect(),
        acts: visit.actor.staff(Action::SetOrganisation).is_ok(),
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn admit(
    State(app): State<App>,
    visit: Visit,
    Path(person): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    people::admit(&app.desk, &visit.actor, PersonId(person), fields.text("into")).await?;
    Ok(Redirect::to("/desk/people/waiting").into_response())
}

pub(crate) async fn turn_away(
    State(app): State<App>,
    visit: Visit,
    Path(person): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    people::turn_away(&app.desk, &visit.actor, PersonId(person), fields.text("reason")).await?;
    Ok(Redirect::to("/desk/people/waiting").into_response())
}
