//! Who may do what to that which they see. Whether a step fits the request's state is `tickets`'.

use serde::{Deserialize, Serialize};

use super::{Grant, Grants, WhySeen};
use crate::ids::PersonId;

/// What staff do. Those on a request presuppose that the scope shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// See queue, requests and people beside them.
    UseDesk,
    Reply,
    Note,
    Assign,
    DecidePriority,
    ChangeState,
    Convert,
    Merge,
    /// File for a customer (FRT-4).
    FileForCustomer,
    /// Add people to a request, make it confidential.
    SetAudience,
    /// Pull it out of everybody's sight but the security role's (SEC-1); may be done by who will not see it then.
    MakeSecurityReport,
    /// What is made public of a security report, and when (SEC-1).
    KeepAdvisory,
    /// LOG-3: look at a file as it came, with its secrets.
    ReadOriginal,
    /// PRV-2: take a passage or a file out of a request, whosesoever it is.
    Redact,
    /// FRT-2: a message was no first response.
    RuleOnResponse,
    /// POL-3: move running clocks to another version.
    Recompute,
    /// VIS-1, REG-5: an organisation's visibility, name, confirmation.
    SetOrganisation,
    ReadPolicy,
    ApplyPolicy,
    ReadReports,
    /// The mails on their way out and those that failed, of requests that one sees; to try them again, and to give them up.
    ReadMails,
    /// Other work that failed for good, the same; and how the desk stands.
    ReadJobs,
    SetGrants,
    ReadAudit,
    ErasePerson,
    /// REQ-6: a build of the migration tool.
    AddTool,
    /// A view that all of the desk sees.
    ShareView,
    /// Texts for replies.
    KeepTemplates,
    /// What others do to many requests at once, as far as one sees the requests; to stop it, and to put it back.
    WatchBulk,
    /// Teams: who is in one, what it takes and how it shares it.
    KeepTeams,
    /// BUG-2: what becomes of a bug: confirmed, planned, fixed, refused.
    ManageBugs,
    /// BUG-2: whether a report is a bug, and which one.
    AcceptReports,
    /// Releases: to publish, amend, withdraw and roll them out (BUG-1, 4, 7).
    ManageReleases,
    /// The tracker with whose issues bugs are mirrored (BUG-5).
    KeepTracker,
}

impl Action {
    pub const ALL: [Action; 34] = [
        Action::UseDesk,
        Action::Reply,
        Action::Note,
        Action::Assign,
        Action::DecidePriority,
        Action::ChangeState,
        Action::Convert,
        Action::Merge,
        Action::FileForCustomer,
        Action::SetAudience,
        Action::MakeSecurityReport,
        Action::KeepAdvisory,
        Action::ReadOriginal,
        Action::Redact,
        Action::RuleOnResponse,
        Action::Recompute,
        Action::SetOrganisation,
        Action::ReadPolicy,
        Action::ApplyPolicy,
        Action::ReadReports,
        Action::ReadMails,
        Action::ReadJobs,
        Action::SetGrants,
        Action::ReadAudit,
        Action::ErasePerson,
        Action::AddTool,
        Action::ShareView,
        Action::KeepTemplates,
        Action::WatchBulk,
        Action::KeepTeams,
        Action::ManageBugs,
        Action::AcceptReports,
        Action::ManageReleases,
        Action::KeepTracker,
    ];
}

/// What customers do to a request that they see.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CustomerAction {
    Reply,
    GiveDetails,
    Close,
    ConfirmFix,
    /// REQ-11.
    RaiseWish,
    /// PLN-3.
    Escalate,
    AddParticipant,
}

impl CustomerAction {
    pub const ALL: [CustomerAction; 7] = [
        CustomerAction::Reply,
        CustomerAction::GiveDetails,
        CustomerAction::Close,
        CustomerAction::ConfirmFix,
        CustomerAction::RaiseWish,
        CustomerAction::Escalate,
        CustomerAction::AddParticipant,
    ];
}

/// Whether a member of staff with these grants may do it.
pub fn may(grants: Grants, action: Action) -> bool {
    grants.any_of(entrusted(action))
}

/// Whether a customer may do it to a request that they see by `why`. The requester may everything, who was
/// added may write, and so may who sees it by a reseller's grant, of either side (ENT-4); a colleague reads (VIS-1); staff
/// act as staff, by [`may`].
pub fn may_as_customer(why: WhySeen, action: CustomerAction) -> bool {
    match why {
        WhySeen::Requester | WhySeen::Heir => true,
        WhySeen::Participant | WhySeen::Resold { .. } => {
            matches!(action, CustomerAction::Reply | CustomerAction::GiveDetails)
        }
        WhySeen::Colleague(_) | WhySeen::Staff | WhySeen::TrustedStaff => false,
    }
}

/// Who wants to redact something of a request that they see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redacting {
    pub person: PersonId,
    pub grants: Grants,
    /// Whether they manage the organisation that the request was filed for.
    pub manages: bool,
}

/// Whose words or file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    ByCustomer(PersonId),
    /// By staff, or by the desk.
    ByDesk,
}

/// Whether somebody may redact what was written so, in a request that they see (PRV-2). Customers what is their own, who
/// manages an organisation what its side wrote; who answers requests, everything.
pub fn may_redact(who: Redacting, written: Written) -> bool {
    may(who.grants, Action::Redact)
        || match written {
            Written::ByCustomer(author) => author == who.person || who.manages,
            Written::ByDesk => false,
        }
}

/// Any one of these grants suffices.
pub fn entrusted(action: Action) -> &'static [Grant] {
    use Grant::{Administrator, Agent, Lead, Product, Security};
    match action {
        Action::UseDesk | Action::ReadPolicy => &Grant::ALL,
        Action::Note => &[Agent, Lead, Product, Security],
        Action::Reply
        | Action::Assign
        | Action::DecidePriority
        | Action::ChangeState
        | Action::Convert
        | Action::Merge
        | Action::FileForCustomer
        | Action::SetAudience
        | Action::MakeSecurityReport => &[Agent, Lead, Security],
        Action::KeepAdvisory => &[Security],
        Action::SetOrganisation => &[Agent, Lead],
        Action::ReadOriginal | Action::Redact => &[Agent, Lead, Security],
        Action::RuleOnResponse | Action::Recompute => &[Lead],
        Action::ReadReports => &[Lead, Product, Administrator],
        Action::ApplyPolicy | Action::ShareView | Action::KeepTemplates | Action::KeepTeams => &[Lead, Administrator],
        Action::ManageBugs => &[Lead, Product],
        Action::AcceptReports => &[Agent, Lead, Product],
        Action::AddTool => &[Product, Administrator],
        Action::ManageReleases => &[Lead, Product],
        // Mails about security reports are seen by that role alone, so it looks after them.
        Action::ReadMails => &[Lead, Security, Administrator],
        Action::ReadJobs | Action::WatchBulk => &[Lead, Administrator],
        Action::SetGrants | Action::ReadAudit | Action::ErasePerson | Action::KeepTracker => &[Administrator],
    }
}
