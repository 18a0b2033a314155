//! Texts that staff keep for replies: Jinja with a few variables, strict and with fuel. A text is checked when it is kept, so
//! that what is inserted later is a reply and not a fault.

pub mod languages;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use minijinja::{Environment, ErrorKind, UndefinedBehavior, value::Serde};
use serde::Serialize;

/// Bytes of a text, at most; and steps that filling it in may take.
pub const LONGEST: usize = 20_000;
const FUEL: u64 = 20_000;
/// Bytes that may come out of it.
const FILLED: usize = 200_000;

/// What a text may name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Facts {
    pub requester: Named,
    /// Without a name where nobody belongs to one: `{% if organisation.name %}`.
    pub organisation: Named,
    /// Who replies.
    pub agent: Named,
    pub request: About,
    pub product: String,
    /// The answers of the form by their keys; empty where one was not given.
    pub details: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Named {
    pub name: String,
    /// The first word of it.
    pub first: String,
}

impl Named {
    pub fn of(name: &str) -> Self {
        Self { name: name.to_owned(), first: name.split_whitespace().next().unwrap_or_default().to_owned() }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct About {
    pub number: i64,
    pub subject: String,
    /// Where the requester reads it.
    pub link: String,
    /// What the policy calls its type.
    #[serde(rename = "type")]
    pub kind: String,
}

/// Why a text is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1; none where all of it is too much.
    pub line: Option<usize>,
    pub why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    TooLong,
    /// The language does not read; what its reader says, in English.
    Unreadable(String),
    /// A variable, a filter or a test that there is not.
    Unknown(String),
    /// It takes too many steps, or makes too much.
    TooMuch,
}

/// The text for these facts.
pub fn fill(text: &str, facts: &Facts) -> Result<String, Fault> {
    fill_with(text, facts)
}

/// The same for what another text may name.
pub fn fill_with(text: &str, facts: &impl Serialize) -> Result<String, Fault> {
    if text.len() > LONGEST {
        return Err(Fault { line: None, why: Why::TooLong });
    }
    let mut reader = Environment::new();
    reader.set_undefined_behavior(UndefinedBehavior::Strict);
    reader.set_fuel(Some(FUEL));
    let filled = reader.render_named_str("reply.md", text, Serde(facts)).map_err(|error| fault(&error))?;
    if filled.len() > FILLED { Err(Fault { line: None, why: Why::TooMuch }) } else { Ok(filled.trim().to_owned()) }
}

/// Whether it can be filled in for any request, whose form may ask for these details.
pub fn check<'d>(text: &str, details: impl Iterator<Item = &'d str>) -> Result<(), Fault> {
    let details: BTreeMap<String, String> = details.map(|key| (key.to_owned(), "…".to_owned())).collect();
    let none = details.keys().map(|key| (key.clone(), String::new())).collect();
    let named = Facts {
        requester: Named::of("Dana Whitlock"),
        organisation: Named::of("Acme"),
        agent: Named::of("Ines Moreau"),
        request: About { number: 1, subject: "…".into(), link: "…".into(), kind: "…".into() },
        product: "…".into(),
        details,
    };
    fill(text, &named)?;
    fill(text, &Facts { organisation: Named::default(), details: none, ..named }).map(drop)
}

fn fault(error: &minijinja::Error) -> Fault {
    let detail = || error.detail().unwrap_or_default().to_owned();
    let why = match error.kind() {
        ErrorKind::OutOfFuel => Why::TooMuch,
        ErrorKind::UndefinedError | ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest => {
            Why::Unknown(detail())
        }
        kind => Why::Unreadable(if detail().is_empty() { kind.to_string() } else { detail() }),
    };
    Fault { line: error.line(), why }
}
