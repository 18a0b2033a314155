//! Bugs: how one is found out about, planned, fixed and released, and why it is refused (BUG-2, 6); whether it is fixed at once
//! (BUG-3); what the reports that joined it add up to; and who is told that its fix shipped, or was taken back (BUG-4, 7,
//! ENT-2). Which release is the latest, and what one holds, is `releases`' to say.

pub mod affected;
mod counts;
mod fixes;
mod hotfix;
mod life;
mod refusal;
mod stage;
pub mod telling;

#[cfg(test)]
mod hotfix_test;
#[cfg(test)]
mod life_test;

pub use counts::{Board, Counts, Report};
pub use fixes::{COMMITS, CameOf, FixNamed, MOST_FIXES, fixes};
pub use hotfix::{Answers, Around, Checklist, Decision, Delivery, PriorityEffect, Question, Reason, checklist, decide};
pub use life::{Affects, Bug, NotMoved, Refused, Round, Severity, Source, State, Step};
pub use refusal::BugRefusal;
pub use stage::{Did, RefusedFor, Stage};
