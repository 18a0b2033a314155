//! What entries are about, to choose from.

use serde::{Deserialize, Serialize};

use super::Act;

/// What an entry is about, to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Who works at the desk, and as what.
    Staff,
    /// Accounts: passwords, sessions, addresses.
    Accounts,
    /// Organisations, their members and managers.
    Organisations,
    Visibility,
    Licences,
    Policy,
    Redaction,
    Originals,
    Exports,
    Erasures,
    /// Tokens of programs.
    Programs,
    /// Work that was given up.
    Work,
    /// Who works together, and what comes to them.
    Teams,
    /// What becomes of bugs and of reports of them.
    Bugs,
    /// Releases, and where they run.
    Releases,
}

impl Area {
    pub const ALL: [Area; 15] = [
        Area::Staff,
        Area::Accounts,
        Area::Organisations,
        Area::Visibility,
        Area::Licences,
        Area::Policy,
        Area::Redaction,
        Area::Originals,
        Area::Exports,
        Area::Erasures,
        Area::Programs,
        Area::Work,
        Area::Teams,
        Area::Bugs,
        Area::Releases,
    ];
}

impl Act {
    /// Under what it is found.
    pub fn area(&self) -> Area {
        match self {
            Act::GrantsSet { .. } => Area::Staff,
            Act::PasswordSet { .. }
            | Act::SessionsEnded { .. }
            | Act::AddressProven { .. }
            | Act::AddressDoubted { .. }
            | Act::Admitted { .. }
            | Act::TurnedAway { .. } => Area::Accounts,
            Act::OrganisationOpened { .. }
            | Act::OrganisationConfirmed { .. }
            | Act::OrganisationRenamed { .. }
            | Act::DomainsSet { .. }
            | Act::RegionSet { .. }
            | Act::PlaceSet { .. }
            | Act::OrganisationMerged { .. }
            | Act::OrganisationSplit { .. }
            | Act::Joined { .. }
            | Act::RoleSet { .. }
            | Act::Left { .. }
            | Act::Invited { .. }
            | Act::InvitationEnded { .. }
            | Act::InvitingSet { .. }
            | Act::ResaleOffered { .. }
            | Act::ResaleBegun { .. }
            | Act::ResaleEnded { .. } => Area::Organisations,
            Act::SharingSet { .. }
            | Act::SecrecySet { .. }
            | Act::ParticipantAdded { .. }
            | Act::ParticipantRemoved { .. } => Area::Visibility,
            Act::LicenceSet { .. } => Area::Licences,
            Act::PolicyApplied { .. } | Act::Recomputed { .. } => Area::Policy,
            Act::Redacted { .. } => Area::Redaction,
            Act::OriginalRead { .. } => Area::Originals,
            Act::PersonExported { .. } | Act::OrganisationExported { .. } => Area::Exports,
            Act::PersonErased { .. } | Act::OrganisationErased { .. } => Area::Erasures,
            Act::TokenMade { .. } | Act::TokenRevoked { .. } | Act::TokenUsed { .. } => Area::Programs,
            Act::WorkDropped { .. } | Act::MailSentAgain { .. } => Area::Work,
            Act::Bug(_) | Act::Tracker(_) => Area::Bugs,
            Act::TeamMade { .. }
            | Act::TeamRenamed { .. }
            | Act::TeamJoined { .. }
            | Act::TeamLeft { .. }
            | Act::TeamTakes { .. }
            | Act::TeamShares { .. }
            | Act::TeamMovedUp { .. }
            | Act::TeamEnded { .. } => Area::Teams,
            Act::ReleasePublished { .. }
            | Act::ReleaseAmended { .. }
            | Act::ReleaseWithdrawn { .. }
            | Act::RolledOut { .. } => Area::Releases,
        }
    }
}
