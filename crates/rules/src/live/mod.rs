//! What people who look on hear at once: which of them hear of an entry of the journal ([`Told`]), by the one scope
//! (VIS-3), and who has a request open or writes in it ([`Presences`]), which is never written down. How it travels is
//! `desk`'s and the doors'.

mod presence;
mod told;

pub use presence::{Doing, PageId, Presences, Present};
pub use told::{Heard, Told, What, secrecy_before, told};
