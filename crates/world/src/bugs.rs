//! What became of the bugs that the world's customers reported: one in each place of the board, and one that nobody reported.

use std::collections::BTreeMap;

use desk::{
    Actor, Desk, Result,
    bugs::{self, Accepted, Amended, NewBug, Says},
};
use rules::{
    access::Grant,
    bugs::{Answers, Around, Refused, Severity, Source, Step, checklist},
    events::{Secrecy, State},
    ids::{BugId, TicketId},
    policy::Policy,
    releases::{Range, Version},
};

use crate::Cast;

/// Reports that nobody has reviewed yet, so that there is something to do.
const LEFT: usize = 3;

/// Where a bug stands in the end.
const FATES: [Fate; 6] = [Fate::Planned, Fate::Released, Fate::Hotfix, Fate::Fixed, Fate::Confirmed, Fate::New];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    New,
    Confirmed,
    Planned,
    Hotfix,
    Fixed,
    Released,
}

/// Reviews the reports and moves the bugs, for a policy whose product's versions look as the world's do.
pub async fn review(desk: &Desk, cast: &Cast) -> Result<()> {
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    if policy.versions.as_ref().is_none_or(|versions| versions.example != "5.12.1") {
        return Ok(());
    }
    let (agent, lead) = (cast.ines().actor(desk).await?, cast.theo().actor(desk).await?);
    let product = match cast.with(Grant::Product).next() {
        Some(member) => member.actor(desk).await?,
        None => lead.clone(),
    };
    let mut at = 0;
    for (subject, tickets) in reports(desk, policy).await? {
        let severity = if at % 3 == 0 { Severity::Critical } else { Severity::Major };
        let mut bug = None;
        for ticket in tickets {
            let accepted = match bug {
                Some(known) => Accepted::Known(known),
                None => Accepted::New { title: subject.clone(), severity },
            };
            bug = Some(bugs::accept(desk, &agent, ticket, accepted).await?);
        }
        if let Some(bug) = bug {
            moves(desk, &product, policy, (bug, &subject, FATES[at % FATES.len()])).await?;
            at += 1;
        }
    }
    internal(desk, &product).await
}

/// What can be reviewed, by its subject: who says the same has the same bug.
async fn reports(desk: &Desk, policy: &Policy) -> Result<Vec<(String, Vec<TicketId>)>> {
    let conn = desk.store.read();
    let mut by_subject: BTreeMap<String, Vec<TicketId>> = BTreeMap::new();
    let mut answered = vec![];
    for id in store::tickets::all(conn).await? {
        let ticket = store::tickets::get(conn, id).await?;
        let kind = policy.request_type(&ticket.request_type);
        let is_report = kind.is_some_and(|kind| kind.latest_release_only) && ticket.secrecy != Secrecy::Security;
        if is_report && ticket.merged_into.is_none() && !matches!(ticket.state, State::New | State::Closed) {
            answered.push((ticket.subject, id));
        }
    }
    answered.truncate(answered.len().saturating_sub(LEFT));
    for (subject, id) in answered {
        by_subject.entry(subject).or_default().push(id);
    }
    let mut all: Vec<(String, Vec<TicketId>)> = by_subject.into_iter().collect();
    // What most reported first.
    all.sort_by_key(|(_, tickets)| std::cmp::Reverse(tickets.len()));
    Ok(all)
}

fn version(written: &str) -> Version {
    Version::read(written).expect("the world's versions read")
}

async fn moves(desk: &Desk, product: &Actor, policy: &Policy, (bug, subject, fate): (BugId, &str, Fate)) -> Result<()> {
    let steps: &[Step] = &match fate {
        Fate::New => vec![],
        Fate::Confirmed => vec![Step::Confirm],
        Fate::Planned => vec![Step::Confirm, Step::Plan { version: version("5.13") }],
        Fate::Hotfix => {
            vec![Step::Confirm, Step::Plan { version: version("5.12.1-hotfix.1") }, Step::Start]
        }
        Fate::Fixed => vec![Step::Confirm, Step::Start, Step::Fix { version: version("5.13") }],
        Fate::Released => vec![Step::Confirm, Step::Fix { version: version("5.12.1") }],
    };
    for step in steps {
        bugs::step(desk, product, bug, step.clone()).await?;
    }
    if matches!(fate, Fate::Planned | Fate::Hotfix)
        && let Some(asked) = checklist(policy)
    {
        let last = asked.faults.len().saturating_sub(1);
        let faults = asked.faults.iter().enumerate().map(|(at, (key, _))| ((*key).clone(), at == last)).collect();
        let around = match fate {
            Fate::Hotfix => Around::Nothing,
            _ => Around::Approach { how: "The same is found by a filter of the launch".to_owned() },
        };
        bugs::check_hotfix(desk, product, bug, Answers { faults, around: Some(around) }).await?;
    }
    if matches!(fate, Fate::Planned | Fate::Released) {
        let says = Says {
            first_seen: Some(version("5.11")),
            public: true,
            said: format!("{subject}. We have seen it, and know why."),
            way_around: "Until the fix is there, the same is found by a filter of the launch.".to_owned(),
            ..bugs::show(desk, product, bug).await?.bug.says
        };
        let affected = Some(Range::from(version("5.11")));
        bugs::amend(desk, product, bug, Amended { says, severity: Severity::Major, affected }).await?;
    }
    Ok(())
}

/// What our own tests found, and what turned out to be none.
async fn internal(desk: &Desk, product: &Actor) -> Result<()> {
    let new = |title: &str, source| NewBug {
        says: Says { title: title.to_owned(), first_seen: Some(version("5.12")), ..Says::default() },
        severity: Severity::Minor,
        source,
        affected: None,
    };
    let found = "A webhook whose certificate cannot be checked is tried for ever, and fills the log";
    bugs::file(desk, product, new(found, Source::OwnTests)).await?;
    let none =
        bugs::file(desk, product, new("Pages take a second on a server with one core", Source::Monitoring)).await?;
    let tried = "Measured on the smallest server that we support: a quarter of a second.".to_owned();
    bugs::step(desk, product, none, Step::Refuse(Refused::NotReproducible { tried })).await
}
