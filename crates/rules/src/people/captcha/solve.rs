//! The browser's side of the proof of work, for whatever signs up without one: the stories and the bench.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::json;

use super::{Challenge, Seed, derive_key, from_hex, to_hex};

/// Tries counters from zero until the key fits; answers the field as the widget would fill it. `None` for
/// a challenge that no counter solves.
pub fn solve(challenge: &Challenge) -> Option<String> {
    let parameters = &challenge.parameters;
    let seed = Seed { nonce: from_hex(&parameters.nonce)?, salt: from_hex(&parameters.salt)?, counter: 0 };
    let (counter, key) = (0..=u32::MAX)
        .map(|counter| (counter, to_hex(&derive_key(&seed, counter, parameters.cost))))
        .find(|(_, key)| key.starts_with(&parameters.key_prefix))?;
    let payload = json!({ "challenge": challenge, "solution": { "counter": counter, "derivedKey": key } });
    Some(STANDARD.encode(payload.to_string()))
}
