//! What staff wrote to somebody because a bug affects them: read again, and answered. The answer is a request of theirs.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{Error, bugs, tickets::Text};
use rules::ids::CircularId;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{
        frame::Place,
        html::{Safe, show as page},
        message::MessagePage,
        parts::Link,
    },
    shown::{Saying, portal_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &shown(&app, &visit, id, (String::new(), None)).await?))
}

async fn shown(
    app: &App,
    visit: &Visit,
    id: i64,
    (body, fault): (String, Option<String>),
) -> Result<MessagePage, Problem> {
    let own = bugs::own_circular(&app.desk, &visit.actor, CircularId(id)).await?;
    Ok(MessagePage {
        frame: portal_frame(app, visit, &own.subject, Place::Elsewhere).await?,
        number: id,
        subject: own.subject,
        text: Safe::new(words::markdown::text(&own.body)),
        at: when(visit, own.at, app.desk.now()),
        request: own.ticket.map(|ticket| Link::new(ticket.to_string(), format!("/requests/{ticket}"))),
        body,
        fault,
    })
}

pub(crate) async fn answer(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let body = fields.text("body").to_owned();
    let text = Text { body: body.clone(), ..Text::default() };
    match bugs::answer_circular(&app.desk, &visit.actor, CircularId(id), text).await {
        Ok(ticket) => Ok(Redirect::to(&format!("/requests/{ticket}")).into_response()),
        Err(Error::Invalid(faults)) => {
            let say = Saying::of(&app).await?;
            let fault = faults.first().map(|it| say.fault(&it.fault));
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown(&app, &visit, id, (body, fault)).await?))
        }
        Err(error) => Err(error.into()),
    }
}
