//! A tracker of issues, as the desk asks it. One behind it knows its shapes: GitHub now.

use rules::{
    bugs::Refused,
    ids::BugId,
    instant::Instant,
    policy::Policy,
    tracker::{Comment, Face, Fault, Issue, Repository},
};

use super::Nowhere;

type Result<T> = std::result::Result<T, Fault>;

/// Each call goes out once: who tries again, and when, is the desk's to say.
#[async_trait::async_trait]
pub trait Tracker: Send + Sync + std::fmt::Debug {
    /// Whether the place is there and can be mirrored; nothing is changed.
    async fn look(&self, at: &Access) -> Result<Repository>;
    async fn issue(&self, at: &Access, number: i64) -> Result<Issue>;
    async fn create(&self, at: &Access, new: &NewIssue<'_>) -> Result<Issue>;
    /// Gives it this face; a milestone of that version is made where there is none.
    async fn change(&self, at: &Access, issue: &Issue, to: &Face) -> Result<Issue>;
    /// Issues that changed since then, those that changed first before others; pages begin with 1.
    async fn changed(&self, at: &Access, since: Instant, page: u32) -> Result<Page<Issue>>;
    /// Comments of an issue that changed since then.
    async fn comments(&self, at: &Access, of: (i64, Option<Instant>), page: u32) -> Result<Page<Comment>>;
    async fn comment(&self, at: &Access, issue: i64, said: &Said<'_>) -> Result<Comment>;
}

/// Where its issues are, and by which token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Of its API, without a slash at the end.
    pub base_url: String,
    /// "owner/name".
    pub repository: String,
    pub token: Token,
}

/// Never shown, not even by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(pub String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub is_last: bool,
}

/// An issue about to be made of a bug: nothing of its customers but how many organisations they are.
#[derive(Clone, Copy, Debug)]
pub struct NewIssue<'a> {
    pub bug: BugId,
    pub title: &'a str,
    /// What staff should know, as Markdown.
    pub about: &'a str,
    pub organisations: i64,
    /// Where the bug stands on the desk.
    pub link: &'a str,
    /// The line by which it is known again.
    pub marker: &'a str,
}

/// What is said on an issue.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    pub text: SaidText<'a>,
    pub marker: &'a str,
}

#[derive(Clone, Copy, Debug)]
pub enum SaidText<'a> {
    /// Markdown; `public`: customers read it too.
    Comment { body: &'a str, public: bool },
    /// Why the bug is none.
    Reason { why: &'a Refused, policy: &'a Policy },
}

#[async_trait::async_trait]
impl Tracker for Nowhere {
    async fn look(&self, _: &Access) -> Result<Repository> {
        Err(Fault::NotSetUp)
    }

    async fn issue(&self, _: &Access, _: i64) -> Result<Issue> {
        Err(Fault::NotSetUp)
    }

    async fn create(&self, _: &Access, _: &NewIssue<'_>) -> Result<Issue> {
        Err(Fault::NotSetUp)
    }

    async fn change(&self, _: &Access, _: &Issue, _: &Face) -> Result<Issue> {
        Err(Fault::NotSetUp)
    }

    async fn changed(&self, _: &Access, _: Instant, _: u32) -> Result<Page<Issue>> {
        Err(Fault::NotSetUp)
    }

    async fn comments(&self, _: &Access, _: (i64, Option<Instant>), _: u32) -> Result<Page<Comment>> {
        Err(Fault::NotSetUp)
    }

    async fn comment(&self, _: &Access, _: i64, _: &Said<'_>) -> Result<Comment> {
        Err(Fault::NotSetUp)
    }
}
