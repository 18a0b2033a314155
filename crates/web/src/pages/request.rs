//! A customer's request: whose turn it is and until when, the conversation, and what the customer can do.

use askama::Template;

use super::{
    bugs::FixPart,
    conversation::{Detail, EventLine, Events, HeldFile, Message, MessageKind, Said},
    escalation::EscalationPart,
    form::{Chosen, Held},
    frame::{Frame, Place, Reader},
    html::Safe,
    new_request::PriorityChoice,
    parts::{Face, Link, Notice, Signal, Strip, Tag, When},
    rating::RatingForm,
    report::Report,
    samples::{self, LONG_SUBJECT, Samples},
    verdict::VersionVerdict,
};

/// `GET /requests/{id}`; `POST /requests/{id}/messages` adds, `…/wish` asks for more, `…/closure` closes.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/request.html")]
pub struct RequestPage {
    pub frame: Frame,
    pub number: i64,
    pub subject: String,
    /// Where a passage of the subject is redacted, for who may.
    pub redact: Option<String>,
    pub kind: String,
    pub filed: When,
    /// Who filed it, when it was not the reader.
    pub requester: Option<String>,
    pub strip: Option<Strip>,
    /// FRT-6, as HTML of `words::deadline`.
    pub explanation: Option<Safe>,
    pub turn: Tag,
    /// The state in words: "Our turn", "Ines asked you something".
    pub state: String,
    /// What that means for the reader.
    pub state_more: String,
    pub priority: PriorityShown,
    /// What its type asks for and it does not have, for who may give it.
    pub lacks: Vec<String>,
    /// PLN-3.
    pub escalation: Option<EscalationPart>,
    /// Where the reader may ask for a higher priority.
    pub raise: Option<Raise>,
    /// "You and our support team."
    pub seen_by: String,
    /// Those whom the reader may take off.
    pub people: Vec<Added>,
    /// Whether the reader may add colleagues.
    pub may_add: bool,
    pub rating: Option<RatingForm>,
    /// Where it goes on (FRT-5).
    pub merged_into: Option<i64>,
    /// "Goes on from 5", "Goes on in 405".
    pub linked: Vec<Link>,
    /// Of dry runs, for a migration request.
    pub reports: Vec<Report>,
    /// What its version means, where a report is not taken for it (BUG-1).
    pub version: Option<VersionVerdict>,
    /// What became of the bug that it reports.
    pub fix: Option<FixPart>,
    pub conversation: Vec<Said>,
    pub reply: ReplyBox,
}

/// PRI-2: wish and decision side by side, with the reason where they differ.
#[derive(Clone, Debug)]
pub struct PriorityShown {
    pub in_force: String,
    pub wished: Option<String>,
    pub reason: Option<String>,
}

/// REQ-11: fields `priority` and `reason`.
#[derive(Clone, Debug)]
pub struct Raise {
    pub offered: Vec<PriorityChoice>,
    /// What was typed and why it was refused.
    pub reason: String,
    pub fault: Option<String>,
}

/// Somebody who was added. `POST /requests/{id}/participants/{person}/removal`.
#[derive(Clone, Debug)]
pub struct Added {
    pub id: i64,
    pub name: String,
    /// "Take off", "Leave it".
    pub take_off: String,
}

/// What the reader may write.
#[derive(Clone, Debug)]
pub enum ReplyBox {
    Open(Reply),
    /// Why nothing can be added, and where to go instead.
    Closed {
        words: String,
    },
}

#[derive(Clone, Debug, Default)]
pub struct Reply {
    pub draft: Option<i64>,
    /// As what the draft is known to this page.
    pub seen: String,
    pub saved: Option<String>,
    pub text: String,
    pub held: Held,
    pub fault: Option<String>,
    /// The words of the closing button: "It works now, close it", "I no longer need this". `None` when only reading.
    pub close: Option<String>,
}

impl RequestPage {
    pub fn samples() -> Samples<Self> {
        let full = Self::sample();
        let mut yours = full.clone();
        yours.state = "Your turn".into();
        yours.state_more = "Ines asked you something. The clock has stopped with her answer; take your time.".into();
        yours.turn = Tag::new(Signal::Waiting, "your turn since 3 h");
        yours.explanation = Some(Safe::new("Answered in <b>2 h 10</b> of working time, 5 h 50 before the deadline."));
        yours.lacks = vec!["Full logs".into(), "What changed before it began".into()];
        yours.reply = ReplyBox::Open(Reply {
            fault: Some("There is no text to send. Write something, or attach a file.".into()),
            close: Some("It works now, close it".into()),
            ..Reply::default()
        });
        let mut pressing = full.clone();
        if let Some(raise) = &mut pressing.raise {
            raise.fault = Some("The agent decides by what has changed. Please write it in a sentence.".into());
        }
        let mut fixed = full.clone();
        fixed.fix = Some(FixPart::sample_asked());
        fixed.state = "Fixed, please confirm".into();
        let mut crowded = full.clone();
        crowded.fix = None;
        crowded.subject = LONG_SUBJECT.into();
        crowded.conversation = full.conversation.iter().cycle().take(30).cloned().collect();
        for (said, id) in crowded.conversation.iter_mut().zip(100..) {
            if let Said::Message(message) = said {
                message.id = id;
            }
        }
        let mut closed = full.clone();
        closed.strip = None;
        closed.raise = None;
        closed.rating = Some(RatingForm::sample());
        closed.merged_into = Some(4100);
        closed.explanation = None;
        closed.state = "Closed".into();
        closed.state_more = "Closed on 4 Dec, two weeks after it was solved.".into();
        closed.turn = Tag::new(Signal::Done, "closed");
        closed.reply = ReplyBox::Closed {
            words: "It has been closed for a while. If it comes back, file a new request; we link the two.".into(),
        };
        vec![
            ("full", full),
            ("your-turn", yours),
            ("pressing", pressing),
            ("fixed", fixed),
            ("crowded", crowded),
            ("closed", closed),
        ]
    }

    fn sample() -> Self {
        let mut frame = samples::portal(
            "4201 Attachments of skipped tests vanish from the report",
            Place::MyRequests,
            Reader::Person(samples::dana()),
        );
        frame.notice = Some(Notice {
            signal: Signal::Done,
            words: "Your bug report is with us. You find it here and under “My requests”, and we write by mail when there is news.".into(),
            link: None,
        });
        Self {
            frame,
            number: 4201,
            subject: "Attachments of skipped tests vanish from the report".into(),
            redact: Some("/requests/4201/redaction/subject".into()),
            kind: "Bug report".into(),
            filed: samples::when("Fri 20 Nov 16:40"),
            requester: None,
            strip: Some(samples::strip(61, Signal::Plain)),
            explanation: Some(Safe::new(
                "1 h 20 on Friday, weekend, Monday is a holiday, 6 h 40 on Tuesday: we aim to answer by <b>Tue 24 Nov 14:40 UTC</b>, 15:40 your time.",
            )),
            turn: Tag::new(Signal::Plain, "our turn, due Tue 14:40"),
            state: "Our turn".into(),
            state_more: "Ines is on it. You don’t need to do anything.".into(),
            escalation: Some(EscalationPart::sample("/requests/1042/escalation")),
            priority: PriorityShown {
                in_force: "Medium".into(),
                wished: Some("High".into()),
                reason: Some("One customer, and uploading again brings the files back.".into()),
            },
            lacks: vec![],
            raise: Some(Raise {
                offered: vec![PriorityChoice {
                    key: "urgent".into(),
                    name: "Urgent".into(),
                    meaning: "Production stands still and there is no way around it".into(),
                    chosen: Chosen::Yes,
                }],
                reason: String::new(),
                fault: None,
            }),
            seen_by: "You and our support team.".into(),
            people: vec![Added { id: 8, name: "Ravi Patel".into(), take_off: "Take off".into() }],
            may_add: true,
            rating: None,
            merged_into: None,
            linked: vec![Link::new("Goes on from 3977", "/requests/3977")],
            reports: vec![Report::sample()],
            version: Some(VersionVerdict::sample()),
            fix: Some(FixPart::sample()),
            conversation: sample_conversation(),
            reply: ReplyBox::Open(Reply { close: Some("It works now, close it".into()), ..Reply::default() }),
        }
    }
}

fn sample_conversation() -> Vec<Said> {
    let message = |id, author: &str, face: &str, body: &str| Message {
        id,
        author: author.into(),
        face: Face::of(face),
        at: samples::when("Fri 20 Nov 16:40"),
        kind: MessageKind::Public,
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
    let mut first = message(
        1,
        "You",
        "Dana Whitlock",
        "<p>Since 5.12.1 the attachments of skipped tests are missing once a launch is closed. While it runs they are there. In 5.11 they stayed.</p>",
    );
    first.details = vec![
        Detail {
            label: "What you expected".into(),
            answer: Safe::new("<p>Attachments stay for the retention time.</p>"),
            redact: Some("/requests/4201/redaction/detail-expected".into()),
        },
        Detail { label: "Installed version".into(), answer: Safe::new("5.12.1"), redact: None },
    ];
    first.files = vec![
        HeldFile::new("/attachments/3", "server.log", "14.2 MB"),
        HeldFile {
            redact: Some("/attachments/4/redaction".into()),
            ..HeldFile::new("/attachments/4", "runner.log", "0.3 MB")
        },
    ];
    first.gone = vec!["File redacted: screen.png, picture, 0.2 MB".into()];
    let decided = EventLine {
        words: "Ines decided Medium instead of High: one customer, and uploading again brings the files back.".into(),
        at: samples::when("Tue 24 Nov 11:46"),
    };
    let mut answer = message(
        2,
        "Ines",
        "Ines Kovač",
        "<p>Thank you for the log, Dana. Could you run this once and send what it prints?</p><pre><code>kubectl exec deploy/testhub -- testhub attachments --launch 8841 --verbose --with-skipped --format long</code></pre>",
    );
    answer.at = samples::when("Tue 24 Nov 12:06");
    vec![
        Said::Message(first),
        Said::Events(Events { summary: String::new(), lines: vec![decided] }),
        Said::Message(answer),
    ]
}
