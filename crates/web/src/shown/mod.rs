//! From what the desk shows to what a page is given: times in the reader's zone, strips, names, sentences of `words`.
//! No decision is made here.

mod banner;
mod clocks;
mod details;
mod escalation;
mod figures;
mod files;
mod found;
mod frame;
mod handed;
mod members;
mod place;
mod presence;
mod redacting;
mod reports;
mod saying;
mod talk;
mod times;

pub(crate) use clocks::{capital, clock_tag, explanation, full_strip, list_strip, promised};
pub(crate) use details::ticked;
pub(crate) use escalation::escalation;
pub(crate) use figures::figures;
pub(crate) use files::{OnHand, commands, file_row, take_off, untold};
pub(crate) use found::{Finding, found, page_number};
pub(crate) use frame::{counted, desk_frame, openness, portal_frame};
pub(crate) use handed::passed_over;
pub(crate) use members::{invitations, member_row, role_word};
pub(crate) use place::{after_text, parse_after};
pub(crate) use presence::{presence, presences};
pub(crate) use redacting::redact_subject;
pub(crate) use reports::reports;
pub(crate) use saying::{Saying, sees, sees_since, sides, since};
pub(crate) use talk::{Reading, Side, conversation, linked};
pub(crate) use times::{ago, device, watch, when};
