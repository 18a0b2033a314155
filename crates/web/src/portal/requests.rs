//! Lists of requests: one's own, and the organisation's where one sees them (VIS-1).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::tickets::{Row, Ticket};
use rules::{
    events::State as RequestState,
    ids::{OrganisationId, PersonId, TicketId},
    tickets::Whose,
};
use serde::Deserialize;

use crate::{
    app::App,
    door::{Fields, Problem, Query, Visit},
    pages::{
        frame::{Here, Place},
        html::show as page,
        parts::Pages,
        requests::{Asked, Colleagues, List, RequestsPage},
    },
    shown::{Reading, Saying, Side, clock_tag, list_strip, portal_frame, when},
};

/// Which list, and where its page begins.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    /// An organisation's number; one's own unless given.
    of: Option<i64>,
    /// `all`: one's own, whichever organisation they are filed for.
    mine: Option<String>,
    before: Option<i64>,
}

impl Wanted {
    /// The list, as the beginning of an address's query.
    fn which(&self) -> String {
        match (self.of, &self.mine) {
            (Some(of), _) => format!("?of={of}&"),
            (None, Some(_)) => "?mine=all&".to_owned(),
            (None, None) => "?".to_owned(),
        }
    }
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let signed = visit.actor.signed()?;
    let before = wanted.before.map(TicketId);
    let shared = signed.shared_by();
    let all = wanted.mine.is_some();
    let listed = match wanted.of.map(OrganisationId) {
        None if !all => desk::tickets::own_here(&app.desk, &visit.actor, before).await?,
        None => desk::tickets::own(&app.desk, &visit.actor, before).await?,
        Some(of) if shared.iter().any(|(id, _)| *id == of) => {
            desk::tickets::colleagues(&app.desk, &visit.actor, of, before).await?
        }
        Some(_) => return Err(Problem::not_found()),
    };
    let list = |name: &str, which: &str| List {
        name: name.to_owned(),
        href: format!("/requests{which}").trim_end_matches(['&', '?']).to_owned(),
        here: if which == wanted.which() { Here::Here } else { Here::Elsewhere },
    };
    let mut lists = match signed.files_for.as_slice() {
        [here, _, ..] => vec![list(&format!("Mine for {}", here.name), "?"), list("All mine", "?mine=all&")],
        _ => vec![list("Mine", "?")],
    };
    lists.extend(shared.iter().map(|(id, name)| list(name, &format!("?of={id}&"))));
    let which = wanted.which();
    let shown = RequestsPage {
        frame: portal_frame(&app, &visit, "My requests", Place::MyRequests).await?,
        lists: if lists.len() > 1 { lists } else { vec![] },
        requests: listed.rows.iter().map(|row| asked(&app, &visit, &say, row)).collect(),
        pages: Pages {
            newer: wanted.before.map(|_| format!("/requests{which}").trim_end_matches(['&', '?']).to_owned()),
            older: listed.more.map(|after| format!("/requests{which}before={}", after.id)),
        },
        colleagues: if shared.is_empty() { colleagues(&say, &signed.organisations) } else { None },
    };
    Ok(page(StatusCode::OK, &shown))
}

/// Why colleagues' requests are not here, in the policy's words, and the click that asks for them (VIS-1).
fn colleagues(say: &Saying, organisations: &[(OrganisationId, String)]) -> Option<Colleagues> {
    let rule = &say.policy().visibility;
    let asks = if rule.request.is_some() { organisations } else { &[] };
    (!organisations.is_empty()).then(|| Colleagues {
        why: say.text(&rule.text).to_owned(),
        asks: asks.iter().map(|(id, name)| (id.0, name.clone())).collect(),
    })
}

pub(crate) async fn ask_visibility(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let organisation = fields.number("organisation").ok_or_else(Problem::not_found)?;
    let ticket = desk::tickets::ask_visibility(&app.desk, &visit.actor, OrganisationId(organisation)).await?;
    Ok(Redirect::to(&format!("/requests/{ticket}")).into_response())
}

/// A request in a customer's list.
pub(super) fn asked(app: &App, visit: &Visit, say: &Saying, row: &Row) -> Asked {
    let now = app.desk.now();
    let ticket = &row.ticket;
    let me = visit.actor.signed().map_or(PersonId(0), |signed| signed.person);
    let several = visit.actor.signed().is_ok_and(|signed| signed.files_for.len() > 1);
    let reading = Reading { say, visit, me, now, side: Side::Customer };
    Asked {
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        kind: say.type_name(&ticket.request_type),
        requester: (me != ticket.requester).then(|| row.requester.clone()),
        organisation: row.organisation.clone().filter(|_| several),
        state: standing_words(ticket).to_owned(),
        filed: when(visit, ticket.filed_at, now),
        strip: list_strip(reading, ticket, row.clock.as_ref()),
        turn: clock_tag(reading, ticket, row.clock.as_ref()),
    }
}

/// How a request stands, as a customer says it: one that goes on in another is neither solved nor closed to them.
pub(crate) fn standing_words(ticket: &Ticket) -> &'static str {
    match ticket.merged_into {
        Some(_) => "Merged",
        None => state_words(ticket.state, ticket.turn.whose),
    }
}

/// The state as a customer says it.
fn state_words(state: RequestState, whose: Whose) -> &'static str {
    match (state, whose) {
        (RequestState::New, _) => "With us",
        (RequestState::Open, Whose::Ours) => "With us",
        (RequestState::Open | RequestState::WaitingForCustomer, Whose::Theirs) => "Waiting for you",
        (RequestState::WaitingForCustomer, Whose::Ours) => "With us",
        (RequestState::WithDevelopers, _) => "With our developers",
        (RequestState::ToConfirm, _) => "Fixed, please confirm",
        (RequestState::Solved, _) => "Solved",
        (RequestState::Closed, _) => "Closed",
    }
}
