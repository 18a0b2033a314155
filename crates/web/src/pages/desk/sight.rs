//! Who sees a request, and why somebody does or does not (VIS-1 to 4).

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::{Signal, Tag},
    samples::{self, Samples},
};

/// `GET /desk/requests/{id}/sight`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/sight.html")]
pub struct SightPage {
    pub frame: DeskFrame,
    pub number: i64,
    pub subject: String,
    /// "Dana Whitlock, the managers of Acme Robotics and our support team".
    pub everybody: String,
    pub groups: Vec<Group>,
    /// Where more members are looked through.
    pub more: Option<String>,
    /// Who was asked about, by address or number, and what came of it.
    pub whom: String,
    pub asked: Option<Asked>,
}

/// People who have the same to do with it.
#[derive(Clone, Debug)]
pub struct Group {
    pub title: String,
    /// What is so for all of them.
    pub words: Option<String>,
    pub people: Vec<Seer>,
}

#[derive(Clone, Debug)]
pub struct Seer {
    pub name: String,
    pub address: String,
    /// "administrator"; empty for customers.
    pub role: String,
    /// Whether they see it.
    pub sees: Tag,
    pub why: String,
}

/// What was found out about one person.
#[derive(Clone, Debug)]
pub enum Asked {
    Nobody,
    Found { sees: Signal, verdict: String, lines: Vec<AskedLine> },
}

/// One line of their scope.
#[derive(Clone, Debug)]
pub struct AskedLine {
    pub lets: Tag,
    pub words: String,
}

impl SightPage {
    pub fn samples() -> Samples<Self> {
        let full = Self {
            frame: samples::desk("Who sees 4201"),
            number: 4201,
            subject: samples::LONG_SUBJECT.into(),
            everybody: "Dana Whitlock, the managers of Acme Robotics and our support team".into(),
            groups: groups(),
            more: Some("/desk/requests/4201/sight?after=90".into()),
            whom: "lea@umbra.example".into(),
            asked: Some(Asked::Found {
                sees: Signal::Plain,
                verdict: "Lea Brandt does not see it.".into(),
                lines: [
                    "Somebody else filed it.",
                    "They were not added to it.",
                    "They do not belong to Acme Robotics, for which it was filed.",
                    "They are not staff.",
                ]
                .map(|words| AskedLine { lets: Tag::new(Signal::Plain, "no"), words: words.into() })
                .into(),
            }),
        };
        let nobody = Self { groups: vec![], more: None, asked: Some(Asked::Nobody), ..full.clone() };
        vec![("full", full), ("nobody", nobody)]
    }
}

/// A few of each kind.
fn groups() -> Vec<Group> {
    let seer = |name: &str, address: &str, role: &str, why: &str| Seer {
        name: name.into(),
        address: address.into(),
        role: role.into(),
        sees: Tag::new(Signal::Done, "sees it"),
        why: why.into(),
    };
    let left = Seer {
        sees: Tag::new(Signal::Plain, "does not"),
        ..seer(
            "Omar Haddad",
            "omar@acme.example",
            "",
            "They were added to it, and have left Acme Robotics since: a former member keeps only what they filed.",
        )
    };
    let dana = seer("Dana Whitlock", "dana@acme.example", "", "They filed it, and nothing takes that away.");
    let why = "Acme Robotics shares it with them, as with what was filed from 3 Nov on.";
    let ravi = seer("Ravi Menon", "ravi@acme.example", "", why);
    let why = "They are staff, and their role reads all requests that are open.";
    let ines = seer("Ines Kovač", "ines@testhub.example", "agent", why);
    let group =
        |title: &str, words: Option<&str>, people| Group { title: title.into(), words: words.map(Into::into), people };
    vec![
        group("Those on it", None, vec![dana, left]),
        group("Colleagues", Some("Acme Robotics: managers see all."), vec![ravi]),
        group("Staff", Some("Read by agents, leads, product, security and administrators."), vec![ines]),
    ]
}
