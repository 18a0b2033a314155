//! The digest at the opening: each working day, as the desk opens, everybody who works at it is told what came while it was
//! closed and what is due that day, as far as it is theirs and they see it. When a day opens and whose a request is there
//! is `rules::opening`'s.

mod gather;
mod show;
mod tell;

pub use gather::{Gathered, Item};
pub use show::{Digest, Told, show, told};
pub use tell::KIND;
pub(crate) use tell::{keep_up, send};
