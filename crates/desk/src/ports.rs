//! What the desk needs from outside: the time, chance, somebody who carries mail, and a way into the web.

mod outside;
mod tracker;

use rules::{events::TargetKind, ids::TicketId, instant::Instant};

use crate::mail::OrganisationTold;

pub use outside::{Answered, Call, Herald, Nowhere, Outside, OutsideFault, PushWords, Pushed, SHORT_ANSWER};
pub use tracker::{Access, NewIssue, Page, Said, SaidText, Token, Tracker};

/// The time.
pub trait Clock: Send + Sync + std::fmt::Debug {
    fn now(&self) -> Instant;
}

/// The disk of the data folder.
pub trait Space: Send + Sync + std::fmt::Debug {
    /// Bytes that may still be written, where the system says so.
    fn free(&self) -> Option<u64>;
}

/// Unguessable bytes.
pub trait Chance: Send + Sync + std::fmt::Debug {
    fn fill(&self, bytes: &mut [u8]);
}

/// Composes and carries mail. Composing is pure and comes first, so that the bytes are kept before they are sent.
#[async_trait::async_trait]
pub trait Postman: Send + Sync + std::fmt::Debug {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault>;
    async fn send(&self, letter: Letter<'_>) -> Result<Accepted, SendFault>;
}

/// The facts of one mail.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// What it is about, once: `reply/17/4`. The same key gives the same Message-ID.
    pub key: String,
    pub to: Recipient,
    pub about: About,
    /// The request whose thread it belongs to.
    pub thread: Option<TicketId>,
    /// When it was composed.
    pub now: Instant,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Recipient {
    pub name: String,
    pub address: String,
    /// IANA name of the reader's zone, where known.
    pub zone: Option<String>,
}

/// An entry of the scope, in Markdown, and what staff wrote besides (SCO-1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopeFacts {
    pub name: String,
    pub text: String,
    /// What is covered all the same.
    pub except: Option<String>,
    /// Where to go.
    pub instead: Option<String>,
    pub link: Option<String>,
    pub reason: String,
}

/// When the desk opens, and the IANA name of its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opens {
    pub at: Instant,
    pub zone: Option<String>,
}

/// A wish beyond what is allowed; names and the reason are the policy's.
#[derive(Clone, Debug, PartialEq)]
pub struct Lowered {
    pub wish: String,
    pub priority: String,
    /// Why it cannot be what was wished, where the policy says so (PLN-4).
    pub why: Option<String>,
}

/// What a mail says.
#[derive(Clone, Debug, PartialEq)]
pub enum About {
    /// REG-1.
    Verification {
        product: String,
        link: String,
        expires: Instant,
    },
    /// Somebody wrote a security report with this address; nothing of what it says (SEC-1).
    ReportLink {
        product: String,
        link: String,
        expires: Instant,
    },
    /// Somebody signed up with an address that has an account: the form said the same as always (REG-2).
    AlreadyRegistered {
        product: String,
        sign_in: String,
        reset: String,
    },
    PasswordReset {
        product: String,
        link: String,
        expires: Instant,
    },
    /// REG-7: whether the address is still its reader's.
    Proof {
        product: String,
        link: String,
        expires: Instant,
    },
    PasswordChanged {
        product: String,
    },
    /// To the requester, when the request was filed. `receipt`: the policy's text for the type, Markdown.
    Receipt {
        request: RequestFacts,
        receipt: String,
        /// What is in force, where that is less than what was wished (PRI-3).
        lowered: Option<Lowered>,
        due: Option<Instant>,
        /// When the desk opens, where nobody is here now (HRS-3).
        opens: Option<Opens>,
    },
    /// To requester and participants: what a member of staff wrote, Markdown.
    Reply {
        request: RequestFacts,
        author: String,
        body: String,
        files: Vec<String>,
    },
    /// To the assignee: what the customer wrote.
    CustomerReplied {
        request: RequestFacts,
        author: String,
        body: String,
    },
    /// To a member of staff: the note in which a colleague calls them.
    Called {
        request: RequestFacts,
        author: String,
        body: String,
    },
    /// To everybody whose request it is: the state changed without a message.
    StateChanged {
        request: RequestFacts,
        state: rules::events::State,
        because: rules::events::Because,
    },
    /// To everybody whose request it is: the desk still waits for an answer; without one it is solved at `until`.
    Reminded {
        request: RequestFacts,
        until: Instant,
    },
    /// To the requester: an agent decided another priority than the wished one, and why (PRI-2).
    PriorityDecided {
        request: RequestFacts,
        wish: String,
        decided: String,
        reason: String,
    },
    /// To assignee or leads: the customer asks for a higher priority, and why (REQ-11).
    WishRaised {
        request: RequestFacts,
        author: String,
        before: String,
        wish: String,
        reason: String,
    },
    /// To an address: it is asked to join an organisation. `by`: the address of the member who asks; none for the support team.
    Invitation {
        product: String,
        name: String,
        by: Option<String>,
        link: String,
        expires: Instant,
    },
    /// To an address: its organisation is asked to file for `name` (ENT-4). `page`: where it is answered, signed in.
    ResaleOffered {
        product: String,
        name: String,
        page: String,
        expires: Instant,
    },
    /// To the managers of both: the reseller files for `name` from now on, or no more (ENT-4).
    Resale {
        product: String,
        name: String,
        reseller: String,
        begun: bool,
        page: String,
    },
    /// To members of `name`, and managers of `other`: the first ended in the second, or is one of its own again. `setting`:
    /// what people see from now on.
    Merger {
        product: String,
        name: String,
        other: String,
        merged: bool,
        setting: rules::access::Setting,
        page: String,
    },
    /// REG-3: to who waited: they were let in, or not and why.
    Admission {
        product: String,
        /// `None`: let in.
        refused: Option<String>,
        page: String,
    },
    /// HRS-4: the desk will be closed on these days too, by date, each with its name. `page`: where all of them stand.
    ClosedDays {
        product: String,
        days: Vec<(jiff::civil::Date, Option<String>)>,
        page: String,
    },
    /// To who chose it: what a month was like. `page`: the report.
    MonthReport {
        month: jiff::civil::Date,
        summary: rules::reports::Summary,
        page: String,
    },
    /// To staff, as the desk opens: what came while it was closed and what is due that day, the most urgent first.
    Opening {
        came: Vec<DigestLine>,
        due: Vec<DigestLine>,
        /// How many more there are.
        others: usize,
        page: String,
    },
    /// To who waits for the fix of a bug (BUG-4, BUG-7, ENT-2).
    Fix(FixFacts),
    /// To one of those whom a bug affects: what staff wrote to them.
    Circular(CircularFacts),
    /// To somebody, of an organisation. `page`: where it stands.
    Organisation {
        product: String,
        name: String,
        what: OrganisationTold,
        page: String,
    },
    /// To everybody whose request it is: it is of another type now, why, and what that type asks for and it does not
    /// have (REQ-8). `priority`: what is in force now, where that changed (PRI-4).
    Converted {
        request: RequestFacts,
        before: String,
        reason: String,
        priority: Option<String>,
        missing: Vec<String>,
        /// How many points are to be ticked.
        points: usize,
    },
    /// To the security role: a request is for it alone (SEC-1).
    SecurityReport {
        request: RequestFacts,
    },
    /// To a colleague who was added to a request.
    Added {
        request: RequestFacts,
        by: String,
        /// In the place of a colleague who left (REG-7).
        goes_on: bool,
    },
    /// To those whose request was merged into another (FRT-5).
    Merged {
        request: RequestFacts,
        survivor: RequestFacts,
    },
    /// To assignee or leads: the word that was promised for then was not given (FRT-7).
    WordOverdue {
        request: RequestFacts,
        due: Instant,
    },
    /// To assignee or leads: a person escalated it, and why (PLN-3).
    Escalated {
        request: RequestFacts,
        author: String,
        reason: String,
    },
    /// To those whose request it is: it is closed under this entry of the scope (SCO-1). All but `link` is Markdown.
    OutOfScope {
        request: RequestFacts,
        scope: ScopeFacts,
    },
    /// To who filed it, after its end: how it went. The verdict is put behind `url`.
    AskRating {
        request: RequestFacts,
        url: String,
    },
    /// To the security role: the embargo of a report ends soon (SEC-1).
    EmbargoNear {
        request: RequestFacts,
        until: Instant,
    },
    /// To whose it was: staff took a passage or a file out of it, and why (PRV-2).
    Redacted {
        request: RequestFacts,
        is_file: bool,
        why: Option<rules::redaction::Reason>,
        words: String,
    },
    Assigned {
        request: RequestFacts,
        by: String,
    },
    /// To assignee or leads (FRT-7).
    Warned {
        request: RequestFacts,
        percent: u8,
        owed: TargetKind,
        due: Instant,
    },
    Breached {
        request: RequestFacts,
        owed: TargetKind,
        due: Instant,
    },
}

/// What staff wrote to those whom a bug affects, filled in for its reader.
#[derive(Clone, Debug, PartialEq)]
pub struct CircularFacts {
    pub product: String,
    pub subject: String,
    /// Markdown.
    pub body: String,
    /// Who wrote it.
    pub author: String,
    pub why: rules::bugs::affected::Why,
    /// Of which they get it.
    pub organisation: Option<String>,
    /// Where it is answered.
    pub page: String,
}

/// Where a fix stands for whom a mail tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct FixFacts {
    pub product: String,
    pub bug: rules::ids::BugId,
    pub word: rules::bugs::telling::Word,
    /// Their requests; none of who only follows it.
    pub requests: Vec<RequestFacts>,
    /// Those of them that they are asked to confirm.
    pub confirm: Vec<TicketId>,
    /// They work in the vendor's cloud, so there is nothing to install.
    pub cloud: bool,
    /// What the bug is called, where customers may read it.
    pub title: Option<String>,
    /// What the notes of the release say of it, as Markdown, and where the release stands.
    pub entry: Option<String>,
    pub release: Option<String>,
    /// Why the version was taken back, and what to use instead (BUG-7).
    pub why: Option<String>,
    pub instead: Option<String>,
    /// The known bug, or their request.
    pub page: String,
}

/// A request as a mail may name it.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestFacts {
    pub id: TicketId,
    pub product: String,
    /// `None` for what may only be named by its number (SEC-1).
    pub subject: Option<String>,
    /// The type's name in the policy.
    pub type_name: String,
    pub url: String,
}

/// A mail, ready to be kept and sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The envelope's sender.
    pub sender: String,
    pub recipient: String,
    pub subject: String,
    /// RFC 5322, CRLF.
    pub bytes: Vec<u8>,
}

/// A mail on its way.
#[derive(Clone, Copy, Debug)]
pub struct Letter<'a> {
    pub sender: &'a str,
    pub recipient: &'a str,
    pub bytes: &'a [u8],
}

/// 250 after DATA, with what the server said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    pub answer: String,
}

/// Facts that make no mail: a fault of ours or of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposeFault(pub String);

/// Why a mail was not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendFault {
    /// 5xx: trying again is of no use.
    Refused { answer: String },
    /// 4xx, or nobody there, or silence: try again.
    Deferred { answer: String },
    /// The desk has no server to send by yet: it waits, however long that takes.
    NotSetUp,
}

/// A request in a digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestLine {
    pub number: TicketId,
    /// `None`: it may only be named by its number (SEC-1).
    pub subject: Option<String>,
    /// The organisation, else who filed it.
    pub whose: String,
    pub priority: String,
    pub due: Option<Instant>,
}
