//! Mail out: what is owed to whom, as work that runs by itself.

mod circulars;
mod facts;
mod fixes;
mod list;
mod opening;
mod order;
mod organisations;
mod outcome;
mod reports;
mod send;
mod told;

pub use circulars::CircularTold;
pub use fixes::FixTold;
pub use list::{Kept, kept, newest};
pub use opening::OpeningDigest;
pub use order::Order;
pub(crate) use order::{KIND, Ordered, key_again, order, order_at};
pub use organisations::{ClosedDays, OfOrganisation, OrganisationTold};
pub(crate) use outcome::{Unwritten, catch_up, write_last};
pub use reports::MonthReport;
pub use send::OUTCOMES;
pub(crate) use send::{is_owed, send};
pub use told::{Telling, Told};
