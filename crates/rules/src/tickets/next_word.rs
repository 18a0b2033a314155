//! The promise of a next word while a request is with the developers (FRT-7, a house rule). It has a clock of its own: kept
//! by a public message of staff, over when the request leaves the developers, and late once its instant has passed. It
//! is no response's clock and no statistics count it.

use super::{Bucket, QueuePlace};
use crate::{
    events::{Audience, Author, Entry, Event, Hand, State, TicketEvent},
    ids::MessageId,
    instant::Instant,
};

/// A promise that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextWord {
    pub promised: Instant,
    pub due: Instant,
    /// Whether it was written down that it is late.
    pub is_overdue: bool,
}

/// The promise that stands by the request's events. A word that was taken back or did not arrive keeps nothing.
pub fn next_word(history: &[Entry]) -> Option<NextWord> {
    let mut standing: Option<NextWord> = None;
    let mut kept: Option<(MessageId, NextWord)> = None;
    for entry in history {
        let Event::Ticket(_, event) = &entry.event else { continue };
        match event {
            TicketEvent::NextWordPromised { due } => {
                standing = Some(NextWord { promised: entry.occurred_at, due: *due, is_overdue: false });
                kept = None;
            }
            TicketEvent::NextWordOverdue { due } => {
                standing = standing.map(|word| NextWord { is_overdue: word.due == *due, ..word });
            }
            TicketEvent::Posted(posted)
                if matches!(posted.author, Author::Staff(_))
                    && posted.audience == Audience::Public
                    && posted.hand != Hand::Automatic =>
            {
                kept = standing.take().map(|word| (posted.message, word)).or(kept);
            }
            TicketEvent::TakenBack { message }
            | TicketEvent::DeliveryRefused { message, .. }
            | TicketEvent::Bounced { message, hard: true, .. } => {
                if let Some((_, word)) = kept.take_if(|(by, _)| by == message) {
                    standing = Some(word);
                }
            }
            TicketEvent::StateChanged { to, .. } if *to != State::WithDevelopers => (standing, kept) = (None, None),
            _ => {}
        }
    }
    standing
}

/// With our developers a request needs no answer (TRN-2), but for a word that is owed and late.
pub fn overdue_place(word: Option<NextWord>) -> Option<QueuePlace> {
    word.filter(|word| word.is_overdue).map(|word| QueuePlace { bucket: Bucket::Due, at: word.due })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        events::{Because, By, Channel, Posted},
        ids::{PersonId, Seq, TicketId},
    };

    fn at(minute: i64) -> Instant {
        Instant::from_micros(1_763_280_000_000_000 + minute * 60_000_000).unwrap()
    }

    fn history(events: Vec<TicketEvent>) -> Vec<Entry> {
        let entry = |(n, event)| Entry {
            seq: Seq(n),
            event: Event::Ticket(TicketId(1), event),
            by: By::rule(),
            occurred_at: at(n),
            recorded_at: at(n),
            cause: None,
            depth: 0,
        };
        (1..).zip(events).map(entry).collect()
    }

    fn with_developers() -> TicketEvent {
        TicketEvent::StateChanged { from: State::Open, to: State::WithDevelopers, because: Because::StaffDecided }
    }

    fn promise(minute: i64) -> TicketEvent {
        TicketEvent::NextWordPromised { due: at(minute) }
    }

    fn word(message: i64, audience: Audience) -> TicketEvent {
        TicketEvent::Posted(Posted {
            message: MessageId(message),
            author: Author::Staff(PersonId(1)),
            audience,
            hand: Hand::Written,
            channel: Channel::Desk,
            substance: true,
            missing: vec![],
            bulk: None,
        })
    }

    #[test]
    fn frt_7_a_promised_word_stands_until_it_is_given_or_the_request_leaves_the_developers() {
        let due = |events| next_word(&history(events)).map(|word| (word.due, word.is_overdue));
        assert_eq!(due(vec![with_developers()]), None);
        assert_eq!(due(vec![with_developers(), promise(90)]), Some((at(90), false)));
        assert_eq!(due(vec![with_developers(), promise(90), promise(120)]), Some((at(120), false)), "the last counts");
        let again = due(vec![with_developers(), promise(90), with_developers()]);
        assert_eq!(again, Some((at(90), false)), "who stays with them still owes it");
        let note = word(1, Audience::Internal);
        assert_eq!(due(vec![with_developers(), promise(90), note]), Some((at(90), false)), "a note is no word");
        let public = word(2, Audience::Public);
        assert_eq!(due(vec![with_developers(), promise(90), public.clone()]), None);
        let taken = TicketEvent::TakenBack { message: MessageId(2) };
        assert_eq!(due(vec![with_developers(), promise(90), public.clone(), taken]), Some((at(90), false)));
        let refused = TicketEvent::DeliveryRefused { message: MessageId(2), to: PersonId(5) };
        assert_eq!(due(vec![with_developers(), promise(90), public, refused]), Some((at(90), false)));
        let open = TicketEvent::StateChanged {
            from: State::WithDevelopers,
            to: State::Open,
            because: Because::CustomerReplied,
        };
        assert_eq!(due(vec![with_developers(), promise(90), open]), None);
    }

    #[test]
    fn frt_7_a_late_word_stands_in_the_queue_by_its_due_instant_until_another_is_promised() {
        let late = TicketEvent::NextWordOverdue { due: at(90) };
        let word = next_word(&history(vec![with_developers(), promise(90), late.clone()]));
        assert_eq!(overdue_place(word), Some(QueuePlace { bucket: Bucket::Due, at: at(90) }));
        let again = next_word(&history(vec![with_developers(), promise(90), late.clone(), promise(120)]));
        assert_eq!(overdue_place(again), None);
        // A breach of a promise that was replaced meanwhile says nothing of the new one.
        let other = next_word(&history(vec![with_developers(), promise(90), promise(120), late]));
        assert_eq!(other.map(|word| word.is_overdue), Some(false));
    }
}
