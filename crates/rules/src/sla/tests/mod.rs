//! Clocks, sentence by sentence of FRT-1 to 9 and TRN-1, and their laws. Names carry the rule's number.

mod answers;
mod carried;
mod deliveries;
mod laws;
mod once;
mod priorities;
pub(crate) mod stage;
mod starts;
mod sweep;
mod trial;
mod updates;
mod worked;
