//! A report that was merged into another request leaves its bug in favour of that one, and comes back where the merge is undone (FRT-5).

use rules::{
    events::{Event, TicketEvent},
    ids::{BugId, TicketId},
    instant::Instant,
};

use super::{accept, part::part_in};
use crate::{Result, clocks::history, scribe::Scribe};

/// The one that goes on is the report now, unless it is one of another bug. Where it is of a type that reports no bugs, the merged one
/// stays where it is, so that its people still hear of the fix.
pub(crate) async fn merged(scribe: &mut Scribe<'_>, from: TicketId, into: TicketId) -> Result<()> {
    let Some(bug) = store::bugs::of_ticket(&scribe.tx, from).await? else { return Ok(()) };
    let compiled = scribe.desk.policy().await?;
    let survivor = store::tickets::get(&scribe.tx, into).await?;
    let joined = store::bugs::of_ticket(&scribe.tx, into).await?;
    if joined.is_none() && !accept::is_report(compiled.policy(), &survivor) {
        return Ok(());
    }
    part_in(scribe, from).await?;
    if joined.is_none() {
        accept::join(scribe, &survivor, bug).await?;
    }
    Ok(())
}

/// What a merge took out of its bug joins it again, and what joined in its place leaves.
pub(crate) async fn merge_undone(scribe: &mut Scribe<'_>, from: TicketId, into: TicketId) -> Result<()> {
    let Some((at, bug)) = left_by_merge(scribe, from, into).await? else { return Ok(()) };
    let there = history(&scribe.tx, into).await?;
    let came = there.iter().any(|entry| {
        entry.occurred_at == at
            && matches!(&entry.event, Event::Ticket(_, TicketEvent::JoinedBug { bug: it }) if *it == bug)
    });
    if came && store::bugs::of_ticket(&scribe.tx, into).await? == Some(bug) {
        part_in(scribe, into).await?;
    }
    if store::bugs::of_ticket(&scribe.tx, from).await?.is_none() {
        let ticket = store::tickets::get(&scribe.tx, from).await?;
        accept::join(scribe, &ticket, bug).await?;
    }
    Ok(())
}

/// The bug that a request left when it was merged, and when that was.
async fn left_by_merge(scribe: &Scribe<'_>, from: TicketId, into: TicketId) -> Result<Option<(Instant, BugId)>> {
    let own = history(&scribe.tx, from).await?;
    let merged = own.iter().rfind(
        |entry| matches!(&entry.event, Event::Ticket(_, TicketEvent::MergedInto { survivor }) if *survivor == into),
    );
    let Some(at) = merged.map(|entry| entry.occurred_at) else { return Ok(None) };
    let left = own.iter().rfind(|entry| {
        entry.occurred_at == at && matches!(&entry.event, Event::Ticket(_, TicketEvent::LeftBug { .. }))
    });
    Ok(left.and_then(|entry| match &entry.event {
        Event::Ticket(_, TicketEvent::LeftBug { bug }) => Some((at, *bug)),
        _ => None,
    }))
}
