//! What search is made of that needs no index: the words of a text and their forms, what a person types read as a
//! question, the passage of a text that shows why it was found, and what of the policy can be found. Which texts a
//! reader may find is `access`'s; where they are kept and ranked is the store's.

mod excerpt;
mod passages;
mod target;
mod typed;
mod words;

#[cfg(test)]
mod tests;

pub use excerpt::{Bit, excerpt, hits, marked};
pub use passages::{Passage, PassageOf, SECTIONS, passages};
pub use target::{NoTarget, Target};
pub use typed::{LONGEST, Typed, TypedWord};
pub use words::{Found, forms, words};
