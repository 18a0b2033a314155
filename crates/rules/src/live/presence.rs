//! Who has a request open right now, and who writes in it. Each page says so again and again while it is looked at; what
//! is not said again is over by itself.

use std::collections::{BTreeMap, HashMap};

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

use crate::{
    ids::{PersonId, TicketId},
    instant::Instant,
};

/// What somebody does with an open request. Of several pages of one person the last counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doing {
    Looking,
    Writing,
}

/// A page in a browser, by a number that it drew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageId(pub i64);

/// Somebody at a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Present {
    pub person: PersonId,
    pub doing: Doing,
}

/// What each page said last, and until when that holds.
type Pages = BTreeMap<(PersonId, PageId), (Doing, Instant)>;

/// Who is where. Knows no clock: every question brings its instant.
#[derive(Clone, Debug, Default)]
pub struct Presences(HashMap<TicketId, Pages>);

impl Presences {
    /// How long a word holds: two of a page's heartbeats may be lost.
    pub const HOLDS: SignedDuration = SignedDuration::from_secs(50);
    /// Pages that one person may have open at one request.
    const PAGES: usize = 20;

    /// A page says what its reader does there, or that they left. Whether others see a difference.
    pub fn say(
        &mut self,
        (ticket, person, page): (TicketId, PersonId, PageId),
        doing: Option<Doing>,
        now: Instant,
    ) -> bool {
        let before = self.at(ticket, now);
        let pages = self.0.entry(ticket).or_default();
        match doing {
            Some(doing) => {
                pages.insert((person, page), (doing, now.plus(Self::HOLDS)));
                let own = |it: &(PersonId, PageId)| it.0 == person;
                if pages.keys().filter(|it| own(it)).count() > Self::PAGES {
                    let oldest = pages.iter().filter(|(it, _)| own(it)).min_by_key(|(_, (_, until))| *until);
                    if let Some(oldest) = oldest.map(|(it, _)| *it) {
                        pages.remove(&oldest);
                    }
                }
            }
            None => {
                pages.remove(&(person, page));
            }
        }
        if pages.is_empty() {
            self.0.remove(&ticket);
        }
        before != self.at(ticket, now)
    }

    /// Who is at a request, each once, in the order of their numbers.
    pub fn at(&self, ticket: TicketId, now: Instant) -> Vec<Present> {
        let mut present: Vec<Present> = vec![];
        for ((person, _), (doing, until)) in self.0.get(&ticket).into_iter().flatten() {
            if *until <= now {
                continue;
            }
            match present.last_mut().filter(|it| it.person == *person) {
                Some(known) => known.doing = known.doing.max(*doing),
                None => present.push(Present { person: *person, doing: *doing }),
            }
        }
        present
    }

    /// Forgets what was not said again, and names the requests at which somebody is no longer, or no longer writes.
    pub fn expire(&mut self, now: Instant) -> Vec<TicketId> {
        let mut changed = vec![];
        self.0.retain(|ticket, pages| {
            let before = pages.len();
            pages.retain(|_, (_, until)| *until > now);
            if pages.len() < before {
                changed.push(*ticket);
            }
            !pages.is_empty()
        });
        changed.sort_unstable();
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INES: PersonId = PersonId(1);
    const THEO: PersonId = PersonId(2);
    const T: TicketId = TicketId(42);

    fn at(seconds: i64) -> Instant {
        let start: Instant = "2026-11-16T08:00:00Z".parse().unwrap();
        start.plus(SignedDuration::from_secs(seconds))
    }

    fn shown(presences: &Presences, seconds: i64) -> Vec<(PersonId, Doing)> {
        presences.at(T, at(seconds)).into_iter().map(|it| (it.person, it.doing)).collect()
    }

    #[test]
    fn who_looks_is_there_until_they_leave_or_are_not_heard_of_again() {
        let mut all = Presences::default();
        assert!(all.say((T, INES, PageId(1)), Some(Doing::Looking), at(0)));
        assert!(!all.say((T, INES, PageId(1)), Some(Doing::Looking), at(20)), "nothing new");
        assert!(all.say((T, THEO, PageId(9)), Some(Doing::Writing), at(20)));
        assert_eq!(shown(&all, 21), [(INES, Doing::Looking), (THEO, Doing::Writing)]);
        assert!(all.say((T, THEO, PageId(9)), None, at(30)));
        assert_eq!(shown(&all, 69), [(INES, Doing::Looking)]);
        assert_eq!(shown(&all, 70), []);
        assert_eq!(all.expire(at(70)), [T]);
        assert_eq!(all.expire(at(71)), []);
    }

    #[test]
    fn one_person_is_there_once_and_writes_where_one_of_their_pages_does() {
        let mut all = Presences::default();
        all.say((T, INES, PageId(1)), Some(Doing::Writing), at(0));
        assert!(!all.say((T, INES, PageId(2)), Some(Doing::Looking), at(1)));
        assert_eq!(shown(&all, 2), [(INES, Doing::Writing)]);
        assert!(!all.say((T, INES, PageId(2)), None, at(3)), "another page is still open");
        assert!(all.say((T, INES, PageId(1)), Some(Doing::Looking), at(4)));
        assert_eq!(shown(&all, 5), [(INES, Doing::Looking)]);
    }

    #[test]
    fn nobody_fills_the_memory_with_pages() {
        let mut all = Presences::default();
        for page in 0..1000 {
            all.say((T, INES, PageId(page)), Some(Doing::Looking), at(page));
        }
        assert_eq!(all.0[&T].len(), Presences::PAGES);
    }
}
