//! What stands beside a request on the desk, in this order: whose turn and since when, the person, the
//! organisation and its licence, versions and other details, requests of the same organisation, who sees it.

use askama::Template;

use crate::pages::{
    html::parts,
    parts::{Link, Signal, Tag},
    report::Report,
};

#[derive(Clone, Debug, Template)]
#[template(path = "desk/evidence.html")]
pub struct Evidence {
    /// "Ours since Fri 16:40".
    pub turn: String,
    /// "5 h 25 of working time, no answer yet".
    pub turn_more: String,
    /// The requester's name.
    pub requester: String,
    pub requester_facts: Vec<Fact>,
    /// `None` for a person who stands alone.
    pub organisation: Option<Link>,
    pub organisation_facts: Vec<Fact>,
    /// Where the organisation stands with its licence (ENT-1).
    pub licence: Tag,
    /// The plan that counts.
    pub licence_facts: Vec<Fact>,
    /// What the form asked for: version, deployment, area.
    pub details: Vec<Fact>,
    /// What its type asks for and the customer has not given (REQ-8).
    pub lacks: Vec<String>,
    /// Of dry runs, for a migration request.
    pub reports: Vec<Report>,
    /// "Goes on from 5", "Goes on in 405".
    pub linked: Vec<Link>,
    /// Where those of the organisation are found that look alike (REQ-11): looked for once the page is there.
    pub alike: Option<String>,
    /// Other requests of the organisation, the newest first.
    pub same_organisation: Vec<Link>,
    /// What was shown under the subject while it was typed, and whether it was opened (REQ-7).
    pub suggested: Vec<Link>,
    /// "You and our support team" in staff's words (VIS-2).
    pub seen_by: String,
    /// The page that says of each why.
    pub sight: String,
}

/// A fact with its name; shown on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub value: String,
}

impl Fact {
    pub fn new(name: impl Into<String>, value: impl Into<String>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

parts!(Evidence);

impl Evidence {
    pub(crate) fn sample() -> Self {
        Self {
            turn: "Ours since Fri 16:40".into(),
            turn_more: "5 h 25 of working time, no answer yet".into(),
            requester: "Dana Whitlock".into(),
            requester_facts: vec![
                Fact::new("Address", "dana@acme-robotics.example"),
                Fact::new("Local time", "13:05"),
                Fact::new("Before", "11 requests, 2 open"),
            ],
            organisation: Some(Link::new("Acme Robotics", "/desk/organisations/3")),
            organisation_facts: vec![
                Fact::new("Domain", "acme-robotics.example"),
                Fact::new("Sees requests", "each their own"),
                Fact::new("Open", "4 requests"),
            ],
            licence: Tag::new(Signal::Plain, "Paid through Wednesday 31 March 2027"),
            licence_facts: vec![Fact::new("Plan when filed", "Hedge"), Fact::new("Plan today", "Orchard")],
            details: vec![
                Fact::new("Installed version", "5.12.1"),
                Fact::new("Deployment", "Server, Kubernetes"),
                Fact::new("Documentation", "Launches › Closing a launch"),
            ],
            lacks: vec![],
            reports: vec![Report::sample()],
            linked: vec![Link::new("Goes on from 3977", "/desk/requests/3977")],
            alike: Some("/desk/requests/4201/alike".into()),
            same_organisation: vec![
                Link::new("4182 Launches stay in “processing” after the upgrade", "/desk/requests/4182"),
                Link::new("4144 Screenshots gone after closing", "/desk/requests/4144"),
            ],
            suggested: vec![Link::new("When we are here: opened", "/support#hours")],
            seen_by: "Dana Whitlock and our support team".into(),
            sight: "/desk/requests/4201/sight".into(),
        }
    }
}
