//! The audit as administrators read it: listed, exported, and proven whole. Its entries are written by `audited` and `Scribe`,
//! in the transaction of what they tell.

mod export;
mod list;
mod verify;

pub use export::{csv_head, csv_line, export, json_line};
pub use list::{Asked, Listed, NotFound, Page, list, wanted};
pub use rules::audit::{Broken, Head};
pub use store::audit::{Kept, Verdict, Wanted};
pub use verify::{head, verify};
