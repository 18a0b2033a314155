//! Why a request is seen or not (VIS-1 to 4): every line of a [`Scope`], with how it answers. [`Scope::why_seen`] decides;
//! this says the same of the same value at length, and a property holds the two together. Sentences are `words`'.

use serde::Serialize;

use super::{
    Colleagues, Confirmed, Grant, Grants, Membership, OrganisationView, Resale, Role, Scope, Setting, Staff,
    TicketFacts, Viewer, WhySeen, Withheld, scope,
};
use crate::{events::Secrecy, ids::OrganisationId, ids::PersonId, instant::Instant};

/// Whether a person sees a request, and what each line of their scope says to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sight {
    /// By which line it is seen: the first that lets them.
    pub seen: Option<WhySeen>,
    /// In the order of the scope's lines: whose it is, who was added, what the organisation shares, what staff read.
    pub lines: [Line; 4],
}

impl Sight {
    /// The rule by which it is seen, or by which it is not.
    pub fn rule(&self) -> &'static str {
        let line = self.lines.into_iter().find(|line| line.lets()).unwrap_or(match self.lines {
            [_, part @ Line::AddedAndApart { .. }, ..] => part,
            [_, _, _, staff @ Line::StaffWithout { .. }] => staff,
            [_, _, shared, _] => shared,
        });
        match line {
            Line::Resold { .. }
            | Line::AddedAndApart { why: Withheld::GrantEnded, .. }
            | Line::NotShared(NotShared::Withheld { withheld: Withheld::GrantEnded, .. }) => "ENT-4",
            Line::GoesOn
            | Line::AddedAndApart { .. }
            | Line::NotShared(NotShared::Withheld { withheld: Withheld::Left | Withheld::InDoubt, .. }) => "REG-7",
            Line::NotShared(NotShared::Withheld { withheld: Withheld::Unconfirmed, .. }) => "REG-5",
            Line::Staff { secrecy: Secrecy::Confidential | Secrecy::Security }
            | Line::StaffWithout { .. }
            | Line::NotShared(NotShared::Secret { .. }) => "VIS-2",
            Line::NotShared(NotShared::FiledBefore { .. }) => "VIS-4",
            _ => "VIS-1",
        }
    }
}

/// What one line of a scope says to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum Line {
    /// VIS-1: one's own.
    Filed,
    FiledByAnother,
    /// VIS-1: added to it.
    Added,
    /// REG-7: goes on with it in the place of a colleague who left.
    GoesOn,
    /// REG-7: was added, and lost that with the organisation.
    AddedAndApart {
        organisation: OrganisationId,
        why: Withheld,
    },
    NotAdded,
    /// VIS-1, VIS-4: the organisation shares it; what was filed before `filed_from` it does not.
    Shared {
        organisation: OrganisationId,
        filed_from: Option<Instant>,
    },
    /// ENT-4: the reseller filed it for the organisation, and both see it.
    Resold {
        organisation: OrganisationId,
        reseller: OrganisationId,
    },
    NotShared(NotShared),
    /// By a grant that reads requests as secret as this one.
    Staff {
        secrecy: Secrecy,
    },
    /// VIS-2: staff, but none of their grants reads what is as secret as this.
    StaffWithout {
        secrecy: Secrecy,
    },
    NoStaff,
}

/// Why the organisation of a request does not show it to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum NotShared {
    /// It was filed for no organisation.
    NoOrganisation,
    /// VIS-2: a security report or a confidential request is nobody's to share.
    Secret {
        secrecy: Secrecy,
    },
    /// Does not belong to the organisation and never did.
    NoMember {
        organisation: OrganisationId,
    },
    Withheld {
        organisation: OrganisationId,
        withheld: Withheld,
    },
    /// VIS-4: what was filed before is not shared.
    FiledBefore {
        organisation: OrganisationId,
        filed_from: Instant,
    },
}

impl Line {
    /// Whether this line alone lets its person see the request.
    pub fn lets(self) -> bool {
        matches!(
            self,
            Line::Filed | Line::Added | Line::GoesOn | Line::Shared { .. } | Line::Resold { .. } | Line::Staff { .. }
        )
    }
}

impl Scope {
    /// Why the request exists for this person, or why it does not.
    pub fn sight(&self, ticket: &TicketFacts) -> Sight {
        Sight {
            seen: self.why_seen(ticket),
            lines: [self.whose(ticket), self.part(ticket), self.sharing(ticket), self.reading(ticket)],
        }
    }

    fn whose(&self, ticket: &TicketFacts) -> Line {
        if ticket.requester == self.person { Line::Filed } else { Line::FiledByAnother }
    }

    fn part(&self, ticket: &TicketFacts) -> Line {
        match (self.takes_part(ticket), ticket.organisation) {
            (true, _) if ticket.heirs.contains(&self.person) => Line::GoesOn,
            (true, _) => Line::Added,
            (false, Some(organisation)) if ticket.participants.contains(&self.person) => {
                let why = self.withheld_by(organisation).unwrap_or(Withheld::Left);
                Line::AddedAndApart { organisation, why }
            }
            (false, _) => Line::NotAdded,
        }
    }

    fn sharing(&self, ticket: &TicketFacts) -> Line {
        let Some(organisation) = ticket.organisation else { return Line::NotShared(NotShared::NoOrganisation) };
        if let Some(shared) = self.shared_by(ticket) {
            return match shared.filed_by {
                Some(reseller) => Line::Resold { organisation, reseller },
                None => Line::Shared { organisation, filed_from: shared.filed_from },
            };
        }
        let is_same = |it: &&Colleagues| it.organisation == organisation && it.filed_by.is_none();
        let filed_from = self.colleagues.iter().filter(is_same).filter_map(|it| it.filed_from).min();
        let of_reseller = ticket.reseller.and_then(|it| Some((it, self.withheld_by(it)?)));
        let secrecy = ticket.secrecy;
        Line::NotShared(match (secrecy, self.withheld_by(organisation), filed_from) {
            (Secrecy::Confidential | Secrecy::Security, ..) => NotShared::Secret { secrecy },
            (_, _, Some(filed_from)) => NotShared::FiledBefore { organisation, filed_from },
            (_, Some(withheld), None) => NotShared::Withheld { organisation, withheld },
            (_, None, None) => match of_reseller {
                Some((organisation, withheld)) => NotShared::Withheld { organisation, withheld },
                None => NotShared::NoMember { organisation },
            },
        })
    }

    fn reading(&self, ticket: &TicketFacts) -> Line {
        let secrecy = ticket.secrecy;
        match self.staff {
            Staff::None => Line::NoStaff,
            staff if staff >= Staff::reading(secrecy) => Line::Staff { secrecy },
            _ => Line::StaffWithout { secrecy },
        }
    }

    fn withheld_by(&self, organisation: OrganisationId) -> Option<Withheld> {
        self.withheld.iter().find(|(id, _)| *id == organisation).map(|(_, why)| *why)
    }
}

/// Which kinds of people see a request besides those who are on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Circle {
    /// Of the organisation that it was filed for: nobody, its managers, or all its members.
    pub colleagues: Setting,
    /// The same of the reseller that filed it.
    pub resellers: Setting,
    /// Any one of these grants suffices.
    pub grants: Vec<Grant>,
}

/// Asks [`Scope::sees`] for somebody of each kind, so that no second rule says who sees what. `reseller`: who filed it for
/// the organisation, with that grant.
pub fn circle(
    ticket: &TicketFacts,
    organisation: Option<&OrganisationView>,
    reseller: Option<(&OrganisationView, Resale)>,
) -> Circle {
    let resales: Vec<Resale> = reseller.iter().map(|(_, resale)| *resale).collect();
    let nobody = Viewer { person: PersonId(0), grants: Grants::NONE, memberships: vec![], resales };
    let as_role = |view: &OrganisationView, role| {
        let memberships = vec![Membership::new(view.organisation, role, ticket.filed_at)];
        scope(&Viewer { memberships, ..nobody.clone() }, &[*view]).sees(ticket)
    };
    let of = |view: &OrganisationView| match (as_role(view, Role::Member), as_role(view, Role::Manager)) {
        (true, _) => Setting::Everyone,
        (false, true) => Setting::Managers,
        (false, false) => Setting::Own,
    };
    let (colleagues, resellers) =
        (organisation.map_or(Setting::Own, of), reseller.map_or(Setting::Own, |(view, _)| of(view)));
    let reads = |grant: &Grant| {
        let viewer = Viewer { grants: Grants::NONE.with(*grant), ..nobody.clone() };
        scope(&viewer, &[]).sees(ticket)
    };
    Circle { colleagues, resellers, grants: Grant::ALL.into_iter().filter(reads).collect() }
}

/// Why somebody sees nothing of what an organisation's people share, beside [`Scope::colleagues`].
pub(super) fn withheld(membership: &Membership, view: Option<&OrganisationView>) -> Withheld {
    match view {
        _ if membership.until.is_some() => Withheld::Left,
        _ if membership.doubted => Withheld::InDoubt,
        Some(view) if view.confirmed == Confirmed::No => Withheld::Unconfirmed,
        Some(view) => Withheld::BySetting { setting: view.sharing.setting() },
        None => Withheld::BySetting { setting: Setting::Own },
    }
}
