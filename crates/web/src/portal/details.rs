//! What a request lacks, asked of its customer and given (REQ-8).

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    drafts::{self, Typed},
    tickets::{self, Given},
};
use rules::{
    access::{CustomerAction, may_as_customer},
    ids::{DraftId, TicketId},
    keys::TypeKey,
    refusal::FieldFault,
};

use super::new_request::Sheet;
use crate::{
    app::App,
    door::{Fields, Form, Path, Problem, Visit},
    pages::{details::DetailsPage, form::Field, frame::Place, html::show as page},
    shown::{OnHand, Saying, portal_frame, take_off, when},
};

fn purpose(id: i64) -> String {
    format!("details/{id}")
}

pub(crate) async fn show(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let kept = drafts::latest(&app.desk, &visit.actor, &purpose(id)).await?;
    let (draft, fields) = kept.map_or_else(Default::default, |draft| (Some(draft.id), draft.fields));
    shown(&app, &visit, id, Typing { draft, fields: Fields::from_kept(fields), faults: vec![] }).await
}

/// What stands in the form, and what is wrong with it.
#[derive(Debug)]
struct Typing {
    draft: Option<DraftId>,
    fields: Fields,
    faults: Vec<FieldFault>,
}

async fn shown(app: &App, visit: &Visit, id: i64, typing: Typing) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    let shown = tickets::show(&app.desk, &visit.actor, TicketId(id)).await?;
    let lacks = tickets::lacks_of(say.policy(), &shown);
    let may = may_as_customer(shown.why, CustomerAction::GiveDetails) && !shown.ticket.state.is_over();
    let (saved, seen) = match typing.draft {
        Some(draft) => {
            let (kept, _) = drafts::show(&app.desk, &visit.actor, draft).await?;
            let saved = format!("saved {}", when(visit, kept.updated_at, app.desk.now()).said);
            (Some(saved), drafts::mark(&kept.fields))
        }
        None => (None, String::new()),
    };
    let files = OnHand::of(app, visit, typing.draft).await?;
    let Typing { draft, mut fields, faults } = typing;
    let asked = tickets::open_details(say.policy(), &shown);
    // What was answered before decides what is needed, and how one gets it (LOG-1, PLN-4).
    for (key, value) in shown.details.iter().filter(|(key, _)| asked.iter().all(|(open, _)| *open != key)) {
        fields.put(&format!("detail.{key}"), value.clone());
    }
    let sheet = Sheet { key: shown.ticket.request_type.clone(), fields, draft, faults, told: vec![] };
    let asked = asked.into_iter().filter(|_| may);
    let fields: Vec<Field> = asked.map(|(key, detail)| sheet.detail(&say, key, detail, &files)).collect();
    let ticks =
        sheet.ticks(&say).into_iter().filter(|tick| lacks.ticks.iter().any(|key| tick.name == format!("tick.{key}")));
    let type_name = say.type_name(&sheet.key);
    let page_shown = DetailsPage {
        frame: portal_frame(app, visit, &format!("Details for {id}"), Place::MyRequests).await?,
        number: id,
        subject: shown.ticket.subject.clone(),
        why: match (may, lacks.is_empty(), fields.is_empty()) {
            (false, ..) => "You can read this request; details are given by who filed it, while it is open.".to_owned(),
            (true, true, true) => "Everything that we ask for is here.".to_owned(),
            (true, true, false) => format!("All that a “{type_name}” needs is here. More may help."),
            (true, false, _) => format!("It is treated as “{type_name}”, and for that we need a little more."),
        },
        draft: draft.map(|id| id.0),
        seen,
        saved,
        fields,
        ticks: ticks.collect(),
    };
    let status = if sheet.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, &page_shown))
}

pub(crate) async fn send(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Problem> {
    let form = Form::read(&app, &visit, &purpose(id), request).await?;
    let (mut draft, fields) = (form.draft, form.fields);
    if take_off(&app, &visit, &fields).await? || fields.text("do") == "draft" {
        keep(&app, &visit, id, (draft, &fields)).await?;
        return Ok(Redirect::to(&format!("/requests/{id}/details")).into_response());
    }
    let sheet = Sheet { key: TypeKey::from(""), fields, draft, faults: vec![], told: vec![] };
    let given = Given { filled: sheet.filled(), draft };
    match tickets::give_details(&app.desk, &visit.actor, TicketId(id), given).await {
        Ok(()) => Ok(Redirect::to(&format!("/requests/{id}?just=given")).into_response()),
        Err(Error::Invalid(faults)) => {
            draft = Some(keep(&app, &visit, id, (draft, &sheet.fields)).await?);
            shown(&app, &visit, id, Typing { draft, fields: sheet.fields, faults }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Nothing typed is lost.
async fn keep(
    app: &App,
    visit: &Visit,
    id: i64,
    (draft, fields): (Option<DraftId>, &Fields),
) -> Result<DraftId, Problem> {
    let typed = Typed { draft, purpose: purpose(id), fields: fields.kept() };
    Ok(drafts::save(&app.desk, &visit.actor, typed).await?)
}
