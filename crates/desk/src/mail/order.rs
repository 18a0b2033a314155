//! One mail that is owed: to whom and about what, by ids. Written in the transaction of its cause.

use rules::{
    events::{Because, State, TargetKind},
    ids::{InvitationId, LinkId, MessageId, OutgoingId, PersonId, ResaleId, TicketId},
    instant::Instant,
};
use serde::{Deserialize, Serialize};

use super::{
    circulars::CircularTold,
    fixes::FixTold,
    opening::OpeningDigest,
    organisations::{ClosedDays, OfOrganisation},
    reports::MonthReport,
    told::{Telling, Told},
};
use crate::{Result, scribe::Scribe};

/// The kind of job that carries an order.
pub(crate) const KIND: &str = "mail";

/// A mail that is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Order {
    Verification {
        link: LinkId,
    },
    PasswordReset {
        link: LinkId,
    },
    /// To who has to prove their address once more (REG-7).
    Proof {
        link: LinkId,
    },
    /// To who reported something dangerous without an account (SEC-1).
    ReportLink {
        link: LinkId,
    },
    /// To who is asked to join an organisation, with or without an account; `at`: when it was sent.
    Invitation {
        invitation: InvitationId,
        at: i64,
    },
    /// To who is asked that their organisation files for another (ENT-4); `at`: when it was offered.
    ResaleOffered {
        resale: ResaleId,
        at: i64,
    },
    /// To an address that has an account already (REG-2); `attempt` tells one sign-up from the next.
    /// To who waited: let in or not (REG-3). `at`: when it was decided.
    Admission {
        to: PersonId,
        at: i64,
    },
    AlreadyRegistered {
        to: PersonId,
        attempt: i64,
    },
    PasswordChanged {
        to: PersonId,
        at: i64,
    },
    Receipt {
        ticket: TicketId,
        to: PersonId,
    },
    Reply {
        ticket: TicketId,
        message: MessageId,
        to: PersonId,
    },
    CustomerReplied {
        ticket: TicketId,
        message: MessageId,
        to: PersonId,
    },
    /// To who is called by name in a note.
    Called {
        ticket: TicketId,
        message: MessageId,
        to: PersonId,
    },
    Assigned {
        ticket: TicketId,
        to: PersonId,
        by: Option<PersonId>,
    },
    StateChanged {
        ticket: TicketId,
        to: PersonId,
        state: State,
        because: Because,
    },
    Reminded {
        ticket: TicketId,
        to: PersonId,
    },
    /// `at`: when it was decided.
    PriorityDecided {
        ticket: TicketId,
        to: PersonId,
        at: i64,
    },
    /// `at`: when it was raised.
    WishRaised {
        ticket: TicketId,
        to: PersonId,
        at: i64,
    },
    /// One event of a request.
    Told(Telling),
    Organisation(OfOrganisation),
    /// HRS-4.
    ClosedDays(ClosedDays),
    /// To who chose the report of each month.
    MonthReport(MonthReport),
    /// What came while the desk was closed, and what is due.
    Opening(OpeningDigest),
    /// To who waits for the fix of a bug: where it stands (BUG-4, BUG-7, ENT-2).
    Fix(FixTold),
    /// To one of those whom a bug affects: what staff wrote to them.
    Circular(CircularTold),
    Warned {
        ticket: TicketId,
        to: PersonId,
        percent: u8,
        cycle: u32,
        target: TargetKind,
    },
    Breached {
        ticket: TicketId,
        to: PersonId,
        cycle: u32,
        target: TargetKind,
    },
}

impl Order {
    /// What it is about, once. The same key gives the same Message-ID, so a copy is recognised as one.
    pub fn key(&self, seq: i64) -> String {
        match self {
            Order::Verification { link }
            | Order::PasswordReset { link }
            | Order::Proof { link }
            | Order::ReportLink { link } => {
                format!("link/{link}")
            }
            Order::Invitation { invitation, at } => format!("invitation/{invitation}/{at}"),
            Order::ResaleOffered { resale, at } => format!("resale_offered/{resale}/{at}"),
            Order::Admission { to, at } => format!("admission/{to}/{at}"),
            Order::AlreadyRegistered { to, attempt } => format!("known/{to}/{attempt}"),
            Order::PasswordChanged { to, at } => format!("password/{to}/{at}"),
            Order::Receipt { ticket, to } => format!("receipt/{ticket}/{to}"),
            Order::Reply { message, to, .. } => format!("reply/{message}/{to}"),
            Order::CustomerReplied { message, to, .. } => format!("answer/{message}/{to}"),
            Order::Called { message, to, .. } => format!("called/{message}/{to}"),
            Order::Assigned { ticket, to, .. } => format!("assigned/{ticket}/{to}/{seq}"),
            Order::StateChanged { ticket, to, state, .. } => {
                format!("state/{ticket}/{to}/{state:?}/{seq}").to_lowercase()
            }
            Order::Reminded { ticket, to } => format!("reminded/{ticket}/{to}/{seq}"),
            Order::PriorityDecided { ticket, to, at } => format!("priority/{ticket}/{to}/{at}"),
            Order::WishRaised { ticket, to, at } => format!("wish/{ticket}/{to}/{at}"),
            Order::Told(Telling { what, ticket, to, at }) => format!("{}/{ticket}/{to}/{at}", what.kind()),
            Order::Organisation(OfOrganisation { what, organisation, to, at }) => {
                format!("{}/{organisation}/{to}/{at}", what.kind())
            }
            // Once for a change, whatever was known before it.
            Order::ClosedDays(ClosedDays { to, version, .. }) => format!("closed_days/{to}/{version}"),
            Order::MonthReport(MonthReport { to, days, .. }) => format!("month_report/{to}/{}", days.from),
            Order::Opening(OpeningDigest { to, opened, .. }) => format!("opening/{to}/{opened}"),
            Order::Fix(owed) => owed.key(),
            Order::Circular(owed) => owed.key(),
            Order::Warned { ticket, to, percent, cycle, target } => {
                format!("warned/{ticket}/{to}/{cycle}/{percent}/{target:?}").to_lowercase()
            }
            Order::Breached { ticket, to, cycle, target } => {
                format!("breached/{ticket}/{to}/{cycle}/{target:?}").to_lowercase()
            }
        }
    }

    pub fn ticket(&self) -> Option<TicketId> {
        match self {
            Order::Receipt { ticket, .. }
            | Order::Reply { ticket, .. }
            | Order::CustomerReplied { ticket, .. }
            | Order::Called { ticket, .. }
            | Order::Assigned { ticket, .. }
            | Order::StateChanged { ticket, .. }
            | Order::Reminded { ticket, .. }
            | Order::PriorityDecided { ticket, .. }
            | Order::WishRaised { ticket, .. }
            | Order::Told(Telling { ticket, .. })
            | Order::Warned { ticket, .. }
            | Order::Breached { ticket, .. } => Some(*ticket),
            Order::Verification { .. }
            | Order::PasswordReset { .. }
            | Order::ReportLink { .. }
            | Order::Proof { .. }
            | Order::Invitation { .. }
            | Order::ResaleOffered { .. }
            | Order::Admission { .. }
            | Order::AlreadyRegistered { .. }
            | Order::PasswordChanged { .. }
            | Order::Organisation(_)
            | Order::ClosedDays(_)
            | Order::MonthReport(_)
            | Order::Opening(_)
            | Order::Circular(_) => None,
            // Of several it goes by each of them.
            Order::Fix(owed) => owed.only(),
        }
    }

    pub fn message(&self) -> Option<MessageId> {
        match self {
            Order::Reply { message, .. } | Order::CustomerReplied { message, .. } | Order::Called { message, .. } => {
                Some(*message)
            }
            _ => None,
        }
    }

    pub fn person(&self) -> Option<PersonId> {
        match self {
            Order::Admission { to, .. }
            | Order::AlreadyRegistered { to, .. }
            | Order::PasswordChanged { to, .. }
            | Order::Receipt { to, .. }
            | Order::Reply { to, .. }
            | Order::CustomerReplied { to, .. }
            | Order::Called { to, .. }
            | Order::Assigned { to, .. }
            | Order::StateChanged { to, .. }
            | Order::Reminded { to, .. }
            | Order::PriorityDecided { to, .. }
            | Order::WishRaised { to, .. }
            | Order::Told(Telling { to, .. })
            | Order::Organisation(OfOrganisation { to, .. })
            | Order::ClosedDays(ClosedDays { to, .. })
            | Order::MonthReport(MonthReport { to, .. })
            | Order::Opening(OpeningDigest { to, .. })
            | Order::Fix(FixTold { to, .. })
            | Order::Circular(CircularTold { to, .. })
            | Order::Warned { to, .. }
            | Order::Breached { to, .. } => Some(*to),
            Order::Verification { .. }
            | Order::PasswordReset { .. }
            | Order::ReportLink { .. }
            | Order::Proof { .. }
            | Order::Invitation { .. }
            | Order::ResaleOffered { .. } => None,
        }
    }

    /// Its kind, for lists of mails.
    pub fn kind(&self) -> &'static str {
        match self {
            Order::Verification { .. } => "verification",
            Order::PasswordReset { .. } => "password_reset",
            Order::ReportLink { .. } => "report_link",
            Order::Proof { .. } => "proof",
            Order::Invitation { .. } => "invitation",
            Order::ResaleOffered { .. } => "resale_offered",
            Order::Admission { .. } => "admission",
            Order::AlreadyRegistered { .. } => "already_registered",
            Order::PasswordChanged { .. } => "password_changed",
            Order::Receipt { .. } => "receipt",
            Order::Reply { .. } => "reply",
            Order::CustomerReplied { .. } => "customer_replied",
            Order::Called { .. } => "called",
            Order::Assigned { .. } => "assigned",
            Order::StateChanged { .. } => "state_changed",
            Order::Reminded { .. } => "reminded",
            Order::PriorityDecided { .. } => "priority_decided",
            Order::WishRaised { .. } => "wish_raised",
            Order::Told(telling) => telling.what.kind(),
            Order::Organisation(owed) => owed.what.kind(),
            Order::ClosedDays(_) => "closed_days",
            Order::MonthReport(_) => "month_report",
            Order::Opening(_) => "opening",
            Order::Fix(_) => "fix",
            Order::Circular(_) => "circular",
            Order::Warned { .. } => "warned",
            Order::Breached { .. } => "breached",
        }
    }

    /// Whether it carries a link that lets its reader in: its bytes are thrown away once it was sent.
    pub(crate) fn is_secret(&self) -> bool {
        matches!(
            self,
            Order::Verification { .. }
                | Order::PasswordReset { .. }
                | Order::ReportLink { .. }
                | Order::Proof { .. }
                | Order::Invitation { .. }
        )
    }
}

/// An order as its job holds it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Ordered {
    pub key: String,
    pub order: Order,
    /// The refused mail that it is sent again for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again_of: Option<OutgoingId>,
}

/// The key of a mail that is sent again: another mail, with a Message-ID of its own.
pub(crate) fn key_again(key: &str) -> String {
    format!("{key}/again")
}

/// Owes somebody a mail; a reply leaves when its hold is over.
pub(crate) async fn order(scribe: &mut Scribe<'_>, order: Order) -> Result<()> {
    let run_at = match &order {
        Order::Reply { message, .. } => store::messages::get(&scribe.tx, *message).await?.send_at,
        // Until then it can be undone.
        Order::Told(Telling { what: Told::Merged, .. }) => scribe.now.plus(crate::tickets::hold(scribe.desk).await?),
        _ => scribe.now,
    };
    order_at(scribe, order, run_at).await
}

/// The same, to leave at that instant or later.
pub(crate) async fn order_at(scribe: &mut Scribe<'_>, order: Order, run_at: Instant) -> Result<()> {
    let key = order.key(scribe.now.micros());
    scribe.enqueue(KIND, &key, &Ordered { key: key.clone(), order, again_of: None }, run_at).await
}
