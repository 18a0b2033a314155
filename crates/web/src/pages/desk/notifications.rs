//! What a member of staff is told of requests that are theirs, how they want to be told, and until when they are away.

use askama::Template;

use crate::pages::{
    form::Choice,
    frame::DeskFrame,
    parts::When,
    samples::{self, Samples},
};

/// `GET /desk/notifications`; `POST /desk/notifications/read` with `up_to`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/notifications.html")]
pub struct NotificationsPage {
    pub frame: DeskFrame,
    pub told: Vec<Told>,
    /// What was told at the last opening of the desk.
    pub opening: Option<Opening>,
    /// How many were not read.
    pub unread: usize,
    /// The instant of the newest, in microseconds: what comes later is not marked read unseen.
    pub up_to: i64,
}

#[derive(Clone, Debug)]
pub struct Opening {
    /// "4 came, 3 late or due today".
    pub said: String,
    pub at: When,
    pub is_read: bool,
}

#[derive(Clone, Debug)]
pub struct Told {
    /// "The customer wrote".
    pub kind: String,
    pub number: i64,
    pub subject: String,
    pub at: When,
    pub is_read: bool,
}

/// `GET` and `POST /desk/notifications/choices`, a field for each kind; `POST /desk/away` with `until`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/notification_choices.html")]
pub struct ChoicesPage {
    pub frame: DeskFrame,
    pub kinds: Vec<Kind>,
    pub away: Away,
}

/// One kind, and which way it is told.
#[derive(Clone, Debug)]
pub struct Kind {
    pub key: String,
    pub name: String,
    pub about: String,
    /// Empty where it is not theirs to choose.
    pub ways: Vec<Choice>,
}

#[derive(Clone, Debug, Default)]
pub struct Away {
    /// "Mon 30 Nov 09:00", where they are away now.
    pub until: Option<When>,
    /// What was typed.
    pub typed: String,
    pub fault: Option<String>,
    /// In which zone the time is.
    pub zone: String,
}

impl NotificationsPage {
    pub fn samples() -> Samples<Self> {
        let told = |kind: &str, number, subject: &str, is_read| Told {
            kind: kind.into(),
            number,
            subject: subject.into(),
            at: samples::when("today 11:52"),
            is_read,
        };
        let all = vec![
            told("The customer wrote", 4201, "Attachments of skipped tests vanish from the report", false),
            told("The time runs short", 4197, samples::LONG_SUBJECT, false),
            told("Given to you", 4169, "How do I move a project to another group?", true),
        ];
        let page =
            |told, unread, opening| Self { frame: samples::desk("Notifications"), told, opening, unread, up_to: 0 };
        let opening =
            Opening { said: "4 came, 3 late or due today".into(), at: samples::when("today 09:00"), is_read: false };
        vec![("full", page(all, 3, Some(opening))), ("empty", page(vec![], 0, None))]
    }
}

impl ChoicesPage {
    pub fn samples() -> Samples<Self> {
        let ways = ["On the desk and by mail", "On the desk", "By mail", "Not at all"];
        let kind = |key: &str, name: &str, about: &str, free: bool| Kind {
            key: key.into(),
            name: name.into(),
            about: about.into(),
            ways: if free { ways.iter().map(|way| Choice::new(*way, *way)).collect() } else { vec![] },
        };
        let kinds = vec![
            kind("assigned", "Given to you", "Somebody gives a request to you.", true),
            kind("customer_replied", "The customer wrote", "A customer writes in a request that is yours.", true),
            kind("security", "For the security role", "A security report. You are always told both ways.", false),
        ];
        let zone = "Europe/Berlin".to_owned();
        let page = |away| Self { frame: samples::desk("What you are told"), kinds: kinds.clone(), away };
        let away = Away { until: Some(samples::when("Mon 30 Nov 09:00")), zone: zone.clone(), ..Away::default() };
        let fault = Some("Choose a moment after now, at most a year ahead.".to_owned());
        let wrong = Away { typed: "2025-11-30T09:00".into(), fault, zone: zone.clone(), until: None };
        vec![("here", page(Away { zone, ..Away::default() })), ("away", page(away)), ("wrong", page(wrong))]
    }
}
