//! Why something was not done. Values; `words::refusal` says them, with what to do next.

use jiff::civil::Date;

use crate::{
    access::Action,
    bugs::BugRefusal,
    bulk::BulkRefusal,
    entitlement::NotNamed,
    events::State,
    instant::Instant,
    keys::{DeploymentKey, DetailKey, PlanKey, PriorityKey, TickKey, TypeKey},
    logs::Kind,
    people::{AddressFault, DomainRefusal, PasswordWeakness, captcha::CaptchaRefusal},
    push::Unfit,
    releases::Version,
    tickets::Apart,
    tracker::TrackerRefusal,
};

/// A decision against an action. The variants grow with the rules that refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// REG-3: throw-away addresses.
    DisposableDomain {
        domain: String,
    },
    /// REG-3: public mail where the policy refuses it.
    PublicDomain {
        domain: String,
    },
    /// A type that the policy does not offer (here, or to this plan).
    TypeNotOffered {
        request_type: TypeKey,
    },
    /// ENT-2: the licence ended before the grace, and the policy refuses then.
    LicenceEnded {
        ended: Date,
    },
    /// ENT-3: not among what a trial may file.
    NotInTrial {
        request_type: TypeKey,
    },
    /// PLN-5: others file for the organisation.
    NotAContact(NotNamed),
    /// PRI-3: outside the range of the type.
    PriorityOutOfRange {
        request_type: TypeKey,
        wish: PriorityKey,
        highest: PriorityKey,
    },
    /// PLN-4: a condition on what was chosen keeps it from being this.
    PriorityBarred {
        request_type: TypeKey,
        priority: PriorityKey,
    },
    /// PLN-3: the policy lets nobody escalate it, or not this priority.
    NoEscalation {
        priority: PriorityKey,
    },
    /// PLN-3: escalating is the staff's, after the call that the policy names.
    EscalatedByStaff,
    /// PLN-3: an escalation says why.
    EscalationReasonMissing,
    /// REQ-9: no such step from the state the request is in.
    StateStep {
        from: State,
        to: State,
    },
    /// PRI-2: a decision against the wish says why.
    ReasonMissing,
    /// REQ-11: a raised wish stands above the present one, among what is offered.
    WishNotHigher,
    /// REQ-11: a raised wish says why.
    RaiseReasonMissing,
    /// LOG-3: looking at a file as it came says why.
    OriginalReasonMissing,
    /// PRV-2: nothing was named that could be looked for.
    RedactNothing,
    /// PRV-2: a passage longer than anybody selects.
    PassageTooLong {
        limit: usize,
    },
    /// PRV-2: the passage does not stand there.
    PassageNotThere,
    /// PRV-2: staff say why.
    RedactionReasonMissing,
    /// PRV-2: what was given as the reason holds the passage itself.
    ReasonSaysIt,
    /// PRV-2: somebody else's words.
    NotTheirs,
    /// REQ-11: the request is solved or closed.
    RequestEnded,
    /// REQ-8: no such step from one type to the other.
    ConversionNotOffered {
        from: TypeKey,
        to: TypeKey,
    },
    /// FRT-5: two requests that stay two.
    MergeApart {
        apart: Apart,
    },
    /// What was typed names no request that this person sees; never which of both (VIS-3).
    NoSuchRequest {
        named: String,
    },
    /// FRT-7: a word is promised of what is with the developers, for a time to come.
    NothingToPromise,
    /// VIS-5: nobody of the request's organisation has that address.
    NoColleague,
    /// Nobody has an account with that address.
    NobodyThere,
    /// The requester is always part of their request.
    RequesterStays,
    /// SCO-1: no entry of the scope that is not covered.
    NoScopeEntry,
    /// How it went is asked after a request's end, of who filed it.
    NothingToRate,
    /// SEC-1: the secrecy of a security report is its type's.
    SecrecyOfType,
    /// What an organisation, its domains or its members do not allow (REG-4, 5, 7; VIS-1).
    Organisation(OrganisationRefusal),
    /// Something in bulk.
    Bulk(BulkRefusal),
    Bug(BugRefusal),
    /// The tracker, or the issue of a bug.
    Tracker(TrackerRefusal),
    /// A program came without a token that opens anything.
    TokenUnknown,
    /// What cannot be undone is confirmed by typing what it is about, and something else was typed.
    TypedOtherwise {
        expected: String,
    },
    /// The hold of a reply is over; it is on its way.
    HoldOver,
    /// The page or the action is for people who are signed in.
    SignInFirst,
    /// REG-3: staff have not let them in yet, or did not and said why.
    NotLetIn {
        since: Instant,
        turned_away: Option<String>,
    },
    /// Staff, but not entrusted with this.
    MayNot {
        action: Action,
    },
    /// They see the request but may not do this to it: a colleague reads (VIS-1).
    MayOnlyRead,
    /// A file beyond the policy's limit.
    FileTooLarge {
        limit_bytes: u64,
    },
    /// The upload broke off; nothing was kept of it.
    UploadInterrupted,
    /// LOG-5: the file that is asked about has not arrived whole.
    UploadUnfinished {
        missing_bytes: u64,
    },
    /// What arrived is not what was sent, by its checksum.
    UploadChanged,
    /// As many files are on their way as one person may have.
    TooManyUploads {
        limit: u64,
    },
    /// LOG-5: with this file it would be more than the policy gives an organisation, or a person without one.
    QuotaFull {
        used_bytes: u64,
        limit_bytes: u64,
        /// The day on which the first file is removed by itself.
        frees_on: Option<Date>,
    },
    /// LOG-5: the disk has no room for it beside what has to stay free.
    NoRoomOnDisk,
    /// REG-1: the proof of work.
    Proof(CaptchaRefusal),
    /// REG-1: a link that was never given out, or is cut off.
    LinkUnknown,
    LinkExpired,
    /// A link works once.
    LinkUsed,
    /// REG-6: the address and the password do not belong together, or there is no such account; never which (REG-2).
    WrongPair,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrganisationRefusal {
    /// REG-5: nobody has looked at it, so it shares nothing.
    Unconfirmed,
    NameMissing,
    NameTooLong {
        characters: usize,
        limit: usize,
    },
    NotADomain {
        text: String,
    },
    /// REG-4: everybody's, or nobody's for long.
    NoEntry(DomainRefusal),
    /// REG-4: an entry is unique.
    EntryOfAnother {
        organisation: String,
    },
    /// Not among its present members.
    NoMember,
    /// PLN-5: they file already.
    NamedAlready,
    /// PLN-5: as many are named as the plan has.
    ContactsFull {
        number: u32,
    },
    /// REG-7: who goes on is somebody else, and a member.
    NoHeir,
    /// Its managers ask people of its own domains only.
    NotOwnDomain,
    /// The address is a present member's.
    MemberAlready {
        address: String,
    },
    /// REG-7: nothing of it is shown while it is in doubt whether the address is still the person's.
    ProveFirst,
    /// By number or domain.
    Unknown {
        text: String,
    },
    /// VIS-4: it ended in another, where everything of it goes on.
    Ended {
        into: String,
    },
    /// Nothing merges into itself.
    MergeItself,
    /// ENT-4: nobody files for themselves by a grant.
    ResellsItself,
    /// ENT-4: it stands already.
    ResellsAlready {
        reseller: String,
    },
    /// ENT-4: who manages an organisation takes on to file for another.
    ManagersTakeOn,
    /// ENT-4: the grant by which the person filed for it has ended.
    FilesNoMore,
    /// So many wait for an answer already.
    TooManyInvitations {
        limit: usize,
    },
}

/// What is wrong with a form, field by field, in the order of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldFault {
    /// The form's field: `subject`, `detail.steps`, `tick.docs_read`.
    pub field: String,
    pub fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    Missing,
    NameMissing,
    SubjectMissing,
    /// A field of one line, for which a file is no way out.
    LineTooLong {
        characters: usize,
        limit: usize,
    },
    /// A text beside which files can be attached.
    TooLong {
        characters: usize,
        limit: usize,
    },
    NotTicked {
        tick: TickKey,
    },
    DetailMissing {
        detail: DetailKey,
    },
    /// LOG-1: what was given is something else than what was asked for; it lies with the other evidence.
    NoSuchFile {
        kind: Kind,
    },
    NotOffered,
    /// PLN-4: this priority depends on what was chosen.
    PriorityBarred {
        request_type: TypeKey,
        priority: PriorityKey,
    },
    /// REQ-4: what was typed is no version.
    NoVersion,
    /// REQ-4: the version has to be known there.
    VersionUnknown,
    /// BUG-1: a bug is reported for the latest release with its latest hotfix.
    VersionOutdated {
        installed: Version,
        latest: Version,
    },
    /// BUG-7: that release was withdrawn.
    VersionWithdrawn {
        installed: Version,
        instead: Option<Version>,
    },
    /// REQ-2: a log was given to a type that reads none.
    LogsNotRead {
        request_type: TypeKey,
        into: TypeKey,
    },
    /// A licence names a plan that the policy does not know.
    NoSuchPlan {
        plan: PlanKey,
    },
    NoSuchDeployment {
        deployment: DeploymentKey,
    },
    /// No kind of licence.
    NoSuchKind {
        kind: String,
    },
    /// No day of the calendar, or written in a way that more than one day is.
    NotADate {
        text: String,
    },
    NotACount {
        text: String,
    },
    /// The vendor's books call another licence so.
    KeyTaken {
        organisation: String,
    },
    /// Another one is called so.
    NameTaken {
        name: String,
    },
    /// So many are there already.
    TooMany {
        limit: usize,
    },
    /// Somebody else wrote in the request since the form was opened.
    WrittenMeanwhile {
        name: String,
    },
    /// A moment that is past, or too far ahead.
    NotAhead,
    /// Where a browser says it is reached is of no use.
    Subscription {
        why: Unfit,
    },
    /// A character that no line holds.
    NotALine,
    /// REG-2.
    Address(AddressFault),
    WeakPassword {
        reason: PasswordWeakness,
    },
}
