//! How a desk stands: for each thing that it stands on, whether that is well, to be watched, or wrong. What was found is
//! `desk`'s to read; how it is said, with what to do, is `words`'.

use jiff::SignedDuration;

use crate::instant::Instant;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    Well,
    /// It works; somebody should know or do something.
    Watch,
    /// It does not work, or promises are not kept.
    Wrong,
}

/// Whether what is written is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    Kept,
    /// Something did not fit; ends by itself when there is room.
    Full,
    /// The disk refused; ends with a new start.
    Stopped,
}

/// How far the search index is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    Absent,
    Building {
        upto: i64,
    },
    /// So many entries of the journal behind.
    Behind(i64),
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Writing(Writing),
    /// On the disk of the data folder; `None`: it does not say.
    Room(Option<Room>),
    Backup {
        last: Option<Instant>,
    },
    Database {
        engine: String,
        bytes: u64,
    },
    /// The newest step of the schema, and whether it is the one that this release wants.
    Schema {
        step: String,
        fits: bool,
    },
    /// What runs by itself; `oldest`: since when that waits which is due.
    Work {
        waiting: i64,
        oldest: Option<Instant>,
        parked: i64,
    },
    Mail(Mail),
    Search(Index),
    Policy {
        product: String,
        since: Instant,
    },
    Release {
        version: String,
    },
}

/// In bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    pub free: u64,
    pub size: u64,
    pub is_low: bool,
}

/// What the mail server said last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// When it took one last.
    pub taken_at: Option<Instant>,
    /// The last fault of one that waits, and how many of those that are due first have one.
    pub fault: Option<String>,
    pub failing: usize,
    pub parked: usize,
}

/// How long something that is due may wait.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);
/// How old a backup may be.
const BACKUP: SignedDuration = SignedDuration::from_hours(48);
/// Entries that an index may be behind.
const BEHIND: i64 = 1_000;

/// How it is, at an instant.
pub fn health(found: &Found, now: Instant) -> Health {
    use Health::{Watch, Well, Wrong};
    match found {
        Found::Writing(Writing::Kept) => Well,
        Found::Writing(Writing::Full | Writing::Stopped) => Wrong,
        Found::Room(Some(room)) if room.free == 0 => Wrong,
        Found::Room(room) => {
            if room.is_some_and(|room| !room.is_low) {
                Well
            } else {
                Watch
            }
        }
        Found::Backup { last: Some(last) } if now.since(*last) <= BACKUP => Well,
        Found::Backup { .. } => Watch,
        Found::Database { .. } | Found::Policy { .. } | Found::Release { .. } => Well,
        Found::Schema { fits, .. } => {
            if *fits {
                Well
            } else {
                Wrong
            }
        }
        Found::Work { oldest: Some(oldest), .. } if now.since(*oldest) > PATIENCE => Wrong,
        Found::Work { parked, .. } => {
            if *parked == 0 {
                Well
            } else {
                Watch
            }
        }
        Found::Mail(Mail { failing: 0, parked: 0, .. }) => Well,
        // Nothing gets through: what fails has failed since the server took one last.
        Found::Mail(Mail { taken_at: None, failing, .. }) if *failing > 0 => Wrong,
        Found::Mail(_) => Watch,
        Found::Search(Index::Behind(entries)) => {
            if (0..=BEHIND).contains(entries) {
                Well
            } else {
                Watch
            }
        }
        Found::Search(Index::Building { .. } | Index::Absent) => Watch,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_late_old_low_or_behind_is_seen() {
        let now: Instant = "2026-11-20T12:00:00Z".parse().unwrap();
        let ago = |minutes| now.plus(-SignedDuration::from_mins(minutes));
        let room = |free, is_low| Found::Room(Some(Room { free, size: 100, is_low }));
        let work = |oldest, parked| Found::Work { waiting: 3, oldest, parked };
        let mail = |taken_at, failing, parked| Found::Mail(Mail { taken_at, fault: None, failing, parked });
        for (found, expected) in [
            (Found::Writing(Writing::Kept), Health::Well),
            (Found::Writing(Writing::Full), Health::Wrong),
            (room(50, false), Health::Well),
            (room(2, true), Health::Watch),
            (room(0, true), Health::Wrong),
            (Found::Room(None), Health::Watch),
            (Found::Backup { last: None }, Health::Watch),
            (Found::Backup { last: Some(ago(60)) }, Health::Well),
            (Found::Backup { last: Some(ago(60 * 49)) }, Health::Watch),
            (work(None, 0), Health::Well),
            (work(Some(ago(10)), 0), Health::Well),
            (work(Some(ago(11)), 0), Health::Wrong),
            (work(None, 1), Health::Watch),
            (mail(None, 0, 0), Health::Well),
            (mail(Some(ago(5)), 2, 0), Health::Watch),
            (mail(None, 2, 0), Health::Wrong),
            (mail(Some(ago(5)), 0, 1), Health::Watch),
            (Found::Search(Index::Behind(1_000)), Health::Well),
            (Found::Search(Index::Behind(1_001)), Health::Watch),
            (Found::Search(Index::Behind(-1)), Health::Watch),
            (Found::Schema { step: "m1".into(), fits: false }, Health::Wrong),
        ] {
            assert_eq!(health(&found, now), expected, "{found:?}");
        }
    }
}
