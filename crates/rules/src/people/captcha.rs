//! The proof of work before sign-up (REG-1): ALTCHA's protocol, version 2, as the npm packages `altcha` 3
//! (the widget) and `altcha-lib` 2 speak it. Decides what is asked and whether it was done; that a solution
//! is used once is a table's, by `Solved::nonce`, kept until `Solved::expires`.
//!
//! We speak its *deterministic mode*: the server picks a counter, derives PBKDF2-SHA256(nonce ‖ counter) and
//! gives away half of that key. The browser tries counters from zero until the half fits, then sends the whole
//! key, whose HMAC stood in the challenge. So the work has an upper bound, and checking costs two HMACs.
//!
//! **What the widget needs.** An endpoint that answers a GET with `Challenge` as `application/json`:
//!
//! ```json
//! {"parameters": {"algorithm": "PBKDF2/SHA-256", "cost": 5000, "expiresAt": 1795350000, "keyLength": 32,
//!   "keyPrefix": "…", "keySignature": "…", "nonce": "…", "salt": "…"}, "signature": "…"}
//! ```
//!
//! `<altcha-widget challenge="URL" name="altcha">` then puts a hidden field `altcha` into the form: standard
//! base64 of `{"challenge": {"parameters": …, "signature": …}, "solution": {"counter": …, "derivedKey": "…",
//! "time": …}}`, which is what `verify` takes. The widget works in a secure context only: https, or loopback.

mod solve;
#[cfg(test)]
mod tests;

pub use solve::solve;

use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::secret::SecretKey;
use crate::instant::Instant;

const ALGORITHM: &str = "PBKDF2/SHA-256";
const KEY_LENGTH: usize = 32;
/// `altcha-lib` gives away `floor(keyLength / 2)` bytes.
const PREFIX_LENGTH: usize = KEY_LENGTH / 2;
/// A payload of ours has about 700 characters.
const LONGEST_PAYLOAD: usize = 4_096;

/// The two keys of the protocol: one signs the challenge, one its hidden answer.
#[derive(Clone, Debug)]
pub struct CaptchaKeys {
    pub challenge: SecretKey,
    pub answer: SecretKey,
}

impl CaptchaKeys {
    pub fn derive(secret: &SecretKey) -> Self {
        Self { challenge: secret.for_purpose("captcha challenge"), answer: secret.for_purpose("captcha answer") }
    }
}

/// How much work is asked, and for how long the challenge is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difficulty {
    /// Rounds of PBKDF2 for each counter that is tried.
    pub cost: u32,
    /// The counter is at least `least`, and less than `below`: so many tries does the browser need.
    pub least: u32,
    pub below: u32,
    pub lifetime: SignedDuration,
}

impl Difficulty {
    /// Well under a second on a notebook, a few seconds on an old phone; one challenge costs the server
    /// what one of those tries costs. The lifetime leaves time to fill the form.
    pub const SIGN_UP: Self = Self { cost: 5_000, least: 300, below: 700, lifetime: SignedDuration::from_mins(20) };
}

/// The chance that goes into a challenge, drawn anew for each from a generator fit for secrets.
#[derive(Clone, Copy, Debug)]
pub struct Seed {
    pub nonce: [u8; 16],
    pub salt: [u8; 16],
    /// Any number; it picks the counter.
    pub counter: u32,
}

/// What the endpoint answers, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    parameters: Parameters,
    /// HMAC-SHA256 in lower-case hex over the parameters as JSON without spaces, keys sorted.
    signature: String,
}

/// The fields stand in alphabetical order, because their JSON is what is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parameters {
    algorithm: String,
    cost: u32,
    /// Seconds since 1970.
    expires_at: i64,
    key_length: u32,
    key_prefix: String,
    key_signature: String,
    nonce: String,
    salt: String,
}

#[derive(Debug, Deserialize)]
struct Payload {
    challenge: Challenge,
    solution: Solution,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Solution {
    /// Required by the protocol; the key says already which counter it was.
    #[serde(rename = "counter")]
    _counter: u32,
    derived_key: String,
}

/// A proof that holds; good once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Solved {
    /// Unique to the challenge: what the table of used ones keeps, until `expires`.
    pub nonce: [u8; 16],
    pub expires: Instant,
}

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaptchaRefusal {
    /// The field is empty: the box was not ticked, or no script runs.
    Missing,
    /// No payload of this protocol.
    Malformed,
    /// The challenge is not one of ours, or was changed.
    Forged,
    Expired {
        at: Instant,
    },
    /// Ours, and not solved.
    Unsolved,
    /// Solved, and used before; told by the table of used ones.
    Used,
}

/// A new challenge.
pub fn challenge(keys: &CaptchaKeys, seed: &Seed, difficulty: &Difficulty, now: Instant) -> Challenge {
    let span = difficulty.below.saturating_sub(difficulty.least).max(1);
    let counter = difficulty.least.saturating_add(seed.counter % span);
    let key = derive_key(seed, counter, difficulty.cost);
    let parameters = Parameters {
        algorithm: ALGORITHM.to_owned(),
        cost: difficulty.cost,
        expires_at: now.plus(difficulty.lifetime).timestamp().as_second(),
        key_length: 32,
        key_prefix: to_hex(&key[..PREFIX_LENGTH]),
        key_signature: to_hex(&keys.answer.sign(&[&key])),
        nonce: to_hex(&seed.nonce),
        salt: to_hex(&seed.salt),
    };
    let signature = to_hex(&keys.challenge.sign(&[canonical(&parameters).as_bytes()]));
    Challenge { parameters, signature }
}

/// Whether the form's field proves that the work was done.
pub fn verify(keys: &CaptchaKeys, payload: &str, now: Instant) -> Result<Solved, CaptchaRefusal> {
    let Payload { challenge: Challenge { parameters, signature }, solution } = read(payload)?;
    let signature = from_hex::<32>(&signature).ok_or(CaptchaRefusal::Malformed)?;
    if !keys.challenge.verify(&[canonical(&parameters).as_bytes()], &signature) {
        return Err(CaptchaRefusal::Forged);
    }
    // Signed with our key, and still not by `challenge`: another version's, or another algorithm's.
    if parameters.algorithm != ALGORITHM {
        return Err(CaptchaRefusal::Malformed);
    }
    let nonce = from_hex::<16>(&parameters.nonce).ok_or(CaptchaRefusal::Malformed)?;
    let expires = Timestamp::from_second(parameters.expires_at).map_err(|_| CaptchaRefusal::Malformed)?.into();
    if expires < now {
        return Err(CaptchaRefusal::Expired { at: expires });
    }
    let answer = from_hex::<32>(&parameters.key_signature).ok_or(CaptchaRefusal::Malformed)?;
    let key = from_hex::<KEY_LENGTH>(&solution.derived_key).ok_or(CaptchaRefusal::Unsolved)?;
    if !keys.answer.verify(&[&key], &answer) {
        return Err(CaptchaRefusal::Unsolved);
    }
    Ok(Solved { nonce, expires })
}

fn read(payload: &str) -> Result<Payload, CaptchaRefusal> {
    let payload = payload.trim();
    if payload.is_empty() {
        return Err(CaptchaRefusal::Missing);
    }
    if payload.len() > LONGEST_PAYLOAD {
        return Err(CaptchaRefusal::Malformed);
    }
    let json = STANDARD.decode(payload).map_err(|_| CaptchaRefusal::Malformed)?;
    serde_json::from_slice(&json).map_err(|_| CaptchaRefusal::Malformed)
}

/// The password is the nonce and the counter as four bytes, the highest first.
fn derive_key(seed: &Seed, counter: u32, cost: u32) -> [u8; KEY_LENGTH] {
    let mut password = seed.nonce.to_vec();
    password.extend(counter.to_be_bytes());
    pbkdf2::pbkdf2_hmac_array::<Sha256, KEY_LENGTH>(&password, &seed.salt, cost)
}

fn canonical(parameters: &Parameters) -> String {
    serde_json::to_string(parameters).expect("strings and numbers are JSON")
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lower-case hex of exactly `N` bytes, as every solver writes it.
fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let bytes: Option<Vec<u8>> = pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect();
    bytes.filter(|_| rest.is_empty())?.try_into().ok()
}
