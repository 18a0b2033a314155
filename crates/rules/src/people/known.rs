//! Browsers that somebody signed in with before. Whoever guesses at an account has none of them, so guesses from them are
//! counted apart, and nobody keeps somebody else from signing in where they always do.
//!
//! The cookie's text is base64url of a nonce and of HMAC-SHA256(key for known browsers, nonce ‖ person). Nothing of it is
//! kept: it lets nobody in, and is worth its own few guesses.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

use super::SecretKey;
use crate::ids::PersonId;

/// What the browser keeps; the nonce is drawn each time.
pub fn text(secret: &SecretKey, person: PersonId, nonce: &[u8; 16]) -> String {
    let signature = key(secret).sign(&parts(nonce, &person.0.to_be_bytes()));
    URL_SAFE_NO_PAD.encode([&nonce[..], &signature].concat())
}

/// Whether this person signed in before with the browser that keeps this. No two texts are the same browser's.
pub fn is_known(secret: &SecretKey, person: PersonId, text: &str) -> bool {
    let bytes = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
    let Some((nonce, signature)) = bytes.split_first_chunk() else { return false };
    key(secret).verify(&parts(nonce, &person.0.to_be_bytes()), signature)
}

fn key(secret: &SecretKey) -> SecretKey {
    secret.for_purpose("known browsers")
}

/// Both of fixed length.
fn parts<'a>(nonce: &'a [u8; 16], person: &'a [u8; 8]) -> [&'a [u8]; 2] {
    [nonce, person]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_browser_is_known_to_its_person_on_its_desk_and_to_nobody_else(
            nonce: [u8; 16], person: i64, other: i64, at in 0usize..48, change in 1u8..
        ) {
            let secret = SecretKey::new([7; 32]);
            let kept = text(&secret, PersonId(person), &nonce);
            prop_assert!(is_known(&secret, PersonId(person), &kept));
            prop_assert!(!is_known(&SecretKey::new([8; 32]), PersonId(person), &kept));
            if other != person {
                prop_assert!(!is_known(&secret, PersonId(other), &kept));
            }
            let mut bytes = URL_SAFE_NO_PAD.decode(&kept).unwrap();
            bytes[at] ^= change;
            prop_assert!(!is_known(&secret, PersonId(person), &URL_SAFE_NO_PAD.encode(&bytes)));
        }

        #[test]
        fn whatever_else_stands_there_is_no_known_browser(text in ".{0,90}") {
            prop_assert!(!is_known(&SecretKey::new([7; 32]), PersonId(1), &text));
        }
    }
}
