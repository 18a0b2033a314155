//! A list of installations on the desk: tried first, then taken whole.

use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::StatusCode,
    response::Response,
};
use desk::{
    installed::{Imported, import},
    licences::Run,
};
use rules::installed::import::COLUMNS;

use super::list_sent::{blank, sent};
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        desk::{installed_import::InstalledImportPage, list_form::ListForm},
        html::show as page,
        releases::done,
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
        let run = if sent.is_real { Run::Real } else { Run::Dry };
        let imported = import(&app.desk, &visit.actor, &shown.form.text, run).await?;
        tell(&say, &mut shown, &imported, run);
    }
    Ok(page(shown.form.status(), &shown))
}

fn tell(say: &Saying, shown: &mut InstalledImportPage, imported: &Imported, run: Run) {
    shown.form.faults = words::installed::faults(say.lang, &imported.faults);
    if !shown.form.faults.is_empty() {
        return;
    }
    let counts = [imported.added, imported.changed, imported.same, imported.older];
    let words = words::installed::came(say.lang, run == Run::Dry, counts);
    match run {
        Run::Dry => shown.form.ready = vec![words],
        Run::Real => {
            shown.form.text = String::new();
            shown.frame.notice = Some(done(words));
        }
    }
}
