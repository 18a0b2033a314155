//! The desk: what it stands on, and the versions of the policy that it has read.

use std::{
    cell::OnceCell,
    sync::{
        Arc, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use rules::{
    ids::PolicyVersionId,
    instant::Instant,
    people::SecretKey,
    policy::Compiled,
    sla::{Terms, Versions},
};
use store::{Handle, Room, Standing, Store};
use tokio::sync::Notify;

use crate::{
    Error, Result,
    attachments::Turns,
    mail::Unwritten,
    people::Pace,
    ports::{Chance, Clock, Herald, Nowhere, Outside, Postman, Space, Tracker},
    reports::Reported,
    sla::Counted,
    tickets::RowClocks,
};

/// What does not change while the desk runs.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where people reach it, without a slash at the end: `https://help.example.com`.
    pub base_url: String,
    /// Links and proofs of work are signed with it.
    pub secret_key: SecretKey,
    /// What becomes of the bytes of a mail that carried a secret link.
    pub secret_mails: SecretMails,
}

/// Whether a sent mail with a secret link stays readable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretMails {
    /// Its bytes are thrown away once it was sent.
    Forget,
    /// The demo shows it on its page of mails.
    Show,
}

/// Everything that a verb needs.
#[derive(Clone, Debug)]
pub struct Desk {
    pub store: Store,
    pub settings: Arc<Settings>,
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub postman: Arc<dyn Postman>,
    /// The way into the web.
    pub outside: Arc<dyn Outside>,
    /// The tracker with whose issues bugs are mirrored.
    pub tracker: Arc<dyn Tracker>,
    /// Who finds the words of what is pushed.
    pub herald: Arc<dyn Herald>,
    /// What the disk of the data folder has left.
    pub space: Arc<dyn Space>,
    /// Bytes of it that files leave free (LOG-5).
    pub kept_free: u64,
    policies: Arc<Known>,
    /// Files on their way that are being read.
    pub(crate) turns: Turns,
    /// What mail servers said and could not be written down yet.
    pub(crate) unwritten: Unwritten,
    pub(crate) pace: Pace,
    pub(crate) row_clocks: RowClocks,
    pub(crate) counted: Counted,
    pub(crate) reported: Reported,
    pub(crate) releases: Arc<crate::releases::Known>,
    /// Woken when work was queued.
    pub(crate) wake: Arc<Notify>,
    /// What of the policy can be found.
    pub(crate) passages: crate::search::Passages,
    /// Woken when something was written.
    pub(crate) written: Arc<Notify>,
    /// What those who look on share.
    pub(crate) live: crate::live::Live,
    /// Woken when the clock was set.
    pub(crate) time_set: Arc<Notify>,
}

/// The disk that the store lies on.
#[derive(Debug)]
struct OfStore(Store);

impl Space for OfStore {
    fn free(&self) -> Option<u64> {
        self.0.room().ok().map(|room| room.free)
    }
}

/// All versions of the policy that were stored, in the order in which they came into force.
#[derive(Debug, Default)]
pub struct Policies(Vec<Kept>);

/// The versions as they were read last.
#[derive(Debug, Default)]
struct Known {
    /// How often a version was applied here.
    applied: AtomicU64,
    /// And how often it had been when these were read.
    read: RwLock<(u64, Arc<Policies>)>,
}

/// A version, read.
#[derive(Clone, Debug)]
pub struct Kept {
    pub id: PolicyVersionId,
    pub from: Instant,
    pub policy: Arc<Compiled>,
}

impl Policies {
    /// What clocks ask of each version.
    pub fn all(&self) -> impl Iterator<Item = &dyn Terms> {
        self.0.iter().map(|kept| &*kept.policy as &dyn Terms)
    }

    /// The version in force at an instant.
    pub fn at(&self, at: Instant) -> Result<&Kept> {
        self.0
            .iter()
            .rev()
            .find(|kept| kept.from <= at)
            .ok_or_else(|| Error::broken("no support policy is in force; apply one with `firstline policy apply FILE`"))
    }

    /// All that are stored.
    pub async fn read(conn: &Handle) -> Result<Self> {
        let mut kept = Vec::new();
        for version in store::policy::all(conn).await?.into_iter().rev() {
            let policy: Compiled = serde_json::from_str(&version.compiled).map_err(|fault| {
                Error::broken(format!("version {} of the stored policy does not read any more: {fault}", version.id))
            })?;
            kept.push(Kept { id: version.id, from: version.from, policy: Arc::new(policy) });
        }
        Ok(Self(kept))
    }

    pub fn each(&self) -> impl Iterator<Item = &Kept> {
        self.0.iter()
    }

    /// As they were when that one was the newest.
    #[must_use]
    pub fn up_to(&self, newest: PolicyVersionId) -> Self {
        Self(self.0.iter().filter(|kept| kept.id <= newest).cloned().collect())
    }

    /// As they were before that one was stored.
    #[must_use]
    pub fn before(&self, version: PolicyVersionId) -> Self {
        Self(self.0.iter().filter(|kept| kept.id < version).cloned().collect())
    }

    /// The one that was stored last.
    pub fn newest(&self) -> Option<PolicyVersionId> {
        self.0.iter().map(|kept| kept.id).max()
    }

    pub fn get(&self, id: PolicyVersionId) -> Option<&Kept> {
        self.0.iter().find(|kept| kept.id == id)
    }
}

impl Versions for Policies {
    fn terms(&self, version: PolicyVersionId) -> Option<Arc<dyn Terms>> {
        self.get(version).map(|kept| Arc::clone(&kept.policy) as Arc<dyn Terms>)
    }

    fn in_force(&self, at: Instant) -> Option<PolicyVersionId> {
        self.at(at).ok().map(|kept| kept.id)
    }
}

tokio::task_local! {
    /// The versions that everything in one reading goes by.
    static READING: OnceCell<Arc<Policies>>;
}

impl Desk {
    pub fn new(
        store: Store,
        settings: Settings,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
        postman: Arc<dyn Postman>,
    ) -> Self {
        Self {
            space: Arc::new(OfStore(store.clone())),
            kept_free: 0,
            turns: Turns::default(),
            store,
            settings: Arc::new(settings),
            clock,
            chance,
            postman,
            outside: Arc::new(Nowhere),
            tracker: Arc::new(Nowhere),
            herald: Arc::new(Nowhere),
            policies: Arc::default(),
            unwritten: Unwritten::default(),
            pace: Pace::default(),
            row_clocks: RowClocks::default(),
            counted: Counted::default(),
            reported: Reported::default(),
            releases: Arc::default(),
            passages: crate::search::Passages::default(),
            written: Arc::default(),
            live: crate::live::Live::default(),
            wake: Arc::default(),
            time_set: Arc::default(),
        }
    }

    /// The same, leaving so many bytes of the disk free when files come in.
    pub fn keeping_free(self, bytes: u64) -> Self {
        Self { kept_free: bytes, ..self }
    }

    /// The same, sending over the web, in these words.
    pub fn reaching(self, outside: Arc<dyn Outside>, herald: Arc<dyn Herald>) -> Self {
        Self { outside, herald, ..self }
    }

    /// The same, asking this tracker.
    pub fn tracking(self, tracker: Arc<dyn Tracker>) -> Self {
        Self { tracker, ..self }
    }

    /// Whether files are refused, since the disk has less left than files leave free.
    pub fn is_tight(&self) -> bool {
        self.space.free().is_some_and(|free| free < self.kept_free)
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// Whether what is written now is kept.
    pub fn standing(&self) -> Standing {
        self.store.standing()
    }

    /// What the disk of the data folder has left, where it says so.
    pub fn room(&self) -> Option<Room> {
        self.store.room().ok()
    }

    /// Has the schedule look at once for what is due: the clock was set.
    pub fn wake(&self) {
        self.wake.notify_one();
        self.time_set.notify_one();
        self.was_written();
    }

    /// Something was written: who follows the journal looks.
    pub(crate) fn was_written(&self) {
        self.written.notify_one();
        self.live.written();
    }

    /// `N` unguessable bytes.
    pub fn draw<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.chance.fill(&mut bytes);
        bytes
    }

    /// Does what shows somebody a page by one reading of the versions: a version that is applied meanwhile does not
    /// show in half of it.
    pub async fn in_one_reading<T>(&self, work: impl Future<Output = T>) -> T {
        READING.scope(OnceCell::new(), work).await
    }

    /// The versions of the policy; read again when another node or a command has stored one.
    pub async fn policies(&self) -> Result<Arc<Policies>> {
        if let Ok(Some(read)) = READING.try_with(|reading| reading.get().cloned()) {
            return Ok(read);
        }
        let policies = self.newest_policies().await?;
        // Outside of a reading there is nobody to keep it for.
        let _ = READING.try_with(|reading| reading.set(Arc::clone(&policies)));
        Ok(policies)
    }

    async fn newest_policies(&self) -> Result<Arc<Policies>> {
        let applied = self.policies.applied.load(Ordering::SeqCst);
        let (as_of, known) = self.policies.read.read().map_err(Error::broken)?.clone();
        if self.store.is_embedded() && as_of == applied && known.newest().is_some() {
            // Nobody but this process writes there.
            return Ok(known);
        }
        let newest = store::policy::newest(self.store.read()).await?;
        let newest = if known.newest() == newest { known } else { Arc::new(Policies::read(self.store.read()).await?) };
        *self.policies.read.write().map_err(Error::broken)? = (applied, Arc::clone(&newest));
        Ok(newest)
    }

    /// A version was applied here, and what was read before is no longer all.
    pub(crate) fn policy_applied(&self) {
        self.policies.applied.fetch_add(1, Ordering::SeqCst);
    }

    /// The policy in force now.
    pub async fn policy(&self) -> Result<Arc<Compiled>> {
        Ok(Arc::clone(&self.policies().await?.at(self.now())?.policy))
    }
}
