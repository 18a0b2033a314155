//! Views: requests that a question of the filter language means (`rules::query`), as a list in pages.
//!
//! The search index holds the facts that are asked for, and finds a page among a million requests by them; it is a moment
//! behind the database. So what was touched since is added, each row is read from the database, and the same rules say
//! whether it is meant and who sees it: a list shows what is true at its instant.

mod ask;
mod list;
mod saved;

pub(crate) use ask::ask_as;
pub use ask::{ask, names};
pub use list::{Listed, counts, list, meant_by};
pub use saved::{Saved, ToSave, change, may_change, remove, save, saved, saved_one};
pub use store::{saved_views::SavedView, ticket_lists::After};
