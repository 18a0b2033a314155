//! Whom somebody may ask into an organisation, and for how long the answer is awaited. Whether the address has an account
//! makes no difference (REG-2).

use jiff::SignedDuration;
use serde::Deserialize;

use super::join::Joining;
use crate::{
    ids::OrganisationId,
    refusal::{OrganisationRefusal, Refusal},
};

/// How long an invitation is good.
pub const INVITATION: SignedDuration = SignedDuration::from_hours(14 * 24);

/// How long an offer to file for an organisation can be taken on (ENT-4).
pub const OFFER: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Invitations of one organisation that nobody has answered, at most.
pub const OPEN_INVITATIONS: usize = 200;

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inviting {
    /// The desk knows whom it asks.
    Staff,
    Manager(Others),
}

/// Whether managers may ask addresses of other domains than their organisation's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Others {
    Refused,
    Allowed,
}

/// Whether an address that leads there may be asked into `organisation`. Nobody may be asked who could have no account.
pub fn may_invite(leads_to: &Joining, organisation: OrganisationId, by: Inviting) -> Result<(), Refusal> {
    match leads_to {
        Joining::Refused(refusal) => Err(refusal.clone()),
        Joining::Joins { organisation: own, .. } if *own == organisation => Ok(()),
        _ if by == Inviting::Manager(Others::Refused) => Err(Refusal::Organisation(OrganisationRefusal::NotOwnDomain)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::Domain;

    #[test]
    fn reg_7_managers_ask_their_own_domains_and_others_where_staff_allow_it() {
        let acme = OrganisationId(7);
        let entry = Domain::parse("acme.example").unwrap();
        let own = Joining::Joins { organisation: acme, entry: entry.clone() };
        let anothers = Joining::Joins { organisation: OrganisationId(8), entry };
        let public = Joining::StandsAlone {
            why: crate::people::Alone::PublicMail { domain: Domain::parse("gmail.com").unwrap() },
        };
        let refused = Joining::Refused(Refusal::DisposableDomain { domain: "mailinator.com".into() });
        for by in [Inviting::Staff, Inviting::Manager(Others::Allowed), Inviting::Manager(Others::Refused)] {
            assert_eq!(may_invite(&own, acme, by), Ok(()));
            assert!(may_invite(&refused, acme, by).is_err(), "{by:?}");
            for other in [&anothers, &public] {
                let strict = by == Inviting::Manager(Others::Refused);
                assert_eq!(may_invite(other, acme, by).is_err(), strict, "{by:?}");
            }
        }
    }
}
