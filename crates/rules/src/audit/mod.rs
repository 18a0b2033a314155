//! Decides what leaves an entry in the audit, what the entry says, and how entries hold together. An entry says who did
//! what to what, in ids and facts (PRV-1); names are looked up by whoever shows it. How it is kept is `store`'s, when it is
//! written is `desk`'s, and what people read of it is `words`'.

mod act;
mod area;
mod chain;
mod taking;
#[cfg(test)]
mod tests;

pub use act::{About, Act, Licensed, Of, of_ticket};
pub use area::Area;
pub use chain::{BEGINNING, Broken, Chained, Head, Link, follows, hash, is_hash};
pub use taking::Taking;
