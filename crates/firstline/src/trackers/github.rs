//! GitHub, and GitHub Enterprise Server, by their REST interface. All that goes out goes the desk's one way into the web; what comes back is
//! read by `rules::tracker::github`.

use std::sync::Arc;

use desk::ports::{Access, Answered, Call, Clock, NewIssue, Outside, OutsideFault, Page, Said, SaidText, Tracker};
use rules::{
    instant::Instant,
    outgoing::Target,
    releases::Version,
    tracker::{
        Comment, Face, Fault, Issue, Milestone, Repository,
        github::{self, ACCEPT, Unread, VERSION},
        hushed,
    },
};
use serde_json::{Value, json};
use words::{lang::Lang, tracker as said};

/// Bytes of an answer that are read: a page of issues, each with all the text that GitHub allows.
const ROOM: usize = 8 * 1024 * 1024;
const ISSUES: usize = 30;
const COMMENTS: usize = 50;
const MILESTONES: usize = 100;
/// Pages of milestones that are looked through for one.
const PAGES: u32 = 20;

type Result<T> = std::result::Result<T, Fault>;

#[derive(Clone, Debug)]
pub struct GitHub {
    outside: Arc<dyn Outside>,
    clock: Arc<dyn Clock>,
}

impl GitHub {
    pub fn new(outside: Arc<dyn Outside>, clock: Arc<dyn Clock>) -> Self {
        Self { outside, clock }
    }

    async fn get<T>(
        &self,
        at: &Access,
        path: &str,
        read: impl Fn(&[u8]) -> std::result::Result<T, Unread>,
    ) -> Result<T> {
        self.ask(at, ("GET", path, None), read).await
    }

    /// One call. `path`: below the place of the issues.
    async fn ask<T>(
        &self,
        at: &Access,
        (method, path, body): (&'static str, &str, Option<&Value>),
        read: impl Fn(&[u8]) -> std::result::Result<T, Unread>,
    ) -> Result<T> {
        let url = format!("{}/repos/{}{path}", at.base_url, at.repository);
        let to = Target::read(&url).map_err(|_| Fault::BadAddress)?;
        let body = body.map(|json| json.to_string().into_bytes()).unwrap_or_default();
        let mut headers = vec![
            ("accept", ACCEPT.to_owned()),
            ("authorization", format!("Bearer {}", at.token.0)),
            ("x-github-api-version", VERSION.to_owned()),
        ];
        if !body.is_empty() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        let host = to.host().to_string();
        let answered =
            match self.outside.send(Call { method, to: &to, headers: &headers, body: &body, room: ROOM }).await {
                Ok(answered) => answered,
                Err(OutsideFault::Private) => return Err(Fault::Private { host }),
                Err(OutsideFault::NotSetUp) => return Err(Fault::NotSetUp),
                Err(OutsideFault::Failed(why)) => return Err(Fault::Away { host, why }),
            };
        self.read(host, &answered, read)
    }

    fn read<T>(
        &self,
        host: String,
        answered: &Answered,
        read: impl Fn(&[u8]) -> std::result::Result<T, Unread>,
    ) -> Result<T> {
        if !(200..300).contains(&answered.status) {
            let until = github::limited_until(|name| answered.header(name), self.clock.now());
            return Err(Fault::of(host, answered.status, (&github::message(&answered.body), until)));
        }
        read(&answered.body).map_err(|_| Fault::Unreadable { host })
    }

    /// The number of the milestone of a version, however that is written there; made where there is none.
    async fn milestone(&self, at: &Access, version: &Version) -> Result<i64> {
        if let Some(known) = self.find_milestone(at, version).await? {
            return Ok(known);
        }
        let new = json!({ "title": version.to_string() });
        match self.ask(at, ("POST", "/milestones", Some(&new)), github::milestone).await {
            Ok(made) => Ok(made.number),
            // Somebody was faster.
            Err(refused @ Fault::Refused { status: 422, .. }) => self.find_milestone(at, version).await?.ok_or(refused),
            Err(fault) => Err(fault),
        }
    }

    async fn find_milestone(&self, at: &Access, version: &Version) -> Result<Option<i64>> {
        let is_it = |it: &&Milestone| Version::read(&it.title).as_ref() == Some(version);
        for page in 1..=PAGES {
            let path = format!("/milestones?state=all&per_page={MILESTONES}&page={page}");
            let found = self.get(at, &path, github::milestones).await?;
            if let Some(known) = found.iter().find(is_it) {
                return Ok(Some(known.number));
            }
            if found.len() < MILESTONES {
                break;
            }
        }
        Ok(None)
    }
}

#[async_trait::async_trait]
impl Tracker for GitHub {
    async fn look(&self, at: &Access) -> Result<Repository> {
        let place = self.get(at, "", github::repository).await?;
        // Whether issues may be read is not the same as whether the place may be seen.
        self.get(at, "/issues?per_page=1", github::issues).await?;
        Ok(place)
    }

    async fn issue(&self, at: &Access, number: i64) -> Result<Issue> {
        self.get(at, &format!("/issues/{number}"), github::issue).await
    }

    async fn create(&self, at: &Access, new: &NewIssue<'_>) -> Result<Issue> {
        let issue = json!({ "title": new.title, "body": body(new) });
        self.ask(at, ("POST", "/issues", Some(&issue)), github::issue).await
    }

    async fn change(&self, at: &Access, issue: &Issue, to: &Face) -> Result<Issue> {
        let milestone = match &to.milestone {
            same if *same == issue.face.milestone => None,
            Some(version) => Some(Some(self.milestone(at, version).await?)),
            None => Some(None),
        };
        let change = github::change(to.state, milestone);
        self.ask(at, ("PATCH", &format!("/issues/{}", issue.number), Some(&change)), github::issue).await
    }

    async fn changed(&self, at: &Access, since: Instant, page: u32) -> Result<Page<Issue>> {
        let since = github::since(since);
        let path = format!("/issues?state=all&sort=updated&direction=asc&since={since}&per_page={ISSUES}&page={page}");
        Ok(paged(self.get(at, &path, github::issues).await?, ISSUES))
    }

    async fn comments(&self, at: &Access, (issue, since): (i64, Option<Instant>), page: u32) -> Result<Page<Comment>> {
        let since = since.map_or_else(String::new, |at| format!("&since={}", github::since(at)));
        let path = format!("/issues/{issue}/comments?per_page={COMMENTS}&page={page}{since}");
        Ok(paged(self.get(at, &path, github::comments).await?, COMMENTS))
    }

    async fn comment(&self, at: &Access, issue: i64, new: &Said<'_>) -> Result<Comment> {
        let text = match new.text {
            SaidText::Comment { body, public } => said::comment(Lang::En, body, public),
            SaidText::Reason { why, policy } => said::reason(Lang::En, policy, why),
        };
        let comment = json!({ "body": format!("{text}\n\n{}", new.marker) });
        self.ask(at, ("POST", &format!("/issues/{issue}/comments"), Some(&comment)), github::comment).await
    }
}

fn body(new: &NewIssue<'_>) -> String {
    let said = said::issue(Lang::En, (new.bug, new.link), new.organisations);
    let about = hushed(new.about.trim());
    let about = if about.is_empty() { String::new() } else { format!("{about}\n\n") };
    format!("{about}{said}\n\n{}", new.marker)
}

fn paged<T>(items: Vec<T>, full: usize) -> Page<T> {
    Page { is_last: items.len() < full, items }
}
