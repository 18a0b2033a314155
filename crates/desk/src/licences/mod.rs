//! Licences: given to organisations, and what somebody is entitled to when they file (ENT).

mod entitled;
mod give;

pub(crate) use entitled::judged;
pub use entitled::{entitled, held};
pub use give::{Given, give};
pub use store::licences::Kept;
