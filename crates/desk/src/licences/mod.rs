//! Licences: given to organisations, what somebody is entitled to when they file (ENT), who of an organisation files (PLN-5),
//! and what its members are told.

mod contacts;
mod entitled;
mod flags;
mod give;
mod import;
mod mine;
mod set;
mod show;

pub(crate) use contacts::check_role;
pub use contacts::{Contacts, contacts, name_contact, unname_contact};
pub use entitled::{Beside, entitled, held};
pub(crate) use entitled::{beside, judged, judged_for};
pub(crate) use flags::flags;
pub use give::{Given, give};
pub use import::{Imported, import};
pub use mine::{Mine, mine, told};
pub use set::{add, change, end};
pub use show::{One, Said, SaidBy, show};
pub use store::licences::Kept;
