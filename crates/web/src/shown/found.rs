//! What was found, as a page shows it: what it is, whose, and the passage that shows why.

use std::collections::BTreeSet;

use desk::{
    search::{At, PersonFound, RequestFound, Results as Found},
    tickets::Ticket,
};
use rules::{
    access::Action,
    instant::Instant,
    search::{PassageOf, excerpt, hits},
};
use words::{markdown::bare, support_page::SupportPage};

use super::{Saying, when};
use crate::{
    door::Visit,
    pages::search::{Result as Line, Results},
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
pub(crate) fn found(finding: Finding<'_>, typed: &str, found: &Found) -> Results {
    Results {
        typed: typed.trim().to_owned(),
        person: found.person.as_ref().map(|it| person(finding, typed, it)),
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
    }
}

/// Linked to the account for who keeps accounts, else to the organisation.
fn person(finding: Finding<'_>, typed: &str, found: &PersonFound) -> Line {
    let keeps = finding.visit.actor.staff(Action::ErasePerson).is_ok();
    let organisation = || found.organisations.first().map(|(id, _)| format!("/desk/organisations/{id}"));
    let names = found.organisations.iter().map(|(_, name)| name.as_str());
    Line {
        href: if keeps { format!("/desk/people/{}", found.id) } else { organisation().unwrap_or_default() },
        name: found.name.clone(),
        about: std::iter::once(typed.trim()).chain(names).collect::<Vec<_>>().join(" · "),
        excerpt: vec![],
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
        name: ticket.subject.clone(),
        about: facts.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        excerpt: it.text.as_ref().map_or_else(Vec::new, |text| excerpt(&bare(text), forms)),
    }
}

fn passages(say: &Saying, passages: &[PassageOf], forms: &BTreeSet<String>) -> Vec<Line> {
    if passages.is_empty() {
        return vec![];
    }
    let page = SupportPage::of(&say.compiled, say.lang, None);
    let line = |passage: &PassageOf| match passage {
        PassageOf::Section(id) => {
            let said = page.sections.iter().find(|section| section.id == *id).map(|it| bare(&it.markdown));
            // What is the house's stands in a section of its own.
            let said = said.filter(|text| hits(text, forms) > 0).unwrap_or_default();
            Line {
                href: format!("/support#{id}"),
                name: say.section(id),
                about: "Support page".to_owned(),
                excerpt: excerpt(&said, forms),
            }
        }
        PassageOf::Scope(key) => {
            let entry = say.policy().scope.get(key);
            let said = entry.map_or_else(String::new, |entry| bare(say.text(&entry.text)));
            Line {
                href: "/support#scope".to_owned(),
                name: entry.map_or_else(|| key.to_string(), |entry| say.text(&entry.name).to_owned()),
                about: "What support covers".to_owned(),
                excerpt: excerpt(&said, forms),
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
