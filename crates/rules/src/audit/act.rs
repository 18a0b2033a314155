//! What is worth an entry: changes of rights, of what is seen, of licences and the policy, what was redacted, looks at
//! originals, exports and erasures.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{BugAct, Taking, TrackerDid};
use crate::{
    access::{Earlier, Grant, Role, Setting},
    entitlement::Kind,
    events::{By, EntrySet, Redacted, Secrecy},
    ids::{
        ApiTokenId, AttachmentId, DomainNoteId, JobId, LicenceId, OrganisationId, OutgoingId, PersonId,
        PolicyVersionId, ReleaseId, TeamId, TicketId,
    },
    instant::Instant,
    keys::{DeploymentKey, PlanKey, RegionKey},
    programs::Permit,
    redaction::{Reason, Redactor},
    releases::{Edition, Instance, Version},
    teams::Sharing,
};

/// What somebody did. It says what holds from then on; what held before stands in the entry before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Act {
    /// Staff roles were given and taken; none are left to a customer.
    GrantsSet {
        person: PersonId,
        grants: Vec<Grant>,
    },
    PasswordSet {
        person: PersonId,
    },
    /// All of somebody's sessions were ended, by themselves or by staff.
    SessionsEnded {
        person: PersonId,
    },
    /// A link in a mail proved that an address is theirs.
    AddressProven {
        person: PersonId,
    },
    /// It is not known any more that it is; they see of their organisations nothing until it is proven (REG-7).
    AddressDoubted {
        person: PersonId,
        bounced: bool,
    },
    /// Who waited was let in, or was not (REG-3).
    Admitted {
        person: PersonId,
    },
    TurnedAway {
        person: PersonId,
    },

    /// An organisation came to be: by the first address of its domain, or by staff.
    OrganisationOpened {
        organisation: OrganisationId,
        by_domain: bool,
    },
    OrganisationConfirmed {
        organisation: OrganisationId,
    },
    OrganisationRenamed {
        organisation: OrganisationId,
    },
    /// So many domains lead to it now.
    DomainsSet {
        organisation: OrganisationId,
        domains: usize,
        /// Which came or went; none in entries from before it was kept.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<EntrySet>,
    },
    /// The region of the policy that its requests go by from now on (PLN-3).
    RegionSet {
        organisation: OrganisationId,
        region: Option<RegionKey>,
    },
    /// It ended in another (VIS-4), or is one of its own again.
    OrganisationMerged {
        organisation: OrganisationId,
        into: OrganisationId,
    },
    OrganisationSplit {
        organisation: OrganisationId,
        off: OrganisationId,
    },
    Joined {
        organisation: OrganisationId,
        person: PersonId,
    },
    RoleSet {
        organisation: OrganisationId,
        person: PersonId,
        role: Role,
    },
    Left {
        organisation: OrganisationId,
        person: PersonId,
        heir: Option<PersonId>,
    },
    Invited {
        organisation: OrganisationId,
        role: Role,
    },
    InvitationEnded {
        organisation: OrganisationId,
    },
    InvitingSet {
        organisation: OrganisationId,
        others: bool,
    },
    /// Another organisation was asked to file for it, does, or does no more (ENT-4).
    ResaleOffered {
        organisation: OrganisationId,
    },
    ResaleBegun {
        organisation: OrganisationId,
        reseller: OrganisationId,
    },
    ResaleEnded {
        organisation: OrganisationId,
        reseller: Option<OrganisationId>,
    },

    /// What an organisation's people see of each other's requests (VIS-1, VIS-4).
    SharingSet {
        organisation: OrganisationId,
        setting: Setting,
        earlier: Earlier,
    },
    SecrecySet {
        ticket: TicketId,
        secrecy: Secrecy,
    },
    ParticipantAdded {
        ticket: TicketId,
        person: PersonId,
    },
    ParticipantRemoved {
        ticket: TicketId,
        person: PersonId,
    },

    /// What a licence says from now on.
    LicenceSet {
        organisation: OrganisationId,
        licence: LicenceId,
        says: Licensed,
    },
    /// A version of the policy was stored, in force from an instant; its file by SHA-256.
    PolicyApplied {
        version: PolicyVersionId,
        from: Instant,
        sha256: String,
    },
    /// Running clocks of a request follow another version.
    Recomputed {
        ticket: TicketId,
        version: PolicyVersionId,
    },

    Redacted {
        ticket: TicketId,
        what: Redacted,
        by: Redactor,
        others: u32,
        why: Option<Reason>,
    },
    /// LOG-3: a file as it came, with its secrets.
    OriginalRead {
        ticket: TicketId,
        file: AttachmentId,
    },

    /// PRV-3: all that concerns somebody was handed out.
    PersonExported {
        person: PersonId,
    },
    /// Without so many requests that who did it may not see.
    OrganisationExported {
        organisation: OrganisationId,
        left_out: usize,
    },
    /// A program may come from now on, and no more.
    TokenMade {
        token: ApiTokenId,
        permit: Permit,
    },
    TokenRevoked {
        token: ApiTokenId,
    },
    /// A program brought something with it; what changed stands in the entries after it.
    TokenUsed {
        token: ApiTokenId,
    },
    /// Work that failed was given up; why stands beside it for a while.
    WorkDropped {
        job: JobId,
        work: String,
        ticket: Option<TicketId>,
    },
    /// A team came to be; who is in it and what it takes stands in the entries behind it.
    TeamMade {
        team: TeamId,
    },
    TeamRenamed {
        team: TeamId,
    },
    TeamJoined {
        team: TeamId,
        person: PersonId,
    },
    TeamLeft {
        team: TeamId,
        person: PersonId,
    },
    /// Which new requests it takes, or by which question; its words stand in its row.
    TeamTakes {
        team: TeamId,
        takes: Taking,
    },
    TeamShares {
        team: TeamId,
        sharing: Sharing,
    },
    /// A new request is offered to it earlier than before.
    TeamMovedUp {
        team: TeamId,
    },
    /// Nobody is in it any more, and what it had open goes back to all.
    TeamEnded {
        team: TeamId,
    },
    /// A mail that a server refused was sent again.
    MailSentAgain {
        mail: OutgoingId,
        ticket: Option<TicketId>,
        person: Option<PersonId>,
    },
    /// What became of a bug, or of a report of one.
    Bug(BugAct),
    Tracker(TrackerDid),
    /// It can be had from then on; what it says stands in its row.
    ReleasePublished {
        release: ReleaseId,
        version: Version,
    },
    ReleaseAmended {
        release: ReleaseId,
        version: Version,
    },
    /// BUG-7: it was taken back; why stands in its row.
    ReleaseWithdrawn {
        release: ReleaseId,
        version: Version,
        instead: Option<Version>,
    },
    /// BUG-4: it reached an instance of the cloud.
    RolledOut {
        release: ReleaseId,
        version: Version,
        instance: Instance,
    },
    /// Where an organisation runs the product.
    PlaceSet {
        organisation: OrganisationId,
        edition: Option<Edition>,
        instance: Option<Instance>,
    },
    PersonErased {
        person: PersonId,
    },
    OrganisationErased {
        organisation: OrganisationId,
    },
}

/// What a licence says, as far as it is a fact: its key and edition are the vendor's words and stand in its row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licensed {
    pub licensed: Kind,
    pub plan: Option<PlanKey>,
    pub deployment: Option<DeploymentKey>,
    pub seats: Option<u32>,
    pub through: Option<Date>,
}

/// A kind of thing that an entry concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Who did it, and to whom it was done.
    Person,
    Organisation,
    Request,
    Licence,
    Team,
}

/// A thing that an entry concerns, and is found by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct About {
    pub of: Of,
    pub number: i64,
}

impl About {
    fn person(id: PersonId) -> Self {
        Self { of: Of::Person, number: id.0 }
    }

    fn organisation(id: OrganisationId) -> Self {
        Self { of: Of::Organisation, number: id.0 }
    }

    fn team(id: TeamId) -> Self {
        Self { of: Of::Team, number: id.0 }
    }

    fn request(id: TicketId) -> Self {
        Self { of: Of::Request, number: id.0 }
    }
}

impl Act {
    /// Whom and what it concerns, besides who did it.
    fn concerns(&self) -> Vec<About> {
        match self {
            Act::GrantsSet { person, .. }
            | Act::PasswordSet { person }
            | Act::SessionsEnded { person }
            | Act::AddressProven { person }
            | Act::AddressDoubted { person, .. }
            | Act::Admitted { person }
            | Act::TurnedAway { person }
            | Act::PersonExported { person }
            | Act::PersonErased { person } => vec![About::person(*person)],
            Act::OrganisationOpened { organisation, .. }
            | Act::OrganisationConfirmed { organisation }
            | Act::OrganisationRenamed { organisation }
            | Act::DomainsSet { organisation, .. }
            | Act::RegionSet { organisation, .. }
            | Act::PlaceSet { organisation, .. }
            | Act::Invited { organisation, .. }
            | Act::InvitationEnded { organisation }
            | Act::InvitingSet { organisation, .. }
            | Act::ResaleOffered { organisation }
            | Act::ResaleEnded { organisation, reseller: None }
            | Act::SharingSet { organisation, .. }
            | Act::OrganisationExported { organisation, .. }
            | Act::OrganisationErased { organisation } => vec![About::organisation(*organisation)],
            Act::OrganisationMerged { organisation, into: other }
            | Act::ResaleBegun { organisation, reseller: other }
            | Act::ResaleEnded { organisation, reseller: Some(other) }
            | Act::OrganisationSplit { organisation, off: other } => {
                vec![About::organisation(*organisation), About::organisation(*other)]
            }
            Act::Joined { organisation, person } | Act::RoleSet { organisation, person, .. } => {
                vec![About::organisation(*organisation), About::person(*person)]
            }
            Act::Left { organisation, person, heir } => {
                let people = [Some(*person), *heir].into_iter().flatten().map(About::person);
                std::iter::once(About::organisation(*organisation)).chain(people).collect()
            }
            Act::ParticipantAdded { ticket, person } | Act::ParticipantRemoved { ticket, person } => {
                vec![About::request(*ticket), About::person(*person)]
            }
            Act::LicenceSet { organisation, licence, .. } => {
                vec![About::organisation(*organisation), About { of: Of::Licence, number: licence.0 }]
            }
            Act::SecrecySet { ticket, .. }
            | Act::Recomputed { ticket, .. }
            | Act::Redacted { ticket, .. }
            | Act::OriginalRead { ticket, .. } => vec![About::request(*ticket)],
            Act::TeamMade { team }
            | Act::TeamRenamed { team }
            | Act::TeamJoined { team, .. }
            | Act::TeamLeft { team, .. }
            | Act::TeamTakes { team, .. }
            | Act::TeamShares { team, .. }
            | Act::TeamMovedUp { team }
            | Act::TeamEnded { team } => {
                std::iter::once(About::team(*team)).chain(self.moved().map(About::person)).collect()
            }
            _ => self.concerns_besides(),
        }
    }

    /// The same of what is done to neither people nor organisations.
    fn concerns_besides(&self) -> Vec<About> {
        match self {
            Act::MailSentAgain { ticket, person, .. } => {
                ticket.map(About::request).into_iter().chain(person.map(About::person)).collect()
            }
            Act::WorkDropped { ticket, .. } => ticket.iter().copied().map(About::request).collect(),
            Act::Bug(it) => it.ticket.iter().copied().map(About::request).collect(),
            // The policy, tokens, releases: they are found by their area.
            _ => vec![],
        }
    }

    /// Who came into a team, or left it.
    fn moved(&self) -> Option<PersonId> {
        match self {
            Act::TeamJoined { person, .. } | Act::TeamLeft { person, .. } => Some(*person),
            _ => None,
        }
    }

    /// Everything by which its entry is found, once each and in order.
    pub fn about(&self, by: By) -> Vec<About> {
        let mut about = self.concerns();
        about.extend(by.person.map(About::person));
        about.sort_unstable();
        about.dedup();
        about
    }

    /// The people that it names.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        self.named(Of::Person).map(PersonId)
    }

    /// The organisations that it names.
    pub fn organisations(&self) -> impl Iterator<Item = OrganisationId> {
        self.named(Of::Organisation).map(OrganisationId)
    }

    /// The team that it names.
    pub fn team(&self) -> Option<TeamId> {
        self.named(Of::Team).map(TeamId).next()
    }

    /// The domain that it names.
    pub fn domain(&self) -> Option<DomainNoteId> {
        match self {
            Act::DomainsSet { entry, .. } => entry.map(EntrySet::note),
            _ => None,
        }
    }

    fn named(&self, of: Of) -> impl Iterator<Item = i64> {
        self.concerns().into_iter().filter(move |about| about.of == of).map(|about| about.number)
    }
}
