//! The desk's page of the policy (POL-5): its versions, its text with what is to be said of it, and what trying it came to
//! (POL-4).

use askama::Template;

use crate::pages::{
    frame::DeskFrame,
    parts::{Signal, Tag, When},
    samples::{self, Samples},
};

/// `GET /desk/policy`, `POST /desk/policy/check`; `POST /desk/policy` applies, `POST /desk/policy/simulations` tries.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/policy.html")]
pub struct PolicyPage {
    pub frame: DeskFrame,
    pub versions: Vec<Version>,
    pub text: String,
    pub check: Check,
    pub rights: Rights,
    /// As it was typed: `2026-09-01`, `2026-12-01T08:00`.
    pub since: String,
    pub from: String,
    /// What is wrong with one of the two.
    pub since_fault: Option<String>,
    pub from_fault: Option<String>,
    /// The version in force, where the reader may have open requests follow it and some may run by an earlier one.
    pub follows: Option<i64>,
}

#[derive(Clone, Debug)]
pub struct Version {
    pub number: i64,
    pub standing: Tag,
    pub from: When,
    pub applied: When,
    pub by: String,
}

/// Whether the reader may bring a text into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    Read,
    Apply,
}

/// What is to be said of the text.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/policy_check.html")]
pub struct Check {
    pub verdict: Tag,
    pub faults: Vec<FaultRow>,
    pub warnings: Vec<FaultRow>,
    /// Against the version in force; `None` where the text does not hold together.
    pub changes: Option<Vec<ChangeRow>>,
    /// What the changes mean for open requests.
    pub effects: Vec<EffectRow>,
}

crate::pages::html::parts!(Check);

impl Check {
    /// Both lists, each with the class of its signal.
    fn lists(&self) -> [(&'static str, &[FaultRow]); 2] {
        [(Signal::Late.class(), &self.faults), (Signal::Soon.class(), &self.warnings)]
    }
}

#[derive(Clone, Debug)]
pub struct FaultRow {
    pub line: usize,
    pub column: usize,
    pub source: String,
    pub message: String,
    pub fix: String,
}

#[derive(Clone, Debug)]
pub struct ChangeRow {
    pub path: String,
    pub was: Option<String>,
    pub is: Option<String>,
}

/// What changes for open requests, or stays, with the first of them.
#[derive(Clone, Debug)]
pub struct EffectRow {
    pub words: String,
    pub first: Vec<i64>,
    /// How many there are besides.
    pub more: usize,
}

/// `GET /desk/policy/simulations/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/simulation.html")]
pub struct SimulationPage {
    pub frame: DeskFrame,
    pub number: i64,
    pub since: String,
    pub asked: When,
    pub done: u64,
    pub total: u64,
    pub course: Course,
    pub groups: Vec<Group>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    Running,
    Ended,
}

#[derive(Clone, Debug)]
pub struct Group {
    pub request_type: String,
    pub priority: String,
    pub cases: u64,
    pub late_as_it_was: usize,
    pub late_then: usize,
    pub newly_late: Named,
    pub spared: Named,
}

/// The first of some requests, and how many more there are.
#[derive(Clone, Debug, Default)]
pub struct Named {
    pub numbers: Vec<i64>,
    pub more: usize,
}

impl SimulationPage {
    fn is_running(&self) -> bool {
        self.course == Course::Running
    }

    fn is_same(&self) -> bool {
        self.groups.iter().all(|group| group.newly_late.is_empty() && group.spared.is_empty())
    }

    pub fn samples() -> Samples<Self> {
        let group = |request_type: &str, newly: Vec<i64>, spared: Vec<i64>| Group {
            request_type: request_type.into(),
            priority: "Medium".into(),
            cases: 214,
            late_as_it_was: 9 + spared.len(),
            late_then: 9 + newly.len(),
            newly_late: Named { numbers: newly, more: 3 },
            spared: Named { numbers: spared, more: 0 },
        };
        let page = |course, done, groups| Self {
            frame: samples::desk("A policy tried"),
            number: 4,
            since: "1 September 2026".into(),
            asked: samples::when("today 12:04"),
            done,
            total: 412,
            course,
            groups,
        };
        let groups = vec![group("Bug report", vec![4201, 4210, 4233], vec![]), group("Question", vec![], vec![4188])];
        vec![
            ("running", page(Course::Running, 130, vec![])),
            ("changed", page(Course::Ended, 412, groups)),
            ("same", page(Course::Ended, 412, vec![])),
        ]
    }
}

impl Group {
    fn named(&self) -> [&Named; 2] {
        [&self.newly_late, &self.spared]
    }
}

impl Named {
    fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.more == 0
    }
}

impl PolicyPage {
    fn may_apply(&self) -> bool {
        self.rights == Rights::Apply
    }

    pub fn samples() -> Samples<Self> {
        let version = |number, signal, standing: &str| Version {
            number,
            standing: Tag::new(signal, standing),
            from: samples::when("Tue 3 Nov 09:00"),
            applied: samples::when("Mon 2 Nov 16:20"),
            by: "Ada Marten".into(),
        };
        let good = Check {
            verdict: Tag::new(Signal::Done, "Holds together, with 1 warning"),
            faults: vec![],
            warnings: vec![FaultRow {
                line: 74,
                column: 22,
                source: "closed_on_holidays = true".into(),
                message: "it is closed on holidays, but no date is listed".into(),
                fix: "list them under `[holidays]`".into(),
            }],
            changes: Some(vec![ChangeRow {
                path: "targets.1.first_response".into(),
                was: Some("8 working hours".into()),
                is: Some("6 working hours".into()),
            }]),
            effects: vec![EffectRow {
                words: "12 open requests: no target moves. Their clocks keep the version with which \
                        they began; 6 working hours instead of 8 working hours count for what is filed or reopened from then on."
                    .into(),
                first: vec![4201, 4210],
                more: 10,
            }],
        };
        let wrong = Check {
            verdict: Tag::new(Signal::Late, "1 fault, so it is no policy yet"),
            faults: good.warnings.clone(),
            warnings: vec![],
            changes: None,
            effects: vec![],
        };
        let page = |check, rights| Self {
            frame: samples::desk("Policy"),
            versions: vec![version(3, Signal::Waiting, "to come"), version(2, Signal::Done, "in force")],
            text: "language = \"en\"\n\n[product]\nname = \"Allure TestOps\"\n".into(),
            check,
            rights,
            since: "2026-09-01".into(),
            from: String::new(),
            since_fault: None,
            from_fault: None,
            follows: Some(3),
        };
        vec![("good", page(good, Rights::Apply)), ("faulty", page(wrong, Rights::Read))]
    }
}
