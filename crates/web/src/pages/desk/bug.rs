//! A bug on the desk: who reported it, which versions have it, the checklist of BUG-3, its steps, what was done.

use askama::Template;

use super::{bug_tracker::TrackerPart, evidence::Fact};
use crate::pages::{
    form::Choice,
    frame::DeskFrame,
    html::{Safe, parts},
    parts::{Link, Signal, Tag, When},
    samples::{self, Samples},
};

/// `GET /desk/bugs/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/bug.html")]
pub struct BugPage {
    pub frame: DeskFrame,
    pub number: i64,
    pub title: String,
    pub stage: Tag,
    pub severity: Tag,
    pub marks: Vec<Tag>,
    /// "Planned for 5.13", "Fixed in 5.12.2, which is not released yet", or why it is none.
    pub stands: String,
    pub facts: Vec<Fact>,
    pub about: Safe,
    /// "4 organisations, 12 reports; Hedge 3, Grove 1".
    pub reported: String,
    pub reports: Vec<ReportRow>,
    pub steps: Vec<StepForm>,
    pub refusal: Option<RefusalForm>,
    pub checklist: Option<ChecklistForm>,
    /// "Telling goes on: 12,000 of 50,000 looked at, …".
    pub telling: Option<Telling>,
    /// What was written to those whom it affects, the last first.
    pub messages: Vec<MessageLine>,
    /// Whether the reader may write to them.
    pub writes: bool,
    /// Its issue, and what is said of it.
    pub tracker: TrackerPart,
    pub history: Vec<HistoryLine>,
    pub form: Option<BugForm>,
}

#[derive(Clone, Debug)]
pub struct ReportRow {
    pub request: Link,
    pub organisation: String,
    pub plan: String,
    pub version: String,
    pub state: String,
    pub filed: When,
}

/// `POST /desk/bugs/{id}/step`, fields `do` and `version`.
#[derive(Clone, Debug)]
pub struct StepForm {
    pub key: &'static str,
    pub label: &'static str,
    /// What its field of a version is called; none where it names none.
    pub version: Option<&'static str>,
}

/// Why it is none: fields `why`, `link`, `duplicate`, `tried`, `entry`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/bug_refusal.html")]
pub struct RefusalForm {
    /// Before ids, where several stand on a page.
    pub entries: Vec<Choice>,
    /// Whether what was tried is asked for apart from the reply.
    pub asks_tried: bool,
}

/// `POST /desk/bugs/{id}/checklist`, fields `fault.KEY`, `around` and `how`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/bug_checklist.html")]
pub struct ChecklistForm {
    pub action: String,
    /// The policy's own words before the list, and of what a way around changes.
    pub text: String,
    pub way_around: String,
    /// Each with whether it is so: "yes", "no" or nothing.
    pub faults: Vec<FaultLine>,
    pub ways: Vec<Choice>,
    pub how: String,
    pub decided: Vec<Decided>,
    pub answers: bool,
}

#[derive(Clone, Debug)]
pub struct FaultLine {
    pub key: String,
    pub text: String,
    pub said: &'static str,
}

/// A time at which it was answered.
#[derive(Clone, Debug)]
pub struct Decided {
    pub what: String,
    pub reasons: Vec<String>,
    pub by: String,
    pub at: When,
}

#[derive(Clone, Debug)]
pub struct Telling {
    pub words: String,
    /// How far it is, where it goes on: looked at, and of how many.
    pub progress: Option<(i64, i64)>,
}

/// A message to those whom it affects.
#[derive(Clone, Debug)]
pub struct MessageLine {
    pub number: i64,
    pub subject: String,
    /// "Theo Lindqvist, to 41 people, 3 left out".
    pub words: String,
    pub at: When,
    /// How far it is, where it goes on.
    pub progress: Option<(i64, i64)>,
    /// The requests that answers opened.
    pub answers: Vec<Link>,
}

#[derive(Clone, Debug)]
pub struct HistoryLine {
    pub words: String,
    pub at: When,
}

/// What is said of it: `POST /desk/bugs` and `POST /desk/bugs/{id}/description`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/bug_form.html")]
pub struct BugForm {
    pub action: String,
    pub button: &'static str,
    pub title: String,
    pub about: String,
    pub severities: Vec<Choice>,
    /// Who found it; empty where that stands.
    pub sources: Vec<Choice>,
    pub areas: Vec<Choice>,
    pub first_seen: String,
    pub affected: String,
    pub public: bool,
    pub said: String,
    pub way_around: String,
    pub faults: BugFaults,
}

#[derive(Clone, Debug, Default)]
pub struct BugFaults {
    pub title: Option<String>,
    pub first_seen: Option<String>,
    pub affected: Option<String>,
    pub said: Option<String>,
}

/// `GET /desk/bugs/new`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/new_bug.html")]
pub struct NewBugPage {
    pub frame: DeskFrame,
    pub form: BugForm,
}

parts!(RefusalForm, ChecklistForm, BugForm);

impl BugFaults {
    pub fn any(&self) -> bool {
        self.title.is_some() || self.first_seen.is_some() || self.affected.is_some() || self.said.is_some()
    }
}

impl RefusalForm {
    pub(crate) fn sample(asks_tried: bool) -> Self {
        Self { entries: vec![Choice::new("ci_pipelines", "Your CI pipelines")], asks_tried }
    }
}

impl BugForm {
    fn sample() -> Self {
        Self {
            action: "/desk/bugs/311/description".into(),
            button: "Keep the change",
            title: "Attachments of skipped tests vanish from the report".into(),
            about: "Only where the **setup** was skipped too.".into(),
            severities: vec![Choice::new("critical", "Critical"), Choice::new("major", "Major").chosen()],
            sources: vec![],
            areas: vec![Choice::new("", "None"), Choice::new("launches", "Launches").chosen()],
            first_seen: "5.11".into(),
            affected: "5.11 to 5.12.1".into(),
            public: true,
            said: "Attachments of skipped tests are missing in reports.".into(),
            way_around: "Run the report again with `--all`.".into(),
            faults: BugFaults::default(),
        }
    }
}

impl NewBugPage {
    pub fn samples() -> Samples<Self> {
        let form = BugForm {
            action: "/desk/bugs".into(),
            button: "File it",
            sources: vec![
                Choice::new("own_tests", "Our own tests").chosen(),
                Choice::new("trial", "Somebody who tries the product"),
            ],
            ..BugForm::sample()
        };
        let page = Self { frame: samples::desk("File a bug"), form };
        let mut wrong = page.clone();
        wrong.form.faults = BugFaults {
            title: Some("This is still empty, and we need it. Please fill it in.".into()),
            affected: Some("This is no range of versions.".into()),
            ..BugFaults::default()
        };
        vec![("new", page), ("wrong", wrong)]
    }
}

impl BugPage {
    pub fn samples() -> Samples<Self> {
        let full = Self::sample();
        let mut released = full.clone();
        released.stage = Tag::new(Signal::Done, "Released");
        released.stands = "Fixed in 5.12.2".into();
        released.telling = Some(Telling {
            words: "Told 41 people; 12 requests wait for their customers to confirm. Ended Fri 27 Nov 22:50.".into(),
            progress: None,
        });
        let mut telling = released.clone();
        telling.telling = Some(Telling { words: "Telling goes on.".into(), progress: Some((12_000, 50_000)) });
        telling.messages = vec![MessageLine::sample(Some((100, 240)))];
        released.messages = vec![MessageLine::sample(None)];
        let mut bare = full.clone();
        (bare.reports, bare.history, bare.steps) = (vec![], vec![], vec![]);
        (bare.refusal, bare.form, bare.checklist) = (None, None, None);
        bare.about = Safe::default();
        bare.tracker = TrackerPart { number: 311, ..TrackerPart::default() };
        let with = |tracker| Self { tracker, ..full.clone() };
        let (asking, failed) = (with(TrackerPart::asking()), with(TrackerPart::failed()));
        let unlinked = with(TrackerPart::unlinked());
        bare.reported = "Found by our own tests; no customer reported it.".into();
        vec![
            ("full", full),
            ("released", released),
            ("telling", telling),
            ("bare", bare),
            ("unlinked", unlinked),
            ("asking", asking),
            ("failed", failed),
        ]
    }

    fn sample() -> Self {
        let step = |key, label, version| StepForm { key, label, version };
        Self {
            frame: samples::desk("BUG-311"),
            number: 311,
            title: "Attachments of skipped tests vanish from the report".into(),
            stage: Tag::new(Signal::Plain, "Planned"),
            severity: Tag::new(Signal::Late, "Critical"),
            marks: vec![Tag::new(Signal::Late, "fixed at once")],
            stands: "The hotfix will be 5.12.1-hotfix.2".into(),
            facts: vec![
                Fact::new("Component", "Launches"),
                Fact::new("First seen in", "5.11"),
                Fact::new("Versions that have it", "5.11 to 5.12.1"),
                Fact::new("Found by", "A customer"),
                Fact::new("Followers", "7"),
            ],
            about: Safe::new("<p>Only where the <strong>setup</strong> was skipped too.</p>"),
            reported: "4 organisations, 12 reports; Hedge 3, Grove 1".into(),
            reports: vec![ReportRow {
                request: Link::new("4201 Attachments of skipped tests vanish", "/desk/requests/4201"),
                organisation: "Acme Robotics".into(),
                plan: "Hedge".into(),
                version: "5.12.1".into(),
                state: "With developers".into(),
                filed: samples::when("Fri 20 Nov 16:40"),
            }],
            steps: vec![
                step("plan", "Plan it for", Some("Version")),
                step("unplan", "Take it out of the plan", None),
                step("start", "Begin to work on it", None),
                step("fix", "It is fixed in", Some("Version")),
            ],
            refusal: Some(RefusalForm::sample(true)),
            checklist: Some(ChecklistForm::sample()),
            telling: None,
            messages: vec![],
            writes: true,
            tracker: TrackerPart::sample(),
            history: vec![HistoryLine { words: "Ines Kovač filed it".into(), at: samples::when("Fri 20 Nov 17:10") }],
            form: Some(BugForm::sample()),
        }
    }
}

impl MessageLine {
    fn sample(progress: Option<(i64, i64)>) -> Self {
        Self {
            number: 4,
            subject: "Exports in 5.12.1 lose their last line".into(),
            words: "Jana Petrova, to 240 people; 3 customers left out".into(),
            at: samples::when("Fri 20 Nov 18:40"),
            progress,
            answers: vec![Link::new("4207", "/desk/requests/4207")],
        }
    }
}

impl ChecklistForm {
    fn sample() -> Self {
        let fault = |key: &str, text: &str, said| FaultLine { key: key.into(), text: text.into(), said };
        Self {
            action: "/desk/bugs/311/checklist".into(),
            text: "Bugs of the highest priority for which there is no way around are fixed in a hotfix to the latest release:".into(),
            way_around: "What another approach, tool or way of working gets around does not have the highest priority.".into(),
            faults: vec![
                fault("start", "TestHub does not start.", "no"),
                fault("sign_in", "People cannot sign in.", ""),
                fault("use", "It contradicts the documentation, and the system cannot be used as it was designed.", "yes"),
            ],
            ways: vec![
                Choice::new("nothing", "There is none").chosen(),
                Choice::new("approach", "Another approach"),
                Choice::new("tool", "Another tool"),
                Choice::new("way_of_working", "Another way of working"),
            ],
            how: String::new(),
            decided: vec![Decided {
                what: "A hotfix: 5.12.1-hotfix.2, which corrects 5.12.1-hotfix.1.".into(),
                reasons: vec![
                    "It is so: It contradicts the documentation, and the system cannot be used as it was designed.".into(),
                    "There is no other approach, tool or way of working.".into(),
                ],
                by: "Jana Petrova".into(),
                at: samples::when("Fri 20 Nov 18:02"),
            }],
            answers: true,
        }
    }
}
