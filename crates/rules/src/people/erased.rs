//! What stands in the place of a name that was erased.

use crate::ids::OrganisationId;

/// The name of an organisation that was erased: its requests are still counted under it, so two of them are told apart.
pub fn erased_name(id: OrganisationId) -> String {
    format!("‹erased organisation {id}›")
}
