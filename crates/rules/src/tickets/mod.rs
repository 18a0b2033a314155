//! Decides what becomes of a request: its states and who may move it (REQ-9), whose turn it is (TRN-1),
//! and its place in the queue (TRN-2).
//!
//! Whether a response was in time is `sla`'s, what a form must hold is `policy`'s, who may act at all is
//! `access`'. Nothing here is told to anybody; `desk` moves and announces.

mod besides;
mod conversion;
mod heard;
mod merge;
mod moves;
mod next_word;
mod queue;
mod states;
mod table;
mod timers;
mod turn;

#[cfg(test)]
mod queue_test;
#[cfg(test)]
mod states_test;
#[cfg(test)]
mod turn_test;

pub use besides::besides_table;
pub use conversion::{Conversion, Converted, conversions, convert, grows_into, grows_with_logs, kept_secret};
pub use heard::{Told, heard, told};
pub use merge::{Apart, Merging, may_merge};
pub use moves::{AfterReply, Move, after_bounce, after_customer_message, after_ruling, after_staff_reply};
pub use next_word::{NextWord, next_word, overdue_place};
pub use queue::{Bucket, QueuePlace, queue_place};
pub use states::{Mover, STATES, STEPS, Standing, Step, is_announced, is_open, may_step, standing};
pub use table::states_table;
pub use timers::{Timer, Times, next_timer};
pub use turn::{Turn, Whose, turn};
