//! What the desk sends over the web, and the words of what it pushes.

use rules::{
    ids::TicketId,
    notices::Notice,
    outgoing::{Host, Reach, Target},
};

/// Sends over https, and to nobody whom [`Reach`] does not allow: that is asked of the very address that is connected to.
/// Redirections are answers like others and not followed; time and the length of an answer are limited.
#[async_trait::async_trait]
pub trait Outside: Send + Sync + std::fmt::Debug {
    /// Looks its name up and asks whether it may be reached; nothing is sent.
    async fn look(&self, to: &Target) -> Result<(), OutsideFault>;
    async fn send(&self, call: Call<'_>) -> Result<Answered, OutsideFault>;
}

/// What is sent.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// `POST`.
    pub method: &'static str,
    pub to: &'a Target,
    /// Beside `Host` and the length.
    pub headers: &'a [(&'static str, String)],
    pub body: &'a [u8],
    /// Bytes of the answer that are read.
    pub room: usize,
}

/// Room for an answer of which little more than the status counts.
pub const SHORT_ANSWER: usize = 64 * 1024;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    pub status: u16,
    /// Names in lower case; those that are text.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answered {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutsideFault {
    /// It lies in a network that the desk may not reach.
    Private,
    /// Nobody there, or no answer that can be read.
    Failed(String),
    /// This desk sends nothing.
    NotSetUp,
}

/// For desks that send nothing: the world, imports, one that only reads.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

#[async_trait::async_trait]
impl Outside for Nowhere {
    async fn look(&self, to: &Target) -> Result<(), OutsideFault> {
        match to.host() {
            Host::Address(address) if !Reach::default().may(*address) => Err(OutsideFault::Private),
            _ => Ok(()),
        }
    }

    async fn send(&self, _: Call<'_>) -> Result<Answered, OutsideFault> {
        Err(OutsideFault::NotSetUp)
    }
}

/// Finds the words of what is pushed.
pub trait Herald: Send + Sync + std::fmt::Debug {
    fn words(&self, about: &Pushed) -> PushWords;
}

/// What is pushed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pushed {
    /// `subject`: only where its reader chose to see it, and never of what is not for everybody.
    Notice { kind: Notice, ticket: TicketId, subject: Option<String> },
    /// How many requests came while the desk was closed, and how many are due.
    Opening { came: i64, due: i64 },
    /// To see whether it comes.
    Test,
}

/// Two lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PushWords {
    pub title: String,
    pub body: String,
}

impl Herald for Nowhere {
    /// The number alone, which is no sentence.
    fn words(&self, about: &Pushed) -> PushWords {
        let title = match about {
            Pushed::Notice { ticket, .. } => format!("#{ticket}"),
            Pushed::Opening { .. } | Pushed::Test => String::new(),
        };
        PushWords { title, body: String::new() }
    }
}
