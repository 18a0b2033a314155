//! Reports: what was filed, answered, late, reopened and rated in a span of days, as far as its reader sees it (VIS-3), each
//! number with the requests behind it. What is counted is told with the clocks (`clocks`), so that a ruling, a bounce or a
//! merge is in a report at once.

mod behind;
mod monthly;
mod show;
mod table;

pub use behind::{Asked, Behind, Listed, behind};
pub(crate) use monthly::send;
pub use monthly::{MONTHLY, choose, is_chosen};
pub(crate) use show::Reported;
pub use show::{By, Line, Report, name, show, today};
pub use store::reports::{AfterFact, Group};
pub use table::{csv, line};
