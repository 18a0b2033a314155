//! Which messages are responses (FRT-2) and what became of them (FRT-3). Read off the whole history before
//! the clocks are told, so that a message that failed is "as if never sent" at every place.

use std::collections::HashMap;

use super::Loss;
use crate::{
    events::{ActorKind, Audience, Author, Entry, Event, Hand, Posted, TicketEvent, Via},
    ids::{MessageId, PersonId},
    instant::Instant,
};

/// What became of a message on its way to one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It arrived and counts from `at`: the press of "send", or, after it had failed once, the arrival itself.
    Counts {
        at: Instant,
    },
    UnderWay,
    Failed(Loss),
    /// Taken back within the hold: nobody saw it.
    TakenBack,
}

/// All messages of a history with their fates.
#[derive(Debug, Default)]
pub(crate) struct Replies<'a> {
    messages: HashMap<MessageId, Message<'a>>,
}

#[derive(Debug)]
struct Message<'a> {
    posted: &'a Posted,
    pressed: Instant,
    sender: ActorKind,
    taken_back: bool,
    ruled: bool,
    passages: Vec<Passage>,
}

#[derive(Debug)]
struct Passage {
    to: PersonId,
    at: Instant,
    step: PassageStep,
}

#[derive(Clone, Copy, Debug)]
enum PassageStep {
    Arrived(Via),
    Refused,
    BouncedHard,
}

impl<'a> Replies<'a> {
    pub(crate) fn read(history: &[&'a Entry]) -> Self {
        let mut replies = Self::default();
        for &entry in history {
            if let Event::Ticket(_, event) = &entry.event {
                replies.note(entry, event);
            }
        }
        replies
    }

    /// When the message was sent, if it is of the kind that can be a response.
    pub(crate) fn pressed_response(&self, message: MessageId) -> Option<Instant> {
        self.messages.get(&message).filter(|it| is_response(it.posted, it.sender)).map(|it| it.pressed)
    }

    /// When the message was sent, if it asks the customer for what is missing.
    pub(crate) fn pressed_question(&self, message: MessageId) -> Option<Instant> {
        self.messages.get(&message).filter(|it| is_question(it.posted)).map(|it| it.pressed)
    }

    /// What became of a message on its way to `person`; of one that the history does not know: taken back.
    pub(crate) fn fate(&self, message: MessageId, person: PersonId) -> Fate {
        self.messages.get(&message).map_or(Fate::TakenBack, |message| message.fate(person))
    }

    fn note(&mut self, entry: &Entry, event: &'a TicketEvent) {
        match event {
            TicketEvent::Posted(posted) => {
                let (pressed, sender) = (entry.occurred_at, entry.by.kind);
                let message =
                    Message { posted, pressed, sender, taken_back: false, ruled: false, passages: Vec::new() };
                self.messages.insert(posted.message, message);
            }
            TicketEvent::TakenBack { message } => self.change(*message, |it| it.taken_back = true),
            TicketEvent::Ruled { message } => self.change(*message, |it| it.ruled = true),
            TicketEvent::Delivered { message, to, via } => self.pass(*message, *to, entry, PassageStep::Arrived(*via)),
            TicketEvent::DeliveryRefused { message, to } => self.pass(*message, *to, entry, PassageStep::Refused),
            TicketEvent::Bounced { message, to, hard: true } => {
                self.pass(*message, *to, entry, PassageStep::BouncedHard);
            }
            _ => {}
        }
    }

    fn pass(&mut self, message: MessageId, to: PersonId, entry: &Entry, step: PassageStep) {
        self.change(message, |it| it.passages.push(Passage { to, at: entry.occurred_at, step }));
    }

    fn change(&mut self, message: MessageId, change: impl FnOnce(&mut Message<'a>)) {
        if let Some(message) = self.messages.get_mut(&message) {
            change(message);
        }
    }
}

impl Message<'_> {
    fn fate(&self, person: PersonId) -> Fate {
        if self.taken_back {
            return Fate::TakenBack;
        }
        if self.ruled {
            return Fate::Failed(Loss::Ruled);
        }
        let (mut seen, mut mailed, mut failed) = (None, None, None);
        for passage in self.passages.iter().filter(|passage| passage.to == person) {
            let counts_from = if failed.is_some() { passage.at } else { self.pressed };
            match passage.step {
                PassageStep::Arrived(Via::Portal) => seen = seen.or(Some(counts_from)),
                PassageStep::Arrived(Via::Smtp) => mailed = mailed.or(Some(counts_from)),
                PassageStep::Refused => failed = Some(Loss::Refused),
                // What came back had not arrived; what was seen in the portal had.
                PassageStep::BouncedHard => (mailed, failed) = (None, Some(Loss::Bounced)),
            }
        }
        match (seen.into_iter().chain(mailed).min(), failed) {
            (Some(at), _) => Fate::Counts { at },
            (None, Some(loss)) => Fate::Failed(loss),
            (None, None) => Fate::UnderWay,
        }
    }
}

/// Whether a message is of the kind that answers (FRT-2): written or chosen by a member of staff and sent by
/// a person's hand, public, with a character of its own. Whether it arrived is its fate. Imported
/// conversations keep the hands that they were written by.
pub(crate) fn is_response(posted: &Posted, sender: ActorKind) -> bool {
    let by_hand = match posted.hand {
        Hand::Written | Hand::Assisted => true,
        // Edited, an acknowledgement is written by the person; a lead may still rule on it.
        Hand::Template { acknowledgement, edited } => edited || !acknowledgement,
        Hand::Automatic => false,
    };
    let by_person = match sender {
        ActorKind::Person | ActorKind::Import => true,
        ActorKind::Rule
        | ActorKind::Integration
        | ActorKind::Bot
        | ActorKind::Model
        | ActorKind::Command
        | ActorKind::Job => false,
    };
    matches!(posted.author, Author::Staff(_))
        && posted.audience == Audience::Public
        && posted.substance
        && by_hand
        && by_person
}

/// Whether a message asks the customer for what is missing.
fn is_question(posted: &Posted) -> bool {
    !posted.missing.is_empty() && posted.audience == Audience::Public && !matches!(posted.author, Author::Customer(_))
}

/// Whether a message is the customer's own word: out-of-office notes and other automatic mail are not.
pub(crate) fn is_from_customer(posted: &Posted) -> bool {
    matches!(posted.author, Author::Customer(_))
        && posted.audience == Audience::Public
        && posted.hand != Hand::Automatic
}
