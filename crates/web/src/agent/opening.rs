//! The digest at the opening, on the desk.

use axum::{extract::State, http::StatusCode, response::Response};
use desk::{opening, tickets::Row as TicketRow};

use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        desk::opening::{Opened, OpeningPage, Part, Row},
        html::show as page,
    },
    shown::{Reading, Saying, Side, clock_tag, desk_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let now = app.desk.now();
    let digest = opening::show(&app.desk, &visit.actor).await?;
    let reading = Reading { say: &say, visit: &visit, me: visit.actor.signed()?.person, now, side: Side::Staff };
    let rows = |rows: &[TicketRow]| rows.iter().map(|it| row(reading, it)).collect();
    let parts = vec![
        Part {
            name: "Came while the desk was closed",
            rows: rows(&digest.came),
            empty: "Nothing that needs an answer.",
        },
        Part { name: "Late, or due today", rows: rows(&digest.due), empty: "Nothing else." },
    ];
    let shown = OpeningPage {
        frame: desk_frame(&app, &visit, "The desk opens", "").await?,
        opened: digest
            .opening
            .map(|it| Opened { at: when(&visit, it.at, now), closed_from: when(&visit, it.closed_from, now) }),
        parts,
    };
    Ok(page(StatusCode::OK, &shown))
}

fn row(reading: Reading<'_>, it: &TicketRow) -> Row {
    let on_it = match &it.assignee {
        Some(_) if it.ticket.assignee == Some(reading.me) => "You".to_owned(),
        Some(name) => name.clone(),
        None => "nobody yet".to_owned(),
    };
    Row {
        number: it.ticket.id.0,
        subject: it.ticket.subject.clone(),
        priority: reading.say.priority_name(&it.ticket.priority),
        whose: it.organisation.clone().unwrap_or_else(|| it.requester.clone()),
        on_it: it
            .team
            .as_ref()
            .map_or_else(|| on_it.clone(), |team| format!("{}, {on_it}", words::teams::called(reading.say.lang, team))),
        due: clock_tag(reading, &it.ticket, it.clock.as_ref()),
    }
}
