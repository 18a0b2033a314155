//! How the desk stands, for who looks after it.

use axum::{extract::State, http::StatusCode, response::Response};
use rules::{
    access::{Action, may},
    health::{Found, Health, health},
};
use words::lang::Lang;

use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        desk::health::{HealthPage, HealthRow},
        html::show as page,
        parts::{Signal, Tag},
    },
    shown::{desk_frame, watch},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let found = desk::health::show(&app.desk, &visit.actor).await?;
    let (now, grants) = (app.desk.now(), visit.actor.signed()?.grants);
    let rows: Vec<(Health, HealthRow)> = found
        .iter()
        .map(|found| {
            let health = health(found, now);
            let line = watch(&visit, now, |watch| words::health::line(watch, found, health));
            let (action, at) = match found {
                Found::Mail(_) => (Action::ReadMails, "/desk/outbox"),
                Found::Work { .. } => (Action::ReadJobs, "/desk/parked"),
                _ => (Action::UseDesk, ""),
            };
            let is_open = health != Health::Well && !at.is_empty() && may(grants, action);
            let standing = Tag::new(signal(health), words::health::standing(Lang::En, health));
            (
                health,
                HealthRow { what: line.what, standing, said: line.said, now: line.now, page: is_open.then_some(at) },
            )
        })
        .collect();
    let to_see = rows.iter().filter(|(health, _)| *health != Health::Well).count();
    let said = match to_see {
        0 => "Everything is well.".to_owned(),
        1 => format!("1 of {} needs a look.", rows.len()),
        to_see => format!("{to_see} of {} need a look.", rows.len()),
    };
    let frame = desk_frame(&app, &visit, "Health", "").await?;
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    Ok(page(StatusCode::OK, &HealthPage { frame, said, rows }))
}

fn signal(health: Health) -> Signal {
    match health {
        Health::Well => Signal::Done,
        Health::Watch => Signal::Soon,
        Health::Wrong => Signal::Late,
    }
}
