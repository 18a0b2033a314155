//! Filing a request: a form made from what the policy asks of its type, and by when it would be answered. What is
//! asked, offered and refused is decided by the rules.

use askama::Template;

use super::{
    form::Commands,
    form::{Choice, Chosen, Control, FaultLine, Field, FileRow, Files, Need, Tick, Width, Wrong, id_of},
    frame::{Frame, Place, Reader},
    html::Safe,
    parts::{Openness, Signal, Strip},
    samples::{self, Samples},
    suggestions::Suggestions,
    verdict::{VersionCheck, VersionVerdict},
};

/// For whom it is filed.
#[derive(Clone, Debug)]
pub struct FilesFor {
    pub number: i64,
    pub name: String,
    /// Whether it is another's, which let the reader's organisation file for it (ENT-4).
    pub stands: Stands,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    Own,
    Resold,
}

/// `GET /requests/new/{type}` and `GET /drafts/{id}`; `POST /requests` sends, with `do=draft` it keeps.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/new_request.html")]
pub struct NewRequestPage {
    pub frame: Frame,
    /// The type's key, sent as `type`.
    pub key: String,
    /// For which organisation it is filed, where somebody files for several.
    pub files_for: Option<FilesFor>,
    /// Keeps others of the organisation from seeing it (VIS-2); offered where some would.
    pub confidential: Option<Tick>,
    /// "Report a bug".
    pub heading: String,
    /// What the type is for, and what it is not.
    pub purpose: String,
    pub draft: Option<i64>,
    /// What tells this form from every other; sent twice, it files once.
    pub form: String,
    /// "saved 12:04".
    pub saved: Option<String>,
    pub subject: Field,
    /// What may answer the subject; the script brings it while that is typed.
    pub suggested: Option<Suggestions>,
    pub details: Vec<Field>,
    /// What no detail asked for: pictures, recordings.
    /// Files that no detail asks for; `None` where one does.
    pub evidence: Option<Field>,
    pub ticks: Vec<Tick>,
    pub priority: PriorityWish,
    pub aim: Option<Aim>,
    /// Who would see it in the forum, if it is for that (REQ-5).
    pub topic: Option<String>,
    /// "Send bug report".
    pub send: String,
    /// What happens after sending, and what never does.
    pub next: String,
    pub limits: Option<String>,
    /// What the policy asks to do before one writes, point by point.
    pub before: Vec<String>,
    pub openness: Openness,
}

/// The wish (PRI-2). Only what the type allows is offered (PRI-3); the note says why the rest is not.
#[derive(Clone, Debug)]
pub struct PriorityWish {
    pub offered: Vec<PriorityChoice>,
    pub note: Option<String>,
    pub fault: Option<Wrong>,
}

#[derive(Clone, Debug)]
pub struct PriorityChoice {
    pub key: String,
    pub name: String,
    /// PRI-1, in the policy's words.
    pub meaning: String,
    pub chosen: Chosen,
}

/// By when the first response is aimed at, if it were sent now. `None` where the type has no clock.
#[derive(Clone, Debug)]
pub struct Aim {
    pub strip: Strip,
    /// HTML of `words::deadline`: date, both zones, what was left out, the median.
    pub words: Safe,
    /// How soon others were answered of late (FRT-8).
    pub median: Option<String>,
}

impl NewRequestPage {
    /// What is wrong, in the order of the form, for the summary above it.
    pub fn faults(&self) -> Vec<FaultLine> {
        let fields = std::iter::once(&self.subject).chain(&self.details).chain(&self.evidence);
        let ticks = self
            .ticks
            .iter()
            .filter_map(|tick| tick.fault.as_ref().map(|wrong| FaultLine::new(&id_of(&tick.name), &tick.words, wrong)));
        let wish = self.priority.fault.as_ref().map(|wrong| FaultLine::new("priority", "Effect on your work", wrong));
        fields.filter_map(Field::fault_line).chain(ticks).chain(wish).collect()
    }

    pub fn samples() -> Samples<Self> {
        let full = Self::bug();
        let mut wrong = full.clone();
        wrong.subject.fault =
            Some(Wrong::new("This is still empty. One line that names what goes wrong.", "still empty"));
        wrong.details[5].fault = Some(Wrong::new("No file is attached yet.", "no file yet"));
        wrong.subject.control = Control::Line { value: String::new() };
        wrong.ticks[0].chosen = Chosen::No;
        wrong.ticks[0].fault =
            Some(Wrong::new("Please tick this: your bug may be fixed in one of them.", "not ticked"));
        wrong.saved = None;
        wrong.suggested = None;
        let mut question = full.clone();
        question.suggested = None;
        question.heading = "Ask a question".into();
        question.purpose = "One specific thing that one answer settles. It needs no logs and no investigation; if it turns out to need more, it becomes a support request with everything you wrote.".into();
        question.subject = Field::line("subject", "Subject", "");
        question.details = vec![Field {
            why: Some("Brief, and one thing at a time.".into()),
            ..Field::new("detail.question", "Your question", Control::Text { value: String::new() })
        }];
        question.ticks.clear();
        question.priority.offered.drain(..2);
        question.priority.note =
            Some("Questions are never High or Urgent. If it is more pressing, file a support request.".into());
        question.send = "Send question".into();
        question.draft = None;
        question.saved = None;
        question.openness = samples::closed_now();
        let mut feature = question.clone();
        feature.heading = "Suggest a feature".into();
        feature.aim = None;
        let mut resold = question.clone();
        resold.files_for = Some(FilesFor { number: 4, name: "Halfmoon".into(), stands: Stands::Resold });
        resold.confidential = Some(Tick {
            name: "confidential".into(),
            words: "Confidential: only I, those I add and the support team see it, not Halfmoon".into(),
            chosen: Chosen::No,
            fault: None,
        });
        vec![("full", full), ("refused", wrong), ("empty", question), ("no-clock", feature), ("resold", resold)]
    }

    fn bug() -> Self {
        Self {
            frame: samples::portal("Report a bug", Place::Ask, Reader::Person(samples::dana())),
            files_for: None,
            confidential: None,
            key: "bug".into(),
            heading: "Report a bug".into(),
            purpose: "Something in TestHub works differently from what its documentation says, in the latest release. We review it; a confirmed bug is fixed in a hotfix or a coming release.".into(),
            draft: Some(5),
            form: "00".repeat(16),
            saved: Some("saved 12:04".into()),
            subject: Field::line("subject", "Subject", "Attachments of skipped tests vanish from the report"),
            suggested: Some(Suggestions::sample()),
            details: sample_details(),
            evidence: Some(Field {
                need: Need::Optional,
                why: Some("Pictures, recordings, a page as a file: whatever shows it.".into()),
                ..Field::new("file.evidence", "Other evidence", Control::Files(Files {
                    detail: "evidence".into(),
                    held: vec![FileRow::new(7, "screenshot-2.png", "0.4 MB").judged(Signal::Plain, "picture", "")],
                    commands: vec![],
                    coming: vec![],
                    accept: String::new(),
                    limit: "Drop or paste files here, up to 2 GiB each.".into(),
                }))
            }),
            ticks: vec![
                Tick { name: "tick.notes_read".into(), words: "I read the notes of releases newer than mine".into(), chosen: Chosen::Yes, fault: None },
                Tick { name: "tick.log_read".into(), words: "I looked into the log for the part that fails".into(), chosen: Chosen::No, fault: None },
            ],
            priority: sample_wish(),
            aim: Some(Aim {
                strip: samples::strip(0, Signal::Plain),
                words: Safe::new("We aim to answer by <b>Tue 24 Nov 14:40 UTC</b>, 15:40 your time: 8 working hours, without the weekend and Monday’s holiday."),
                median: Some("Half of the first responses of the last 90 days came within 2 h 10 min of working time.".into()),
            }),
            topic: None,
            send: "Send bug report".into(),
            before: vec!["Read the notes of the releases that are newer than yours.".into()],
            next: "An agent reads it and answers here and by mail. If it contradicts the documentation in the latest release, it joins the bug queue.".into(),
            limits: Some("Never Urgent.".into()),
            openness: samples::open_now(),
        }
    }
}

fn sample_details() -> Vec<Field> {
    let half = |field: Field| Field { width: Width::Half, ..field };
    let version = Field {
        version: Some(VersionCheck { verdict: Some(VersionVerdict::sample()) }),
        ..half(Field::line("detail.version", "Installed version", "5.12.1"))
    };
    let deployment = Control::Choice {
        options: vec![Choice::new("server", "Server, our own Kubernetes").chosen(), Choice::new("cloud", "Cloud")],
    };
    let logs = Files {
        detail: "logs".into(),
        held: vec![
            FileRow::new(5, "server.log", "14.2 MB, Fri 09:12 to 16:31").judged(Signal::Done, "text file", ""),
            FileRow::new(6, "screenshot-of-log.png", "0.3 MB").judged(
                Signal::Late,
                "not a log",
                "A picture cannot be searched. It is kept under “Other evidence”.",
            ),
        ],
        coming: vec![],
        commands: vec![Commands {
            title: "How to get them from Kubernetes".into(),
            lines: "kubectl logs deployment/testhub --all-containers --since=24h > testhub.log".into(),
            follows: "detail.deployment".into(),
            fits: vec![String::new(), "server".into()],
            now: Chosen::Yes,
        }],
        accept: ".log,.txt,text/plain".into(),
        limit: "Text files, up to 2 GiB each.".into(),
    };
    vec![
        version,
        half(Field::new("detail.deployment", "Deployment", deployment)),
        Field {
            need: Need::Optional,
            ..Field::line(
                "detail.passage",
                "Which passage of the documentation does it contradict?",
                "Launches › Closing a launch",
            )
        },
        half(Field::new(
            "detail.expected",
            "What you expected",
            Control::Text { value: "Attachments stay for the retention time.".into() },
        )),
        half(Field::new(
            "detail.actual",
            "What happens",
            Control::Text { value: "They are gone once the launch is closed.".into() },
        )),
        Field {
            why: Some("Text files from before the fault until after it; pictures of logs can’t be searched.".into()),
            ..Field::new("detail.logs", "Full logs", Control::Files(logs))
        },
    ]
}

pub(super) fn sample_wish() -> PriorityWish {
    let choice = |key: &str, name: &str, meaning: &str, chosen| PriorityChoice {
        key: key.into(),
        name: name.into(),
        meaning: meaning.into(),
        chosen,
    };
    PriorityWish {
        offered: vec![
            choice(
                "urgent",
                "Urgent",
                "Many customers without a major feature, or one in a production outage; no way around",
                Chosen::No,
            ),
            choice("high", "High", "Several customers, reproducible, a way around holds for a short time", Chosen::Yes),
            choice("medium", "Medium", "Minimal effect on operations", Chosen::No),
            choice("low", "Low", "End users are not affected", Chosen::No),
        ],
        note: None,
        fault: None,
    }
}
