//! A list of releases on the desk: tried first, then taken whole.

use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    response::Response,
};
use desk::releases::{NotDone, Run, import};
use words::releases as said;

use super::list_sent::{blank, sent};
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        desk::{list_form::ListForm, releases::ReleaseImportPage},
        html::show as page,
        releases::done,
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
        let run = if sent.is_real { Run::Real } else { Run::Dry };
        match import(&app.desk, &visit.actor, &shown.form.text, run).await {
            Ok(told) if run == Run::Dry => shown.form.ready = said::came(say.lang, true, &told),
            Ok(told) => {
                shown.form.text = String::new();
                shown.frame.notice = Some(done(said::came(say.lang, false, &told).join(" ")));
            }
            Err(NotDone::Error(error)) => return Err(error.into()),
            Err(NotDone::NotTaken(why)) => shown.form.faults = said::not_taken(say.lang, &why),
        }
    }
    Ok(page(shown.form.status(), &shown))
}
