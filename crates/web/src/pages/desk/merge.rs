//! One organisation ends in another: which, what goes along, and what that changes (VIS-4).

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::{Link, When},
    samples::{self, Samples},
};

/// `GET /desk/organisations/{id}/merge`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/merge.html")]
pub struct MergePage {
    pub frame: DeskFrame,
    pub number: i64,
    pub name: String,
    /// What was looked for.
    pub typed: String,
    /// Why it cannot be that one.
    pub fault: Option<String>,
    /// Into which it could go.
    pub found: Vec<Link>,
    pub preview: Option<MergePart>,
}

/// What a merge would do.
#[derive(Clone, Debug)]
pub struct MergePart {
    pub into: i64,
    pub into_name: String,
    /// "3 members", "1 domain: acme.example".
    pub moves: Vec<String>,
    /// Those who become members, with their roles; as many as a page has.
    pub members: Vec<(String, String)>,
    pub more_members: usize,
    /// What stays as it is, and what changes, a sentence each.
    pub stays: Vec<String>,
    pub sees: String,
    pub warns: Vec<String>,
}

/// An organisation that ended in the one that is shown.
#[derive(Clone, Debug)]
pub struct EndedRow {
    pub number: i64,
    pub name: String,
    pub at: When,
    pub by: Option<String>,
    /// What would go back, and what stays because it was changed since.
    pub back: Vec<String>,
    pub stays: Vec<String>,
}

/// Another organisation, and who joined it by domains that are this one's again.
#[derive(Clone, Debug)]
pub struct ElsewhereRow {
    pub organisation: Link,
    pub count: usize,
    /// As many as a page has; without an address where the reader may not open it.
    pub people: Vec<Link>,
    pub more: usize,
}

impl ElsewhereRow {
    pub fn sample() -> Self {
        Self {
            organisation: Link::new("Acme Robotics", "/desk/organisations/3"),
            count: 2,
            people: vec![Link::new("Mila Novak", "/desk/people/17"), Link::new("Otto Lind", "")],
            more: 0,
        }
    }
}

impl MergePage {
    pub fn samples() -> Samples<Self> {
        let looked = Self {
            frame: samples::desk("Merge Acme Labs"),
            number: 12,
            name: "Acme Labs".into(),
            typed: "acme".into(),
            found: vec![
                Link::new("Acme Robotics", "/desk/organisations/12/merge?into=3"),
                Link::new("Acme Robotics Deutschland", "/desk/organisations/12/merge?into=41"),
            ],
            fault: None,
            preview: None,
        };
        let preview = MergePart {
            into: 3,
            into_name: "Acme Robotics".into(),
            moves: vec![
                "3 members".into(),
                "2 domains: acme-labs.example, labs.acme.example".into(),
                "1 licence".into(),
            ],
            members: vec![("Mila Novak".into(), "manager".into()), ("Otto Lind".into(), "member".into())],
            more_members: 1,
            stays: vec![
                "14 requests stay with Acme Labs, for which they were filed: nobody sees more of them than before."
                    .into(),
                "Dana Whitlock belongs to both and stays in Acme Robotics as she is.".into(),
                "Northwind Partners files requests for Acme Labs: that rests until it is split off again.".into(),
            ],
            sees: "each their own".into(),
            warns: vec![
                "People of Acme Robotics see less than now: managers see all there. They are told by mail.".into(),
            ],
        };
        let previewed = Self { typed: String::new(), found: vec![], preview: Some(preview), ..looked.clone() };
        let nothing = Self { typed: "zzz".into(), found: vec![], ..looked.clone() };
        let itself =
            Self { typed: "12".into(), fault: Some("That is the same organisation.".into()), ..nothing.clone() };
        vec![("found", looked), ("preview", previewed), ("nothing", nothing), ("itself", itself)]
    }
}

impl EndedRow {
    pub fn sample() -> Self {
        Self {
            number: 12,
            name: "Acme Labs".into(),
            at: samples::when("Mon 09:12"),
            by: Some("Ines Kovač".into()),
            back: vec!["3 members".into(), "1 domain: labs.acme.example".into()],
            stays: vec!["1 domain that came with it was taken away or given to another since.".into()],
        }
    }
}
