//! Search, and what is shown under a subject while it is typed (REQ-7, SCO-1). The index is the store's; what a reader may
//! find is their scope, asked again of each row that is shown (VIS-3).

mod alike;
mod find;
mod follow;
mod remember;
mod suggest;

pub use alike::{Alike, alike};
pub use find::{At, PersonFound, RequestFound, Results, find, find_asked};
pub(crate) use follow::{Passages, keep_up};
pub use follow::{catch_up, follow, rebuild};
pub use remember::{opened, wave_away};
pub use suggest::{Asked, Suggestions, suggest};

pub use store::search::{Followed, Mark, Standing, peek};
