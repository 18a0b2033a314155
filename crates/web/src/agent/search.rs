//! Searching on the desk: requests that a question of the filter language means, as rows in an order; and where words are
//! looked for, the best match first with the passage that shows why, and the support page.

use std::collections::BTreeMap;

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    search::{At, Results, find_asked},
    views,
};
use rules::query::{Choice, Completion, FIELDS, Offer, Query as Asked, build, complete};
use serde::Deserialize;

use super::{
    ask::ask,
    column::{Column, Question, search_address, zone},
    queue::{Standing, framed},
    sheet::state_name,
};
use crate::{
    app::App,
    door::{Problem, Query, Visit},
    pages::{
        desk::{
            ask::Ask,
            offers::{Offered, OffersPart},
            queue::QueuePage,
        },
        html::show as page,
        parts::{Notice, Signal},
        search::DeskSearchPage,
    },
    shown::{Finding, Saying, desk_frame, found, page_number, parse_after},
};

/// What is looked for; and of a form of clicks, each of its fields.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    after: Option<String>,
    /// Which page of the best matches, from 1.
    page: Option<String>,
    /// The form of clicks was sent.
    choose: Option<String>,
    /// The name of a view that was just taken away.
    removed: Option<String>,
    #[serde(flatten)]
    fields: BTreeMap<String, String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    if wanted.choose.is_some() {
        return Ok(chosen(&wanted));
    }
    // Before anything of the page is read.
    let since = desk::live::position(&app.desk).await?;
    let asked = views::ask(&app.desk, &visit.actor, &wanted.q, zone(&visit)).await?;
    let status = if asked.is_ok() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let question = Question { text: wanted.q.clone(), saved: None, of_teams: false, asked };
    let mut shown = ask(&app, &visit, &question).await?;
    let notice = wanted.removed.as_ref().map(|name| {
        if let Some(keep) = &mut shown.keep {
            keep.name.clone_from(name);
        }
        let words = format!("The view “{name}” is gone. What it showed is below; keep it again if you want it back.");
        Notice { signal: Signal::Done, words, link: None }
    });
    if let Ok(asked) = &question.asked
        && (asked.looks_for_words() || asked.is_empty())
        && asked.sort.is_none()
    {
        return results(&app, &visit, (&wanted.q, page_number(wanted.page.as_deref())), asked, shown).await;
    }
    let column = Column::Question(Box::new(question));
    let standing = Standing { after: wanted.after.as_deref().and_then(parse_after), here: None };
    let (mut frame, queue) = framed(&app, &visit, &column, standing, (&column.name(), "search")).await?;
    frame.notice = notice;
    frame.since = Some(since.0);
    Ok(page(status, &QueuePage { frame, queue, ask: Some(shown) }))
}

/// What was clicked, in the language.
fn chosen(wanted: &Wanted) -> Response {
    let clicked = FIELDS.iter().filter_map(|field| {
        let value = wanted.fields.get(field.name)?;
        Some(Choice { field: field.name, value })
    });
    // A text that does not even part into pieces stays as it is; the page says what is wrong with it.
    let text = build(&wanted.q, &clicked.collect::<Vec<_>>()).unwrap_or_else(|_| wanted.q.clone());
    Redirect::to(&search_address(&text)).into_response()
}

async fn results(
    app: &App,
    visit: &Visit,
    (text, number): (&str, usize),
    asked: &Asked,
    shown: Ask,
) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    let results: Results = find_asked(&app.desk, &visit.actor, (text, asked), (At::Desk, number)).await?;
    let state = |ticket: &desk::tickets::Ticket| state_name(ticket.state);
    let finding = Finding { say: &say, visit, now: app.desk.now(), at: At::Desk, state };
    // What was found comes first; whoever looks for nothing yet is shown how.
    let shown = Ask { is_open: text.trim().is_empty(), ..shown };
    let page_shown = DeskSearchPage {
        frame: desk_frame(app, visit, "Search", "search").await?,
        ask: shown,
        results: found(finding, (text, number), &results),
    };
    Ok(page(StatusCode::OK, &page_shown))
}

/// A text that is being typed, and where.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Typing {
    #[serde(default)]
    q: String,
    /// In UTF-16 units, as scripts count.
    #[serde(default)]
    at: usize,
}

/// What may stand where somebody types, as a list to choose from.
pub(crate) async fn offers(
    State(app): State<App>,
    visit: Visit,
    Query(typing): Query<Typing>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let cursor = bytes(&typing.q, typing.at);
    let Some(Completion { at, mut offers, names }) = complete(&typing.q, cursor, say.policy(), say.lang.tag()) else {
        return Ok(page(StatusCode::OK, &OffersPart { offers: vec![] }));
    };
    if let Some((field, beginning)) = names {
        let found = views::names(&app.desk, &visit.actor, field, &beginning).await?;
        // More than letters may mean something by itself, a quotation mark above all.
        let is_plain = |name: &str| name.chars().all(char::is_alphanumeric);
        let quoted = |name: String| if is_plain(&name) { name } else { format!("\"{}\"", name.replace('"', "")) };
        offers.extend(found.into_iter().map(|name| Offer { text: quoted(name), name: None }));
    }
    let (before, after) = (&typing.q[..at.start], &typing.q[at.end..]);
    let offered = |Offer { text, name }: Offer| {
        let goes_on = if text.ends_with(':') || after.starts_with(' ') { "" } else { " " };
        let whole = format!("{before}{text}{goes_on}");
        Offered { cursor: whole.encode_utf16().count(), whole: format!("{whole}{after}"), text, name }
    };
    let offers = offers.into_iter().take(12).map(offered).collect();
    Ok(page(StatusCode::OK, &OffersPart { offers }))
}

/// The place of so many UTF-16 units, in bytes.
fn bytes(text: &str, units: usize) -> usize {
    let mut seen = 0;
    let place = text.char_indices().find(|(_, letter)| {
        let here = seen >= units;
        seen += letter.len_utf16();
        here
    });
    place.map_or(text.len(), |(at, _)| at)
}
