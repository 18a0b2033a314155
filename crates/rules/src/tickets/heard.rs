//! What a customer has heard of a request: a reply within its hold has not been said yet, and one that was taken back
//! never was (FRT-3). With it goes the step of the state that it made, and the step back.

use std::collections::BTreeSet;

use crate::{
    events::{Audience, Because, Entry, Event, TicketEvent},
    ids::MessageId,
};

/// How much of an event those outside the desk are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    Nothing,
    /// That it happened; the words given for it are the desk's own.
    Fact,
    /// It, and the words given for it.
    Whole,
}

/// What an event is for those outside the desk: who works on it, what other requests it has to do with, and whom we
/// warned stays with staff (VIS-3).
pub fn told(event: &TicketEvent) -> Told {
    match event {
        TicketEvent::Posted(posted) if posted.audience == Audience::Internal => Told::Nothing,
        TicketEvent::OriginalRead { .. } | TicketEvent::JoinedBug { .. } => Told::Fact,
        TicketEvent::TakenBack { .. }
        | TicketEvent::Ruled { .. }
        | TicketEvent::Assigned { .. }
        | TicketEvent::TeamSet { .. }
        | TicketEvent::Absorbed { .. }
        | TicketEvent::MergeUndone { .. }
        | TicketEvent::Linked { .. }
        | TicketEvent::Unlinked { .. }
        | TicketEvent::NextWordOverdue { .. }
        | TicketEvent::Rated { .. }
        | TicketEvent::AdvisoryKept { .. }
        | TicketEvent::LeftBug { .. }
        // The reply says so.
        | TicketEvent::ReportRefused { .. }
        | TicketEvent::EmbargoNear { .. }
        | TicketEvent::Warned { .. } => Told::Nothing,
        TicketEvent::Opened(_)
        | TicketEvent::Posted(_)
        | TicketEvent::Delivered { .. }
        | TicketEvent::DeliveryRefused { .. }
        | TicketEvent::Bounced { .. }
        | TicketEvent::WishRaised { .. }
        | TicketEvent::PriorityDecided { .. }
        | TicketEvent::Escalated
        | TicketEvent::EscalationEnded
        | TicketEvent::Converted { .. }
        | TicketEvent::StateChanged { .. }
        | TicketEvent::Reminded
        | TicketEvent::DetailsGiven { .. }
        | TicketEvent::SecrecySet { .. }
        | TicketEvent::ParticipantAdded { .. }
        | TicketEvent::ParticipantRemoved { .. }
        | TicketEvent::Attached { .. }
        | TicketEvent::MergedInto { .. }
        | TicketEvent::SplitOff { .. }
        | TicketEvent::NextWordPromised { .. }
        | TicketEvent::OutOfScope { .. }
        | TicketEvent::Redacted { .. }
        | TicketEvent::Breached { .. }
        | TicketEvent::Recomputed { .. } => Told::Whole,
    }
}

/// The history without what nobody outside the desk has heard; `held` are the messages within their hold.
pub fn heard(history: Vec<Entry>, held: &BTreeSet<MessageId>) -> Vec<Entry> {
    let mut unheard = held.clone();
    unheard.extend(history.iter().filter_map(|entry| match &entry.event {
        Event::Ticket(_, TicketEvent::TakenBack { message }) => Some(*message),
        _ => None,
    }));
    // The step that follows at the same instant was made with it.
    let mut gone_at = None;
    let mut heard = history;
    heard.retain(|entry| {
        let Event::Ticket(_, event) = &entry.event else { return true };
        match event {
            TicketEvent::Posted(posted) if unheard.contains(&posted.message) => {
                gone_at = Some((entry.occurred_at, Because::StaffReplied));
                false
            }
            TicketEvent::TakenBack { .. } => {
                gone_at = Some((entry.occurred_at, Because::StaffDecided));
                false
            }
            TicketEvent::StateChanged { because, .. } if gone_at == Some((entry.occurred_at, *because)) => {
                gone_at = None;
                false
            }
            _ => {
                gone_at = None;
                true
            }
        }
    });
    heard
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::{Author, By, Channel, Hand, Posted, State},
        ids::{AttachmentId, PersonId, Seq, TicketId},
        instant::Instant,
    };

    fn at(minute: i64) -> Instant {
        Instant::from_micros(minute * 60_000_000).expect("an instant")
    }

    fn history(events: Vec<(i64, TicketEvent)>) -> Vec<Entry> {
        let entry = |(seq, (minute, event)): (i64, (i64, TicketEvent))| Entry {
            seq: Seq(seq),
            event: Event::Ticket(TicketId(1), event),
            by: By::person(PersonId(2)),
            occurred_at: at(minute),
            recorded_at: at(minute),
            cause: None,
            depth: 0,
        };
        (1..).zip(events).map(entry).collect()
    }

    fn reply(message: i64) -> TicketEvent {
        TicketEvent::Posted(posted(message))
    }

    fn posted(message: i64) -> Posted {
        Posted {
            message: MessageId(message),
            author: Author::Staff(PersonId(2)),
            audience: Audience::Public,
            hand: Hand::Written,
            channel: Channel::Desk,
            substance: true,
            missing: vec![],
            bulk: None,
        }
    }

    fn step(to: State, because: Because) -> TicketEvent {
        TicketEvent::StateChanged { from: State::Open, to, because }
    }

    fn heard_of(events: Vec<(i64, TicketEvent)>, held: &[i64]) -> Vec<i64> {
        let held = held.iter().map(|id| MessageId(*id)).collect();
        heard(history(events), &held).into_iter().map(|entry| entry.seq.0).collect()
    }

    #[test]
    fn frt_3_what_is_held_has_not_been_said_and_has_moved_nothing() {
        let told = || {
            vec![
                (1, reply(7)),
                (1, step(State::WaitingForCustomer, Because::StaffReplied)),
                (5, step(State::Open, Because::CustomerReplied)),
                (6, reply(8)),
                (6, step(State::WaitingForCustomer, Because::StaffReplied)),
                (6, step(State::Solved, Because::StaffDecided)),
            ]
        };
        assert_eq!(heard_of(told(), &[]), [1, 2, 3, 4, 5, 6]);
        assert_eq!(heard_of(told(), &[8]), [1, 2, 3, 6], "only the step that was made with it goes");
    }

    #[test]
    fn vis_3_customers_are_told_of_no_other_request_and_of_nothing_within_the_desk() {
        let other = TicketId(9);
        let kept = [
            TicketEvent::Linked { other },
            TicketEvent::Unlinked { other },
            TicketEvent::Absorbed { other, clock: None },
            TicketEvent::Assigned { from: None, to: Some(PersonId(2)), away_until: None, shared: None },
            TicketEvent::AdvisoryKept { embargo_until: None },
            TicketEvent::Posted(Posted { audience: Audience::Internal, ..posted(7) }),
        ];
        assert!(kept.iter().all(|event| told(event) == Told::Nothing));
        assert_eq!(told(&TicketEvent::OriginalRead { attachment: AttachmentId(3) }), Told::Fact);
        assert_eq!(told(&reply(7)), Told::Whole);
    }

    #[test]
    fn what_was_taken_back_was_never_said() {
        let told = vec![
            (1, reply(7)),
            (1, step(State::WaitingForCustomer, Because::StaffReplied)),
            (2, TicketEvent::TakenBack { message: MessageId(7) }),
            (2, step(State::Open, Because::StaffDecided)),
            (3, step(State::WithDevelopers, Because::StaffDecided)),
        ];
        assert_eq!(heard_of(told, &[]), [5]);
    }
}
