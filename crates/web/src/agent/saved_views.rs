//! Questions kept as views: made, changed, taken away.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    views::{self, Saved, ToSave},
};
use rules::ids::SavedViewId;

use super::{
    ask::ask,
    column::{Column, Question, column, saved_key, search_address, zone},
    queue::{Standing, framed},
};
use crate::{
    app::App,
    door::{Fields, Path, Problem, Visit},
    pages::{desk::queue::QueuePage, html::show as page},
    shown::Saying,
};

fn wanted(visit: &Visit, fields: &Fields) -> ToSave {
    ToSave {
        name: fields.text("name").to_owned(),
        question: fields.text("q").to_owned(),
        shared: fields.text("shared") == "1",
        zone: zone(visit),
    }
}

pub(crate) async fn save(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let wanted = wanted(&visit, &fields);
    let done = views::save(&app.desk, &visit.actor, wanted.clone()).await;
    answer(&app, &visit, None, wanted, done).await
}

pub(crate) async fn change(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let wanted = wanted(&visit, &fields);
    let done = views::change(&app.desk, &visit.actor, SavedViewId(id), wanted.clone()).await;
    answer(&app, &visit, Some(SavedViewId(id)), wanted, done).await
}

/// To the view, or to the form once more with what was written and why it is not kept.
async fn answer(
    app: &App,
    visit: &Visit,
    id: Option<SavedViewId>,
    wanted: ToSave,
    done: desk::Result<Saved>,
) -> Result<Response, Problem> {
    let faults = match done {
        Ok(Saved::Kept(id)) => return Ok(Redirect::to(&format!("/desk/views/{}", saved_key(id))).into_response()),
        Ok(Saved::NoQuestion(_)) => vec![],
        Err(Error::Invalid(faults)) => faults,
        Err(error) => return Err(error.into()),
    };
    let saved = match id {
        Some(id) => Some(views::saved_one(&app.desk, &visit.actor, id).await?),
        None => None,
    };
    let asked = views::ask(&app.desk, &visit.actor, &wanted.question, zone(visit)).await?;
    let key = id.map_or_else(String::new, saved_key);
    let question = Question { text: wanted.question.clone(), saved, of_teams: false, asked };
    let mut shown = ask(app, visit, &question).await?;
    let say = Saying::of(app).await?;
    if let Some(keep) = &mut shown.keep {
        keep.name = wanted.name;
        keep.shared = wanted.shared;
        keep.fault = say.of_field(&faults, "name").or_else(|| say.of_field(&faults, "q"));
    }
    let column = Column::Question(Box::new(question));
    let standing = Standing { after: None, here: None };
    let (frame, queue) = framed(app, visit, &column, standing, (&column.name(), &key)).await?;
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &QueuePage { frame, queue, ask: Some(shown) }))
}

/// Its question stays on the page, so that it can be kept again.
pub(crate) async fn remove(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let kept = column(&app, &visit, &saved_key(SavedViewId(id))).await?;
    views::remove(&app.desk, &visit.actor, SavedViewId(id)).await?;
    let back = match kept {
        Some(Column::Question(question)) => {
            let name = crate::door::percent_encoded(&question.name());
            format!("{}&removed={name}", search_address(&question.text))
        }
        Some(Column::View(_)) | None => "/desk".to_owned(),
    };
    Ok(Redirect::to(&back).into_response())
}
