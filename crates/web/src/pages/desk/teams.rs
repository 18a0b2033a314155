//! Teams: all in their order, and one to read or to change.

use askama::Template;

use crate::pages::{
    form::Choice,
    frame::DeskFrame,
    parts::Face,
    samples::{self, Samples},
};

/// `GET /desk/teams`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/teams.html")]
pub struct TeamsPage {
    pub frame: DeskFrame,
    pub teams: Vec<Team>,
    /// Whether the reader keeps them.
    pub keeps: bool,
}

#[derive(Clone, Debug)]
pub struct Team {
    pub id: i64,
    pub name: String,
    /// "by turns".
    pub sharing: String,
    /// "All new requests", "Only what somebody gives it", or nothing before its question.
    pub takes: String,
    pub question: Option<Question>,
    pub people: Vec<Member>,
    /// "12 open", and where they are.
    pub open: String,
    pub href: String,
}

/// As it is written, and what it would find.
#[derive(Clone, Debug)]
pub struct Question {
    pub text: String,
    pub href: String,
    /// Why it takes nothing any more.
    pub fault: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Member {
    pub face: Face,
    pub name: String,
    /// "Mon 30 Nov 09:00".
    pub away: Option<String>,
}

/// `GET /desk/teams/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/team.html")]
pub struct TeamPage {
    pub frame: DeskFrame,
    pub title: String,
    pub action: String,
    pub is_new: bool,
    pub keeps: bool,
    pub name: String,
    pub name_fault: Option<String>,
    /// What it takes: `nothing`, `all`, `meant`.
    pub takes: Vec<Choice>,
    pub question: String,
    pub question_fault: Option<String>,
    /// `pull`, `turns`, `load`, each with what it means.
    pub sharing: Vec<Choice>,
    pub people: Vec<Choice>,
    pub people_fault: Option<String>,
}

impl TeamsPage {
    pub fn samples() -> Samples<Self> {
        let member = |name: &str, away: Option<&str>| Member {
            face: Face::of(name),
            name: name.into(),
            away: away.map(str::to_owned),
        };
        let team = |id, name: &str, sharing: &str, takes: &str, question: Option<(&str, bool)>| Team {
            id,
            name: name.into(),
            sharing: sharing.into(),
            takes: takes.into(),
            question: question.map(|(text, is_whole)| Question {
                text: text.into(),
                href: "/desk/search?q=type%3Abug".into(),
                fault: (!is_whole).then(|| "“type:” does not know “defect”. It knows bug, question.".into()),
            }),
            people: vec![member("Ines Kovač", None), member("Theo Marsh", Some("Mon 30 Nov 09:00"))],
            open: "12 open".into(),
            href: "/desk/search?q=team%3APlatform".into(),
        };
        let mut empty = team(
            4,
            "Watchers of the Österreichische Donauschiffahrt",
            "whoever wants takes it",
            "Only what somebody gives it",
            None,
        );
        empty.people.clear();
        empty.open = "nothing open".into();
        let teams = vec![
            team(1, "Security", "by load", "", Some(("is:security", true))),
            team(2, "Platform", "by turns", "", Some(("type:bug,support priority:>=high", true))),
            team(3, "Migrations", "by turns", "", Some(("type:defect", false))),
            empty,
            team(5, "First line", "by turns", "Every new request", None),
        ];
        let page = |teams, keeps| Self { frame: samples::desk("Teams"), teams, keeps };
        vec![("kept", page(teams.clone(), true)), ("read", page(teams, false)), ("none", page(vec![], true))]
    }
}

impl TeamPage {
    pub fn samples() -> Samples<Self> {
        let page = Self {
            frame: samples::desk("Platform"),
            title: "Platform".into(),
            action: "/desk/teams/2".into(),
            is_new: false,
            keeps: true,
            name: "Platform".into(),
            name_fault: None,
            takes: vec![
                Choice::new("nothing", "Only what somebody gives it"),
                Choice::new("all", "Every new request that no team before it takes"),
                Choice::new("meant", "New requests that are meant by this question:").chosen(),
            ],
            question: "type:bug priority:>=high".into(),
            question_fault: None,
            sharing: vec![
                Choice::new("pull", "Whoever wants takes it"),
                Choice::new("turns", "By turns: who got one longest ago").chosen(),
                Choice::new("load", "By load: who has the fewest open requests that are our turn"),
            ],
            people: vec![
                Choice::new("1", "Ines Kovač").chosen(),
                Choice::new("2", "Jana Petrova"),
                Choice::new("3", "Theo Marsh, away until Mon 30 Nov 09:00").chosen(),
            ],
            people_fault: None,
        };
        let mut wrong = page.clone();
        wrong.name_fault = Some("“Mine” is taken: the filter language means something else by it.".into());
        wrong.question_fault = Some("A team takes each request once, by what it is as it comes in.".into());
        let (mut new, mut read) = (page.clone(), page.clone());
        (new.is_new, new.title, new.action) = (true, "A new team".into(), "/desk/teams".into());
        read.keeps = false;
        vec![("change", page), ("wrong", wrong), ("new", new), ("read", read)]
    }
}
