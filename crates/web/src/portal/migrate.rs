//! Moving from another system: the page, a system that is missed, a build of the tool, and what a request for it begins
//! with.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    migration::{self, Heard, Tool},
};
use rules::{
    ids::ToolId,
    keys::{DetailKey, EntryKey, TypeKey},
    policy::{DetailKind, Keyed, Migration, Point, SourceSystem},
};
use serde::Deserialize;
use words::size::size;

use crate::{
    app::App,
    door::{Fields, Path, Problem, Query, Visit, percent_encoded, streamed},
    pages::{
        form::Wrong,
        frame::Place,
        html::{Safe, show as page},
        migrate::{Build, Counted, MigratePage, System},
    },
    shown::{Saying, portal_frame},
};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The system that was just counted.
    counted: Option<String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let request_type = moving(&say)?.request_type.clone();
    let counted = asked.counted.and_then(|name| rules::migration::tidy(&name));
    let counted = counted.map(|name| Counted { ask: ask(&request_type, &name), name });
    Ok(page(StatusCode::OK, &MigratePage { counted, ..whole(&app, &visit, &say).await? }))
}

pub(crate) async fn ask_system(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let typed = fields.text("system");
    let say = Saying::of(&app).await?;
    let request_type = moving(&say)?.request_type.clone();
    match migration::ask_system(&app.desk, &visit.actor, typed).await {
        Ok(Heard::Listed(key)) => Ok(Redirect::to(&ask(&request_type, key.as_str())).into_response()),
        Ok(Heard::Counted(name) | Heard::CountedBefore(name)) => {
            Ok(Redirect::to(&format!("/migrate?counted={}", percent_encoded(&name))).into_response())
        }
        Err(Error::Invalid(faults)) => {
            let wrong: Option<Wrong> = say.wrong(&faults, "system");
            let shown = MigratePage { typed: typed.to_owned(), wrong, ..whole(&app, &visit, &say).await? };
            Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &shown))
        }
        Err(error) => Err(error.into()),
    }
}

fn ask(request_type: &TypeKey, system: &str) -> String {
    format!("/requests/new/{request_type}?system={}", percent_encoded(system))
}

/// A build, as a file that is only ever downloaded.
pub(crate) async fn fetch_tool(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let (tool, stream) = migration::fetch_tool(&app.desk, &visit.actor, ToolId(id)).await?;
    let disposition = format!("attachment; filename*=UTF-8''{}", percent_encoded(&tool.name));
    let mut response = streamed(stream);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Problem::broken)?);
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(tool.bytes));
    Ok(response)
}

/// What the policy says of moving; without that there is no such page.
fn moving(say: &Saying) -> Result<&Migration, Problem> {
    say.policy().migration.as_ref().ok_or_else(Problem::not_found)
}

async fn whole(app: &App, visit: &Visit, say: &Saying) -> Result<MigratePage, Problem> {
    let moving = moving(say)?;
    let text = |text| Safe::new(words::markdown::text(say.text(text)));
    let phrases = |points: &Keyed<_, Point>| {
        points.iter().map(|(_, point)| Safe::new(words::markdown::inline(say.text(&point.text)))).collect()
    };
    let title = say.lang.say("support-migration", &[]);
    let tools = migration::tools(&app.desk).await?;
    Ok(MigratePage {
        frame: portal_frame(app, visit, &title, Place::Elsewhere).await?,
        title,
        lead: text(&moving.text),
        limits: phrases(&moving.limits),
        systems: moving
            .supported
            .iter()
            .map(|(key, system)| System {
                key: key.to_string(),
                name: system.name.clone(),
                note: system.note.as_ref().map(|note| Safe::new(words::markdown::label(say.text(note)))),
            })
            .collect(),
        list: text(&moving.list),
        steps: phrases(&moving.steps),
        builds: migration::newest(&tools).into_iter().map(build).collect(),
        listed: text(&moving.listed),
        unlisted: text(&moving.unlisted),
        request_name: say.type_name(&moving.request_type),
        request_type: moving.request_type.to_string(),
        typed: String::new(),
        wrong: None,
        counted: None,
    })
}

pub(crate) fn build(tool: &Tool) -> Build {
    Build {
        version: tool.version.clone(),
        platform: tool.platform.clone(),
        name: tool.name.clone(),
        size: size(u64::try_from(tool.bytes).unwrap_or_default()),
        hash: tool.blob.as_str().to_owned(),
        id: tool.id.0,
    }
}

/// What the form for moving from a system begins with: its subject, and the system where the form asks for it, which is its
/// first line that must be filled in. A system is named by its key in the policy, or by its name.
pub(super) fn begun(say: &Saying, key: &TypeKey, system: &str) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    let Some(moving) = say.policy().migration.as_ref().filter(|moving| moving.request_type == *key) else {
        return fields;
    };
    let Some(name) = listed(moving, system).or_else(|| rules::migration::tidy(system)) else { return fields };
    let worded = say.policy().request_type(key).and_then(|kind| kind.subject.as_ref());
    let subject = match worded.map(|text| say.text(text)).filter(|text| text.contains("{system}")) {
        Some(text) => text.replace("{system}", &name),
        None => words::migration::subject(say.lang, &name),
    };
    fields.insert("subject".to_owned(), subject);
    fields.extend(source(say, key).map(|detail| (format!("detail.{detail}"), name)));
    fields
}

/// The detail that asks where somebody comes from: the form's first line that must be filled in.
pub(super) fn source<'a>(say: &'a Saying, key: &TypeKey) -> Option<&'a DetailKey> {
    let form = say.policy().form_of(key);
    form.into_iter().find(|(_, detail)| detail.kind == DetailKind::Line && detail.required).map(|(detail, _)| detail)
}

/// A system by its name, however it was written.
pub(super) fn named(say: &Saying, written: &str) -> Option<String> {
    let moving = say.policy().migration.as_ref();
    moving.and_then(|moving| listed(moving, written)).or_else(|| rules::migration::tidy(written))
}

/// The name of a system that is on the list, by its key or as somebody wrote it.
fn listed(moving: &Migration, written: &str) -> Option<String> {
    let (key, normal) = (written.trim(), rules::migration::normal(written));
    let is_meant = |(at, system): &(&EntryKey, &SourceSystem)| {
        at.as_str() == key || rules::migration::normal(&system.name) == normal
    };
    moving.supported.iter().find(is_meant).map(|(_, system)| system.name.clone())
}
