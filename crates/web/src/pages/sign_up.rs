//! Signing up (REG-1): name, work address and a proof of work; then the mail; then the password.

use askama::Template;

use super::{
    form::Control,
    form::{Field, Wrong},
    frame::{Frame, Place, Reader},
    samples::{self, Samples},
};

/// `GET /sign-up`, and again with faults. `POST /sign-up` takes `name`, `address` and `altcha`.
#[derive(Clone, Debug, Template)]
#[template(path = "account/sign_up.html")]
pub struct SignUpPage {
    pub frame: Frame,
    pub name: Field,
    pub address: Field,
    /// Why the proof of work was not accepted.
    pub proof_fault: Option<String>,
    /// What is wrong with the whole: too many attempts.
    pub fault: Option<String>,
}

/// The answer to every sign-up and every reset: the same whether or not the address is known (REG-2).
#[derive(Clone, Debug, Template)]
#[template(path = "account/check_mail.html")]
pub struct CheckMailPage {
    pub frame: Frame,
    pub address: String,
    /// What stands before and after the address: "We wrote to", ".".
    pub told: (&'static str, &'static str),
    /// What comes, and how long its link works.
    pub words: String,
    /// What to do when nothing comes: "/sign-up" or "/reset".
    pub again: String,
}

/// `GET /verify/{token}` and `GET /reset/{token}`: a password, judged and explained.
#[derive(Clone, Debug, Template)]
#[template(path = "account/password.html")]
pub struct PasswordPage {
    pub frame: Frame,
    pub purpose: PasswordPurpose,
    /// Where it is sent: the link's own address. Fields `password`, and `again` is not asked.
    pub action: String,
    /// Whose it is, for password managers and the meter.
    pub address: String,
    pub person: String,
    /// Why it was refused, and what makes a better one.
    pub fault: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordPurpose {
    First,
    Reset,
}

/// `GET /reset`.
#[derive(Clone, Debug, Template)]
#[template(path = "account/reset.html")]
pub struct ResetPage {
    pub frame: Frame,
    pub address: Field,
}

impl SignUpPage {
    pub fn samples() -> Samples<Self> {
        let page = |name: &str, address: &str| {
            Self {
            frame: samples::portal("Sign up", Place::Elsewhere, Reader::Nobody),
            name: Field::line("name", "Name", name),
            address: Field {
                why: Some("It shows which company you belong to, so nobody outside it ever sees your requests. With a public address (gmail.com and the like) your account stands alone.".into()),
                ..Field::line("address", "Work address", address)
            },
            proof_fault: None,
            fault: None,
        }
        };
        let mut refused = page("Dana Whitlock", "dana@mailinator.com");
        refused.address.fault = Some(Wrong::new(
            "mailinator.com gives out throw-away addresses; requests could not reach you later. Use your work address.",
            "needs another look",
        ));
        refused.proof_fault = Some("The check had run out. It runs again by itself; then send once more.".into());
        vec![("empty", page("", "")), ("refused", refused)]
    }
}

impl CheckMailPage {
    pub fn samples() -> Samples<Self> {
        vec![(
            "full",
            Self {
                frame: samples::portal("Check your mail", Place::Elsewhere, Reader::Nobody),
                address: "dana.whitlock-with-a-very-long-name@quality-engineering.acme-robotics.example".into(),
                told: ("We wrote to", "."),
                words: "A link is on its way. It works once, for 24 hours, and leads to your password.".into(),
                again: "/sign-up".into(),
            },
        )]
    }
}

impl PasswordPage {
    pub fn is_first(&self) -> bool {
        self.purpose == PasswordPurpose::First
    }

    pub fn samples() -> Samples<Self> {
        let page = |purpose, fault: Option<&str>| Self {
            frame: samples::portal("Your password", Place::Elsewhere, Reader::Nobody),
            purpose,
            action: "/verify/k3Jd0".into(),
            address: "dana@acme-robotics.example".into(),
            person: "Dana Whitlock".into(),
            fault: fault.map(Into::into),
        };
        vec![
            ("first", page(PasswordPurpose::First, None)),
            (
                "weak",
                page(
                    PasswordPurpose::Reset,
                    Some(
                        "“acme2026” would be guessed within seconds: it is your company’s name and a year. Four words that have nothing to do with each other make a good password.",
                    ),
                ),
            ),
        ]
    }
}

impl ResetPage {
    pub fn samples() -> Samples<Self> {
        vec![(
            "empty",
            Self {
                frame: samples::portal("Set a new password", Place::Elsewhere, Reader::Nobody),
                address: Field::new("address", "Work address", Control::Line { value: String::new() }),
            },
        )]
    }
}
