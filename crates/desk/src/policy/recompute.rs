//! Open requests follow the version in force from now on (POL-3): an act of a person, written into the journal of each
//! request. Their deadlines move later only, and say so.

use rules::{access::Action, events::TicketEvent, ids::TicketId, sla::Standing};

use crate::{Actor, Desk, Result, clocks, scribe::Scribe};

/// Requests of one transaction are as many as the store gives at once. How many requests it concerned.
pub async fn recompute(desk: &Desk, actor: &Actor) -> Result<usize> {
    actor.staff(Action::Recompute)?;
    let policies = desk.policies().await?;
    let terms = policies.at(desk.now())?.id;
    let (mut after, mut concerned) = (TicketId(0), 0);
    loop {
        let mut scribe = Scribe::begin(desk, actor).await?;
        let some = store::open_requests::not_over(&scribe.tx, after).await?;
        let Some(last) = some.last().copied() else {
            scribe.settle().await?;
            return Ok(concerned);
        };
        for ticket in some {
            let told = clocks::clocks(&clocks::history(&scribe.tx, ticket).await?, &policies)?;
            let follows = told.iter().any(|clock| {
                clock.terms != terms && matches!(clock.standing, Standing::Running | Standing::Stopped { .. })
            });
            if follows {
                scribe.ticket(ticket, TicketEvent::Recomputed { terms }).await?;
                concerned += 1;
            }
        }
        scribe.settle().await?;
        after = last;
    }
}
