//! When something was not done: what, why, and what now. One page for all; the constructors hold the words of
//! those that need no facts.

use askama::Template;
use axum::http::StatusCode;

use super::{
    frame::{Frame, Place, Reader},
    parts::Link,
    samples::{self, Samples},
};

/// A refusal or a fault, as a page. Its status is sent with it.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/refusal.html")]
pub struct RefusalPage {
    pub frame: Frame,
    pub status: StatusCode,
    /// What happened, in a few words.
    pub what: String,
    /// Why.
    pub why: String,
    /// What to do now.
    pub ways: Vec<Link>,
    /// To quote when asking about it; only where the fault is ours.
    pub reference: Option<String>,
    /// What was typed, to be sent once more.
    pub again: Option<Again>,
}

/// A form that was not taken, with all that was typed into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// Where it is sent.
    pub action: String,
    /// What people typed, by the field's name.
    pub typed: Vec<(String, String)>,
    /// What the page itself put into the form.
    pub hidden: Vec<(String, String)>,
}

impl Again {
    /// The form, unless nothing was typed into it.
    pub(crate) fn of(action: &str, fields: Vec<(String, String)>) -> Option<Self> {
        // A priority is chosen, and its key says nothing to who chose it.
        let ours = |name: &str| {
            matches!(name, "do" | "draft" | "draft_for" | "form" | "type" | "altcha" | "detail" | "priority")
        };
        let (typed, hidden): (Vec<_>, Vec<_>) =
            fields.into_iter().partition(|(name, value)| !ours(name) && !value.trim().is_empty());
        (!typed.is_empty()).then(|| Self { action: action.to_owned(), typed, hidden })
    }
}

/// The words of refusals that need no facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// 404: also for what one may not see.
    NotThere,
    /// 403: a door of the desk, tried by somebody signed in who is not staff.
    NotAllowed,
    /// 403: a form sent from another site.
    CrossSite,
    /// 400: the form cannot be read.
    Unreadable,
    /// 405: an address that a button leads to, opened by itself.
    NotSo,
    /// 415: no form.
    OtherKind,
    /// 410: a link past its time.
    LinkExpired,
    /// 410: a link that was used.
    LinkUsed,
    /// 401: the session ended while the page was open.
    SessionEnded,
    /// 500.
    OurFault,
}

impl Because {
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotThere => StatusCode::NOT_FOUND,
            Self::NotAllowed | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::NotSo => StatusCode::METHOD_NOT_ALLOWED,
            Self::OtherKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::LinkExpired | Self::LinkUsed => StatusCode::GONE,
            Self::SessionEnded => StatusCode::UNAUTHORIZED,
            Self::OurFault => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// What, and why.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NotThere => (
                "There is nothing here",
                "The address is wrong, or it leads to something that you may not see. If somebody sent it to you, ask them to add you to the request.",
            ),
            Self::NotAllowed => (
                "This belongs to our desk",
                "It is open to our support team only. Your own requests are in the portal.",
            ),
            Self::CrossSite => (
                "This was sent from another site",
                "The form did not come from this portal, so nothing was changed. If you pressed a button here, open the page again and repeat it.",
            ),
            Self::Unreadable => (
                "The form could not be read",
                "What arrived is cut off or in a form that this page does not send. Nothing was changed. Go back; what you typed is still there.",
            ),
            Self::NotSo => (
                "This cannot be opened like that",
                "The address belongs to a button or a form of another page. Nothing was changed. Open that page and press the button there.",
            ),
            Self::OtherKind => (
                "This kind of content is not taken here",
                "What arrived is not sent by any form of this page. Nothing was changed.",
            ),
            Self::LinkExpired => (
                "This link has run out",
                "It worked for 24 hours. Ask for a new one; it arrives within a minute or so.",
            ),
            Self::LinkUsed => (
                "This link was used already",
                "Each works once. If it was you, sign in with the password you chose. If it was not, set a new password now.",
            ),
            Self::SessionEnded => (
                "You are signed out",
                "The session ended while the page was open, so nothing was sent. Sign in again and open the form again in this tab: what you typed comes back, if your browser runs our script.",
            ),
            Self::OurFault => (
                "That went wrong on our side",
                "Nothing you sent was lost: what was not confirmed was not changed. Please try again in a moment.",
            ),
        }
    }

    fn ways(self) -> Vec<Link> {
        match self {
            Self::LinkExpired => {
                vec![Link::new("Sign up again", "/sign-up"), Link::new("Set a new password", "/reset")]
            }
            Self::LinkUsed => vec![Link::new("Sign in", "/sign-in"), Link::new("Set a new password", "/reset")],
            Self::SessionEnded => vec![Link::new("Sign in", "/sign-in")],
            Self::NotThere | Self::NotAllowed => {
                vec![Link::new("My requests", "/requests"), Link::new("To the start", "/")]
            }
            Self::CrossSite | Self::Unreadable | Self::NotSo | Self::OtherKind | Self::OurFault => {
                vec![Link::new("To the start", "/")]
            }
        }
    }
}

impl RefusalPage {
    /// A refusal whose words are fixed. `frame.title` is set to what happened.
    pub fn new(mut frame: Frame, because: Because) -> Self {
        let (what, why) = because.words();
        what.clone_into(&mut frame.title);
        Self {
            frame,
            status: because.status(),
            what: what.into(),
            why: why.into(),
            ways: because.ways(),
            reference: None,
            again: None,
        }
    }

    /// 413: `limit` as people say it ("2 GiB").
    pub fn too_large(frame: Frame, limit: &str) -> Self {
        Self {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            what: "That is too large".into(),
            why: format!("At most {limit} can be sent at once. Nothing was kept of it. Please go back and send less."),
            ..Self::new(frame, Because::Unreadable)
        }
        .titled()
    }

    /// 413: one file; what was typed beside it is a draft.
    pub fn file_too_large(frame: Frame, limit: &str) -> Self {
        Self {
            why: format!(
                "A file may have {limit} at most, so it was not kept. What you typed is in your drafts. Compress the file, or attach the part around the fault and say what was left out."
            ),
            ways: vec![Link::new("To your drafts", "/drafts"), Link::new("To the start", "/")],
            ..Self::too_large(frame, limit)
        }
    }

    /// 429: `wait` as people say it ("4 minutes").
    pub fn too_many(frame: Frame, wait: &str) -> Self {
        Self {
            status: StatusCode::TOO_MANY_REQUESTS,
            what: "Too many attempts".into(),
            why: format!("To keep accounts safe, attempts are limited. Try again in {wait}; nothing else is needed."),
            ..Self::new(frame, Because::Unreadable)
        }
        .titled()
    }

    /// 429, for who is signed in; what was typed is given back.
    pub fn too_fast(frame: Frame, wait: &str) -> Self {
        Self {
            what: "That was too much at once".into(),
            why: format!("So much came from your account in the last minutes that a program seems to send it. This was not taken; try again in {wait}."),
            ..Self::too_many(frame, wait)
        }
        .titled()
    }

    /// 503: the disk is full, or has stopped taking what is written. The banner of the frame would say it twice.
    pub fn unwritable(frame: Frame) -> Self {
        Self {
            status: StatusCode::SERVICE_UNAVAILABLE,
            what: "This cannot be taken just now".into(),
            why: "Our desk cannot write anything for the moment, so nothing was sent or changed. The fault is ours, and everything can still be read. Please try again in a few minutes.".into(),
            ..Self::new(Frame { banner: None, ..frame }, Because::OurFault)
        }
        .titled()
    }

    /// Another refusal, in words that the handler has from `words::refusal`.
    pub fn worded(frame: Frame, status: StatusCode, what: &str, why: &str) -> Self {
        Self { status, what: what.into(), why: why.into(), ..Self::new(frame, Because::Unreadable) }.titled()
    }

    fn titled(mut self) -> Self {
        self.frame.title.clone_from(&self.what);
        self
    }

    pub fn samples() -> Samples<Self> {
        let frame = |reader| samples::portal("", Place::Elsewhere, reader);
        let visitor = || frame(Reader::Nobody);
        let dana = || frame(Reader::Person(samples::dana()));
        let mut fault = Self::new(dana(), Because::OurFault);
        fault.reference = Some("7f3a-19c2".into());
        let mut unwritten = Self::unwritable(dana());
        let typed =
            [("subject", "Launches stay in \"running\""), ("body", "Since the update to 25.3 ...\nEvery launch.")];
        let fields = typed.map(|(name, value)| (name.to_owned(), value.to_owned()));
        unwritten.again = Again::of("/requests", fields.into());
        let fast = Self { again: unwritten.again.clone(), ..Self::too_fast(dana(), "4 minutes") };
        vec![
            ("404", Self::new(dana(), Because::NotThere)),
            ("403", Self::new(dana(), Because::NotAllowed)),
            ("cross-site", Self::new(visitor(), Because::CrossSite)),
            ("400", Self::new(visitor(), Because::Unreadable)),
            ("405", Self::new(dana(), Because::NotSo)),
            ("415", Self::new(visitor(), Because::OtherKind)),
            ("link-expired", Self::new(visitor(), Because::LinkExpired)),
            ("link-used", Self::new(visitor(), Because::LinkUsed)),
            ("signed-out", Self::new(visitor(), Because::SessionEnded)),
            ("413", Self::too_large(dana(), "2 MiB")),
            ("413-file", Self::file_too_large(dana(), "2 GiB")),
            ("429", Self::too_many(visitor(), "4 minutes")),
            ("429-fast", fast),
            ("500", fault),
            ("503", unwritten),
        ]
    }
}
