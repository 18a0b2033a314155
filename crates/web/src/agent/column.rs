//! What stands in the desk's column of rows: one of its views, or a question of the filter language, kept or just asked.

use desk::{
    tickets::After,
    views::{self, SavedView},
};
use jiff::tz::TimeZone;
use rules::{
    ids::{PersonId, SavedViewId},
    query::{Fault, Order, Query},
};

use super::queue::{Named, named};
use crate::{
    app::App,
    door::{Problem, Visit, percent_encoded},
    shown::{after_text, parse_after},
};

/// What it shows.
pub(super) enum Column {
    View(Named),
    Question(Box<Question>),
}

/// A question, as it was asked.
pub(super) struct Question {
    pub text: String,
    /// As which it is kept.
    pub saved: Option<SavedView>,
    /// Whether it is that of the reader's teams.
    pub of_teams: bool,
    pub asked: Result<Query, Fault>,
}

/// Before the text of a question in the place of a view's name.
const FIND: &str = "find:";
/// Before the number of a kept one.
const SAVED: &str = "saved-";

/// The view of the reader's teams, and what it asks.
pub(crate) const TEAMS: &str = "teams";
pub(crate) const OF_TEAMS: &str = "team:mine is:needs-answer";

/// Before the place in a list from which on a page of it stands beside a request.
const FROM: &str = "from:";

/// What rows carry, so that their page of the list stays beside the request.
pub(super) fn carried(key: &str, after: Option<After>) -> String {
    after.map_or_else(|| key.to_owned(), |after| format!("{FROM}{}:{key}", after_text(after)))
}

/// The list that a row carried, and where its page begins.
pub(super) fn of_carried(carried: &str) -> (&str, Option<After>) {
    let paged = carried.strip_prefix(FROM).and_then(|rest| rest.split_once(':'));
    paged.map_or((carried, None), |(after, key)| (key, parse_after(after)))
}

/// By the last part of its address; none where there is no such view.
pub(super) async fn column(app: &App, visit: &Visit, key: &str) -> Result<Option<Column>, Problem> {
    let me: PersonId = visit.actor.signed()?.person;
    if let Some(named) = named(key, me) {
        return Ok(Some(Column::View(named)));
    }
    if key == TEAMS {
        return Ok(Some(question(app, visit, OF_TEAMS, Of::Teams).await?));
    }
    if let Some(text) = key.strip_prefix(FIND) {
        return Ok(Some(question(app, visit, text, Of::Nobody).await?));
    }
    let Some(id) = key.strip_prefix(SAVED).and_then(|id| id.parse().ok()) else { return Ok(None) };
    match views::saved_one(&app.desk, &visit.actor, SavedViewId(id)).await {
        Ok(saved) => Ok(Some(question(app, visit, &saved.question.clone(), Of::Saved(saved)).await?)),
        Err(desk::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whose question it is.
enum Of {
    Nobody,
    Saved(SavedView),
    Teams,
}

async fn question(app: &App, visit: &Visit, text: &str, of: Of) -> Result<Column, Problem> {
    let asked = views::ask(&app.desk, &visit.actor, text, zone(visit)).await?;
    let (saved, of_teams) = match of {
        Of::Nobody => (None, false),
        Of::Saved(saved) => (Some(saved), false),
        Of::Teams => (None, true),
    };
    Ok(Column::Question(Box::new(Question { text: text.to_owned(), saved, of_teams, asked })))
}

/// In which the reader's days begin.
pub(crate) fn zone(visit: &Visit) -> TimeZone {
    visit.zone.clone().unwrap_or(TimeZone::UTC)
}

/// The key of a kept view.
pub(crate) fn saved_key(id: SavedViewId) -> String {
    format!("{SAVED}{id}")
}

impl Column {
    /// By which it is found again.
    pub(super) fn key(&self) -> String {
        match self {
            Column::View(named) => named.key.to_owned(),
            Column::Question(question) if question.of_teams => TEAMS.to_owned(),
            Column::Question(question) => match &question.saved {
                Some(saved) => saved_key(saved.id),
                None => format!("{FIND}{}", question.text),
            },
        }
    }

    pub(super) fn name(&self) -> String {
        match self {
            Column::View(named) => named.name.to_owned(),
            Column::Question(question) => question.name(),
        }
    }

    pub(super) fn address(&self) -> String {
        match self {
            Column::Question(question) if question.saved.is_none() && !question.of_teams => {
                search_address(&question.text)
            }
            Column::Question(_) | Column::View(_) => format!("/desk/views/{}", self.key()),
        }
    }

    /// Of the page that begins after a row.
    pub(super) fn page(&self, after: After) -> String {
        let address = self.address();
        let joins = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joins}after={}", after_text(after))
    }
}

impl Question {
    pub(super) fn name(&self) -> String {
        if self.of_teams {
            return "My teams".to_owned();
        }
        self.saved.as_ref().map_or_else(|| self.text.clone(), |saved| saved.name.clone())
    }

    /// In which order its rows stand.
    pub(super) fn about(&self) -> String {
        match &self.asked {
            Err(_) => "It makes no sense as it is written".to_owned(),
            Ok(asked) => match asked.order() {
                Order::Queue => "Late first, then by due time, then the longest ours",
                Order::Best | Order::Updated => "The latest change first",
                Order::UpdatedFirst => "What was not touched for longest first",
                Order::Filed => "The newest first",
                Order::FiledFirst => "The oldest first",
            }
            .to_owned(),
        }
    }
}

/// Where a question is answered.
pub(crate) fn search_address(text: &str) -> String {
    format!("/desk/search?q={}", percent_encoded(text))
}
