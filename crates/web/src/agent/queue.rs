//! The desk's views: which requests stand in them and in which order is the store's and the rules' (TRN-2).

use axum::{extract::State, http::StatusCode, response::Response};
use desk::{
    tickets::{self, After, Row as TicketRow, Ticket, View, Wanted},
    views,
};
use futures_util::future::try_join;
use rules::{
    events::State as RequestState,
    ids::{PersonId, TicketId},
    instant::Instant,
    query::Order,
};
use serde::Deserialize;

use super::{
    ask::ask,
    bulk,
    column::{Column, carried, column},
};
use crate::{
    app::App,
    door::{Path, Problem, Query, Visit, percent_encoded},
    pages::{
        desk::queue::{Level, Queue, QueuePage, Row},
        frame::{DeskFrame, Here},
        html::show as page,
        parts::{Face, Notice, Pages, Presence, Signal},
    },
    shown::{Reading, Saying, Side, clock_tag, counted, desk_frame, list_strip, parse_after, presences, when},
};

/// Where a page of a view begins.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct From {
    /// `bucket.instant.number` of the row before.
    after: Option<String>,
    /// What just happened to a request that the reader no longer sees.
    just: Option<String>,
}

/// A view by the last part of its address.
pub(super) struct Named {
    pub key: &'static str,
    pub name: &'static str,
    pub about: &'static str,
    empty: &'static str,
    pub view: View,
}

/// The views that there are; `me` is whose "mine" is.
pub(super) fn named(key: &str, me: PersonId) -> Option<Named> {
    let state = |key, name, about, empty, state| Named { key, name, about, empty, view: View::InState(state) };
    Some(match key {
        "needs-answer" => Named {
            key: "needs-answer",
            name: "Needs an answer",
            about: "Late first, then by due time, then the longest ours",
            empty: "Nobody waits for an answer. What comes in shows here, the most urgent first.",
            view: View::NeedsAnswer,
        },
        "mine" => Named {
            key: "mine",
            name: "Mine",
            about: "What you have taken, the latest change first",
            empty: "You have taken nothing. Open a request and press a.",
            view: View::Mine(me),
        },
        "unassigned" => Named {
            key: "unassigned",
            name: "Unassigned",
            about: "Needs an answer, and nobody has taken it",
            empty: "Everything that needs an answer has somebody on it.",
            view: View::Unassigned,
        },
        "waiting" => state(
            "waiting",
            "Waiting for customer",
            "The longest waiting first",
            "Nothing waits for a customer.",
            RequestState::WaitingForCustomer,
        ),
        "developers" => state(
            "developers",
            "With developers",
            "The longest there first",
            "Nothing is with our developers.",
            RequestState::WithDevelopers,
        ),
        "to-confirm" => state(
            "to-confirm",
            "To confirm",
            "Fixed, and waiting for the customer's word",
            "No fix waits to be confirmed.",
            RequestState::ToConfirm,
        ),
        "solved" => state(
            "solved",
            "Solved",
            "Closes by itself, the longest solved first",
            "Nothing is solved and still open to an answer.",
            RequestState::Solved,
        ),
        _ => return None,
    })
}

pub(crate) async fn show(State(app): State<App>, visit: Visit, Query(from): Query<From>) -> Result<Response, Problem> {
    list(&app, &visit, "needs-answer", &from).await
}

pub(crate) async fn view(
    State(app): State<App>,
    visit: Visit,
    Path(key): Path<String>,
    Query(from): Query<From>,
) -> Result<Response, Problem> {
    list(&app, &visit, &key, &from).await
}

async fn list(app: &App, visit: &Visit, key: &str, from: &From) -> Result<Response, Problem> {
    // Before anything of the page is read.
    let since = desk::live::position(&app.desk).await?;
    let column = column(app, visit, key).await?.ok_or_else(Problem::not_found)?;
    let standing = Standing { after: from.after.as_deref().and_then(parse_after), here: None };
    let (mut frame, queue) = framed(app, visit, &column, standing, (&column.name(), key)).await?;
    frame.since = Some(since.0);
    if from.just.as_deref() == Some("closed-in") {
        let words = "It is a security report now. The security role has been told, and alone sees it.".to_owned();
        frame.notice = Some(Notice { signal: Signal::Done, words, link: None });
    }
    let ask = match &column {
        Column::View(_) => None,
        Column::Question(question) => Some(ask(app, visit, question).await?),
    };
    Ok(page(StatusCode::OK, &QueuePage { frame, queue, ask }))
}

/// Which page of a view, and which of its rows is open beside it.
pub(super) struct Standing {
    pub after: Option<After>,
    pub here: Option<TicketId>,
}

/// The column of rows, and the frame around it with its title and the view that is open.
pub(super) async fn framed(
    app: &App,
    visit: &Visit,
    column: &Column,
    standing: Standing,
    (title, open): (&str, &str),
) -> Result<(DeskFrame, Queue), Problem> {
    let (frame, mut queue) = try_join(desk_frame(app, visit, title, open), queue(app, visit, column, standing)).await?;
    if queue.all.is_empty() {
        queue.all = match frame.count(&queue.key) {
            Some(counted) => counted.to_owned(),
            None => held(app, visit, column).await?,
        };
    }
    Ok((frame, queue))
}

/// The column of rows; how many there are in all is said where all are on this page.
async fn queue(app: &App, visit: &Visit, column: &Column, standing: Standing) -> Result<Queue, Problem> {
    let say = Saying::of(app).await?;
    let after = standing.after;
    let found = found(app, visit, column, after).await?;
    let me = visit.actor.signed()?.person;
    let away = desk::people::away(&app.desk, &visit.actor).await?;
    let shown: Vec<TicketId> = found.rows.iter().map(|it| it.ticket.id).collect();
    let mut present = presences(app, visit, &shown).await?;
    let reading = Reading { say: &say, visit, me, now: app.desk.now(), side: Side::Staff };
    let (about, empty) = match column {
        Column::View(named) => (named.about.to_owned(), named.empty.to_owned()),
        Column::Question(question) => (question.about(), found.empty(question.asked.is_err())),
    };
    Ok(Queue {
        name: column.name(),
        about,
        view: percent_encoded(&carried(&column.key(), after)),
        address: column.address(),
        rows: found
            .rows
            .iter()
            .map(|it| {
                let mut row = row(reading, it, standing.here, present.remove(&it.ticket.id).unwrap_or_default());
                let until = it.ticket.assignee.and_then(|agent| away.get(&agent));
                row.by = by(visit, column, &it.ticket, reading.now);
                row.away = until.map(|at| when(visit, *at, reading.now).said);
                row
            })
            .collect(),
        pages: Pages { newer: after.map(|_| column.address()), older: found.more.map(|it| column.page(it)) },
        empty,
        level: if standing.here.is_some() { Level::Beside } else { Level::Title },
        key: column.key(),
        all: if after.is_none() && found.more.is_none() { found.rows.len().to_string() } else { String::new() },
        picks: bulk::picks(app, &say, visit).await?,
    })
}

/// How many requests it holds in all, as the frame says it of its own views.
async fn held(app: &App, visit: &Visit, column: &Column) -> Result<String, Problem> {
    let (count, most) = match column {
        Column::View(named) => tickets::count_view(&app.desk, &visit.actor, named.view).await?,
        Column::Question(question) => match &question.asked {
            Ok(asked) => {
                let (counts, most) = views::counts(&app.desk, &visit.actor, vec![asked.clone()]).await?;
                (counts.first().copied().unwrap_or_default(), most)
            }
            Err(_) => (0, 1),
        },
    };
    Ok(counted(count, most))
}

/// The rows of a page, and whether there may be more than the index knows.
async fn found(app: &App, visit: &Visit, column: &Column, after: Option<After>) -> Result<Listed, Problem> {
    Ok(match column {
        Column::View(named) => {
            let wanted = Wanted { view: named.view, after };
            let page = tickets::desk_view(&app.desk, &visit.actor, wanted).await?;
            Listed { rows: page.rows, more: page.more, is_building: false }
        }
        Column::Question(question) => match &question.asked {
            Ok(asked) => {
                let listed = views::list(&app.desk, &visit.actor, asked, after).await?;
                Listed { rows: listed.rows, more: listed.more, is_building: listed.is_building }
            }
            Err(_) => Listed { rows: vec![], more: None, is_building: false },
        },
    })
}

struct Listed {
    rows: Vec<TicketRow>,
    more: Option<After>,
    is_building: bool,
}

impl Listed {
    fn empty(&self, makes_no_sense: bool) -> String {
        if makes_no_sense {
            return "Nothing stands here until it is put right.".to_owned();
        }
        if self.is_building {
            return "The search is still being built; this fills in a few minutes.".to_owned();
        }
        "No request that you can see is meant by this.".to_owned()
    }
}

/// The time by which a row stands where it does, where the question names the order.
fn by(visit: &Visit, column: &Column, ticket: &Ticket, now: Instant) -> Option<String> {
    let Column::Question(question) = column else { return None };
    match question.asked.as_ref().ok()?.sort? {
        Order::Filed | Order::FiledFirst => Some(format!("filed {}", when(visit, ticket.filed_at, now).said)),
        Order::Updated | Order::UpdatedFirst => Some(format!("changed {}", when(visit, ticket.updated_at, now).said)),
        Order::Best | Order::Queue => None,
    }
}

fn row(reading: Reading<'_>, listed: &TicketRow, here: Option<TicketId>, present: Presence) -> Row {
    let say = reading.say;
    let ticket = &listed.ticket;
    Row {
        number: ticket.id.0,
        subject: ticket.subject.clone(),
        organisation: listed.organisation.clone().unwrap_or_else(|| listed.requester.clone()),
        kind: say.type_name(&ticket.request_type),
        priority: say.priority_name(&ticket.priority),
        agent: listed.assignee.as_ref().map(|name| (Face::of(name), name.clone())),
        team: listed.team.as_ref().map(|team| words::teams::called(reading.say.lang, team)),
        strip: list_strip(reading, ticket, listed.clock.as_ref()),
        licence: listed.flagged.as_ref().and_then(|standing| words::licence::flag(say.lang, standing)),
        due: clock_tag(reading, ticket, listed.clock.as_ref()),
        by: None,
        here: if here == Some(ticket.id) { Here::Here } else { Here::Elsewhere },
        present,
        away: None,
    }
}
