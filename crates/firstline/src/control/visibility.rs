//! Whether somebody sees a request, and why, for a command.

use desk::{
    Actor, Desk, Error,
    tickets::{Seer, sight},
};
use rules::ids::TicketId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::tickets::Ticket;
use words::{lang::Lang, sight as say};

use super::{Response, in_words};

/// What was found out, in words and as values.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Sighted {
    pub sees: bool,
    pub json: serde_json::Value,
    pub text: String,
}

pub(super) async fn explain(desk: &Desk, person: &str, request: TicketId) -> Response {
    match sight(desk, &Actor::COMMAND, request, person).await {
        Ok(Some((ticket, seer))) => Response::Sight(sighted(&ticket, &seer)),
        Ok(None) => {
            Response::Refused(format!("nobody has the number or the address {person}; who has no account sees nothing"))
        }
        Err(Error::NotFound) => Response::Refused(format!("there is no request {request}")),
        Err(error) => Response::Refused(in_words(desk, error).await),
    }
}

fn sighted(ticket: &Ticket, seer: &Seer) -> Sighted {
    let organisation = |id| seer.organisations.get(&id).cloned().unwrap_or_default();
    let when = |at: rules::instant::Instant| at.to_string();
    let naming = say::Naming { lang: Lang::En, organisation: &organisation, when: &when };
    let lines: Vec<String> = seer.sight.lines.into_iter().map(|line| say::line(naming, line)).collect();
    let verdict = say::verdict(naming, &seer.name, &seer.sight, ticket.secrecy);
    let marked = lines.iter().zip(seer.sight.lines);
    let marked = marked.map(|(words, line)| format!("{} {words}", if line.lets() { "yes  " } else { "no   " }));
    Sighted {
        sees: seer.sight.seen.is_some(),
        json: json!({
            "request": ticket.id,
            "person": seer.person,
            "sees": seer.sight.seen.is_some(),
            "by": seer.sight.seen,
            "rule": seer.sight.rule(),
            "lines": seer.sight.lines,
            "words": lines,
        }),
        text: [format!("Request {}: {verdict}", ticket.id)].into_iter().chain(marked).collect::<Vec<_>>().join("\n"),
    }
}
