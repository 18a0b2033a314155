//! The scope: which requests a person sees (VIS-1 to 4). Every field is public, because `store` writes the
//! same condition in SQL; change the two together, the random worlds compare them (VIS-3).

use super::{Confirmed, Grant, Grants, OrganisationView, Reach, Resale, Setting, resale, sight};
use crate::{
    events::Secrecy,
    ids::{OrganisationId, PersonId},
    instant::Instant,
};

/// Who is looking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    pub person: PersonId,
    pub grants: Grants,
    pub memberships: Vec<Membership>,
    /// Grants by which and to which the organisations of the memberships file for others (ENT-4).
    pub resales: Vec<Resale>,
}

/// A person in an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    pub organisation: OrganisationId,
    pub role: Role,
    pub since: Instant,
    /// When it ended; a former member keeps only what they filed themselves (REG-7).
    pub until: Option<Instant>,
    /// It is not known whether the person's address is still theirs: nothing is seen by it, as if they had left (REG-7).
    pub doubted: bool,
    /// Only colleagues' requests filed at or after it, whatever the organisation shares: it came with a merge, by which
    /// nothing becomes readable (VIS-4).
    pub filed_from: Option<Instant>,
}

impl Membership {
    /// A present one without bounds.
    pub fn new(organisation: OrganisationId, role: Role, since: Instant) -> Self {
        Self { organisation, role, since, until: None, doubted: false, filed_from: None }
    }

    /// The same while it is in doubt whether the person's address is still theirs.
    #[must_use]
    pub fn in_doubt(self) -> Self {
        Self { doubted: true, ..self }
    }

    pub(super) fn is_present(&self) -> bool {
        self.until.is_none() && !self.doubted
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Member,
    /// May file, where the plan names contacts (PLN-5); sees what a member sees.
    Contact,
    Manager,
}

/// What a person sees. A request is visible when one of these lines says so:
/// its requester is `person`; `person` is a participant and it is not among what `former` keeps from them;
/// its secrecy is open and its organisation is among `colleagues`, filed at or after `filed_from` and, where the line names
/// one, by the reseller `filed_by` (ENT-4);
/// or `staff` covers its secrecy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    pub person: PersonId,
    pub colleagues: Vec<Colleagues>,
    /// Organisations that the person has left, or files for no more (ENT-4).
    pub former: Vec<Former>,
    pub staff: Staff,
    /// Organisations of the person's whose requests they do not see as a colleague, and why. Decides nothing: it is how the
    /// lines above came about, for [`Scope::sight`].
    pub withheld: Vec<(OrganisationId, Withheld)>,
}

/// An organisation that the person has left: of its requests they see what they filed themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Former {
    pub organisation: OrganisationId,
    /// Only of requests filed before it: they came back with a merge, by which nothing becomes readable (VIS-4).
    pub filed_before: Option<Instant>,
}

impl Former {
    fn keeps(self, ticket: &TicketFacts) -> bool {
        ticket.organisation == Some(self.organisation) && self.filed_before.is_none_or(|at| ticket.filed_at < at)
    }
}

/// Why a membership shows nothing of what colleagues filed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Withheld {
    /// REG-7: it has ended.
    Left,
    /// REG-7: the address has to be proven again.
    InDoubt,
    /// REG-5: staff have not looked at the organisation.
    Unconfirmed,
    /// ENT-4: the grant by which the person filed for it has ended.
    GrantEnded,
    /// VIS-1: that is what its people see.
    BySetting { setting: Setting },
}

/// An organisation whose people share their requests with the viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colleagues {
    pub organisation: OrganisationId,
    /// Only requests filed at or after it; `None` for all (VIS-4).
    pub filed_from: Option<Instant>,
    /// Only what this reseller filed for it (ENT-4).
    pub filed_by: Option<OrganisationId>,
}

impl Colleagues {
    fn covers(&self, ticket: &TicketFacts) -> bool {
        ticket.organisation == Some(self.organisation)
            && self.filed_from.is_none_or(|from| ticket.filed_at >= from)
            && (self.filed_by.is_none() || self.filed_by == ticket.reseller)
    }
}

/// Up to which secrecy a person sees requests as a member of staff.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Staff {
    None,
    /// Open requests: all staff.
    Open,
    /// Confidential ones too: who answers requests (VIS-2).
    Confidential,
    /// Security reports too: the security grant (VIS-2).
    Security,
}

impl Staff {
    /// What reads requests of this secrecy.
    pub fn reading(secrecy: Secrecy) -> Self {
        match secrecy {
            Secrecy::Open => Staff::Open,
            Secrecy::Confidential => Staff::Confidential,
            Secrecy::Security => Staff::Security,
        }
    }
}

/// What seeing a request depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketFacts {
    pub requester: PersonId,
    /// Fixed at filing (VIS-4).
    pub organisation: Option<OrganisationId>,
    /// The reseller by whom it was filed for the organisation, fixed too (ENT-4).
    pub reseller: Option<OrganisationId>,
    pub filed_at: Instant,
    pub secrecy: Secrecy,
    pub participants: Vec<PersonId>,
    /// Those of them who go on with it in the place of who left (REG-7).
    pub heirs: Vec<PersonId>,
}

/// The line of the scope by which a request is seen; the first that holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhySeen {
    /// VIS-1: one's own.
    Requester,
    /// VIS-1: added to it.
    Participant,
    /// REG-7: goes on with it in the place of a colleague who left.
    Heir,
    /// VIS-1: the organisation shares it.
    Colleague(OrganisationId),
    /// ENT-4: a reseller filed it for the organisation, and both see it.
    Resold { organisation: OrganisationId, reseller: OrganisationId },
    /// An open request, by any grant.
    Staff,
    /// VIS-2: a confidential request or a security report, by a grant that allows it.
    TrustedStaff,
}

/// What `viewer` sees. `organisations` holds those of the memberships; one that is missing shares nothing.
pub fn scope(viewer: &Viewer, organisations: &[OrganisationView]) -> Scope {
    let mut seen = Scope {
        person: viewer.person,
        colleagues: vec![],
        former: vec![],
        staff: staff(viewer.grants),
        withheld: vec![],
    };
    let is_member = |id: OrganisationId| viewer.memberships.iter().any(|it| it.organisation == id && it.is_present());
    for membership in &viewer.memberships {
        let organisation = membership.organisation;
        let view = organisations.iter().find(|it| it.organisation == organisation);
        match view.filter(|_| membership.is_present()).and_then(|view| colleagues_of(membership, view)) {
            Some(colleagues) => seen.colleagues.push(colleagues),
            None if membership.is_present() => seen.withheld.push((organisation, sight::withheld(membership, view))),
            None if !is_member(organisation) => {
                seen.former.push(Former { organisation, filed_before: None });
                seen.withheld.push((organisation, sight::withheld(membership, view)));
            }
            None => seen.former.extend(back_with_a_merge(viewer, organisation)),
        }
    }
    resale::add_to(&mut seen, viewer, organisations);
    seen
}

/// Who had left and came back with a merge alone is still a former member to what was filed before.
fn back_with_a_merge(viewer: &Viewer, organisation: OrganisationId) -> Option<Former> {
    let here = |it: &&Membership| it.organisation == organisation && it.is_present();
    let bounds: Option<Vec<Instant>> = viewer.memberships.iter().filter(here).map(|it| it.filed_from).collect();
    let filed_before = bounds?.into_iter().min();
    filed_before.map(|at| Former { organisation, filed_before: Some(at) })
}

/// A number that no person has.
const NOBODY: PersonId = PersonId(-1);

impl Scope {
    /// What a program sees that may read requests: what all staff see, and of no person's anything besides.
    pub fn of_program() -> Self {
        Self { person: NOBODY, colleagues: vec![], former: vec![], staff: Staff::Open, withheld: vec![] }
    }

    /// Whether the request exists for this person (VIS-3).
    pub fn sees(&self, ticket: &TicketFacts) -> bool {
        self.why_seen(ticket).is_some()
    }

    /// By which line of the scope it is seen; `None` when it does not exist for this person.
    pub fn why_seen(&self, ticket: &TicketFacts) -> Option<WhySeen> {
        if ticket.requester == self.person {
            return Some(WhySeen::Requester);
        }
        if self.takes_part(ticket) {
            let is_heir = ticket.heirs.contains(&self.person);
            return Some(if is_heir { WhySeen::Heir } else { WhySeen::Participant });
        }
        if let Some(Colleagues { organisation, filed_by, .. }) = self.shared_by(ticket) {
            return Some(match filed_by {
                Some(reseller) => WhySeen::Resold { organisation, reseller },
                None => WhySeen::Colleague(organisation),
            });
        }
        let why = if ticket.secrecy == Secrecy::Open { WhySeen::Staff } else { WhySeen::TrustedStaff };
        (self.staff >= Staff::reading(ticket.secrecy)).then_some(why)
    }

    pub(super) fn takes_part(&self, ticket: &TicketFacts) -> bool {
        ticket.participants.contains(&self.person) && !self.former.iter().any(|former| former.keeps(ticket))
    }

    /// The line that shares it: of several the first, which is one without a reseller.
    pub(super) fn shared_by(&self, ticket: &TicketFacts) -> Option<Colleagues> {
        let shared = self.colleagues.iter().find(|it| it.covers(ticket)).copied();
        shared.filter(|_| ticket.secrecy == Secrecy::Open)
    }
}

pub(super) fn colleagues_of(membership: &Membership, view: &OrganisationView) -> Option<Colleagues> {
    if view.confirmed == Confirmed::No {
        return None;
    }
    let reach = match membership.role {
        Role::Manager => view.sharing.managers,
        Role::Member | Role::Contact => view.sharing.members,
    };
    let filed_from = match reach? {
        Reach::FiledFrom(from) => Some(from),
        Reach::Everything => None,
    };
    Some(Colleagues {
        organisation: view.organisation,
        filed_from: filed_from.max(membership.filed_from),
        filed_by: None,
    })
}

/// An administrator reads neither kind of secret by that role, nor does who plans releases (VIS-2).
fn staff(grants: Grants) -> Staff {
    if grants.has(Grant::Security) {
        Staff::Security
    } else if grants.any_of(&[Grant::Agent, Grant::Lead]) {
        Staff::Confidential
    } else if grants.is_staff() {
        Staff::Open
    } else {
        Staff::None
    }
}
