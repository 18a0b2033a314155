//! Who sees a request, and why somebody does or does not: a page for staff who see it themselves.

use axum::{extract::State, http::StatusCode, response::Response};
use desk::tickets;
use rules::{
    access::{Grant, Sharing},
    events::Secrecy,
    ids::{PersonId, TicketId},
};
use serde::Deserialize;
use words::{lang::Lang, sight};

use crate::{
    app::App,
    door::{Path, Problem, Query, Visit},
    pages::{
        desk::sight::{Asked, AskedLine, Group, Seer, SightPage},
        html::show as page,
        parts::{Signal, Tag},
    },
    shown::{desk_frame, sees_since, sides, watch},
};

/// About whom, and after which member.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Wanted {
    whom: Option<String>,
    after: Option<i64>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    let found = tickets::seers(&app.desk, &visit.actor, TicketId(id), wanted.after.map(PersonId)).await?;
    let whom = wanted.whom.unwrap_or_default().trim().to_owned();
    let teller = Teller { app: &app, visit: &visit, secrecy: found.ticket.secrecy };
    let asked = if whom.is_empty() {
        None
    } else {
        let asked = tickets::sight(&app.desk, &visit.actor, TicketId(id), &whom).await?;
        Some(asked.map_or(Asked::Nobody, |(_, seer)| teller.asked(&seer)))
    };
    let sides = sides(found.organisation.as_ref(), found.reseller.as_ref());
    let seeing = found.people.iter().filter(|it| it.sight.seen.is_some()).map(|it| it.name.clone()).collect();
    let shown = SightPage {
        frame: desk_frame(&app, &visit, &format!("Who sees {id}"), "needs-answer").await?,
        number: id,
        subject: found.ticket.subject.clone(),
        everybody: sight::everybody(Lang::En, seeing, &found.circle, sides),
        groups: groups(teller, &found),
        more: found.more.map(|last| format!("/desk/requests/{id}/sight?after={last}")),
        whom,
        asked,
    };
    Ok(page(StatusCode::OK, &shown))
}

fn groups(teller: Teller<'_>, found: &tickets::Seers) -> Vec<Group> {
    let on_it = found.people.iter().map(|it| teller.seer(it, &[])).collect();
    let mut groups = vec![Group { title: "Those on it".to_owned(), words: None, people: on_it }];
    let sides = [
        ("Colleagues", &found.organisation, &found.colleagues),
        ("The reseller’s people", &found.reseller, &found.resellers),
    ];
    for (title, organisation, people) in sides {
        let Some(organisation) = organisation else { continue };
        let shown = if organisation.confirmed_at.is_some() { organisation.sharing } else { Sharing::default() };
        let setting = sees_since(teller.visit, teller.app.desk.now(), shown);
        groups.push(Group {
            title: title.to_owned(),
            words: Some(format!("{}: {setting}.", organisation.name)),
            people: people.iter().map(|it| teller.seer(it, &[])).collect(),
        });
    }
    groups.push(Group {
        title: "Staff".to_owned(),
        words: Some(format!("Read by {}.", sight::grants(Lang::En, &found.circle.grants))),
        people: found.staff.iter().map(|(it, grants)| teller.seer(it, grants)).collect(),
    });
    groups
}

/// Says what a scope says, by the reader's clock.
#[derive(Clone, Copy)]
struct Teller<'a> {
    app: &'a App,
    visit: &'a Visit,
    secrecy: Secrecy,
}

impl Teller<'_> {
    fn lines(self, seer: &tickets::Seer) -> Vec<String> {
        self.naming(seer, |naming| seer.sight.lines.map(|line| sight::line(naming, line)).to_vec())
    }

    fn naming<T>(self, seer: &tickets::Seer, say: impl FnOnce(sight::Naming<'_>) -> T) -> T {
        let now = self.app.desk.now();
        let organisation = |id| seer.organisations.get(&id).cloned().unwrap_or_default();
        let when = |at| watch(self.visit, now, |watch| watch.moment(at));
        say(sight::Naming { lang: Lang::En, organisation: &organisation, when: &when })
    }

    /// By the line that lets them; else by the one that would be the nearest: staff by their roles, others by what they
    /// lost or their organisation keeps.
    fn seer(self, seer: &tickets::Seer, grants: &[Grant]) -> Seer {
        let lines = seer.sight.lines;
        let apart = matches!(lines[1], rules::access::Line::AddedAndApart { .. });
        let told = lines.iter().position(|line| line.lets()).unwrap_or(match (grants.is_empty(), apart) {
            (false, _) => 3,
            (true, true) => 1,
            (true, false) => 2,
        });
        Seer {
            name: seer.name.clone(),
            address: seer.address.clone(),
            role: grants.iter().map(|it| it.as_str()).collect::<Vec<_>>().join(", "),
            sees: tag(seer.sight.seen.is_some()),
            why: self.lines(seer).swap_remove(told),
        }
    }

    fn asked(self, seer: &tickets::Seer) -> Asked {
        let verdict = self.naming(seer, |naming| sight::verdict(naming, &seer.name, &seer.sight, self.secrecy));
        let said = self.lines(seer).into_iter().zip(seer.sight.lines);
        Asked::Found {
            sees: if seer.sight.seen.is_some() { Signal::Done } else { Signal::Plain },
            verdict,
            lines: said.map(|(words, line)| AskedLine { lets: lets(line.lets()), words }).collect(),
        }
    }
}

fn tag(sees: bool) -> Tag {
    if sees { Tag::new(Signal::Done, "sees it") } else { Tag::new(Signal::Plain, "does not") }
}

fn lets(lets: bool) -> Tag {
    if lets { Tag::new(Signal::Done, "yes") } else { Tag::new(Signal::Plain, "no") }
}
