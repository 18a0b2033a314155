//! Which key does what.

use askama::Template;
use rules::keymap::Act;
use words::lang::Lang;

use crate::pages::{
    frame::DeskFrame,
    samples::{self, Samples},
};

/// `GET /desk/keys`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/keys_page.html")]
pub struct KeysPage {
    pub frame: DeskFrame,
    pub fields: Vec<KeyField>,
}

/// An act, and what is pressed for it.
#[derive(Clone, Debug)]
pub struct KeyField {
    pub name: &'static str,
    /// "write an internal note".
    pub does: String,
    pub key: String,
    /// What everybody presses.
    pub usual: String,
    pub fault: Option<String>,
}

/// A line of the sheet that `?` shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    pub act: &'static str,
    pub does: String,
    pub pressed: String,
}

impl KeyLine {
    /// What is pressed first, and then.
    pub fn parts(&self) -> Vec<&str> {
        self.pressed.split(' ').filter(|part| !part.is_empty()).collect()
    }

    /// As everybody has them.
    pub fn usual() -> Vec<Self> {
        let line = |act: Act| Self {
            act: act.name(),
            does: words::keymap::act(Lang::En, act),
            pressed: act.usual().to_owned(),
        };
        Act::ALL.map(line).into()
    }
}

impl KeysPage {
    pub fn samples() -> Samples<Self> {
        let fields = |fault: Option<&str>| {
            let field = |act: Act| KeyField {
                name: act.name(),
                does: words::keymap::act(Lang::En, act),
                key: if act == Act::Reply { "n".to_owned() } else { act.usual().to_owned() },
                usual: act.usual().to_owned(),
                fault: fault.filter(|_| act == Act::Reply).map(str::to_owned),
            };
            Act::ALL.map(field).into()
        };
        let fault =
            "This key is taken: it means “write an internal note”. Choose another, or give that one another key too.";
        vec![
            ("full", Self { frame: samples::desk("Keys"), fields: fields(None) }),
            ("fault", Self { frame: samples::desk("Keys"), fields: fields(Some(fault)) }),
        ]
    }
}
