//! What was found, as a page shows it: what it is, whose, and the passage that shows why.

use std::collections::BTreeSet;

use desk::{
    search::{At, By, OrganisationFound, PersonFound, Place, RequestFound, Results as Found, Shows},
    tickets::Ticket,
};
use rules::{
    access::Action,
    events::Audience,
    ids::OrganisationId,
    instant::Instant,
    search::{PassageOf, excerpt, hits, marked},
};
use words::{markdown::bare, support_page::section};

use super::{Saying, when};
use crate::{
    agent::column::search_address,
    door::{Visit, percent_encoded},
    pages::search::{Result as Line, Results, Turns, plain},
};

/// Who reads results, and where.
#[derive(Clone, Copy)]
pub(crate) struct Finding<'a> {
    pub say: &'a Saying,
    pub visit: &'a Visit,
    pub now: Instant,
    pub at: At,
    /// A request's state as that door says it.
    pub state: fn(&Ticket) -> &'static str,
}

/// The results for what was typed.
pub(crate) fn found(finding: Finding<'_>, (typed, number): (&str, usize), found: &Found) -> Results {
    Results {
        typed: typed.trim().to_owned(),
        people: found.people.iter().map(|it| person(finding, it)).collect(),
        organisations: found.organisations.iter().map(organisation).collect(),
        requests: found.requests.iter().map(|it| request(finding, it, &found.forms)).collect(),
        passages: passages(finding.say, &found.passages, &found.forms),
        notes: notes(found),
        empty: empty(finding, typed),
        instead: match finding.at {
            At::Portal => {
                let link = |label: &str, href: &str| (label.to_owned(), href.to_owned());
                vec![link("Ask us", "/requests/new"), link("Read the support page", "/support")]
            }
            At::Desk => vec![],
        },
        turns: turns(finding.at, typed.trim(), number, found),
    }
}

/// With what they filed; beside it their organisations, and their account for who keeps accounts.
fn person(finding: Finding<'_>, found: &PersonFound) -> Line {
    let keeps = finding.visit.actor.staff(Action::ErasePerson).is_ok();
    let of = |(id, name): &(OrganisationId, String)| (name.clone(), format!("/desk/organisations/{id}"));
    let mut also: Vec<(String, String)> = found.organisations.iter().map(of).collect();
    also.extend(keeps.then(|| ("Account".to_owned(), format!("/desk/people/{}", found.id))));
    let address = found.address.clone().unwrap_or_default();
    Line {
        href: if address.is_empty() { String::new() } else { search_address(&format!("from:{address}")) },
        name: plain(&found.name),
        about: address,
        also,
        excerpt: vec![],
        place: String::new(),
    }
}

fn organisation(found: &OrganisationFound) -> Line {
    Line {
        href: format!("/desk/organisations/{}", found.id),
        name: plain(&found.name),
        about: if found.is_merged { "merged into another".to_owned() } else { String::new() },
        also: vec![("Its requests".to_owned(), search_address(&format!("org:{}", found.id)))],
        excerpt: vec![],
        place: String::new(),
    }
}

fn request(finding: Finding<'_>, it: &RequestFound, forms: &BTreeSet<String>) -> Line {
    let Finding { say, visit, now, at, state } = finding;
    let ticket = &it.row.ticket;
    let facts = [
        Some(ticket.id.to_string()),
        Some(say.type_name(&ticket.request_type)),
        Some(state(ticket).to_lowercase()),
        Some(it.row.requester.clone()).filter(|name| !name.is_empty()),
        it.row.organisation.clone(),
        Some(format!("filed {}", when(visit, ticket.filed_at, now).said)),
    ];
    let base = if at == At::Desk { "/desk/requests" } else { "/requests" };
    Line {
        href: format!("{base}/{}", ticket.id),
        name: marked(&ticket.subject, forms),
        about: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        also: vec![],
        excerpt: it.shows.as_ref().map_or_else(Vec::new, |shows| excerpt(&shown(shows), forms)),
        place: it.shows.as_ref().map_or_else(String::new, |shows| place(finding, &shows.place)),
    }
}

/// What people wrote, without its marks; a file as it is.
fn shown(shows: &Shows) -> String {
    if matches!(shows.place, Place::File(_)) { shows.text.clone() } else { bare(&shows.text) }
}

/// Where a text stands that has the words.
fn place(Finding { say, visit, now, .. }: Finding<'_>, place: &Place) -> String {
    match place {
        Place::Detail(key) => say.detail_name(key),
        Place::File(name) => name.clone(),
        Place::Message { by, at, audience } => {
            let at = when(visit, *at, now).said;
            match (by, audience) {
                (By::Person(name), Audience::Internal) => format!("{name}’s note, {at}"),
                (By::Person(name), Audience::Public) => format!("{name}, {at}"),
                (By::Machine, _) => format!("the desk, {at}"),
            }
        }
    }
}

/// Which page is asked for, from 1. What is no number is the first, as everywhere where an address was cut off.
pub(crate) fn page_number(asked: Option<&str>) -> usize {
    asked.and_then(|page| page.parse().ok()).unwrap_or(1)
}

/// Where the other pages are; the requests in the order of time, where there is one for the reader.
fn turns(at: At, typed: &str, number: usize, found: &Found) -> Turns {
    let base = match at {
        At::Desk => search_address(typed),
        At::Portal => format!("/search?q={}", percent_encoded(typed)),
    };
    let page = |number: usize| format!("{base}&page={number}");
    let is_part = found.is_more || number > 1;
    Turns {
        before: (number > 1).then(|| page(number - 1)),
        next: found.is_more.then(|| page(number + 1)),
        all: (is_part && at == At::Desk).then(|| search_address(&format!("{typed} sort:updated"))),
    }
}

fn passages(say: &Saying, passages: &[PassageOf], forms: &BTreeSet<String>) -> Vec<Line> {
    if passages.is_empty() {
        return vec![];
    }
    let line = |passage: &PassageOf| match passage {
        PassageOf::Section(id) => {
            let said = section(&say.compiled, say.lang, id).map(|it| bare(&it));
            // What is the house's stands in a section of its own.
            let said = said.filter(|text| hits(text, forms) > 0).unwrap_or_default();
            Line {
                href: format!("/support#{id}"),
                name: plain(&say.section(id)),
                about: "Support page".to_owned(),
                also: vec![],
                excerpt: excerpt(&said, forms),
                place: String::new(),
            }
        }
        PassageOf::Scope(key) => {
            let entry = say.policy().scope.get(key);
            let said = entry.map_or_else(String::new, |entry| bare(say.text(&entry.text)));
            Line {
                href: "/support#scope".to_owned(),
                name: plain(&entry.map_or_else(|| key.to_string(), |entry| say.text(&entry.name).to_owned())),
                about: "What support covers".to_owned(),
                also: vec![],
                excerpt: excerpt(&said, forms),
                place: String::new(),
            }
        }
    };
    passages.iter().map(line).collect()
}

fn notes(found: &Found) -> Vec<String> {
    let is_wide = found.is_wide && !(found.requests.is_empty() && found.passages.is_empty());
    let wide = is_wide.then_some("Nothing has all of these words. This has some of them.");
    let building = found.is_building.then_some("The search is still being built; more may be found in a few minutes.");
    wide.into_iter().chain(building).map(str::to_owned).collect()
}

fn empty(finding: Finding<'_>, typed: &str) -> String {
    if typed.trim().is_empty() {
        return "Type a few words, an error code, a version or the number of a request.".to_owned();
    }
    match finding.at {
        At::Desk => "No request that you can see has these words. Try fewer or other words.".to_owned(),
        At::Portal if finding.visit.actor.signed().is_err() => {
            "The support page says nothing of it. Sign in to search your requests too.".to_owned()
        }
        At::Portal => {
            "Neither your requests nor the support page have these words. Try fewer or other words, or ask us."
                .to_owned()
        }
    }
}
