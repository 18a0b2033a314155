//! Everything from the keyboard: acts, views and pages of the desk by their names, and what a few letters may mean.

use axum::{extract::State, http::StatusCode, response::Response};
use desk::search::{Glance, glance};
use rules::keymap::{Act, Keymap};
use serde::Deserialize;

use super::{column::search_address, sheet::state_name};
use crate::{
    app::App,
    door::{Problem, Query, Visit},
    pages::{
        desk::palette::{Does, Entry, Group, PalettePart},
        frame::DeskFrame,
        html::show as page,
    },
    shown::{Saying, desk_frame},
};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Typing {
    #[serde(default)]
    q: String,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(typing): Query<Typing>,
) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let text = typing.q.trim();
    let frame = desk_frame(&app, &visit, "", "").await?;
    let keys = desk::people::keys(&app.desk, &visit.actor).await?;
    let found = glance(&app.desk, &visit.actor, text).await?;
    let mut groups = vec![
        group("Do", acts(&say, &keys).into_iter().filter(|entry| is_meant(text, &entry.name)).collect()),
        group("Go to", places(&frame).into_iter().filter(|entry| is_meant(text, &entry.name)).collect()),
        group(if text.is_empty() { "Mine" } else { "Requests" }, requests(&say, &found)),
    ];
    groups.extend(names(text, people(&found), organisations(&found)));
    if !text.is_empty() {
        let name = format!("Search for “{text}”");
        groups.push(group("Everywhere", vec![Entry::to(name, "", search_address(text))]));
    }
    groups.retain(|group| !group.entries.is_empty());
    Ok(page(StatusCode::OK, &PalettePart { groups }))
}

/// Who and what has the name that was typed comes before those who only have it in an address or belong there.
fn names(text: &str, people: Vec<Entry>, organisations: Vec<Entry>) -> [Group; 2] {
    let named = |entries: &[Entry]| entries.iter().any(|entry| is_meant(text, &entry.name));
    let organisation_first = named(&organisations) && !named(&people);
    let (people, organisations) = (group("People", people), group("Organisations", organisations));
    if organisation_first { [organisations, people] } else { [people, organisations] }
}

fn group(name: &str, entries: Vec<Entry>) -> Group {
    Group { name: name.to_owned(), entries }
}

/// Every word that was typed begins one of the name.
fn is_meant(text: &str, name: &str) -> bool {
    let name = name.to_lowercase();
    text.to_lowercase().split_whitespace().all(|typed| name.split([' ', ',', ':']).any(|word| word.starts_with(typed)))
}

/// What can be done to the open request; going somewhere stands among the places.
fn acts(say: &Saying, keys: &Keymap) -> Vec<Entry> {
    let does = [
        Act::Reply,
        Act::Note,
        Act::Take,
        Act::Assign,
        Act::State,
        Act::Priority,
        Act::Type,
        Act::Bug,
        Act::More,
        Act::Select,
        Act::Next,
        Act::Previous,
        Act::Keys,
    ];
    let entry = |act: Act| Entry {
        name: capital(&words::keymap::act(say.lang, act)),
        about: String::new(),
        does: Does::Act { name: act.name(), key: keys.key(act).to_owned() },
    };
    does.map(entry).into()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn places(frame: &DeskFrame) -> Vec<Entry> {
    let kept = frame.kept.iter().flat_map(|group| &group.views);
    let view = |view: &crate::pages::frame::View| {
        Entry::to(view.name.clone(), &view.count, format!("/desk/views/{}", view.key))
    };
    let mut places: Vec<Entry> = frame.views.iter().chain(kept).map(view).collect();
    let rooms = frame.product().into_iter().chain(frame.rooms());
    places.extend(rooms.map(|(name, href)| Entry::to(name.to_owned(), "", href.to_owned())));
    places.extend(frame.lead.iter().map(|room| Entry::to(room.label.clone(), "", room.href.clone())));
    places
}

fn requests(say: &Saying, found: &Glance) -> Vec<Entry> {
    let entry = |row: &desk::tickets::Row| {
        let ticket = &row.ticket;
        let facts = [
            Some(ticket.id.to_string()),
            row.organisation.clone().or_else(|| Some(row.requester.clone())),
            Some(say.type_name(&ticket.request_type)),
            Some(state_name(ticket.state).to_lowercase()),
        ];
        let about: Vec<String> = facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect();
        Entry::to(ticket.subject.clone(), &about.join(" · "), format!("/desk/requests/{}", ticket.id))
    };
    found.requests.iter().map(entry).collect()
}

fn people(found: &Glance) -> Vec<Entry> {
    let entry = |person: &desk::search::PersonFound| {
        let address = person.address.clone()?;
        let organisations = person.organisations.iter().map(|(_, name)| name.clone());
        let about: Vec<String> = std::iter::once(address.clone()).chain(organisations).collect();
        Some(Entry::to(person.name.clone(), &about.join(" · "), search_address(&format!("from:{address}"))))
    };
    found.people.iter().filter_map(entry).collect()
}

fn organisations(found: &Glance) -> Vec<Entry> {
    let entry = |it: &desk::search::OrganisationFound| {
        let about = if it.is_merged { "merged into another" } else { "" };
        Entry::to(it.name.clone(), about, format!("/desk/organisations/{}", it.id))
    };
    found.organisations.iter().map(entry).collect()
}
