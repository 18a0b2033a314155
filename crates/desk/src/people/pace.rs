//! How often a customer may send something. Each process counts for itself: what is guarded is its own work, and a
//! start that forgets lets nobody in.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use jiff::SignedDuration;
use rules::{
    ids::PersonId,
    instant::Instant,
    people::attempts::{Limit, RetryAfter, allowed},
};

use crate::{Actor, Desk, Error, Result};

/// What customers sent of late, and when the oldest of it was last forgotten.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pace(Arc<Mutex<Counted>>);

#[derive(Debug, Default)]
struct Counted {
    sent: HashMap<PersonId, Vec<Instant>>,
    swept: Option<Instant>,
}

/// Counts something that a customer sends, or refuses it with the instant from which it may be sent. Visitors have limits of
/// their own where they can send something, and staff are let in by name.
pub fn keep_pace(desk: &Desk, actor: &Actor) -> Result<()> {
    let Actor::Person(signed) = actor else { return Ok(()) };
    if signed.grants.is_staff() {
        return Ok(());
    }
    let mut counted = desk.pace.0.lock().unwrap_or_else(PoisonError::into_inner);
    counted.step(signed.person, desk.now())
}

impl Counted {
    fn step(&mut self, person: PersonId, now: Instant) -> Result<()> {
        self.forget(now);
        let sent = self.sent.entry(person).or_default();
        sent.retain(|at| *at > now.plus(-longest()));
        allowed(sent, Limit::WRITING, now).map_err(|RetryAfter(until)| Error::Limited { until })?;
        sent.push(now);
        Ok(())
    }

    /// Once in each window, so that who came once is not remembered for good.
    fn forget(&mut self, now: Instant) {
        let old = now.plus(-longest());
        if self.swept.is_some_and(|swept| swept > old && swept <= now) {
            return;
        }
        self.swept = Some(now);
        self.sent.retain(|_, sent| sent.last().is_some_and(|last| *last > old));
    }
}

fn longest() -> SignedDuration {
    Limit::WRITING.iter().map(|limit| limit.window).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sends_too_much_waits_and_is_forgotten_later() {
        let second = |second: i64| Instant::from_micros(second * 1_000_000).unwrap();
        let (dana, omar) = (PersonId(1), PersonId(2));
        let mut counted = Counted::default();
        (0..300).for_each(|n| counted.step(dana, second(n / 10)).unwrap());
        assert!(matches!(counted.step(dana, second(30)), Err(Error::Limited { until }) if until == second(300)));
        counted.step(omar, second(30)).unwrap();
        counted.step(dana, second(300)).unwrap();
        counted.step(omar, second(900)).unwrap();
        assert_eq!(counted.sent.keys().collect::<Vec<_>>(), [&omar], "dana has not come for long");
        assert_eq!(counted.sent[&omar], [second(900)]);
    }
}
