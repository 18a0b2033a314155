//! Requests by a question of the filter language, for a program: the same language and the same order as on the desk, answered
//! in JSON, a page at a time.

use std::collections::BTreeMap;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{tickets::Row, views};
use jiff::Timestamp;
use rules::{events::State as TicketState, instant::Instant, sla::Standing, tickets::Whose};
use serde::Serialize;

use crate::{
    app::App,
    door::{Detail, Problem, Query, Visit, problem_json},
    shown::{Saying, after_text, parse_after},
};

const QUESTION: &str = "q";
const AFTER: &str = "after";

/// `GET /api/requests?q=…&after=…`. Instants are RFC 3339 in UTC.
#[derive(Debug, Serialize)]
struct Answer {
    requests: Vec<Request>,
    /// What `after` is for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Whether the index is whole: while it is being made there may be more.
    complete: bool,
}

#[derive(Debug, Serialize)]
struct Request {
    number: i64,
    subject: String,
    #[serde(rename = "type")]
    request_type: String,
    state: TicketState,
    priority: String,
    turn: Whose,
    turn_since: Timestamp,
    requester: String,
    organisation: Option<String>,
    organisation_number: Option<i64>,
    assignee: Option<String>,
    filed_at: Timestamp,
    updated_at: Timestamp,
    /// Of the clock that runs, or the last one: when an answer is due, and whether it is late.
    due_at: Option<Timestamp>,
    late: bool,
    /// On the desk.
    url: String,
}

pub(crate) async fn list(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let faulty = |why: &str, faults: &[Detail]| {
        Ok(problem_json(StatusCode::BAD_REQUEST, "The question was not understood", why, faults))
    };
    if let Some(unknown) = asked.keys().find(|name| ![QUESTION, AFTER].contains(&name.as_str())) {
        return faulty(&format!("There is no parameter “{unknown}” here. There are two: {QUESTION} and {AFTER}."), &[]);
    }
    let after = match asked.get(AFTER).map(|text| parse_after(text)) {
        Some(None) => return faulty("“after” is what the page before said as “next”.", &[]),
        after => after.flatten(),
    };
    let text = asked.get(QUESTION).map_or("", String::as_str);
    let say = Saying::of(&app).await?;
    let zone = app.desk.policy().await?.hours().zone().clone();
    let question = match views::ask(&app.desk, &visit.actor, text, zone).await? {
        Ok(question) => question,
        Err(fault) => {
            let written = text.get(fault.at.clone()).unwrap_or_default();
            let detail = format!("“{written}”: {}", words::query::fault(say.lang, &fault));
            return faulty("The filter language has no such question.", &[Detail { line: None, detail }]);
        }
    };
    let listed = views::list(&app.desk, &visit.actor, &question, after).await?;
    let base = &app.desk.settings.base_url;
    let requests = listed.rows.into_iter().map(|row| request(row, base, app.desk.now())).collect();
    let (next, complete) = (listed.more.map(after_text), !listed.is_building);
    Ok(Json(Answer { requests, next, complete }).into_response())
}

fn request(Row { ticket, requester, organisation, assignee, clock, .. }: Row, base: &str, now: Instant) -> Request {
    let standing = clock.as_ref().map(|clock| rules::sla::judge(clock, now));
    let due = |clock: &rules::sla::Clock| match clock.standing {
        Standing::Breached { due, .. } => Some(due),
        _ => clock.due,
    };
    Request {
        number: ticket.id.0,
        url: format!("{base}/desk/requests/{}", ticket.id),
        subject: ticket.subject,
        request_type: ticket.request_type.0,
        state: ticket.state,
        priority: ticket.priority.0,
        turn: ticket.turn.whose,
        turn_since: ticket.turn.since.timestamp(),
        requester,
        organisation,
        organisation_number: ticket.organisation.map(|id| id.0),
        assignee,
        filed_at: ticket.filed_at.timestamp(),
        updated_at: ticket.updated_at.timestamp(),
        due_at: clock.as_ref().and_then(due).map(Instant::timestamp),
        late: matches!(standing, Some(Standing::Breached { .. })),
    }
}
