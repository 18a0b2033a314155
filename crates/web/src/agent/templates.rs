//! Texts for replies: the list, one to read or to change, and one inserted into what is being written.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    drafts::{self, Typed},
    templates::{self, Kept, ReplyTemplate},
};
use rules::{
    access::{Action, may},
    ids::{TemplateId, TicketId},
    keys::TypeKey,
    templates::languages::Offer,
};
use serde::Deserialize;

use crate::{
    app::App,
    door::{Fields, Form, Path, Problem, Query, Visit},
    pages::{
        desk::templates::{Named, Row, TemplatePage, TemplatesPage},
        form::{Choice, Chosen},
        html::show as page,
        parts::{Notice, Signal},
    },
    shown::{Saying, desk_frame},
};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Just {
    kept: Option<String>,
    removed: Option<String>,
}

pub(crate) async fn list(State(app): State<App>, visit: Visit, Query(just): Query<Just>) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let all = templates::list(&app.desk, &visit.actor).await?;
    let mut frame = desk_frame(&app, &visit, "Texts for replies", "").await?;
    let done = |words: String| Notice { signal: Signal::Done, words, link: None };
    frame.notice = match (just.kept, just.removed) {
        (Some(name), _) => Some(done(format!("“{name}” is kept. It is offered where a reply is written."))),
        (None, Some(name)) => Some(done(format!("“{name}” is gone. Replies that were sent with it stay as they are."))),
        (None, None) => None,
    };
    let row = |it: &ReplyTemplate| Row {
        href: format!("/desk/templates/{}", it.id),
        name: it.name.clone(),
        about: about(&say, it),
    };
    let shown = TemplatesPage {
        frame,
        rows: all.iter().map(row).collect(),
        keeps: may(visit.actor.signed()?.grants, Action::KeepTemplates),
    };
    Ok(page(StatusCode::OK, &shown))
}

/// "Bug report · de · acknowledgement".
pub(super) fn about(say: &Saying, it: &ReplyTemplate) -> String {
    let facts = [
        Some(it.request_type.as_ref().map_or_else(|| "Every type".to_owned(), |key| say.type_name(key))),
        it.language.clone(),
        it.acknowledges.then(|| "acknowledgement".to_owned()),
    ];
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// As the composer offers it: "Every type · in German; also in English".
pub(super) fn offered(say: &Saying, it: &ReplyTemplate, offer: &Offer) -> (i64, String, String) {
    let named = |tag: &String| words::languages::name(say.lang, tag);
    let mut about = about(say, &ReplyTemplate { language: None, ..it.clone() });
    if let Some(language) = &offer.other_language {
        about = format!("{about} · in {}", named(language));
    }
    if !offer.also.is_empty() {
        let also = offer.also.iter().map(named).collect::<Vec<_>>().join(", ");
        about = format!("{about} · also in {also}");
    }
    (it.id.0, it.name.clone(), about)
}

fn blank() -> ReplyTemplate {
    ReplyTemplate {
        id: TemplateId(0),
        name: String::new(),
        body: String::new(),
        request_type: None,
        language: None,
        acknowledges: false,
        after: "wait".to_owned(),
    }
}

pub(crate) async fn new(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &form(&app, &visit, &blank(), &Faults::default()).await?))
}

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let kept = templates::show(&app.desk, &visit.actor, TemplateId(id)).await?;
    Ok(page(StatusCode::OK, &form(&app, &visit, &kept, &Faults::default()).await?))
}

pub(crate) async fn keep(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let written = written(&fields, TemplateId(0));
    let done = templates::keep(&app.desk, &visit.actor, written.clone()).await;
    answer(&app, &visit, written, done).await
}

pub(crate) async fn change(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let written = written(&fields, TemplateId(id));
    let done = templates::change(&app.desk, &visit.actor, written.clone()).await;
    answer(&app, &visit, written, done).await
}

pub(crate) async fn remove(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let was = templates::remove(&app.desk, &visit.actor, TemplateId(id)).await?;
    Ok(Redirect::to(&format!("/desk/templates?removed={}", crate::door::percent_encoded(&was.name))).into_response())
}

fn written(fields: &Fields, id: TemplateId) -> ReplyTemplate {
    let some = |name: &str| Some(fields.text(name).trim().to_owned()).filter(|text| !text.is_empty());
    ReplyTemplate {
        id,
        name: fields.text("name").to_owned(),
        body: fields.text("body").replace("\r\n", "\n"),
        request_type: some("type").map(TypeKey),
        language: some("language"),
        acknowledges: fields.text("acknowledges") == "1",
        after: AFTER.iter().find(|(key, _)| *key == fields.text("after")).map_or("wait", |(key, _)| key).to_owned(),
    }
}

/// What is amiss, by field.
#[derive(Default)]
struct Faults {
    name: Option<String>,
    body: Option<String>,
    request_type: Option<String>,
}

async fn answer(
    app: &App,
    visit: &Visit,
    written: ReplyTemplate,
    done: desk::Result<Kept>,
) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    let faults = match done {
        Ok(Kept::Kept(_)) => {
            let name = crate::door::percent_encoded(written.name.trim());
            return Ok(Redirect::to(&format!("/desk/templates?kept={name}")).into_response());
        }
        Ok(Kept::Unfit(fault)) => Faults { body: Some(words::templates::fault(say.lang, &fault)), ..Faults::default() },
        Err(Error::Invalid(faults)) => Faults {
            name: say.of_field(&faults, "name"),
            body: say.of_field(&faults, "body"),
            request_type: say.of_field(&faults, "type"),
        },
        Err(error) => return Err(error.into()),
    };
    Ok(page(StatusCode::UNPROCESSABLE_ENTITY, &form(app, visit, &written, &faults).await?))
}

/// What a reply does besides, as its buttons say.
const AFTER: [(&str, &str); 4] = [
    ("wait", "Reply, then it is the customer’s turn"),
    ("solved", "Reply and solve"),
    ("with_developers", "Reply, with developers"),
    ("keep", "Reply, and leave the state as it is"),
];

async fn form(app: &App, visit: &Visit, it: &ReplyTemplate, faults: &Faults) -> Result<TemplatePage, Problem> {
    let say = Saying::of(app).await?;
    let policy = say.policy();
    let chosen = |is_chosen: bool| if is_chosen { Chosen::Yes } else { Chosen::No };
    let any =
        Choice { value: String::new(), label: "Every type".to_owned(), chosen: chosen(it.request_type.is_none()) };
    let of_type = policy.types.keys().map(|key| Choice {
        value: key.to_string(),
        label: say.type_name(key),
        chosen: chosen(it.request_type.as_ref() == Some(key)),
    });
    let details = policy
        .details
        .keys()
        .map(|key| Named { name: format!("{{{{ details.{key} }}}}"), means: say.detail_name(key) });
    let after = AFTER.map(|(key, words)| Choice {
        value: key.to_owned(),
        label: words.to_owned(),
        chosen: chosen(it.after == key),
    });
    let is_new = it.id.0 == 0;
    let title = if is_new { "A new text for replies".to_owned() } else { it.name.clone() };
    Ok(TemplatePage {
        frame: desk_frame(app, visit, &title, "").await?,
        title,
        action: if is_new { "/desk/templates".to_owned() } else { format!("/desk/templates/{}", it.id) },
        is_new,
        keeps: may(visit.actor.signed()?.grants, Action::KeepTemplates),
        name: it.name.clone(),
        body: it.body.clone(),
        types: std::iter::once(any).chain(of_type).collect(),
        language: it.language.clone().unwrap_or_default(),
        acknowledges: it.acknowledges,
        after: after.into(),
        name_fault: faults.name.clone(),
        body_fault: faults.body.clone(),
        type_fault: faults.request_type.clone(),
        named: NAMED
            .iter()
            .map(|(name, means)| Named { name: format!("{{{{ {name} }}}}"), means: (*means).to_owned() })
            .chain(details)
            .collect(),
    })
}

const NAMED: [(&str, &str); 10] = [
    ("requester.first", "the first name of who asked"),
    ("requester.name", "their whole name"),
    ("organisation.name", "their organisation; empty for who belongs to none"),
    ("agent.first", "your first name"),
    ("agent.name", "your whole name"),
    ("request.number", "the number of the request"),
    ("request.subject", "its subject"),
    ("request.type", "what its type is called"),
    ("request.link", "where the customer reads it"),
    ("product", "the product"),
];

/// Puts a text behind what is written; as a draft, so that it is read before it is sent. Where it cannot be filled in any more:
/// why.
pub(super) async fn insert(
    app: &App,
    visit: &Visit,
    id: i64,
    form: &Form,
    template: i64,
) -> Result<Option<String>, Problem> {
    let filled = templates::fill(&app.desk, &visit.actor, TicketId(id), TemplateId(template)).await?;
    let say = Saying::of(app).await?;
    let text = match filled.text {
        Ok(text) => text,
        Err(fault) => return Ok(Some(words::templates::fault(say.lang, &fault))),
    };
    let mut fields = form.fields.kept();
    let typed = form.fields.text("text").trim_end();
    fields.insert("text".to_owned(), if typed.is_empty() { text } else { format!("{typed}\n\n{text}") });
    fields.insert("kind".to_owned(), "reply".to_owned());
    fields.insert("template".to_owned(), template.to_string());
    drafts::save(&app.desk, &visit.actor, Typed { draft: form.draft, purpose: format!("request/{id}"), fields })
        .await?;
    Ok(None)
}
