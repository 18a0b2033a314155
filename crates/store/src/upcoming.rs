//! What is due by itself next, in one look: the schedule asks it before and after everything it does.

use rules::instant::Instant;

use crate::{Handle, Result, engine::values};

/// The first of each kind; `None` where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Upcoming {
    /// When the next job may run.
    pub job: Option<Instant>,
    /// The next mark of a clock.
    pub mark: Option<Instant>,
    /// Since when the request waits that has waited longest for its customer.
    pub waiting_since: Option<Instant>,
    /// The same, of those whose customer was not reminded yet.
    pub unreminded_since: Option<Instant>,
    /// Since when the request is solved that was solved first and is not closed.
    pub solved_since: Option<Instant>,
    /// The first promised word (FRT-7).
    pub next_word_at: Option<Instant>,
    /// When the security role is reminded of an embargo (SEC-1).
    pub embargo_remind_at: Option<Instant>,
}

/// Each by an index of its own, whose first entry it is.
pub async fn upcoming(conn: &Handle) -> Result<Upcoming> {
    conn.one(
        "SELECT \
         (SELECT run_at FROM job WHERE parked_at IS NULL ORDER BY run_at, id LIMIT 1) AS job, \
         (SELECT mark_at FROM clock WHERE mark_at IS NOT NULL ORDER BY mark_at LIMIT 1) AS mark, \
         (SELECT state_since FROM ticket WHERE state = 'waiting_for_customer' AND deleted_at IS NULL \
          ORDER BY state_since, id LIMIT 1) AS waiting_since, \
         (SELECT state_since FROM ticket WHERE state = 'waiting_for_customer' AND reminded_at IS NULL \
          AND deleted_at IS NULL ORDER BY state_since, id LIMIT 1) AS unreminded_since, \
         (SELECT state_since FROM ticket WHERE state = 'solved' AND deleted_at IS NULL \
          ORDER BY state_since, id LIMIT 1) AS solved_since, \
         (SELECT next_word_at FROM ticket WHERE next_word_at IS NOT NULL ORDER BY next_word_at, id LIMIT 1) AS next_word_at, \
         (SELECT remind_at FROM advisory WHERE remind_at IS NOT NULL ORDER BY remind_at, ticket_id LIMIT 1) \
         AS embargo_remind_at",
        values![],
        |row| {
            Ok(Upcoming {
                job: row.maybe_instant("job")?,
                mark: row.maybe_instant("mark")?,
                waiting_since: row.maybe_instant("waiting_since")?,
                unreminded_since: row.maybe_instant("unreminded_since")?,
                solved_since: row.maybe_instant("solved_since")?,
                next_word_at: row.maybe_instant("next_word_at")?,
                embargo_remind_at: row.maybe_instant("embargo_remind_at")?,
            })
        },
    )
    .await
}
