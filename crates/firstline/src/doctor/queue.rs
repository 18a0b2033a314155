//! Work that runs by itself: how much of it is due, since when, and what was set aside.

use jiff::SignedDuration;
use store::{Store, jobs::Waiting};

use super::Finding;
use crate::{config::Config, ports::SystemClock, wire};

/// How long something that is due may wait before somebody should look.
const PATIENCE: SignedDuration = SignedDuration::from_mins(10);

pub(super) async fn look(config: &Config) -> Option<Finding> {
    let now = desk::ports::Clock::now(&SystemClock);
    let conn = Store::look(&wire::place(config)).ok()?;
    let waiting = store::jobs::waiting(&conn, now).await.ok();
    // It was only read from.
    let _ = conn.close().await;
    Some(judge(&waiting?, now))
}

fn judge(waiting: &Waiting, now: rules::instant::Instant) -> Finding {
    let Waiting { all, due, parked, oldest } = waiting;
    let mut said = format!("{all} wait, {due} of them due");
    if let Some(oldest) = oldest {
        said.push_str(&format!(", the oldest since {oldest}"));
    }
    if *parked > 0 {
        said.push_str(&format!("; {parked} were set aside after many tries"));
        return Finding::warn("queue", said, "look in the log for what failed; most often it is the mail server");
    }
    if oldest.is_some_and(|oldest| now.since(oldest) > PATIENCE) {
        return Finding::warn("queue", said, "see that the server runs and that mail is set up");
    }
    Finding::ok("queue", said)
}
