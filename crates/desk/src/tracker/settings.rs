//! The tracker is set up by administrators: where it is, its token and the secret with which it signs its calls, each shown once at most.

use rules::{
    access::Action,
    audit::{Act, TrackerDid},
    ids::{BugId, PersonId},
    instant::Instant,
    outgoing::Target,
    tracker::{Fault, Repository, TrackerRefusal, is_repository},
};
use store::tracker::{Link, NewTracker};

use super::{
    Work, access,
    order::{KIND, order_work},
    read::order_read,
    refused,
};
use crate::{Actor, Desk, Result, scribe::Scribe};

/// Characters of a token, at most.
const TOKEN: usize = 500;
/// Links that are shown because something is asked of staff.
const ASKING: i64 = 50;

/// How the tracker stands.
#[derive(Clone, Debug)]
pub struct Standing {
    pub base_url: String,
    pub repository: String,
    /// Whether its token and secret open by the desk's secret key.
    pub opens: bool,
    pub set_by: String,
    pub set_at: Instant,
    pub heard_at: Option<Instant>,
    /// Calls that nobody signed who may, and when the last one came.
    pub forged: i64,
    pub forged_at: Option<Instant>,
    pub read_at: Option<Instant>,
    pub fault: Option<Fault>,
    /// Whether the secret before counts too.
    pub has_before: bool,
    pub linked: i64,
    /// Bugs of which staff are asked something, or where something went wrong.
    pub asking: Vec<Asking>,
}

#[derive(Clone, Debug)]
pub struct Asking {
    pub link: Link,
    pub title: String,
}

/// What somebody set up.
#[derive(Clone, Debug, Default)]
pub struct ToSet {
    pub base_url: String,
    pub repository: String,
    /// Empty: it stays what it was.
    pub token: String,
}

pub async fn show(desk: &Desk, actor: &Actor) -> Result<Option<Standing>> {
    actor.staff(Action::KeepTracker)?;
    let conn = desk.store.read();
    let Some(tracker) = store::tracker::get(conn).await? else { return Ok(None) };
    let links = store::tracker::asking(conn, ASKING).await?;
    let bugs: Vec<BugId> = links.iter().map(|link| link.bug).collect();
    let known = store::bugs::these(conn, &bugs).await?;
    let title = |bug: BugId| known.get(&bug).map(|it| it.says.title.clone()).unwrap_or_default();
    let names = store::people::names(conn, &[tracker.set_by]).await?;
    Ok(Some(Standing {
        opens: access::opens(desk, &tracker),
        set_by: names.get(&tracker.set_by).cloned().unwrap_or_default(),
        set_at: tracker.set_at,
        heard_at: tracker.heard_at,
        forged: tracker.forged,
        forged_at: tracker.forged_at,
        read_at: tracker.read_at,
        fault: tracker.fault,
        has_before: tracker.secret_before.is_some(),
        linked: store::tracker::count(conn).await?,
        asking: links.into_iter().map(|link| Asking { title: title(link.bug), link }).collect(),
        base_url: tracker.base_url,
        repository: tracker.repository,
    }))
}

/// Sets it up; the secret for its calls where it had none, to be shown once. What failed before is tried again.
pub async fn set(desk: &Desk, actor: &Actor, new: &ToSet) -> Result<Option<String>> {
    let by = actor.staff(Action::KeepTracker)?.person;
    let base_url = new.base_url.trim().trim_end_matches('/').to_owned();
    let repository = new.repository.trim().to_owned();
    let target = Target::read(&base_url).map_err(|_| refused(TrackerRefusal::BadBase))?;
    if target.path().contains('?') {
        return Err(refused(TrackerRefusal::BadBase));
    }
    if !is_repository(&repository) {
        return Err(refused(TrackerRefusal::BadRepository));
    }
    let mut scribe = Scribe::begin(desk, actor).await?;
    let known = store::tracker::get(&scribe.tx).await?;
    let token = token(desk, new.token.trim(), (&base_url, known.as_ref()))?;
    let (secret, kept) = match &known {
        Some(known) => (None, known.secret.clone()),
        None => access::draw_secret(desk).map(|(text, kept)| (Some(text), kept))?,
    };
    let now = scribe.now;
    let new = NewTracker { base_url: &base_url, repository: &repository, token: &token, secret: &kept, by, now };
    store::tracker::set(&scribe.tx, new).await?;
    scribe.audit(&Act::Tracker(TrackerDid::Set)).await?;
    store::jobs::unpark_all(&scribe.tx, KIND, now).await?;
    order_work(&mut scribe, &format!("all/{}", now.micros()), &Work::All { behind: BugId(0) }).await?;
    scribe.settle().await?;
    Ok(secret)
}

/// The token, sealed. One that stays goes nowhere else than before.
fn token(desk: &Desk, given: &str, (base_url, known): (&str, Option<&store::tracker::Tracker>)) -> Result<Vec<u8>> {
    let reads = given.len() <= TOKEN && given.bytes().all(|it| it.is_ascii_graphic());
    match known {
        _ if !reads => Err(refused(TrackerRefusal::TokenMissing)),
        _ if !given.is_empty() => access::seal_token(desk, given, base_url),
        None => Err(refused(TrackerRefusal::TokenMissing)),
        Some(known) if known.base_url != base_url => Err(refused(TrackerRefusal::TokenForOtherHost)),
        Some(known) => Ok(known.token.clone()),
    }
}

/// Asks the tracker whether all is well; nothing is changed there.
pub async fn try_out(desk: &Desk, actor: &Actor) -> Result<std::result::Result<Repository, Fault>> {
    actor.staff(Action::KeepTracker)?;
    let (_, access) = access::known(desk).await?.ok_or_else(|| refused(TrackerRefusal::NoTracker))?;
    let access = match access {
        Ok(access) => access,
        Err(fault) => return Ok(Err(fault)),
    };
    Ok(match desk.tracker.look(&access).await {
        Ok(it) if !it.has_issues => Err(Fault::NoIssues),
        Ok(it) if it.is_archived => Err(Fault::Archived),
        Ok(it) if it.may_write == Some(false) => Err(Fault::ReadOnly),
        looked => looked,
    })
}

/// Another secret for its calls, shown once; the present one counts until it is ended.
pub async fn new_secret(desk: &Desk, actor: &Actor) -> Result<String> {
    actor.staff(Action::KeepTracker)?;
    let scribe = Scribe::begin(desk, actor).await?;
    let known = store::tracker::get(&scribe.tx).await?.ok_or_else(|| refused(TrackerRefusal::NoTracker))?;
    let (text, kept) = access::draw_secret(desk)?;
    store::tracker::set_secret(&scribe.tx, &kept, Some(&known.secret)).await?;
    scribe.audit(&Act::Tracker(TrackerDid::SecretMade)).await?;
    scribe.settle().await?;
    Ok(text)
}

/// The secret before counts no more.
pub async fn end_secret(desk: &Desk, actor: &Actor) -> Result<()> {
    actor.staff(Action::KeepTracker)?;
    let scribe = Scribe::begin(desk, actor).await?;
    let known = store::tracker::get(&scribe.tx).await?.ok_or_else(|| refused(TrackerRefusal::NoTracker))?;
    store::tracker::set_secret(&scribe.tx, &known.secret, None).await?;
    scribe.audit(&Act::Tracker(TrackerDid::SecretEnded)).await?;
    scribe.settle().await
}

/// Nothing is sent and heard any more; links stay, for the day on which it is set up again.
pub async fn remove(desk: &Desk, actor: &Actor) -> Result<()> {
    actor.staff(Action::KeepTracker)?;
    let scribe = Scribe::begin(desk, actor).await?;
    store::tracker::remove(&scribe.tx).await?;
    scribe.audit(&Act::Tracker(TrackerDid::Removed)).await?;
    scribe.settle().await
}

/// Has what changed there looked through now.
pub async fn read_now(desk: &Desk, actor: &Actor) -> Result<()> {
    let _: PersonId = actor.staff(Action::KeepTracker)?.person;
    let mut scribe = Scribe::begin(desk, actor).await?;
    if store::tracker::get(&scribe.tx).await?.is_none() {
        return Err(refused(TrackerRefusal::NoTracker));
    }
    order_read(&mut scribe).await?;
    scribe.settle().await
}
