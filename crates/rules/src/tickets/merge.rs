//! Whether two requests may become one (FRT-5). Nothing becomes readable by it to another organisation, nor by another
//! measure of secrecy; where that would be so they are linked instead.

use crate::{
    events::{Secrecy, State},
    ids::{OrganisationId, PersonId, TicketId},
    refusal::Refusal,
};

/// What a merge asks of each of the two.
#[derive(Clone, Copy, Debug)]
pub struct Merging {
    pub id: TicketId,
    pub organisation: Option<OrganisationId>,
    pub requester: PersonId,
    pub secrecy: Secrecy,
    pub state: State,
}

/// Why two requests stay two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// They are one already.
    Same,
    /// Of two organisations, or of two people who stand alone.
    Organisations,
    /// One is kept from more people than the other.
    Secrecy,
    /// The one that goes is closed.
    Closed,
    /// The one that stays is solved or closed.
    Over,
}

pub fn may_merge(goes: &Merging, stays: &Merging) -> Result<(), Refusal> {
    let is_one_company = match (goes.organisation, stays.organisation) {
        (None, None) => goes.requester == stays.requester,
        (goes, stays) => goes == stays,
    };
    let apart = if goes.id == stays.id {
        Apart::Same
    } else if !is_one_company {
        Apart::Organisations
    } else if goes.secrecy != stays.secrecy {
        Apart::Secrecy
    } else if goes.state == State::Closed {
        Apart::Closed
    } else if stays.state.is_over() {
        Apart::Over
    } else {
        return Ok(());
    };
    Err(Refusal::MergeApart { apart })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(id: i64) -> Merging {
        Merging {
            id: TicketId(id),
            organisation: Some(OrganisationId(1)),
            requester: PersonId(1),
            secrecy: Secrecy::Open,
            state: State::Open,
        }
    }

    fn refused(goes: Merging, stays: Merging) -> Option<Apart> {
        match may_merge(&goes, &stays) {
            Ok(()) => None,
            Err(Refusal::MergeApart { apart }) => Some(apart),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn frt_5_requests_of_one_organisation_and_one_secrecy_become_one() {
        let colleague = Merging { requester: PersonId(2), ..one(2) };
        assert_eq!(refused(one(1), colleague), None);
        assert_eq!(refused(Merging { state: State::Solved, ..one(1) }, one(2)), None);
        assert_eq!(refused(one(1), one(1)), Some(Apart::Same));
        let elsewhere = Merging { organisation: Some(OrganisationId(2)), ..one(2) };
        assert_eq!(refused(one(1), elsewhere), Some(Apart::Organisations));
        let alone = |id, person| Merging { organisation: None, requester: PersonId(person), ..one(id) };
        assert_eq!(refused(alone(1, 1), alone(2, 1)), None);
        assert_eq!(refused(alone(1, 1), alone(2, 2)), Some(Apart::Organisations));
        assert_eq!(refused(one(1), alone(2, 1)), Some(Apart::Organisations));
        let secret = Merging { secrecy: Secrecy::Confidential, ..one(2) };
        assert_eq!(refused(one(1), secret), Some(Apart::Secrecy));
        assert_eq!(refused(secret, one(1)), Some(Apart::Secrecy));
        assert_eq!(refused(Merging { state: State::Closed, ..one(1) }, one(2)), Some(Apart::Closed));
        for over in [State::Solved, State::Closed] {
            assert_eq!(refused(one(1), Merging { state: over, ..one(2) }), Some(Apart::Over));
        }
    }
}
