//! Trackers with whose issues bugs are mirrored, each behind `desk::ports::Tracker`.

mod github;

pub use github::GitHub;
