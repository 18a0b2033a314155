//! A request on the desk: what can be done with it, its clock, its conversation, the composer. Which steps are
//! offered is decided by the rules; the page shows what it is given.

use askama::Template;

use super::{
    evidence::Evidence,
    more::{More, NextWord},
    queue::{Level, Queue},
    review::ReviewPart,
};
use crate::pages::{
    conversation::{Detail, EventLine, Events, HeldFile, Message, MessageKind, Said},
    escalation::EscalationPart,
    form::{Choice, Held},
    frame::{DeskFrame, Here},
    html::{Safe, parts},
    new_request::{PriorityChoice, sample_wish},
    parts::{Face, Link, Presence, Signal, Strip, Tag, When},
    samples::{self, LONG_SUBJECT, Samples},
};

/// `GET /desk/requests/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/request_page.html")]
pub struct DeskRequestPage {
    pub frame: DeskFrame,
    pub queue: Queue,
    pub pane: Pane,
}

/// The answer to a row that is opened beside its list, which keeps what stands around it (`hx-target="#pane"`).
#[derive(Clone, Debug, Template)]
#[template(source = "<title>{{ title }} · Firstline</title>{{ pane }}", ext = "html")]
pub struct PaneAnswer {
    pub title: String,
    pub pane: Pane,
}

/// The request itself: what is done with it, what was said, and what stands beside it.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/pane.html")]
pub struct Pane {
    /// The list beside which it stands.
    pub back: Link,
    pub number: i64,
    pub subject: String,
    /// Where a passage of the subject is redacted, for who may.
    pub redact: Option<String>,
    /// The organisation's name, or that the person stands alone.
    pub organisation: String,
    pub requester: String,
    pub filed: When,
    pub turn: Tag,
    pub strip: Option<Strip>,
    /// FRT-6: the deadline explained, as HTML of `words::deadline`.
    pub explanation: Option<Safe>,
    pub assignment: Assignment,
    pub state: StateSteps,
    pub priority: PriorityDecision,
    /// PLN-3.
    pub escalation: Option<EscalationPart>,
    pub conversion: Conversion,
    pub proposal: Option<Proposal>,
    /// Of a report of a bug (BUG-2).
    pub review: Option<ReviewPart>,
    pub more: More,
    /// While it is with the developers (FRT-7).
    pub next_word: Option<NextWord>,
    /// Where it was merged into, and until when that can be undone (FRT-5).
    pub merged: Option<Merged>,
    /// "Theo Marsh is writing a reply, Jana Petrova is looking".
    pub present: String,
    pub conversation: Vec<Said>,
    /// A reply that can still be taken back.
    pub hold: Option<Hold>,
    pub composer: Composer,
    pub evidence: Evidence,
}

/// `POST /desk/requests/{id}/assignment`, fields `agent` (empty: nobody; `next`: the team's next in line) and `team`.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// "Nobody yet", or a name.
    pub now: String,
    pub agents: Vec<Choice>,
    /// Its team's name.
    pub team: Option<String>,
    /// Empty where the desk has no teams.
    pub teams: Vec<Choice>,
    /// "Next in line: Theo Marsh. Ines Kovač is away until Mon 30 Nov 09:00."
    pub next: Option<String>,
}

/// `POST /desk/requests/{id}/state`, field `to`.
#[derive(Clone, Debug)]
pub struct StateSteps {
    pub now: String,
    /// What this agent may do next: key and words ("with_developers", "Hand to our developers").
    pub steps: Vec<(String, String)>,
}

/// `POST /desk/requests/{id}/priority`, fields `priority` and `reason` (PRI-2).
#[derive(Clone, Debug)]
pub struct PriorityDecision {
    pub decided: String,
    /// What the customer wished, where it differs.
    pub wished: Option<String>,
    /// Why something is not offered (PLN-4).
    pub notes: Vec<String>,
    /// Each with what it means (PRI-1).
    pub offered: Vec<PriorityChoice>,
    /// What was typed and why it was refused.
    pub reason: String,
    pub fault: Option<String>,
}

/// `POST /desk/requests/{id}/conversion`, fields `to` and `reason` (REQ-8).
#[derive(Clone, Debug)]
pub struct Conversion {
    pub now: String,
    pub offered: Vec<TypeOffer>,
}

/// A type that it may become, and what that changes besides.
#[derive(Clone, Debug)]
pub struct TypeOffer {
    pub key: String,
    pub name: String,
    /// "its priority becomes Medium"; empty: nothing else.
    pub note: String,
}

/// `POST /desk/requests/{id}/merge/undoing`.
#[derive(Clone, Debug)]
pub struct Merged {
    pub into: i64,
    /// Whether it can still be undone.
    pub undo: bool,
}

/// A conversion whose time has come (REQ-2).
#[derive(Clone, Debug)]
pub struct Proposal {
    pub words: String,
    pub to: String,
    pub act: String,
}

/// A sent reply in its hold. `POST /desk/requests/{id}/replies/{message}/retraction`.
#[derive(Clone, Debug)]
pub struct Hold {
    pub message: i64,
    /// RFC 3339, UTC: when it goes out, and what the server's clock says now.
    pub until: String,
    pub now: String,
}

/// Replies go to `…/replies`, notes to `…/notes`; both send `text`, `draft` and the files.
#[derive(Clone, Debug)]
pub struct Composer {
    /// The draft's id, when one was kept.
    pub draft: Option<i64>,
    /// As which the page saw it.
    pub seen: String,
    pub text: String,
    pub held: Held,
    pub saved: Option<String>,
    pub kind: MessageKind,
    /// Whose turn it is after the reply: "Acme’s".
    pub whose: String,
    /// Further ways to send: the value of `then` and its words ("with_developers", "Reply, with developers").
    pub ways: Vec<(String, String)>,
    /// The way that the inserted text asks for; nothing for the usual one.
    pub way: String,
    /// Texts to insert: number, name, what they are for.
    pub texts: Vec<(i64, String, String)>,
    /// The one that was inserted.
    pub template: Option<i64>,
    pub fault: Option<String>,
    /// The newest message that it shows above: what somebody else writes after it is to be read before a reply goes out.
    pub read_to: i64,
    /// "Theo Marsh is writing a reply too".
    pub collision: String,
}

parts!(Pane);

impl Assignment {
    fn sample() -> Self {
        Self {
            now: "Ines Kovač".into(),
            agents: vec![
                Choice::new("", "Nobody"),
                Choice::new("7", "Ines Kovač (you)").chosen(),
                Choice::new("8", "Theo Marsh"),
                Choice::new("9", "Jana Petrova"),
            ],
            team: Some("Platform".into()),
            teams: vec![Choice::new("none", "No team"), Choice::new("2", "Platform").chosen()],
            next: Some("Next in line: Theo Marsh. Jana Petrova is away until Mon 30 Nov 09:00.".into()),
        }
    }
}

impl DeskRequestPage {
    pub fn samples() -> Samples<Self> {
        let full = Self::sample();
        let mut crowded = full.clone();
        crowded.queue = Queue::crowded(Level::Beside);
        crowded.pane.conversation = full.pane.conversation.iter().cycle().take(30).cloned().collect();
        crowded.pane.subject = LONG_SUBJECT.into();
        crowded.pane.organisation =
            "Österreichische Donaudampfschifffahrtsgesellschaft, Abteilung Qualitätssicherung".into();
        for (said, id) in crowded.pane.conversation.iter_mut().zip(100..) {
            if let Said::Message(message) = said {
                message.id = id;
            }
        }
        let mut held = full.clone();
        held.pane.hold =
            Some(Hold { message: 31, until: "2026-11-24T12:05:10Z".into(), now: "2026-11-24T12:05:03Z".into() });
        held.pane.review = Some(ReviewPart::sample_joined());
        held.pane.composer.text.clear();
        held.pane.composer.saved = None;
        let mut note = full.clone();
        note.pane.composer.kind = MessageKind::Note;
        note.pane.composer.fault = Some("There is no text to send. Write something, or attach a file.".into());
        note.pane.strip = Some(samples::strip(100, Signal::Late));
        note.pane.turn = Tag::new(Signal::Late, "48 min late");
        let mut growing = full.clone();
        growing.pane.conversion.now = "Question".into();
        growing.pane.proposal = Some(Proposal {
            words: "This question has taken 2 replies. A support request asks for logs and details.".into(),
            to: "support".into(),
            act: "Make it a support request".into(),
        });
        growing.pane.evidence.lacks = vec!["Full logs".into(), "Symptoms and effect on people".into()];
        growing.pane.next_word = Some(NextWord::sample());
        growing.pane.merged = Some(Merged { into: 4144, undo: true });
        growing.pane.review = None;
        let mut bare = full.clone();
        bare.pane.strip = None;
        bare.pane.explanation = None;
        bare.pane.evidence.organisation = None;
        bare.pane.evidence.organisation_facts.clear();
        bare.pane.evidence.details.clear();
        bare.pane.evidence.same_organisation.clear();
        bare.pane.conversation.truncate(1);
        bare.pane.assignment.now = "Nobody yet".into();
        vec![("full", full), ("crowded", crowded), ("hold", held), ("note", note), ("growing", growing), ("bare", bare)]
    }

    fn sample() -> Self {
        let mut queue = Queue::sample(Level::Beside);
        queue.rows[2].here = Here::Here;
        Self {
            frame: samples::desk("4201 Attachments of skipped tests vanish from the report"),
            queue,
            pane: Pane::sample(),
        }
    }
}

impl Pane {
    fn sample() -> Self {
        Self {
            back: Link::new("Needs an answer", "/desk/views/needs-answer"),
            number: 4201,
            subject: "Attachments of skipped tests vanish from the report".into(),
            redact: Some("/desk/requests/4201/redaction/subject".into()),
            organisation: "Acme Robotics".into(),
            requester: "Dana Whitlock".into(),
            filed: samples::when("Fri 20 Nov 16:40"),
            turn: Tag::new(Signal::Plain, "ours, due Tue 14:40"),
            strip: Some(samples::strip(61, Signal::Plain)),
            explanation: Some(Safe::new("1 h 20 min on Friday, weekend, Monday 23 November is a holiday, 6 h 40 min on Tuesday: <b>first response due Tue 24 Nov 14:40 UTC</b>, 15:40 for Dana.")),
            assignment: Assignment::sample(),
            state: StateSteps {
                now: "Open".into(),
                steps: vec![
                    ("waiting_for_customer".into(), "Wait for the customer".into()),
                    ("with_developers".into(), "Hand to our developers".into()),
                    ("solved".into(), "Solved".into()),
                ],
            },
            escalation: Some(EscalationPart::sample("/desk/requests/1042/escalation")),
            priority: PriorityDecision {
                decided: "Medium".into(),
                wished: Some("High".into()),
                notes: vec!["Urgent: Only if you chose “Production”.".into()],
                offered: sample_wish().offered,
                reason: String::new(),
                fault: None,
            },
            conversion: Conversion::sample(),
            proposal: None,
            review: Some(ReviewPart::sample()),
            more: More::sample(),
            next_word: None,
            merged: None,
            conversation: sample_conversation(),
            hold: None,
            composer: Composer {
                draft: Some(5),
                seen: "5eed".into(),
                text: "Thank you for the log, Dana. The sweep removes files of results that it does not count, and skipped ones".into(),
                saved: Some("saved 12:04".into()),
                held: Held::default(),
                kind: MessageKind::Public,
                whose: "Acme’s".into(),
                ways: vec![("with_developers".into(), "With developers".into())],
                way: String::new(),
                texts: vec![
                    (1, "Please send the logs of all nodes".into(), "Support request · en".into()),
                    (2, "We have received it".into(), "Every type · acknowledgement".into()),
                ],
                template: None,
                fault: None,
                read_to: 12,
                collision: "Theo Marsh is writing a reply too".into(),
            },
            present: Presence::sample().said,
            evidence: Evidence::sample(),
        }
    }
}

impl Conversion {
    fn sample() -> Self {
        Self {
            now: "Bug report".into(),
            offered: vec![
                TypeOffer {
                    key: "question".into(),
                    name: "Question".into(),
                    note: "its priority becomes Medium".into(),
                },
                TypeOffer { key: "support".into(), name: "Support request".into(), note: String::new() },
                TypeOffer {
                    key: "security".into(),
                    name: "Security report".into(),
                    note: "its priority becomes Urgent; the security role alone sees it then, and you no longer do"
                        .into(),
                },
            ],
        }
    }
}

fn sample_conversation() -> Vec<Said> {
    let message = |id, author: &str, kind, body: &str| Message {
        id,
        author: author.into(),
        face: Face::of(author),
        at: samples::when("Fri 20 Nov 16:40"),
        kind,
        body: Safe::new(body),
        details: vec![],
        files: vec![],
        gone: vec![],
        redact: Some(format!("/requests/4201/redaction/message-{id}")),
        remark: None,
        ruling: None,
        at_once: None,
        split: None,
    };
    let line = |words: &str| EventLine { words: words.into(), at: samples::when("Tue 11:46") };
    let mut first = message(
        11,
        "Dana Whitlock",
        MessageKind::Public,
        "<p>Since 5.12.1 the attachments of skipped tests are missing once a launch is closed. While it runs they are there. In 5.11 they stayed.</p><pre><code>14:02:11.871 ERROR report-worker c.l.report.AttachmentSweep removed 412 blobs of results that are not counted\n14:02:11.902 WARN  report-worker retry 1/3</code></pre>",
    );
    first.details = vec![
        Detail {
            label: "What you expected".into(),
            answer: Safe::new("<p>Attachments stay for the retention time.</p>"),
            redact: Some("/requests/4201/redaction/detail-expected".into()),
        },
        Detail {
            label: "Steps".into(),
            answer: Safe::new(
                "<ol><li>Run a launch with a skipped test that attaches a file.</li><li>Close it.</li><li>Open the result.</li></ol>",
            ),
            redact: None,
        },
    ];
    first.files = vec![
        HeldFile::new("/attachments/3", "server.log", "14.2 MB"),
        HeldFile::new("/attachments/4", "runner.log", "0.3 MB"),
    ];
    vec![
        Said::Message(first),
        Said::Events(Events { summary: String::new(), lines: vec![line("Ines took it.")] }),
        Said::Message(message(
            12,
            "Ines Kovač",
            MessageKind::Note,
            "<p>Looks like the sweep from 4144. Asked QA to try it on 5.12.1 before I accept it.</p>",
        )),
        Said::Events(Events {
            summary: "2 changes, Tue 11:46 to 12:02".into(),
            lines: vec![
                line(
                    "Ines decided Medium instead of High: one customer, and uploading again brings the files back. Dana sees this reason.",
                ),
                line("Ines opened it."),
            ],
        }),
    ]
}
