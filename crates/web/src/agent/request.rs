//! A request on the desk, and what an agent does with it.

use axum::{
    extract::{Request, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    drafts::{self, Typed},
    teams, templates,
    tickets::{self, Answer, Assignment, Conversion, Decided, Handing, StateChange, Text, Written},
};
use rules::{
    events::State as RequestState,
    ids::{DraftId, MessageId, PersonId, TeamId, TemplateId, TicketId},
    keys::{PriorityKey, TypeKey},
    refusal::Refusal,
    tickets::AfterReply,
};
use serde::Deserialize;

use super::{
    assignment::NEXT,
    sheet::{Again, Sheet},
};
use crate::{
    app::App,
    door::{Fields, Form, Path, Problem, Query, Visit, percent_encoded},
    pages::conversation::MessageKind,
    shown::{Saying, take_off},
};

/// Which view stands beside it.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Beside {
    view: Option<String>,
    /// Another request, to be tied with this one (REQ-11).
    other: Option<i64>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(beside): Query<Beside>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    // A row that is opened beside its list asks for what goes there, and takes no more of the answer.
    let alone = headers.get("hx-target").is_some_and(|target| target.as_bytes().ends_with(b"#pane"));
    Sheet::new(id, beside.view.as_deref()).tied_with(beside.other).alone(alone).show(&app, &visit).await
}

/// To the request again, beside the list that it was opened from.
pub(super) fn back(id: i64, visit: &Visit) -> Response {
    Redirect::to(&address(id, visit)).into_response()
}

fn address(id: i64, visit: &Visit) -> String {
    let view = visit.beside.as_ref().map_or_else(String::new, |view| format!("?view={}", percent_encoded(view)));
    format!("/desk/requests/{id}{view}")
}

/// To what was just written there.
fn back_to(message: MessageId, id: i64, visit: &Visit) -> Response {
    Redirect::to(&format!("{}#m{message}", address(id, visit))).into_response()
}

fn text(form: &Form) -> Text {
    Text { body: form.fields.text("text").to_owned(), draft: form.draft, channel: None }
}

fn again(form: &Form, kind: MessageKind, fault: String) -> Again {
    let draft = form.draft.map(|DraftId(id)| id);
    Again { draft, text: form.fields.text("text").to_owned(), kind, fault: Some(fault) }
}

pub(crate) async fn reply(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Problem> {
    let purpose = format!("request/{id}");
    let mut form = Form::read(&app, &visit, &purpose, request).await?;
    if take_off(&app, &visit, &form.fields).await? {
        form.keep(&app, &visit, &purpose).await?;
        return Ok(back(id, &visit));
    }
    form.take_pasted(&app, &visit, &purpose).await?;
    let then = form.fields.text("then");
    if then == "tool" {
        super::migrations::insert_newest(&app, &visit, id, &form).await?;
        return Ok(back(id, &visit));
    }
    if let Some(template) = then.strip_prefix("template:").and_then(|id| id.parse().ok()) {
        return match super::templates::insert(&app, &visit, id, &form, template).await? {
            None => Ok(back(id, &visit)),
            Some(fault) => {
                let again = again(&form, MessageKind::Public, fault);
                Sheet::new(id, visit.beside.as_deref()).with(again).show(&app, &visit).await
            }
        };
    }
    let after = match then {
        "solved" => AfterReply::Solve,
        "keep" | "with_developers" => AfterReply::KeepState,
        _ => AfterReply::Wait,
    };
    let read_to = form.fields.number("read_to").map(MessageId);
    let answer = Answer { text: text(&form), after };
    let template = form.fields.number("template").map(TemplateId);
    let hand = templates::hand(&app.desk, &visit.actor, (TicketId(id), template), &answer.text.body).await?;
    match tickets::reply_as(&app.desk, &visit.actor, TicketId(id), answer, Written { read_to, hand }).await {
        Ok(_) if then == "with_developers" => {
            let change = StateChange { to: RequestState::WithDevelopers, reason: String::new() };
            tickets::change_state(&app.desk, &visit.actor, TicketId(id), change).await?;
            Ok(back(id, &visit))
        }
        Ok(_) => Ok(back(id, &visit)),
        Err(Error::Invalid(faults)) => {
            let fault = Saying::of(&app).await?.of_field(&faults, "body").unwrap_or_default();
            let again = again(&form, MessageKind::Public, fault);
            Sheet::new(id, visit.beside.as_deref()).with(again).show(&app, &visit).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn note(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Problem> {
    let purpose = format!("request/{id}");
    let mut form = Form::read(&app, &visit, &purpose, request).await?;
    form.take_pasted(&app, &visit, &purpose).await?;
    match tickets::note(&app.desk, &visit.actor, TicketId(id), text(&form)).await {
        Ok(message) => Ok(back_to(message, id, &visit)),
        Err(Error::Invalid(faults)) => {
            let fault = Saying::of(&app).await?.of_field(&faults, "body").unwrap_or_default();
            let again = again(&form, MessageKind::Note, fault);
            Sheet::new(id, visit.beside.as_deref()).with(again).show(&app, &visit).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn take_back(
    State(app): State<App>,
    visit: Visit,
    Path((id, message)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    let text = tickets::take_back(&app.desk, &visit.actor, TicketId(id), MessageId(message)).await?;
    keep_again(&app, &visit, id, text).await?;
    Ok(back(id, &visit))
}

/// What was taken back stands in the composer again, before what was begun since.
async fn keep_again(app: &App, visit: &Visit, id: i64, mut text: String) -> Result<(), Problem> {
    let purpose = format!("request/{id}");
    let begun = drafts::latest(&app.desk, &visit.actor, &purpose).await?;
    let (draft, mut fields) = begun.map_or_else(Default::default, |draft| (Some(draft.id), draft.fields));
    if let Some(since) = fields.get("text").filter(|since| !since.is_empty()) {
        text = format!("{text}\n\n{since}");
    }
    fields.insert("text".to_owned(), text);
    fields.insert("kind".to_owned(), "reply".to_owned());
    drafts::save(&app.desk, &visit.actor, Typed { draft, purpose, fields }).await?;
    Ok(())
}

pub(crate) async fn rule(
    State(app): State<App>,
    visit: Visit,
    Path((id, message)): Path<(i64, i64)>,
    fields: Fields,
) -> Result<Response, Problem> {
    let reason = fields.text("reason");
    tickets::rule_on_response(&app.desk, &visit.actor, TicketId(id), MessageId(message), reason).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn assign(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let note = Text { body: fields.text("note").trim().to_owned(), ..Text::default() };
    // A form that names no team leaves the request in the one that it has.
    let team = match fields.text("team") {
        "" => None,
        "none" => Some(None),
        _ => Some(Some(TeamId(fields.number("team").ok_or_else(Problem::not_found)?))),
    };
    let to = match fields.text("agent") {
        "me" => Some(visit.actor.signed()?.person),
        NEXT => teams::next_of(&app.desk, &visit.actor, TicketId(id), team).await?,
        _ => fields.number("agent").map(PersonId),
    };
    if let Some(team) = team {
        let handing = Handing { team, to, note: Some(note).filter(|note| !note.body.is_empty()) };
        tickets::hand_to_team(&app.desk, &visit.actor, TicketId(id), &handing).await?;
    } else if note.body.is_empty() {
        tickets::assign(&app.desk, &visit.actor, TicketId(id), Assignment { to }).await?;
    } else {
        tickets::hand_over(&app.desk, &visit.actor, TicketId(id), Assignment { to }, &note).await?;
    }
    Ok(back(id, &visit))
}

pub(crate) async fn change_state(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let change = StateChange { to: fields.word("to")?, reason: fields.text("reason").to_owned() };
    tickets::change_state(&app.desk, &visit.actor, TicketId(id), change).await?;
    Ok(back(id, &visit))
}

pub(crate) async fn decide_priority(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let decided =
        Decided { priority: PriorityKey::from(fields.text("priority")), reason: fields.text("reason").to_owned() };
    match tickets::decide_priority(&app.desk, &visit.actor, TicketId(id), decided.clone()).await {
        Ok(()) => Ok(back(id, &visit)),
        Err(Error::Refused(refusal @ (Refusal::ReasonMissing | Refusal::PriorityBarred { .. }))) => {
            let fault = Saying::of(&app).await?.refusal(&refusal);
            Sheet::new(id, visit.beside.as_deref()).with_decision(decided, fault).show(&app, &visit).await
        }
        Err(error) => Err(error.into()),
    }
}

/// PLN-3: escalates it, or takes that back.
pub(crate) async fn escalate(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let (id, reason) = (TicketId(id), fields.text("reason"));
    if fields.text("end").is_empty() {
        tickets::escalate(&app.desk, &visit.actor, id, reason).await?;
    } else {
        tickets::end_escalation(&app.desk, &visit.actor, id, reason).await?;
    }
    Ok(back(id.0, &visit))
}

pub(crate) async fn convert(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let conversion = Conversion { to: TypeKey::from(fields.text("to")), reason: fields.text("reason").to_owned() };
    tickets::convert(&app.desk, &visit.actor, TicketId(id), conversion).await?;
    // What became a security report is perhaps no longer theirs to see (SEC-1).
    match tickets::show(&app.desk, &visit.actor, TicketId(id)).await {
        Err(Error::NotFound) => Ok(Redirect::to("/desk?just=closed-in").into_response()),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(back(id, &visit)),
    }
}
