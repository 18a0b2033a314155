//! What happens to people, organisations and the policy.

use serde::{Deserialize, Serialize};

use crate::{
    access::{Earlier, Role, Setting},
    ids::{DomainNoteId, LicenceId, OrganisationId, PersonId, PolicyVersionId},
    instant::Instant,
    keys::RegionKey,
    releases::{Edition, Instance},
};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PersonEvent {
    /// An address was proven by its link (REG-1); the first one makes the person.
    Verified {
        person: PersonId,
    },
    /// It is not known any more that their address is theirs (REG-7): a mail came back, or the proof is too old.
    AddressDoubted {
        person: PersonId,
        bounced: bool,
    },
    /// With an address that shows no company: staff decide whether they are let in (REG-3).
    Waits {
        person: PersonId,
    },
    Admitted {
        person: PersonId,
    },
    /// The reason stands in a row.
    TurnedAway {
        person: PersonId,
    },
    PasswordSet {
        person: PersonId,
    },
    SignedIn {
        person: PersonId,
    },
    SignedOutEverywhere {
        person: PersonId,
    },
    GrantsSet {
        person: PersonId,
    },
    /// Personal text is gone; counts and clocks stay (PRV-1).
    Erased {
        person: PersonId,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OrganisationEvent {
    /// Opened, unconfirmed, by the first person of an unknown corporate domain (REG-5).
    Opened {
        organisation: OrganisationId,
        by_domain: bool,
    },
    Joined {
        organisation: OrganisationId,
        person: PersonId,
    },
    /// Staff looked at it (REG-5).
    Confirmed {
        organisation: OrganisationId,
    },
    /// The name stands in its row.
    Renamed {
        organisation: OrganisationId,
    },
    /// A domain entry came or went (REG-4).
    DomainsSet {
        organisation: OrganisationId,
        /// Which; none where it was not kept yet.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<EntrySet>,
    },
    /// What its people see of each other's requests (VIS-1), and whether that reaches back (VIS-4).
    SharingSet {
        organisation: OrganisationId,
        setting: Setting,
        earlier: Earlier,
    },
    RoleSet {
        organisation: OrganisationId,
        person: PersonId,
        role: Role,
    },
    /// Somebody without or with an account was asked to join as that; their address stands in a row.
    Invited {
        organisation: OrganisationId,
        role: Role,
    },
    /// An invitation was withdrawn, or declined by who was asked.
    InvitationEnded {
        organisation: OrganisationId,
    },
    /// Whether its managers may ask people of other domains.
    InvitingSet {
        organisation: OrganisationId,
        others: bool,
    },
    /// It ended in another (VIS-4): what belonged to it is the survivor's, its requests stay its own.
    Merged {
        organisation: OrganisationId,
        into: OrganisationId,
    },
    /// It is an organisation of its own again, and has back what came with it.
    Split {
        organisation: OrganisationId,
        off: OrganisationId,
    },
    /// A membership ended; `heir` goes on with the open requests (REG-7).
    Left {
        organisation: OrganisationId,
        person: PersonId,
        heir: Option<PersonId>,
    },
    /// Staff said which region of the policy it belongs to (PLN-3); none for no region.
    RegionSet {
        organisation: OrganisationId,
        region: Option<RegionKey>,
    },
    /// Staff said where it runs the product, as far as they know.
    PlaceSet {
        organisation: OrganisationId,
        edition: Option<Edition>,
        instance: Option<Instance>,
    },
    /// A licence was given, or what it says was changed (ENT-1).
    Licensed {
        organisation: OrganisationId,
        licence: LicenceId,
    },
    /// Somebody was asked that theirs files for it (ENT-4); their address stands in a row.
    ResaleOffered {
        organisation: OrganisationId,
    },
    /// The reseller files for it from then on.
    ResaleBegun {
        organisation: OrganisationId,
        reseller: OrganisationId,
    },
    /// It files for it no more; without a reseller nobody had taken the offer.
    ResaleEnded {
        organisation: OrganisationId,
        reseller: Option<OrganisationId>,
    },
    /// Its name, its domains and the texts of its requests are gone; counts and clocks stay (PRV-1).
    Erased {
        organisation: OrganisationId,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PolicyEvent {
    /// A version was stored, in force from an instant (POL-3).
    Applied { version: PolicyVersionId, from: Instant },
}

/// A domain entry that came or went; the domain stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntrySet {
    Claimed(DomainNoteId),
    Released(DomainNoteId),
}

impl EntrySet {
    pub fn note(self) -> DomainNoteId {
        match self {
            EntrySet::Claimed(note) | EntrySet::Released(note) => note,
        }
    }
}
