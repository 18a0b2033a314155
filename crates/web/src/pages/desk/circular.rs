//! A message to exactly those whom a bug affects: what it says in each language, who is meant, and who would get it.

use askama::Template;

use crate::pages::{
    form::Choice,
    frame::DeskFrame,
    html::Safe,
    samples::{self, Samples},
};

/// `GET` and `POST /desk/bugs/{id}/affected/message`; fields `language.N`, `subject.N`, `body.N`, `plan`, `source`, `reported`, `to`,
/// `unlicensed`, `form`, `mark` and `do`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/circular.html")]
pub struct CircularPage {
    pub frame: DeskFrame,
    pub number: i64,
    pub title: String,
    pub texts: Vec<TextForm>,
    pub plans: Vec<Choice>,
    pub sources: Vec<Choice>,
    pub reported: Vec<Choice>,
    pub to: Vec<Choice>,
    pub unlicensed: bool,
    /// What tells this form from every other.
    pub form: String,
    pub looked: Option<LookedAt>,
}

#[derive(Clone, Debug)]
pub struct TextForm {
    pub at: usize,
    pub language: String,
    pub subject: String,
    pub body: String,
    pub subject_fault: Option<String>,
    pub body_fault: Option<String>,
}

/// What would be sent.
#[derive(Clone, Debug)]
pub struct LookedAt {
    pub people: usize,
    pub readers: Vec<ReaderLine>,
    /// Readers who are not named here.
    pub more: usize,
    pub left: Vec<LeftLine>,
    pub samples: Vec<SampleMail>,
    pub may_send: bool,
    pub mark: String,
}

#[derive(Clone, Debug)]
pub struct ReaderLine {
    pub name: String,
    pub organisation: String,
    pub why: &'static str,
    pub versions: String,
    pub language: String,
}

#[derive(Clone, Debug)]
pub struct LeftLine {
    pub name: String,
    pub why: &'static str,
}

#[derive(Clone, Debug)]
pub struct SampleMail {
    pub language: String,
    pub to: String,
    pub people: usize,
    pub subject: String,
    pub body: Safe,
}

impl CircularPage {
    pub fn samples() -> Samples<Self> {
        let text = |at, language: &str, subject: &str, body: &str| TextForm {
            at,
            language: language.into(),
            subject: subject.into(),
            body: body.into(),
            subject_fault: None,
            body_fault: None,
        };
        let blank = Self {
            frame: samples::desk("Write to whom BUG-311 affects"),
            number: 311,
            title: "Exports to CSV lose their last line".into(),
            texts: vec![text(0, "en", "", ""), text(1, "", "", ""), text(2, "", "", "")],
            plans: vec![Choice::new("", "All plans"), Choice::new("hedge", "Hedge").chosen()],
            sources: vec![Choice::new("", "Wherever it is known from")],
            reported: vec![Choice::new("", "Reported it or not")],
            to: vec![
                Choice::new("contacts", "Managers and named contacts; where there are none, who reported it").chosen(),
                Choice::new("reporters", "Only who reported it"),
            ],
            unlicensed: false,
            form: "0".repeat(32),
            looked: None,
        };
        let reader = |name: &str, organisation: &str| ReaderLine {
            name: name.into(),
            organisation: organisation.into(),
            why: "manages it",
            versions: "5.11.4, 5.12.1".into(),
            language: "en".into(),
        };
        let body = "Dear {{ reader.first }},\n\nexports of {{ version }} lose their last line.";
        let looked = Self {
            texts: vec![text(0, "en", "{{ bug.title }}", body), text(1, "", "", ""), text(2, "", "", "")],
            looked: Some(LookedAt {
                people: 2,
                readers: vec![reader("Dana Whitlock", "Acme Robotics"), reader("Noor Haddad", samples::LONG_SUBJECT)],
                more: 0,
                left: vec![
                    LeftLine { name: "Helio Bank".into(), why: "nobody knows whether they are affected" },
                    LeftLine {
                        name: "Nordlicht".into(),
                        why: "no running licence; include those below to write to them",
                    },
                ],
                samples: vec![SampleMail {
                    language: "en".into(),
                    to: "Dana Whitlock".into(),
                    people: 2,
                    subject: "Exports to CSV lose their last line".into(),
                    body: Safe::new("<p>Dear Dana,</p><p>exports of 5.11.4, 5.12.1 lose their last line.</p>"),
                }],
                may_send: true,
                mark: "0".repeat(32),
            }),
            ..blank.clone()
        };
        let mut wrong = blank.clone();
        wrong.texts[0].subject_fault = Some("This is still empty.".into());
        wrong.texts[0].body = "Dear {{ who }}".into();
        wrong.texts[0].body_fault = Some("Line 1: there is no “who”. What there is is listed beside the text.".into());
        vec![("blank", blank), ("looked", looked), ("wrong", wrong)]
    }
}
