//! What people write in options: read once, and refused with the form that is understood.

use rules::instant::Instant;

/// An instant with its offset: `2026-11-20T16:40:00Z`.
pub(super) fn instant(written: &str) -> Result<Instant, String> {
    written
        .parse()
        .map_err(|_| "write a date, a time and the offset, such as 2026-11-20T16:40:00Z or …T17:40:00+01:00".to_owned())
}
