//! The tracker as it can be asked: what is secret of it, opened.

use rules::tracker::{Fault, TrackerRefusal};
use store::tracker::Tracker;

use super::refused;
use crate::{
    Desk, Error, Result,
    ports::{Access, Token},
    sealed,
};

const TOKEN: &str = "tracker token";
const SECRET: &str = "tracker secret";

/// The tracker that is set up, and the way to it; the fault where its token does not open.
pub(super) async fn known(desk: &Desk) -> Result<Option<(Tracker, std::result::Result<Access, Fault>)>> {
    let Some(tracker) = store::tracker::get(desk.store.read()).await? else { return Ok(None) };
    let access = of(desk, &tracker);
    Ok(Some((tracker, access)))
}

/// The same for who cannot go on without.
pub(super) async fn needed(desk: &Desk) -> Result<Access> {
    let (_, access) = known(desk).await?.ok_or_else(|| refused(TrackerRefusal::NoTracker))?;
    access.map_err(|fault| refused(TrackerRefusal::Faulty(fault)))
}

fn of(desk: &Desk, tracker: &Tracker) -> std::result::Result<Access, Fault> {
    let token = sealed::open(&desk.settings.secret_key, (TOKEN, tracker.base_url.as_bytes()), &tracker.token);
    let token = token.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Fault::Sealed)?;
    let (base_url, repository) = (tracker.base_url.clone(), tracker.repository.clone());
    Ok(Access { base_url, repository, token: Token(token) })
}

/// Beside the address that it is for: moved to another, it opens no more.
pub(super) fn seal_token(desk: &Desk, token: &str, base_url: &str) -> Result<Vec<u8>> {
    sealed::seal(&desk.settings.secret_key, (TOKEN, base_url.as_bytes()), desk.draw(), token.as_bytes())
}

/// A secret that was just drawn: as it is shown once, and as it is kept.
pub(super) fn draw_secret(desk: &Desk) -> Result<(String, Vec<u8>)> {
    let text: String = desk.draw::<32>().iter().map(|byte| format!("{byte:02x}")).collect();
    let kept = sealed::seal(&desk.settings.secret_key, (SECRET, b""), desk.draw(), text.as_bytes())?;
    Ok((text, kept))
}

/// Those with which the tracker may sign.
pub(super) fn secrets(desk: &Desk, tracker: &Tracker) -> Vec<Vec<u8>> {
    let all = [Some(&tracker.secret), tracker.secret_before.as_ref()].into_iter().flatten();
    all.filter_map(|kept| sealed::open(&desk.settings.secret_key, (SECRET, b""), kept)).collect()
}

/// As it was, for who asks whether it opens.
pub(super) fn opens(desk: &Desk, tracker: &Tracker) -> bool {
    of(desk, tracker).is_ok() && !secrets(desk, tracker).is_empty()
}

/// What a verb met that asked the tracker while somebody waits.
pub(super) fn met(fault: Fault) -> Error {
    refused(TrackerRefusal::Faulty(fault))
}
