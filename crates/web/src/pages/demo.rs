//! The demo's own pages: doors to sign in as somebody, and the mails that the desk sent. Never mounted elsewhere.

use askama::Template;

use super::{
    frame::{Demo, Frame, Place, Reader},
    parts::{Face, Link, Pages, When},
    samples::{self, LONG_SUBJECT, Samples},
};

/// `GET /demo`; `POST /demo/sign-in/{role}`.
#[derive(Clone, Debug, Template)]
#[template(path = "demo/doors.html")]
pub struct DoorsPage {
    pub frame: Frame,
    pub doors: Vec<Door>,
}

#[derive(Clone, Debug)]
pub struct Door {
    /// "customer", "agent"; the last part of `/demo/sign-in/{role}`.
    pub role: String,
    pub name: String,
    /// "QA lead at Acme Robotics: files requests and waits for answers".
    pub about: String,
}

/// `GET /demo/mails`.
#[derive(Clone, Debug, Template)]
#[template(path = "demo/mails.html")]
pub struct MailsPage {
    pub frame: Frame,
    pub mails: Vec<MailLine>,
    pub pages: Pages,
}

#[derive(Clone, Debug)]
pub struct MailLine {
    pub id: i64,
    pub subject: String,
    pub to: String,
    pub at: When,
}

/// `GET /demo/mails/{id}`. Its HTML is shown from `html_href`, in a frame that may do nothing.
#[derive(Clone, Debug, Template)]
#[template(path = "demo/mail.html")]
pub struct MailPage {
    pub frame: Frame,
    pub subject: String,
    pub from: String,
    pub to: String,
    pub at: When,
    pub html_href: String,
    pub text: String,
    /// The links in it: a sandboxed frame opens none.
    pub links: Vec<Link>,
}

fn frame(title: &str) -> Frame {
    Frame { demo: Demo::Yes, ..samples::portal(title, Place::Elsewhere, Reader::Nobody) }
}

impl Door {
    pub fn face(&self) -> Face {
        Face::of(&self.name)
    }
}

impl DoorsPage {
    pub fn samples() -> Samples<Self> {
        let door =
            |role: &str, name: &str, about: &str| Door { role: role.into(), name: name.into(), about: about.into() };
        let doors = vec![
            door("customer", "Dana Whitlock", "QA lead at Acme Robotics: files requests and waits for answers"),
            door("agent", "Ines Kovač", "Agent: works the queue by keyboard all day"),
            door("lead", "Theo Marsh", "Lead: sees what will be late before it is"),
            door("administrator", "Noor Haddad", "Administrator: sets the desk up"),
        ];
        vec![("full", Self { frame: frame("Who are you today?"), doors })]
    }
}

impl MailsPage {
    pub fn samples() -> Samples<Self> {
        let mail = |id, subject: &str| MailLine {
            id,
            subject: subject.into(),
            to: "dana@acme-robotics.example".into(),
            at: samples::when("today 12:06"),
        };
        let page = |mails| Self { frame: frame("Mails"), mails, pages: Pages::default() };
        vec![
            (
                "full",
                page(vec![
                    mail(2, "Re: [4201] Attachments of skipped tests vanish from the report"),
                    mail(1, "Verify your address"),
                    mail(3, LONG_SUBJECT),
                ]),
            ),
            ("empty", page(vec![])),
        ]
    }
}

impl MailPage {
    pub fn samples() -> Samples<Self> {
        vec![(
            "full",
            Self {
                frame: frame("Verify your address"),
                subject: "Verify your address".into(),
                from: "TestHub support <support@testhub.example>".into(),
                to: "dana@acme-robotics.example".into(),
                at: samples::when("today 12:06"),
                html_href: "/demo/mails/1/html".into(),
                text: "Hello Dana,\n\nfollow this link within 24 hours to verify your address and choose a password:\n\nhttp://127.0.0.1:8080/verify/k3Jd0\n".into(),
                links: vec![Link::new("http://127.0.0.1:8080/verify/k3Jd0", "http://127.0.0.1:8080/verify/k3Jd0")],
            },
        )]
    }
}
