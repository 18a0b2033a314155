//! Search, and what is shown under a subject while it is typed (REQ-7, SCO-1). The index is the store's; what a reader may
//! find is their scope, asked again of each row that is shown (VIS-3).

mod alike;
mod find;
mod follow;
mod glance;
mod named;
mod refer;
mod remember;
mod suggest;
mod why;

pub use alike::{Alike, alike};
pub use find::{At, PAGES, RequestFound, Results, find, find_asked};
pub(crate) use follow::{Passages, keep_up};
pub use follow::{catch_up, follow, rebuild};
pub use glance::{Glance, glance};
pub(crate) use named::called;
pub use named::{OrganisationFound, PersonFound};
pub use refer::referable;
pub use remember::{opened, wave_away};
pub use suggest::{Asked, Suggestions, suggest};
pub use why::{By, Place, Shows};

pub use store::search::{Followed, Mark, Standing, peek};
