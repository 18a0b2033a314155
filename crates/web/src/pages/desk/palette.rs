//! What can be done and gone to, as the desk's script shows it under what is typed.

use askama::Template;

/// `GET /desk/palette`, a fragment.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/palette.html")]
pub struct PalettePart {
    pub groups: Vec<Group>,
}

#[derive(Clone, Debug)]
pub struct Group {
    pub name: String,
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
pub struct Entry {
    pub name: String,
    /// "4182 · Acme · Bug report · solved".
    pub about: String,
    pub does: Does,
}

#[derive(Clone, Debug)]
pub enum Does {
    /// Opens an address of the desk.
    Goes(String),
    /// What the key of that act does; the script leaves out what the page that is open cannot.
    Act { name: &'static str, key: String },
}

impl Entry {
    pub fn to(name: String, about: &str, href: String) -> Self {
        Self { name, about: about.to_owned(), does: Does::Goes(href) }
    }
}
