//! Everything that concerns a person or an organisation, handed out (PRV-3): gathered as values, packed as an archive. What
//! the archive holds is described in docs/export.md. Passwords, tokens and links never leave the database.

mod archive;
mod gather;
mod own;
mod shape;

pub use archive::{Content, File, zip};
pub use gather::{About, Gathered, Lens, gather, hand_out};
pub use own::{KEPT_DAYS, OwnExport, ask, fetch, own};
pub(crate) use own::{KIND, make, make_anew, sweep};
pub use shape::VERSION;
