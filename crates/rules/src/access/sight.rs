//! Why a request is seen or not (VIS-1 to 4): every line of a [`Scope`], with how it answers. [`Scope::why_seen`] decides;
//! this says the same of the same value at length, and a property holds the two together. Sentences are `words`'.

use serde::Serialize;

use super::{
    Confirmed, Grant, Grants, Membership, OrganisationView, Role, Scope, Setting, Staff, TicketFacts, Viewer, WhySeen,
    Withheld, scope,
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
        matches!(self, Line::Filed | Line::Added | Line::GoesOn | Line::Shared { .. } | Line::Staff { .. })
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
        let shared = self.colleagues.iter().filter(|it| it.organisation == organisation);
        if self.shared_by(ticket).is_some() {
            let covers = |from: &Option<Instant>| from.is_none_or(|from| ticket.filed_at >= from);
            let filed_from = shared.map(|it| it.filed_from).find(covers).flatten();
            return Line::Shared { organisation, filed_from };
        }
        let secrecy = ticket.secrecy;
        Line::NotShared(match (secrecy, self.withheld_by(organisation), shared.filter_map(|it| it.filed_from).min()) {
            (Secrecy::Confidential | Secrecy::Security, ..) => NotShared::Secret { secrecy },
            (_, _, Some(filed_from)) => NotShared::FiledBefore { organisation, filed_from },
            (_, Some(withheld), None) => NotShared::Withheld { organisation, withheld },
            (_, None, None) => NotShared::NoMember { organisation },
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
    /// Any one of these grants suffices.
    pub grants: Vec<Grant>,
}

/// Asks [`Scope::sees`] for somebody of each kind, so that no second rule says who sees what.
pub fn circle(ticket: &TicketFacts, organisation: Option<&OrganisationView>) -> Circle {
    let nobody = Viewer { person: PersonId(0), grants: Grants::NONE, memberships: vec![] };
    let views: Vec<OrganisationView> = organisation.copied().into_iter().collect();
    let as_role = |role| {
        let of = |view: &OrganisationView| Membership::new(view.organisation, role, ticket.filed_at);
        let viewer = Viewer { memberships: views.iter().map(of).collect(), ..nobody.clone() };
        scope(&viewer, &views).sees(ticket)
    };
    let colleagues = match (as_role(Role::Member), as_role(Role::Manager)) {
        (true, _) => Setting::Everyone,
        (false, true) => Setting::Managers,
        (false, false) => Setting::Own,
    };
    let reads = |grant: &Grant| {
        let viewer = Viewer { grants: Grants::NONE.with(*grant), ..nobody.clone() };
        scope(&viewer, &[]).sees(ticket)
    };
    Circle { colleagues, grants: Grant::ALL.into_iter().filter(reads).collect() }
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
