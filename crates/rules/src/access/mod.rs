//! Decides who may see a request and who may do what. Nothing outside this module decides a permission.
//!
//! Seeing is one value, [`Scope`] (VIS-3): `store` builds its SQL condition from the same fields that
//! [`Scope::sees`] reads, and [`Scope::sight`] says of the same value why. What a person may do to what they see is [`may`] for staff and
//! [`may_as_customer`] for customers; redaction, which goes by whose words they are, is [`may_redact`]. Who somebody is and what an organisation has set come in as values.

mod action;
mod grant;
mod resale;
mod scope;
mod sharing;
mod sight;

#[cfg(test)]
mod tests;

pub use action::{Action, CustomerAction, Redacting, Written, entrusted, may, may_as_customer, may_redact};
pub use grant::{Grant, Grants};
pub use resale::Resale;
pub use scope::{Colleagues, Former, Membership, Role, Scope, Staff, TicketFacts, Viewer, WhySeen, Withheld, scope};
pub use sharing::{Confirmed, Earlier, OrganisationView, Reach, Setting, Sharing};
pub use sight::{Circle, Line, NotShared, Sight, circle};
