//! What a request may become, and when it is time for it (REQ-2, REQ-8), on the desk's page.

use std::collections::BTreeMap;

use desk::tickets::Shown;
use rules::{
    access::{Action, Grant},
    events::{Audience, Author, Secrecy},
    keys::TypeKey,
    logs::Kind,
    tickets::{conversions, grows_into, grows_with_logs},
};

use crate::{
    app::App,
    door::{Problem, Visit},
    pages::desk::request::{Conversion, Proposal, TypeOffer},
    shown::Saying,
};

/// Of those types that take the latest release only, how the request's version stands, where that keeps it from being one (BUG-1).
pub(super) async fn outdated(app: &App, say: &Saying, shown: &Shown) -> Result<BTreeMap<TypeKey, String>, Problem> {
    let ticket = &shown.ticket;
    let details = shown.details.iter().cloned().collect();
    let mut outdated = BTreeMap::new();
    for to in conversions(say.policy(), &ticket.request_type) {
        let judged = desk::releases::judge(&app.desk, (to, ticket.organisation), (&details, &ticket.subject)).await?;
        let Some(judged) = judged.filter(|it| it.fault().is_some()) else { continue };
        outdated.extend(words::releases::against_latest(say.lang, &judged.verdict()).map(|said| (to.clone(), said)));
    }
    Ok(outdated)
}

pub(super) fn conversion(
    say: &Saying,
    visit: &Visit,
    shown: &Shown,
    outdated: &BTreeMap<TypeKey, String>,
) -> Conversion {
    let ticket = &shown.ticket;
    let may = visit.actor.staff(Action::Convert).is_ok() && !ticket.state.is_over();
    let offered = if may { conversions(say.policy(), &ticket.request_type) } else { vec![] };
    Conversion {
        now: say.type_name(&ticket.request_type),
        offered: offered.into_iter().map(|to| offer(say, visit, shown, (to, outdated.get(to)))).collect(),
    }
}

fn offer(say: &Saying, visit: &Visit, shown: &Shown, (to, outdated): (&TypeKey, Option<&String>)) -> TypeOffer {
    let kind = say.policy().request_type(to);
    let mut notes = Vec::new();
    let (policy, details) = (say.policy(), shown.details.iter().cloned().collect());
    let priority = policy.choosing(to, &details, |chosen| policy.clamp_for(to, &shown.ticket.priority, chosen));
    if priority != shown.ticket.priority {
        notes.push(format!("its priority becomes {}", say.priority_name(&priority)));
    }
    match kind.map(|kind| kind.secrecy) {
        Some(Secrecy::Security) if visit.actor.signed().is_ok_and(|me| me.grants.has(Grant::Security)) => {
            notes.push("the security role alone sees it then".to_owned());
        }
        Some(Secrecy::Security) => notes.push("the security role alone sees it then, and you no longer do".to_owned()),
        Some(Secrecy::Confidential) if shown.ticket.secrecy == Secrecy::Open => {
            notes.push("it becomes confidential".to_owned());
        }
        _ if shown.ticket.secrecy == Secrecy::Security => notes.push("it stays confidential".to_owned()),
        _ => {}
    }
    notes.extend(outdated.map(|said| {
        format!("reports are taken for the latest release, and this is what is known of its version: {said}")
    }));
    TypeOffer { key: to.to_string(), name: say.type_name(to), note: notes.join("; ") }
}

/// REQ-2: what the type grows into, once it has taken the policy's number of replies.
pub(super) fn proposal(say: &Saying, shown: &Shown) -> Option<Proposal> {
    let ticket = &shown.ticket;
    let replies = shown
        .messages
        .iter()
        .filter(|it| it.audience == Audience::Public && it.human && matches!(it.author, Author::Staff(_)));
    let count = replies.count();
    let brings_log = shown.files.iter().any(|file| file.kind == Some(Kind::Log) && file.owner == ticket.requester);
    let with_logs = grows_with_logs(say.policy(), &ticket.request_type, ticket.state).filter(|_| brings_log);
    let into = with_logs.or_else(|| grows_into(say.policy(), &ticket.request_type, ticket.state, count))?;
    let (now, then) = (lower(&say.type_name(&ticket.request_type)), lower(&say.type_name(into)));
    let words = match with_logs {
        Some(_) => {
            format!("Its customer sent a log, which is not read in a {now}. A {then} asks for logs and details.")
        }
        None => format!("This {now} has taken {count} replies. A {then} asks for logs and details."),
    };
    Some(Proposal { words, to: into.to_string(), act: format!("Make it a {then}") })
}

fn lower(name: &str) -> String {
    name.to_lowercase()
}
