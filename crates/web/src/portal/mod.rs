//! The customers' door.

pub(crate) mod account;
pub(crate) mod attachments;
pub(crate) mod details;
pub(crate) mod drafts;
mod fields;
pub(crate) mod home;
pub(crate) mod invitation;
pub(crate) mod licences;
pub(crate) mod migrate;
pub(crate) mod new_request;
pub(crate) mod organisation;
pub(crate) mod organisation_forms;
pub(crate) mod preview;
pub(crate) mod problems;
pub(crate) mod rating;
pub(crate) mod redaction;
pub(crate) mod request;
pub(crate) mod requests;
pub(crate) mod resale;
pub(crate) mod search;
pub(crate) mod security_report;
pub(crate) mod security_txt;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
pub(crate) mod suggestions;
pub(crate) mod support;
pub(crate) mod uploads;
