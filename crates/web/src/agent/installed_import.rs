//! A list of installations on the desk: tried first, then taken whole.

use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    response::Response,
};
use desk::{
    Run,
    installed::{Imported, import},
};
use rules::installed::import::COLUMNS;

use super::list_sent::{blank, sent, told};
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        desk::{installed_import::InstalledImportPage, list_form::ListForm},
        html::show as page,
    },
    shown::{Saying, desk_frame},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &with(&app, &visit, blank()).await?))
}

async fn with(app: &App, visit: &Visit, form: ListForm) -> Result<InstalledImportPage, Problem> {
    let frame = desk_frame(app, visit, "Import installed versions", "").await?;
    Ok(InstalledImportPage { frame, columns: COLUMNS.join(", "), form })
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
        let imported = import(&app.desk, &visit.actor, &shown.form.text, sent.run).await?;
        shown.frame.notice = told(&mut shown.form, sent.run, in_words(&say, &imported, sent.run));
    }
    Ok(page(shown.form.status(), &shown))
}

fn in_words(say: &Saying, imported: &Imported, run: Run) -> Result<Vec<String>, Vec<String>> {
    if !imported.faults.is_empty() {
        return Err(words::installed::faults(say.lang, &imported.faults));
    }
    let counts = [imported.added, imported.changed, imported.same, imported.older];
    Ok(vec![words::installed::came(say.lang, run == Run::Dry, counts)])
}
