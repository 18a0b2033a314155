//! What nodes of one database call out to each other. A call is a hint: what is written is looked for anyway, and who is at
//! a request says so again.

use std::time::Duration;

use rules::{
    ids::{BugId, BulkJobId, PersonId, TicketId},
    live::{Doing, PageId},
};
use serde::{Deserialize, Serialize};

use super::{Said, presence};
use crate::{Desk, Error};

/// How long to wait before listening anew after a fault.
const AGAIN: Duration = Duration::from_secs(5);

/// What is called out.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(tag = "call", rename_all = "snake_case")]
pub(super) enum Call {
    /// There is more in the journal.
    Written,
    Otherwise {
        person: PersonId,
    },
    Job {
        job: BulkJobId,
        by: PersonId,
        begun: bool,
    },
    Bug {
        bug: BugId,
    },
    Bell {
        person: PersonId,
    },
    Present {
        ticket: TicketId,
        person: PersonId,
        page: PageId,
        doing: Option<Doing>,
    },
}

/// Calls out to the other nodes; a fault is theirs who look by themselves.
pub(super) async fn call(desk: &Desk, call: &Call) {
    if desk.store.is_embedded() {
        return;
    }
    let said = match serde_json::to_string(call) {
        Ok(words) => desk.store.call(&words).await.map_err(Error::from),
        Err(error) => Err(Error::broken(error)),
    };
    if let Err(error) = said {
        tracing::debug!(%error, "the other nodes could not be told");
    }
}

/// Hears what nodes call out, for as long as the desk runs.
pub(super) async fn hear(desk: &Desk) {
    loop {
        let heard = async {
            let Some(mut calls) = desk.store.calls().await? else { return std::future::pending().await };
            loop {
                match calls.next().await? {
                    Some(words) => heed(desk, &words).await,
                    // Some may have been missed.
                    None => desk.live.written_elsewhere(),
                }
            }
        };
        let ended: Result<(), store::Error> = heard.await;
        if let Err(error) = ended {
            tracing::warn!(%error, "what other nodes call out is not heard; it is looked for every second");
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn heed(desk: &Desk, words: &str) {
    match serde_json::from_str(words) {
        Ok(Call::Written) => desk.live.written_elsewhere(),
        Ok(Call::Otherwise { person }) => desk.live.say(Said::Otherwise { person: Some(person) }),
        Ok(Call::Job { job, by, begun }) => desk.live.say(Said::Job { job, by, begun }),
        Ok(Call::Bug { bug }) => desk.live.say(Said::Bug { bug }),
        Ok(Call::Bell { person }) => desk.live.say(Said::Bell { person }),
        Ok(Call::Present { ticket, person, page, doing }) => presence::took(desk, (ticket, person, page), doing).await,
        // Another release's, during an upgrade.
        Err(error) => tracing::debug!(%error, "a call of another node makes no sense here"),
    }
}
