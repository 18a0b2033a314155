//! Decides when a request must be answered and whether it was: the clocks of FRT-1 to 9, as a pure
//! function of the request's events and of the versions of the policy that each clock is pinned to.
//!
//! Working time is `calendar`'s, targets are the policy's (it implements [`Terms`]), whose turn it is
//! and what the queue shows is `tickets`', and the sentences of an explanation are `words`'.

mod carry;
mod clock;
mod compared;
mod dues;
mod fold;
mod life;
mod replies;
mod terms;
mod trial;
mod worked;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::stage;

pub use carry::carry;
pub use clock::{Answer, Change, Clock, Line, Loss, Mark, Origin, Standing, Stop, Warning, judge, next_mark};
pub use compared::{Case, Compared, Group, Outcome, Tally, cases};
pub use fold::clocks;
pub(crate) use replies::{Fate, Replies, is_from_customer};
pub use terms::{About, Aim, Terms, UnknownTerms, Versions};
pub use trial::{Answered, Once, Trial, WOULD_MOVE, absorbed};
pub use worked::{nearest_rank, worked};
