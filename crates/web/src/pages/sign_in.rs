//! Signing in. A refusal never tells whether the address is registered (REG-2).

use askama::Template;

use super::{
    frame::{Frame, Place, Reader},
    samples::{self, Samples},
};

/// `GET /sign-in`, and the same page again when the pair did not match or too many were tried.
#[derive(Clone, Debug, Template)]
#[template(path = "account/sign_in.html")]
pub struct SignInPage {
    pub frame: Frame,
    /// What was typed before.
    pub address: String,
    /// Why it did not work, and what to do.
    pub fault: Option<String>,
    /// Where to go afterwards: a path of ours, checked by the handler. Sent back as `then`.
    pub then: String,
}

impl SignInPage {
    pub fn samples() -> Samples<Self> {
        let page = |address: &str, fault: Option<&str>| Self {
            frame: samples::portal("Sign in", Place::Elsewhere, Reader::Nobody),
            address: address.into(),
            fault: fault.map(Into::into),
            then: "/requests/4201".into(),
        };
        vec![
            ("empty", page("", None)),
            (
                "refused",
                page(
                    "dana@acme-robotics.example",
                    Some("This address and this password do not belong together. Try again, or set a new password."),
                ),
            ),
        ]
    }
}
