//! One request of a job: the verb of the single act, by who began the job, with what they may and see now.

use std::sync::{Arc, OnceLock};

use rules::{
    access::Action,
    bulk::{Act, OfTemplate, Why, Within},
    events::Hand,
    ids::TicketId,
    refusal::Refusal,
};
use store::bulk_jobs::{BulkJob, BulkRow};

use crate::{
    Actor, Desk, Error, Result,
    actor::Signed,
    batch::{Batch, Mode},
    teams, templates,
    tickets::{self, Answer, Assignment, Decided, Handing, StateChange, Text, Written},
};

/// What becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Came {
    /// It changed, or would.
    Fine,
    Left(Why),
    /// Somebody else did it, or the same was changed meanwhile.
    Overtaken,
}

/// Tries it, or does it.
pub(super) async fn one(desk: &Desk, by: &Signed, (job, row): (&BulkJob, &BulkRow), mode: Mode) -> Result<Came> {
    let aim = match job.undoes {
        Some(_) => row.was.as_ref().map(rules::bulk::Was::back),
        None => job.act.clone(),
    };
    let Some(act) = aim else { return Ok(Came::Left(Why::Failed)) };
    match tickets::seen(desk.store.read(), by, row.ticket).await {
        Err(Error::NotFound) => return Ok(Came::Left(Why::NotSeen)),
        seen => drop(seen?),
    }
    let happened = Arc::new(OnceLock::new());
    let batch = Batch {
        job: job.id,
        ticket: row.ticket,
        kind: act.kind(),
        watches: act.events(),
        mode,
        happened: Arc::clone(&happened),
    };
    let actor = Actor::Person(Box::new(Signed { batch: Some(batch), ..by.clone() }));
    let done = does(desk, &actor, (&act, row), job.words.as_deref().unwrap_or_default()).await;
    came(&act, row.ticket, done, happened.get().copied().unwrap_or_default())
}

fn came(act: &Act, ticket: TicketId, done: Result<Option<Why>>, happened: bool) -> Result<Came> {
    Ok(match done {
        Ok(Some(why)) => Came::Left(why),
        Ok(None) if happened => Came::Fine,
        Ok(None) => Came::Left(Why::Same),
        Err(Error::NotFound | Error::Refused(Refusal::MayNot { action: Action::Reply }))
            if matches!(act, Act::Assign { .. } | Act::Team { .. }) =>
        {
            Came::Left(Why::TakerMayNot)
        }
        Err(Error::NotFound) => Came::Left(Why::NotSeen),
        Err(Error::Refused(refusal)) => Came::Left(Why::of(&refusal)),
        Err(Error::Invalid(faults)) => Came::Left(Why::of_form(&faults)),
        Err(Error::Limited { .. }) => Came::Left(Why::Rule),
        Err(Error::Conflict) => Came::Overtaken,
        Err(error @ Error::Unwritable(_)) => return Err(error),
        Err(error @ Error::Broken(_)) => {
            tracing::error!(ticket = ticket.0, %error, "one request of a job in bulk failed");
            Came::Left(Why::Failed)
        }
    })
}

/// Why it is left out, where something else than the verb says so.
async fn does(desk: &Desk, actor: &Actor, (act, row): (&Act, &BulkRow), words: &str) -> Result<Option<Why>> {
    let (id, text) = (row.ticket, |body: &str| Text { body: body.to_owned(), ..Text::default() });
    match act {
        Act::Assign { to } => tickets::assign(desk, actor, id, Assignment { to: *to }).await?,
        Act::Team { to, within } => {
            if let Some(team) = to
                && store::teams::get(desk.store.read(), *team).await?.ended_at.is_some()
            {
                return Ok(Some(Why::TeamEnded));
            }
            let to_whom = match within {
                Within::Keep => return tickets::move_to_team(desk, actor, id, *to).await.map(|()| None),
                Within::Of { person } => *person,
                Within::Next => teams::next_of(desk, actor, id, Some(*to)).await?,
            };
            let handing = Handing { team: *to, to: to_whom, note: None };
            tickets::hand_to_team(desk, actor, id, &handing).await?;
        }
        Act::Priority { to } => {
            let decided = Decided { priority: to.clone(), reason: words.to_owned() };
            tickets::decide_priority(desk, actor, id, decided).await?;
        }
        Act::State { to } => {
            tickets::change_state(desk, actor, id, StateChange { to: *to, reason: words.to_owned() }).await?;
        }
        Act::Note => drop(tickets::note(desk, actor, id, text(words)).await?),
        Act::Reply { after, template } => {
            let (body, hand) = match template {
                None => (words.to_owned(), Hand::Written),
                Some(of) => match filled(desk, actor, id, (of, words)).await? {
                    Ok(body) => (body, Hand::Template { acknowledgement: of.acknowledges, edited: false }),
                    Err(why) => return Ok(Some(why)),
                },
            };
            let answer = Answer { text: text(&body), after: *after };
            let written = Written { read_to: Some(row.read_to), hand };
            tickets::reply_as(desk, actor, id, answer, written).await?;
        }
    }
    Ok(None)
}

/// A kept text for this request.
async fn filled(
    desk: &Desk,
    actor: &Actor,
    id: TicketId,
    (of, body): (&OfTemplate, &str),
) -> Result<std::result::Result<String, Why>> {
    let signed = actor.staff(Action::Reply)?;
    let ticket = tickets::seen_ticket(desk.store.read(), signed, id).await?;
    if of.request_type.as_ref().is_some_and(|of| *of != ticket.request_type) {
        return Ok(Err(Why::OtherType));
    }
    Ok(templates::fill_in(desk, signed.person, &ticket, body).await?.map_err(|_| Why::Unfilled))
}
