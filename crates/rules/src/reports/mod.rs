//! What a report counts. Each figure is a number of facts; a fact is read off a request's events and its clocks, happened at
//! an instant, and is what a link of the report opens. Who may see which is `access`'; how they are kept is `store`'s.

mod facts;
mod figures;
mod late;
mod span;

#[cfg(test)]
mod tests;

pub use facts::{Fact, How, Kind, facts};
pub use figures::{Figure, Figures, Percent, Summary, Tally, Took};
pub use late::{WhyLate, why_late};
pub use span::{Bucket, Days, LONGEST_DAYS, NoSpan, Period, Span};
