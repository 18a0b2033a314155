//! Decides what leaves an entry in the audit, what the entry says, and how entries hold together. An entry says who did
//! what to what, in ids and facts (PRV-1); names are looked up by whoever shows it. How it is kept is `store`'s, when it is
//! written is `desk`'s, and what people read of it is `words`'.

mod act;
mod area;
mod bugs;
mod chain;
mod of_ticket;
mod taking;
#[cfg(test)]
mod tests;

pub use act::{About, Act, Licensed, Of};
pub use area::Area;
pub use bugs::{BugAct, BugDid, TrackerDid};
pub use chain::{BEGINNING, Broken, Chained, Head, Link, follows, hash, is_hash};
pub use of_ticket::of_ticket;
pub use taking::Taking;
