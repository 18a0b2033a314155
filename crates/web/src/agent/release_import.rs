//! A list of releases on the desk: tried first, then taken whole.

use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    response::Response,
};
use desk::{
    Run,
    releases::{NotDone, import},
};
use words::releases as said;

use super::list_sent::{blank, sent, told};
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        desk::{list_form::ListForm, releases::ReleaseImportPage},
        html::show as page,
    },
    shown::{Saying, desk_frame},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &with(&app, &visit, blank()).await?))
}

async fn with(app: &App, visit: &Visit, form: ListForm) -> Result<ReleaseImportPage, Problem> {
    Ok(ReleaseImportPage { frame: desk_frame(app, visit, "Import releases", "").await?, form })
}

pub(crate) async fn send(
    State(app): State<App>,
    visit: Visit,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let sent = sent(say.lang, parts).await?;
    let mut shown = with(&app, &visit, sent.form).await?;
    if shown.form.faults.is_empty() {
        let came = match import(&app.desk, &visit.actor, &shown.form.text, sent.run).await {
            Ok(told) => Ok(said::came(say.lang, sent.run == Run::Dry, &told)),
            Err(NotDone::NotTaken(why)) => Err(said::not_taken(say.lang, &why)),
            Err(NotDone::Error(error)) => return Err(error.into()),
        };
        shown.frame.notice = told(&mut shown.form, sent.run, came);
    }
    Ok(page(shown.form.status(), &shown))
}
