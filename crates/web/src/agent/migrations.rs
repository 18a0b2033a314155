//! What the desk knows of moving from other systems, and the newest build of the tool for a reply.

use axum::{extract::State, http::StatusCode, response::Response};
use desk::{
    drafts::{self, Typed},
    migration,
};
use words::migration::Build;

use crate::{
    app::App,
    door::{Form, Problem, Visit},
    pages::{
        desk::migrations::{MigrationsPage, Missed},
        html::show as page,
    },
    portal::migrate::build,
    shown::{Saying, desk_frame, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let now = app.desk.now();
    let systems = migration::asked_systems(&app.desk, &visit.actor).await?;
    let shown = MigrationsPage {
        frame: desk_frame(&app, &visit, "Migrations", "").await?,
        systems: systems
            .into_iter()
            .map(|it| Missed { name: it.written, voices: it.voices, last: when(&visit, it.last_at, now) })
            .collect(),
        builds: migration::tools(&app.desk).await?.iter().map(build).collect(),
    };
    Ok(page(StatusCode::OK, &shown))
}

/// Puts the newest builds behind what was typed, and keeps it as the draft of the reply.
pub(super) async fn insert_newest(app: &App, visit: &Visit, id: i64, form: &Form) -> Result<(), Problem> {
    let base = &app.desk.settings.base_url;
    let tools = migration::tools(&app.desk).await?;
    let builds: Vec<Build> = migration::newest(&tools)
        .into_iter()
        .map(|tool| Build {
            version: tool.version.clone(),
            platform: tool.platform.clone(),
            name: tool.name.clone(),
            link: format!("{base}/migrate/tool/{}", tool.id),
            bytes: u64::try_from(tool.bytes).unwrap_or_default(),
            hash: tool.blob.as_str().to_owned(),
        })
        .collect();
    let say = Saying::of(app).await?;
    let Some(newest) = words::migration::newest(say.lang, &builds, &format!("{base}/migrate")) else { return Ok(()) };
    let mut fields = form.fields.kept();
    let typed = form.fields.text("text").trim_end();
    let text = if typed.is_empty() { newest } else { format!("{typed}\n\n{newest}") };
    fields.insert("text".to_owned(), text);
    drafts::save(&app.desk, &visit.actor, Typed { draft: form.draft, purpose: format!("request/{id}"), fields })
        .await?;
    Ok(())
}
