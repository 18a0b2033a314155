//! A postman who delivers into mailboxes that a story looks into, and fails as it is told to.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

use desk::{
    mail::OrganisationTold,
    ports::{About, Accepted, ComposeFault, Composed, Letter, Notice, Postman, SendFault},
};

/// What a server says to a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// 550: no such mailbox.
    Refuse,
    /// 451: try again later.
    Defer,
    /// The connection breaks before an answer.
    HangUp,
    /// There is no server to send by yet.
    NotSetUp,
}

/// All mailboxes. Mails are composed as in production.
#[derive(Clone, Debug)]
pub struct Mailboxes {
    composer: mail::Composer,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    composed: HashMap<Vec<u8>, Notice>,
    delivered: Vec<Delivered>,
    /// Per address what the server will say, before it accepts again.
    outcomes: HashMap<String, VecDeque<Outcome>>,
    tries: HashMap<String, usize>,
}

#[derive(Clone, Debug)]
struct Delivered {
    to: String,
    notice: Notice,
    bytes: Vec<u8>,
}

impl Mailboxes {
    pub fn new() -> Self {
        let sender =
            mail::Sender { name: "Support".to_owned(), address: "support@desk.example".to_owned(), reply_to: None };
        let composer = mail::Composer::new(&sender).expect("the sender is an address");
        Self { composer, inner: Arc::default() }
    }

    /// What the server will say to the next mails for an address, one after the other.
    pub fn expect(&self, address: &str, outcomes: impl IntoIterator<Item = Outcome>) {
        self.inner().outcomes.entry(address.to_owned()).or_default().extend(outcomes);
    }

    /// How often mails for an address were tried.
    pub fn tries(&self, address: &str) -> usize {
        self.inner().tries.get(address).copied().unwrap_or(0)
    }

    /// What lies in a mailbox, a line each, the oldest first: `Breached 4201`.
    pub fn of(&self, address: &str) -> Vec<String> {
        self.inner().delivered.iter().filter(|mail| mail.to == address).map(|mail| line(&mail.notice)).collect()
    }

    /// The same, and leaves it empty.
    pub fn take(&self, address: &str) -> Vec<String> {
        let lines = self.of(address);
        self.inner().delivered.retain(|mail| mail.to != address);
        lines
    }

    /// What the last mail in a mailbox is about.
    pub fn last(&self, address: &str) -> Option<About> {
        self.inner().delivered.iter().rev().find(|mail| mail.to == address).map(|mail| mail.notice.about.clone())
    }

    /// The token of the link in the last mail to an address that has one.
    pub fn link(&self, address: &str) -> Option<String> {
        self.inner().delivered.iter().rev().filter(|mail| mail.to == address).find_map(|mail| {
            match &mail.notice.about {
                About::Verification { link, .. }
                | About::PasswordReset { link, .. }
                | About::Invitation { link, .. }
                | About::Proof { link, .. }
                | About::ReportLink { link, .. } => link.rsplit('/').next().map(ToOwned::to_owned),
                _ => None,
            }
        })
    }

    /// All that was delivered to anybody, as it went over the wire.
    pub fn raw(&self) -> Vec<String> {
        self.inner().delivered.iter().map(|mail| String::from_utf8_lossy(&mail.bytes).into_owned()).collect()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("nothing panics while it holds this")
    }
}

impl Default for Mailboxes {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait::async_trait]
impl Postman for Mailboxes {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        let composed = self.composer.compose(notice)?;
        self.inner().composed.insert(composed.bytes.clone(), notice.clone());
        Ok(composed)
    }

    async fn send(&self, letter: Letter<'_>) -> Result<Accepted, SendFault> {
        let mut inner = self.inner();
        *inner.tries.entry(letter.recipient.to_owned()).or_default() += 1;
        match inner.outcomes.get_mut(letter.recipient).and_then(VecDeque::pop_front) {
            Some(Outcome::Refuse) => return Err(SendFault::Refused { answer: "550 5.1.1 no such mailbox".into() }),
            Some(Outcome::Defer) => return Err(SendFault::Deferred { answer: "451 4.7.1 try again later".into() }),
            Some(Outcome::HangUp) => return Err(SendFault::Deferred { answer: "the connection broke off".into() }),
            Some(Outcome::NotSetUp) => return Err(SendFault::NotSetUp),
            None => {}
        }
        let notice = inner.composed.get(letter.bytes).cloned().expect("what is sent was composed here");
        inner.delivered.push(Delivered { to: letter.recipient.to_owned(), notice, bytes: letter.bytes.to_vec() });
        Ok(Accepted { answer: "250 2.0.0 taken".to_owned() })
    }
}

/// A mail in a line: what it is, and about which request.
fn line(notice: &Notice) -> String {
    let what = match &notice.about {
        About::Verification { .. } => "Verification",
        About::ReportLink { .. } => "Report link",
        About::Invitation { .. } => "Invitation",
        About::Proof { .. } => "Proof",
        About::AlreadyRegistered { .. } => "Already registered",
        About::PasswordReset { .. } => "Password reset",
        About::PasswordChanged { .. } => "Password changed",
        About::Receipt { .. } => "Receipt",
        About::Escalated { .. } => "Escalated",
        About::Reply { .. } => "Reply",
        About::CustomerReplied { .. } => "Customer replied",
        About::Called { .. } => "Called",
        About::StateChanged { .. } => "State changed",
        About::Reminded { .. } => "Reminded",
        About::PriorityDecided { .. } => "Priority decided",
        About::WishRaised { .. } => "Wish raised",
        About::Converted { .. } => "Converted",
        About::Organisation { what: OrganisationTold::SharingSet { .. }, .. } => "Sharing set",
        About::Organisation { what: OrganisationTold::Left, .. } => "Membership ended",
        About::Organisation { what: OrganisationTold::NoManager, .. } => "No manager",
        About::Organisation { .. } => "Merger",
        About::ResaleOffered { .. } => "Resale offered",
        About::Resale { begun: true, .. } => "Resale begun",
        About::Resale { begun: false, .. } => "Resale ended",
        About::ClosedDays { days, .. } => {
            let dates: Vec<String> = days.iter().map(|(date, _)| date.to_string()).collect();
            return format!("Closed {}", dates.join(" "));
        }
        About::MonthReport { .. } => "Month report",
        About::Circular(it) => return format!("Circular: {}", it.subject),
        About::Fix(fix) => {
            use rules::bugs::telling::Word;
            return match &fix.word {
                Word::Fixed { version } => format!("Fixed in {version}, confirm {}", fix.confirm.len()),
                Word::NeedsLicence { version } => format!("Fixed in {version}, needs a licence"),
                Word::TakenBack { version, .. } => format!("Taken back {version}"),
            };
        }
        About::Opening { came, due, .. } => {
            let numbers = |lines: &[desk::ports::DigestLine]| {
                lines.iter().map(|it| format!(" {}", it.number)).collect::<String>()
            };
            return format!("Opening, came{}, due{}", numbers(came), numbers(due));
        }
        About::Merger { merged: true, .. } => "Organisations merged",
        About::Merger { merged: false, .. } => "Organisations split",
        About::Admission { refused: None, .. } => "Let in",
        About::Admission { refused: Some(_), .. } => "Not let in",
        About::SecurityReport { .. } => "Security report",
        About::Added { goes_on: true, .. } => "Goes on",
        About::Added { .. } => "Added",
        About::Merged { .. } => "Merged",
        About::WordOverdue { .. } => "Word overdue",
        About::OutOfScope { .. } => "Out of scope",
        About::AskRating { .. } => "Ask rating",
        About::EmbargoNear { .. } => "Embargo near",
        About::Redacted { .. } => "Redacted",
        About::Assigned { .. } => "Assigned",
        About::Warned { percent, .. } => return format!("Warned {percent} % {}", number(notice)),
        About::Breached { .. } => "Breached",
    };
    format!("{what} {}", number(notice)).trim_end().to_owned()
}

fn number(notice: &Notice) -> String {
    notice.thread.map(|ticket| ticket.to_string()).unwrap_or_default()
}
