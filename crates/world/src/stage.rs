//! The stage: a clock that is set, chance that is seeded, and letters that are remembered. Lets time pass as a desk
//! lives through it: from one thing that is due to the next.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, Ordering},
};

use desk::{
    Desk, Error, Result, Settings,
    ports::{Chance, Clock, Postman},
    schedule,
};
use jiff::SignedDuration;
use rules::instant::Instant;
use store::Store;

use crate::{Letters, dice::Dice};

/// What a desk of the world stands on.
#[derive(Clone, Debug)]
pub struct Stage {
    pub clock: Arc<StageClock>,
    pub chance: Arc<StageChance>,
    pub letters: Arc<Letters>,
}

impl Stage {
    /// At an instant; `postman` carries the letters.
    pub fn new(start: Instant, seed: u64, postman: Arc<dyn Postman>) -> Self {
        Self {
            clock: Arc::new(StageClock(AtomicI64::new(start.micros()))),
            chance: Arc::new(StageChance(Mutex::new(Dice::new(seed)))),
            letters: Arc::new(Letters::new(postman)),
        }
    }

    /// A desk with the stage's time, chance and letters.
    pub fn desk(&self, store: Store, settings: Settings) -> Desk {
        let (clock, chance, letters) = (self.clock.clone(), self.chance.clone(), self.letters.clone());
        Desk::new(store, settings, clock, chance, letters)
    }

    /// Lets time pass up to an instant; everything that is due on the way happens at its own instant.
    pub async fn pass_until(&self, desk: &Desk, until: Instant) -> Result<()> {
        let mut settled = None;
        while let Some(at) = schedule::next(desk).await?.filter(|at| *at <= until) {
            let now = at.max(desk.now());
            if settled == Some(now) {
                return Err(Error::broken(format!("something due at {at} stays due")));
            }
            self.clock.set(now);
            schedule::settle(desk).await?;
            settled = Some(now);
        }
        self.clock.set(until.max(desk.now()));
        Ok(())
    }

    /// Lets that much time pass.
    pub async fn pass(&self, desk: &Desk, length: SignedDuration) -> Result<()> {
        self.pass_until(desk, desk.now().plus(length)).await
    }
}

/// A clock that stands until it is set.
#[derive(Debug)]
pub struct StageClock(AtomicI64);

impl StageClock {
    pub fn set(&self, at: Instant) {
        self.0.store(at.micros(), Ordering::SeqCst);
    }
}

impl Clock for StageClock {
    fn now(&self) -> Instant {
        Instant::from_micros(self.0.load(Ordering::SeqCst)).expect("it was set from an instant")
    }
}

/// Chance that comes out the same for the same seed.
#[derive(Debug)]
pub struct StageChance(Mutex<Dice>);

impl Chance for StageChance {
    fn fill(&self, bytes: &mut [u8]) {
        let mut dice = self.0.lock().expect("throwing dice does not panic");
        for chunk in bytes.chunks_mut(8) {
            let throw = dice.throw().to_le_bytes();
            chunk.copy_from_slice(&throw[..chunk.len()]);
        }
    }
}
