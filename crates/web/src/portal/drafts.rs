//! Drafts: kept by script while one types, by a button without (REQ-10).

use askama::Template;
use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
};
use desk::drafts::{self, Draft, Kept, Typed};
use rules::{ids::DraftId, keys::TypeKey};
use serde_json::json;

use super::new_request::Sheet;
use crate::{
    app::App,
    door::{Fields, Form, Path, Problem, Visit},
    pages::{
        drafts::{DraftLine, DraftsPage},
        frame::Place,
        html::show as page,
    },
    shown::{Saying, file_row, portal_frame, watch, when},
};

/// Characters of a draft's purpose, at most.
const PURPOSE: usize = 60;

pub(crate) async fn list(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let drafts = drafts::list(&app.desk, &visit.actor).await?;
    let shown = DraftsPage {
        frame: portal_frame(&app, &visit, "Drafts", Place::Elsewhere).await?,
        drafts: drafts.iter().map(|draft| line(&app, &visit, &say, draft)).collect(),
    };
    Ok(page(StatusCode::OK, &shown))
}

fn line(app: &App, visit: &Visit, say: &Saying, draft: &Draft) -> DraftLine {
    let (about, href) = match draft.purpose.split_once('/') {
        Some(("request", number)) => (format!("Reply to {number}"), format!("/requests/{number}")),
        Some(("details", number)) => (format!("Details for {number}"), format!("/requests/{number}/details")),
        Some((_, key)) => (say.type_name(&TypeKey::from(key)), format!("/drafts/{}", draft.id)),
        None => (draft.purpose.clone(), format!("/drafts/{}", draft.id)),
    };
    let said = |name: &str| draft.fields.get(name).filter(|text| !text.trim().is_empty());
    let answered = || draft.fields.iter().find(|(name, text)| name.starts_with("detail.") && !text.trim().is_empty());
    let typed = said("subject").or_else(|| said("text")).or_else(|| answered().map(|(_, text)| text));
    DraftLine {
        href,
        discard: format!("/drafts/{}", draft.id),
        title: typed.map_or_else(|| "Without a subject".to_owned(), |text| text.chars().take(120).collect()),
        about,
        saved: when(visit, draft.updated_at, app.desk.now()),
    }
}

/// Keeps what was typed; `{id, saved}` for the script.
pub(crate) async fn save(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let typed = Typed {
        draft: fields.number("draft").map(DraftId),
        purpose: fields.text("draft_for").chars().take(PURPOSE).collect(),
        fields: fields.kept(),
    };
    let now = app.desk.now();
    let saved = |at| watch(&visit, now, |watch| watch.time(at));
    // A form that says what it saw does not write over what it did not.
    let Some(seen) = fields.has("draft_seen").then(|| fields.text("draft_seen")) else {
        let id = drafts::save(&app.desk, &visit.actor, typed).await?;
        return Ok(Json(json!({ "id": id.0, "saved": saved(now) })).into_response());
    };
    let mark = drafts::mark(&typed.fields);
    let said = match drafts::save_over(&app.desk, &visit.actor, typed, seen).await? {
        Kept::Kept(id) => return Ok(Json(json!({ "id": id.0, "saved": saved(now), "seen": mark })).into_response()),
        Kept::Meanwhile(Some(draft)) => {
            json!({ "id": draft.id.0, "saved": saved(draft.updated_at), "seen": drafts::mark(&draft.fields) })
        }
        Kept::Meanwhile(None) => json!({}),
    };
    Ok((StatusCode::CONFLICT, Json(said)).into_response())
}

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let (draft, _) = drafts::show(&app.desk, &visit.actor, DraftId(id)).await?;
    match draft.purpose.split_once('/') {
        Some(("request", number)) => {
            let number: i64 = number.parse().map_err(|_| Problem::not_found())?;
            Ok(Redirect::to(&format!("/requests/{number}")).into_response())
        }
        Some(("details", number)) => {
            let number: i64 = number.parse().map_err(|_| Problem::not_found())?;
            Ok(Redirect::to(&format!("/requests/{number}/details")).into_response())
        }
        Some(("new", key)) => {
            let sheet = Sheet {
                key: TypeKey::from(key),
                fields: Fields::from_kept(draft.fields),
                draft: Some(draft.id),
                faults: vec![],
                told: vec![],
            };
            sheet.show(&app, &visit).await
        }
        _ => Err(Problem::not_found()),
    }
}

/// Throws it away; any other wish is none of ours.
pub(crate) async fn change(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    if fields.text("do") != "discard" {
        return Err(Problem::unreadable(StatusCode::BAD_REQUEST, &"a draft's form without a wish"));
    }
    drafts::discard(&app.desk, &visit.actor, DraftId(id)).await?;
    Ok(Redirect::to("/drafts").into_response())
}

/// One file for a draft; its row for the script, the draft's page without.
pub(crate) async fn attach(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Problem> {
    let is_script = request.headers().contains_key("hx-request");
    Form::read_into(&app, &visit, DraftId(id), request).await?;
    if !is_script {
        return Ok(Redirect::to(&format!("/drafts/{id}")).into_response());
    }
    let (draft, files) = drafts::show(&app.desk, &visit.actor, DraftId(id)).await?;
    let report = draft.fields.values().cloned().collect::<Vec<_>>().join("\n");
    let say = Saying::of(&app).await?;
    let newest = files.iter().max_by_key(|file| file.id).ok_or_else(Problem::not_found)?;
    Ok(Html(file_row(&say, newest, (&draft.purpose, &report)).render().map_err(Problem::broken)?).into_response())
}
