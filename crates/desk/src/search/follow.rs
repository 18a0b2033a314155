//! The index follows the journal: by itself, a step about every half second, and at once where somebody asks for it.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::SignedDuration;
use rules::{ids::PolicyVersionId, search::passages};
use store::search::{Followed, Policy, Standing};
use tokio::sync::watch;

use crate::{Desk, Result};

/// Between two steps that took something in: each is a commit, and one serves all who wrote meanwhile.
const PACE: Duration = Duration::from_millis(500);
/// How long nothing may be looked for where only this process writes, which tells it.
const REST: Duration = Duration::from_secs(5);

/// What of the version in force can be found, as it was read last.
#[derive(Clone, Debug, Default)]
pub(crate) struct Passages(Arc<Mutex<Option<Policy>>>);

impl Passages {
    fn of(&self, version: PolicyVersionId) -> Option<Policy> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.as_ref().filter(|known| known.version == version).cloned()
    }

    fn keep(&self, policy: &Policy) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(policy.clone());
    }
}

/// What of the policy in force can be found.
pub(super) async fn findable(desk: &Desk) -> Result<Policy> {
    let policies = desk.policies().await?;
    let kept = policies.at(desk.now())?;
    if let Some(known) = desk.passages.of(kept.id) {
        return Ok(known);
    }
    let policy = kept.policy.policy();
    let found = Policy {
        version: kept.id,
        passages: Arc::new(passages(policy)),
        scope: policy.scope.keys().cloned().collect(),
    };
    desk.passages.keep(&found);
    Ok(found)
}

/// Takes one step.
pub async fn follow(desk: &Desk) -> Result<Followed> {
    let policy = findable(desk).await?;
    Ok(desk.store.search().follow(&desk.store, &policy, desk.now()).await?)
}

/// Takes steps until there is nothing new.
pub async fn catch_up(desk: &Desk) -> Result<()> {
    while follow(desk).await? == Followed::More {}
    Ok(())
}

/// Makes the index anew; `made` hears up to which request it has come.
pub async fn rebuild(desk: &Desk, mut made: impl FnMut(i64)) -> Result<()> {
    desk.store.search().begin_anew(desk.store.read()).await?;
    while follow(desk).await? == Followed::More {
        if let (Standing::Building { upto }, _) = desk.store.search().standing() {
            made(upto);
        }
    }
    Ok(())
}

/// Follows for as long as the desk runs.
pub(crate) async fn keep_up(desk: &Desk, mut halted: watch::Receiver<bool>) {
    loop {
        let wait = match follow(desk).await {
            Ok(Followed::More) if is_building(desk) => Duration::ZERO,
            Ok(Followed::More) => PACE,
            Ok(Followed::Nothing { next }) => {
                let rest = if desk.store.is_embedded() { REST } else { PACE };
                next.map_or(rest, |next| until(next.since(desk.now())).min(rest))
            }
            Err(error) => {
                tracing::error!(%error, "the search index could not be brought up to date and is tried again");
                REST
            }
        };
        let paced = async {
            tokio::time::sleep(wait.min(PACE)).await;
            tokio::select! {
                () = desk.written.notified() => {}
                () = tokio::time::sleep(wait.saturating_sub(PACE)) => {}
            }
        };
        tokio::select! {
            _ = halted.wait_for(|halted| *halted) => return,
            () = paced => {}
        }
    }
}

fn is_building(desk: &Desk) -> bool {
    matches!(desk.store.search().standing().0, Standing::Building { .. })
}

fn until(length: SignedDuration) -> Duration {
    Duration::try_from(length).unwrap_or(Duration::ZERO).max(Duration::from_millis(20))
}
