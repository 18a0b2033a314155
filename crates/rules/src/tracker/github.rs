//! GitHub's shapes, as its REST documentation has them (version 2022-11-28): what it answers is read, what it is sent is written. Of
//! every answer only what is mirrored is looked at; what else stands there may be anything.

use jiff::Timestamp;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{Comment, Face, Issue, IssueState, Milestone, Repository};
use crate::{instant::Instant, releases::Version};

/// What GitHub is asked to answer in.
pub const ACCEPT: &str = "application/vnd.github+json";
pub const VERSION: &str = "2022-11-28";
/// Where GitHub itself is reached; an Enterprise Server says `https://HOST/api/v3`.
pub const BASE: &str = "https://api.github.com";

/// An answer that is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread;

#[derive(Deserialize)]
struct RawIssue {
    number: i64,
    html_url: String,
    title: String,
    body: Option<String>,
    state: String,
    state_reason: Option<String>,
    milestone: Option<RawMilestone>,
    updated_at: Timestamp,
    pull_request: Option<Value>,
}

#[derive(Deserialize)]
struct RawMilestone {
    number: i64,
    title: String,
}

#[derive(Deserialize)]
struct RawComment {
    id: i64,
    body: Option<String>,
    user: Option<RawUser>,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Deserialize)]
struct RawUser {
    login: String,
}

#[derive(Deserialize)]
struct RawRepository {
    full_name: String,
    #[serde(default = "yes")]
    has_issues: bool,
    #[serde(default)]
    archived: bool,
    permissions: Option<RawPermissions>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RawPermissions {
    admin: bool,
    maintain: bool,
    push: bool,
    triage: bool,
}

#[derive(Deserialize)]
struct RawMessage {
    message: String,
}

fn yes() -> bool {
    true
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Unread> {
    serde_json::from_slice(body).map_err(|_| Unread)
}

pub fn issue(body: &[u8]) -> Result<Issue, Unread> {
    read::<RawIssue>(body)?.read()
}

pub fn issues(body: &[u8]) -> Result<Vec<Issue>, Unread> {
    read::<Vec<RawIssue>>(body)?.into_iter().map(RawIssue::read).collect()
}

pub fn comment(body: &[u8]) -> Result<Comment, Unread> {
    read::<RawComment>(body).map(RawComment::read)
}

pub fn comments(body: &[u8]) -> Result<Vec<Comment>, Unread> {
    Ok(read::<Vec<RawComment>>(body)?.into_iter().map(RawComment::read).collect())
}

pub fn milestone(body: &[u8]) -> Result<Milestone, Unread> {
    read::<RawMilestone>(body).map(RawMilestone::read)
}

pub fn milestones(body: &[u8]) -> Result<Vec<Milestone>, Unread> {
    Ok(read::<Vec<RawMilestone>>(body)?.into_iter().map(RawMilestone::read).collect())
}

pub fn repository(body: &[u8]) -> Result<Repository, Unread> {
    let raw: RawRepository = read(body)?;
    let may_write = raw.permissions.map(|it| it.admin || it.maintain || it.push || it.triage);
    Ok(Repository { name: raw.full_name, has_issues: raw.has_issues, is_archived: raw.archived, may_write })
}

/// What a refusal says.
pub fn message(body: &[u8]) -> String {
    read::<RawMessage>(body).map(|it| it.message).unwrap_or_default()
}

impl RawIssue {
    fn read(self) -> Result<Issue, Unread> {
        let state = match (self.state.as_str(), self.state_reason.as_deref()) {
            ("open", _) => IssueState::Open,
            ("closed", Some("not_planned" | "duplicate")) => IssueState::NotPlanned,
            ("closed", _) => IssueState::Completed,
            _ => return Err(Unread),
        };
        let milestone = self.milestone.map(|it| it.title);
        Ok(Issue {
            number: self.number,
            // It becomes a link on a page.
            url: Some(self.html_url).filter(|it| it.starts_with("https://")).unwrap_or_default(),
            title: self.title,
            body: self.body.unwrap_or_default(),
            face: Face { state, milestone: milestone.as_deref().and_then(Version::read) },
            milestone,
            updated_at: Instant::from(self.updated_at),
            is_change: self.pull_request.is_some(),
        })
    }
}

impl RawMilestone {
    fn read(self) -> Milestone {
        Milestone { number: self.number, title: self.title }
    }
}

impl RawComment {
    fn read(self) -> Comment {
        Comment {
            id: self.id,
            // Who closed their account.
            author: self.user.map_or_else(|| "ghost".to_owned(), |user| user.login),
            body: self.body.unwrap_or_default(),
            created_at: Instant::from(self.created_at),
            updated_at: Instant::from(self.updated_at),
        }
    }
}

/// The change that gives an issue this state, and this milestone where it is to have another; `Some(None)` takes it off.
pub fn change(state: IssueState, milestone: Option<Option<i64>>) -> Value {
    let mut change = match state {
        IssueState::Open => json!({ "state": "open" }),
        IssueState::Completed => json!({ "state": "closed", "state_reason": "completed" }),
        IssueState::NotPlanned => json!({ "state": "closed", "state_reason": "not_planned" }),
    };
    if let Some(number) = milestone {
        change["milestone"] = json!(number);
    }
    change
}

/// An instant as its addresses have it, to the second.
pub fn since(at: Instant) -> String {
    at.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Until when it asks to wait: `Retry-After` in seconds, else the end of a limit that is used up.
pub fn limited_until<'a>(header: impl Fn(&str) -> Option<&'a str>, now: Instant) -> Option<Instant> {
    const MOST: i64 = 24 * 60 * 60;
    let seconds = |text: &str| text.trim().parse::<i64>().ok().filter(|it| *it >= 0);
    let wait = match header("retry-after").and_then(seconds) {
        Some(wait) => wait,
        None if header("x-ratelimit-remaining").map(str::trim) == Some("0") => {
            let reset = header("x-ratelimit-reset").and_then(seconds)?;
            // Its clock may be a little behind ours.
            reset.checked_sub(now.timestamp().as_second())?.max(0) + 1
        }
        None => return None,
    };
    Some(now.plus(jiff::SignedDuration::from_secs(wait.min(MOST))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const CLOSED: &str = r#"{"id":1,"number":12,"html_url":"https://github.com/acme/shop/issues/12","title":"Exports","body":null,
        "state":"closed","state_reason":"not_planned","milestone":{"number":3,"title":"v5.13.0","state":"open"},
        "updated_at":"2026-11-27T10:00:00Z","user":{"login":"octo"},"labels":[]}"#;

    #[test]
    fn bug_5_issues_are_read_as_they_are_documented() {
        let read = issue(CLOSED.as_bytes()).unwrap();
        assert_eq!((read.number, read.body.as_str(), read.is_change), (12, "", false));
        assert_eq!(read.face, Face { state: IssueState::NotPlanned, milestone: Version::read("5.13") });
        assert_eq!(read.milestone.as_deref(), Some("v5.13.0"));
        let script = issue(CLOSED.replace("https://github.com/", "javascript:").as_bytes()).unwrap();
        assert_eq!(script.url, "", "an address of another kind is none");
        let completed = issue(CLOSED.replace("\"not_planned\"", "null").as_bytes()).unwrap();
        assert_eq!(completed.face.state, IssueState::Completed);
        let open = issue(CLOSED.replace("\"closed\"", "\"open\"").replace("v5.13.0", "Backlog").as_bytes()).unwrap();
        assert_eq!(open.face, Face::default(), "a milestone that is no version is none");
        let change = CLOSED.replace("\"labels\"", "\"pull_request\":{},\"labels\"");
        assert!(issues(format!("[{change}]").as_bytes()).unwrap()[0].is_change);
        for none in ["", "{}", "[]", "null", &CLOSED.replace("closed", "ajar"), &CLOSED.replace("2026-11", "2026-99")] {
            assert_eq!(issue(none.as_bytes()), Err(Unread), "{none}");
        }
    }

    #[test]
    fn bug_5_a_limit_says_until_when() {
        let now = Instant::from_micros(1_000_000_000_000).unwrap();
        let until = |headers: &[(&'static str, &'static str)]| {
            let find = |name: &str| headers.iter().find(|it| it.0 == name).map(|it| it.1);
            limited_until(find, now).map(|at| at.since(now).as_secs())
        };
        assert_eq!(until(&[("retry-after", "60")]), Some(60));
        assert_eq!(until(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1000090")]), Some(91));
        assert_eq!(until(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "999999999999")]), Some(86_400));
        assert_eq!(until(&[("x-ratelimit-remaining", "7"), ("x-ratelimit-reset", "1000090")]), None);
        assert_eq!(until(&[("retry-after", "soon")]), None);
        assert_eq!(since(now), "1970-01-12T13:46:40Z");
    }

    #[test]
    fn bug_5_a_change_is_written_as_it_is_documented() {
        let done = change(IssueState::Completed, Some(Some(3)));
        assert_eq!(done, json!({"state": "closed", "state_reason": "completed", "milestone": 3}));
        assert_eq!(change(IssueState::Open, Some(None)), json!({"state": "open", "milestone": null}));
        assert_eq!(change(IssueState::NotPlanned, None), json!({"state": "closed", "state_reason": "not_planned"}));
    }

    proptest! {
        #[test]
        fn bug_5_any_answer_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0..CLOSED.len()) {
            let _ = (issue(&bytes), issues(&bytes), comments(&bytes), milestones(&bytes), repository(&bytes), message(&bytes));
            prop_assert_eq!(issue(&CLOSED.as_bytes()[..cut]), Err(Unread));
        }
    }
}
