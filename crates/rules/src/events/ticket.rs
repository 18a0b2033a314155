//! What happens to a request. Every kind that a clock, a turn or a state can depend on is here, also
//! those whose verbs come later, so that `sla` and `tickets` are complete functions over it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    bugs::RefusedFor,
    ids::{AttachmentId, BugId, BulkJobId, MessageId, OrganisationId, PersonId, PolicyVersionId, TeamId, TicketId},
    instant::Instant,
    keys::{DetailKey, EntryKey, PlanKey, PriorityKey, RegionKey, TypeKey},
    redaction::{Place, Reason, Redactor},
    teams::Shared,
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TicketEvent {
    Opened(Opened),
    Posted(Posted),
    /// A reply was taken back within its hold: nobody saw it.
    TakenBack {
        message: MessageId,
    },
    /// It arrived at one recipient (FRT-3).
    Delivered {
        message: MessageId,
        to: PersonId,
        via: Via,
    },
    /// The receiving server refused it for good, before accepting it.
    DeliveryRefused {
        message: MessageId,
        to: PersonId,
    },
    /// It was accepted first and came back; only a hard bounce takes a response back.
    Bounced {
        message: MessageId,
        to: PersonId,
        hard: bool,
    },
    /// A lead ruled that a message was no first response (FRT-2). The reason stands in the ruling's own row.
    Ruled {
        message: MessageId,
    },
    WishRaised {
        from: PriorityKey,
        to: PriorityKey,
    },
    /// An agent decided (PRI-2), or a rule clamped (PRI-3, PRI-4).
    PriorityDecided {
        from: PriorityKey,
        to: PriorityKey,
    },
    /// A person escalated it (PLN-3): targets of escalated requests count from now on. The reason stands in its own row.
    Escalated,
    /// Staff took that back.
    EscalationEnded,
    Converted {
        from: TypeKey,
        to: TypeKey,
        priority: PriorityKey,
    },
    StateChanged {
        from: State,
        to: State,
        because: Because,
    },
    /// The customer was reminded that it waits for them (REQ-9).
    Reminded,
    Assigned {
        from: Option<PersonId>,
        to: Option<PersonId>,
        /// Until when they are away from whom it went back to all by itself, since the customer wrote meanwhile.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        away_until: Option<Instant>,
        /// By which way of sharing its team gave it, or why it could give it to nobody.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shared: Option<Shared>,
    },
    /// It belongs to that team from now on, or to none.
    TeamSet {
        from: Option<TeamId>,
        to: Option<TeamId>,
    },
    /// Details that the type asks for were added.
    DetailsGiven {
        details: Vec<DetailKey>,
        /// The customer's message that they came with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<MessageId>,
    },
    SecrecySet {
        secrecy: Secrecy,
    },
    ParticipantAdded {
        person: PersonId,
    },
    ParticipantRemoved {
        person: PersonId,
    },
    Attached {
        attachment: AttachmentId,
        message: Option<MessageId>,
    },
    /// LOG-3: somebody looked at a file as it came, with its secrets; why stands in the remark.
    OriginalRead {
        attachment: AttachmentId,
    },
    /// Something of it is gone for good (PRV-2): where it stood, never what it was.
    Redacted {
        what: Redacted,
        by: Redactor,
        /// Other places of the request from which the same went.
        others: u32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Reason>,
    },
    /// Another request was merged into this one; its unanswered clock moves over (FRT-5).
    Absorbed {
        other: TicketId,
        clock: Option<Carried>,
    },
    /// This request was merged into another.
    MergedInto {
        survivor: TicketId,
    },
    /// A merge was undone, on either side.
    MergeUndone {
        other: TicketId,
    },
    /// It has to do with another request.
    Linked {
        other: TicketId,
    },
    Unlinked {
        other: TicketId,
    },
    /// A message of the customer became a request of its own.
    SplitOff {
        message: MessageId,
        into: TicketId,
    },
    /// BUG-2: the report was accepted into a bug, or taken out of it again.
    JoinedBug {
        bug: BugId,
    },
    LeftBug {
        bug: BugId,
    },
    /// BUG-2: it is no bug of ours; the words stand in the reply that says so.
    ReportRefused {
        why: RefusedFor,
    },
    /// The next word on what is with the developers is promised for then (FRT-7).
    NextWordPromised {
        due: Instant,
    },
    /// That instant passed without a word; recorded by the sweep.
    NextWordOverdue {
        due: Instant,
    },
    /// It is closed under an entry of the scope (SCO-1).
    OutOfScope {
        entry: EntryKey,
    },
    /// Somebody said after its end how it went; what they wrote stands in its own row.
    Rated {
        verdict: Verdict,
    },
    /// What is made public of a security report, and when nothing is said before (SEC-1).
    AdvisoryKept {
        embargo_until: Option<Instant>,
    },
    /// The end of its embargo comes near.
    EmbargoNear {
        until: Instant,
    },
    /// A running clock passed a mark (FRT-7). Says nothing that the other events do not: it records the telling.
    Warned {
        target: TargetKind,
        cycle: u32,
        percent: u8,
    },
    /// A running clock passed its due instant; recorded by the sweep, true from `due` on (FRT-9).
    Breached {
        target: TargetKind,
        cycle: u32,
        due: Instant,
    },
    /// Running clocks now follow another version of the policy, later only (POL-3).
    Recomputed {
        terms: PolicyVersionId,
    },
}

/// What was redacted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Redacted {
    Passage(Place),
    File(AttachmentId),
}

/// How a request began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    pub request_type: TypeKey,
    pub requester: PersonId,
    /// Fixed at filing (VIS-4).
    pub organisation: Option<OrganisationId>,
    /// Who filed it for the organisation, by its grant (ENT-4).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reseller: Option<OrganisationId>,
    /// What the customer asked for, kept as asked.
    pub wish: PriorityKey,
    /// The wish clamped to the type's range (PRI-3); in force until an agent decides.
    pub priority: PriorityKey,
    pub plan: Option<PlanKey>,
    /// The organisation's at filing (PLN-3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<RegionKey>,
    pub channel: Channel,
    /// The version of the policy that its clocks are pinned to (POL-3).
    pub terms: PolicyVersionId,
    pub clock_from: ClockFrom,
    pub secrecy: Secrecy,
}

/// When the first-response clock starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockFrom {
    /// At an instant: the filing, a phone call, the verification of a mail's sender (REG-8).
    At(Instant),
    /// At the customer's first message, when staff filed it for them (FRT-4).
    FirstCustomerMessage,
}

/// A message joined the conversation. `occurred_at` of its entry is when the person pressed send.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Posted {
    pub message: MessageId,
    pub author: Author,
    pub audience: Audience,
    pub hand: Hand,
    pub channel: Channel,
    /// Whether a visible character of its own is left after quote and signature (FRT-2).
    pub substance: bool,
    /// Details that it asks the customer for, required under the pinned terms and in fact absent (FRT-4).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<DetailKey>,
    /// With which job in bulk it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bulk: Option<BulkJobId>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Author {
    Customer(PersonId),
    Staff(PersonId),
    Machine,
}

/// Who may read a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Everybody who sees the request.
    Public,
    /// Staff only: an internal note.
    Internal,
}

/// How a message came about; FRT-2 reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hand {
    /// Written by the person.
    Written,
    /// A template, sent by a person.
    Template { acknowledgement: bool, edited: bool },
    /// Drafted by a program, sent by a person, and marked so.
    Assisted,
    /// Sent by a rule, a survey, a bot, an acknowledgement or a key marked automation.
    Automatic,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Portal,
    Desk,
    Mail,
    Api,
    Chat,
    Phone,
    Import,
}

/// How a message arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// 250 after DATA.
    Smtp,
    /// First sent to a session of the recipient.
    Portal,
}

/// Who may see a request beyond the organisation's setting (VIS-2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Secrecy {
    #[default]
    Open,
    /// Requester, added people, and staff.
    Confidential,
    /// Requester, added people, and staff with the security grant.
    Security,
}

/// REQ-9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    New,
    Open,
    WaitingForCustomer,
    WithDevelopers,
    ToConfirm,
    Solved,
    Closed,
}

impl State {
    /// Solved or closed: nobody waits for anything.
    pub fn is_over(self) -> bool {
        matches!(self, State::Solved | State::Closed)
    }
}

/// Why a state changed; the state table in `docs/states.md` lists which actor may give which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Because {
    StaffReplied,
    StaffDecided,
    CustomerReplied,
    CustomerClosed,
    CustomerConfirmed,
    /// A hard bounce: nobody heard us.
    Bounced,
    /// A lead ruled that what was said was no answer (FRT-2).
    Ruled,
    /// A timer ran out: waiting too long, or solved long enough.
    TimeRanOut,
    FixShipped,
    /// The release that carried the fix was withdrawn, or left the customer's instance.
    FixWithdrawn,
    Merged,
}

/// How it went, in the customer's eyes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Good,
    Bad,
}

/// A kind of clock (PLN-2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TargetKind {
    FirstResponse,
    NextResponse,
    Update,
    Workaround,
    Resolution,
}

/// The unanswered clock of a merged request: all that its survivor needs to go on with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Carried {
    /// Whose request it was; a response must reach this person to answer the clock (FRT-3).
    pub requester: PersonId,
    pub started: Instant,
    /// The due instant that it had when it moved.
    pub due: Option<Instant>,
    pub request_type: TypeKey,
    pub priority: PriorityKey,
    pub terms: PolicyVersionId,
}
