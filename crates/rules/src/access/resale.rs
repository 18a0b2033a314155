//! Who files for whom (ENT-4): an organisation grants another that it files for it. Both see what was filed so: the
//! managers of both, and their other people as each organisation shares with them. What is marked confidential is neither's.

use super::{
    Colleagues, Confirmed, Former, Membership, OrganisationView, Role, Scope, Viewer, Withheld, scope::colleagues_of,
};
use crate::ids::OrganisationId;

/// An organisation files for another, or did until the grant ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resale {
    /// The end customer, who granted it.
    pub organisation: OrganisationId,
    /// Who files for it.
    pub reseller: OrganisationId,
    /// Whether the grant stands; the end customer keeps sight of what was filed under it, the reseller does not.
    pub stands: bool,
}

/// Adds to a scope what the grants of the viewer's organisations come to.
pub(super) fn add_to(seen: &mut Scope, viewer: &Viewer, views: &[OrganisationView]) {
    for resale in &viewer.resales {
        for membership in &viewer.memberships {
            let view = views.iter().find(|it| it.organisation == membership.organisation);
            let Some(view) = view.filter(|it| membership.is_present() && it.confirmed == Confirmed::Yes) else {
                continue;
            };
            let seen_by = if resale.files_by(membership) {
                as_reseller(membership, view)
            } else {
                as_customer(membership).filter(|it| it.organisation == resale.organisation)
            };
            let (organisation, filed_by) = (resale.organisation, Some(resale.reseller));
            seen.colleagues.extend(seen_by.map(|it| Colleagues { organisation, filed_by, ..it }));
        }
        if viewer.filed_by(resale) && !viewer.files_for(resale.organisation) {
            seen.former.push(Former { organisation: resale.organisation, filed_before: None });
            seen.withheld.push((resale.organisation, Withheld::GrantEnded));
        }
    }
    seen.former.sort_by_key(|it| (it.organisation, it.filed_before));
    seen.former.dedup();
}

impl Resale {
    fn files_by(&self, membership: &Membership) -> bool {
        self.stands && membership.organisation == self.reseller
    }
}

impl Viewer {
    fn filed_by(&self, resale: &Resale) -> bool {
        self.memberships.iter().any(|it| it.organisation == resale.reseller)
    }

    /// As one of its people, or of a reseller's that it granted.
    fn files_for(&self, organisation: OrganisationId) -> bool {
        self.memberships.iter().filter(|it| it.is_present()).any(|it| {
            let grants = |resale: &Resale| resale.organisation == organisation && resale.files_by(it);
            it.organisation == organisation || self.resales.iter().any(grants)
        })
    }
}

/// Whoever manages an organisation sees what is filed for it, and by it for others.
fn as_customer(membership: &Membership) -> Option<Colleagues> {
    let Membership { organisation, filed_from, .. } = *membership;
    (membership.role == Role::Manager).then_some(Colleagues { organisation, filed_from, filed_by: None })
}

/// The others see it as far as the reseller shares its own.
fn as_reseller(membership: &Membership, view: &OrganisationView) -> Option<Colleagues> {
    as_customer(membership).or_else(|| colleagues_of(membership, view))
}
