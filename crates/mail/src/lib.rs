//! The door for post: makes mails of notices and hands them to a mail server. Implements `desk::ports::Postman`.
//!
//! Decides headers, bytes and what a server's answer means. Leaves sentences to `words::mail`, and to the desk
//! what is sent to whom, when it is tried again, and what follows from a refusal.

mod compose;
mod handover;
mod postman;
mod smtp;
mod thread;
mod translate;

pub use compose::{Composer, Sender};
pub use postman::{KeptPost, SmtpPost};
pub use smtp::{Credentials, Security, SetupFault, Smtp, knock};
