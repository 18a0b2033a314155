//! What a member of staff is told of requests that are theirs, how and on which devices they want to be told, and until when
//! they are away.

use askama::Template;

use crate::pages::{
    form::{Choice, Chosen},
    frame::{DeskFrame, Here},
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

/// `GET` and `POST /desk/notifications/choices`, fields for each kind (`assigned`, `push_assigned`) and `subjects`; `POST
/// /desk/away` with `until`.
#[derive(Clone, Debug, Template)]
#[template(path = "desk/notification_choices.html")]
pub struct ChoicesPage {
    pub frame: DeskFrame,
    pub kinds: Vec<Kind>,
    /// Whether devices show what requests are about.
    pub subjects: Chosen,
    pub devices: Devices,
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
    /// Whether devices show it.
    pub push: Chosen,
}

/// `POST /desk/notifications/devices` with `subscription`, `…/test`, and `…/{id}/removal`.
#[derive(Clone, Debug, Default)]
pub struct Devices {
    pub all: Vec<Device>,
    /// Why one was not taken.
    pub fault: Option<String>,
}

/// A browser that shows notifications while the desk is closed.
#[derive(Clone, Debug)]
pub struct Device {
    pub id: i64,
    /// "Firefox on Linux".
    pub name: String,
    pub since: When,
    pub used: Option<When>,
    pub here: Here,
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
            push: Chosen::Yes,
        };
        let kinds = vec![
            kind("assigned", "Given to you", "Somebody gives a request to you.", true),
            kind("customer_replied", "The customer wrote", "A customer writes in a request that is yours.", true),
            kind("security", "For the security role", "A security report. You are always told both ways.", false),
        ];
        let zone = "Europe/Berlin".to_owned();
        let device = |id, name: &str, used: Option<&str>, here| Device {
            id,
            name: name.into(),
            since: samples::when("Mon 16 Nov 09:00"),
            used: used.map(samples::when),
            here,
        };
        let devices = Devices {
            all: vec![
                device(1, "Firefox on Linux", Some("today 11:52"), Here::Here),
                device(2, "Chrome on Android", None, Here::Elsewhere),
            ],
            fault: None,
        };
        let page = |away| Self {
            frame: samples::desk("What you are told"),
            kinds: kinds.clone(),
            subjects: Chosen::No,
            devices: devices.clone(),
            away,
        };
        let away = Away { until: Some(samples::when("Mon 30 Nov 09:00")), zone: zone.clone(), ..Away::default() };
        let fault = Some("Choose a moment after now, at most a year ahead.".to_owned());
        let wrong = Away { typed: "2025-11-30T09:00".into(), fault, zone: zone.clone(), until: None };
        let away_from = Away { zone, ..Away::default() };
        let refused = "Your browser names a push service that does not speak https, so nothing is sent there.";
        let none = Devices { all: vec![], fault: Some(refused.into()) };
        let no_device = Self { devices: none, subjects: Chosen::Yes, ..page(away_from.clone()) };
        vec![("here", page(away_from)), ("away", page(away)), ("wrong", page(wrong)), ("no-device", no_device)]
    }
}
