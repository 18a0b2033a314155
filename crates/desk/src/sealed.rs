//! Secrets as they are kept: sealed by a key that is drawn from the desk's own for one purpose and a salt (AES-256-GCM), so that a copy
//! of the database tells nobody what they are.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use rules::people::SecretKey;

use crate::{Error, Result};

pub(crate) const SALT: usize = 16;

/// A salt, and what is secret, sealed. `beside`: what it belongs to and opens beside alone.
pub(crate) fn seal(
    key: &SecretKey,
    (purpose, beside): (&str, &[u8]),
    salt: [u8; SALT],
    secret: &[u8],
) -> Result<Vec<u8>> {
    let mut sealed = secret.to_vec();
    let (key, nonce) = (of_salt(key, purpose, &salt)?, Nonce::assume_unique_for_key([0; 12]));
    key.seal_in_place_append_tag(nonce, Aad::from(beside), &mut sealed).map_err(Error::broken)?;
    Ok([&salt[..], &sealed].concat())
}

/// `None` where another secret key sealed it, or it belongs to something else.
pub(crate) fn open(key: &SecretKey, (purpose, beside): (&str, &[u8]), kept: &[u8]) -> Option<Vec<u8>> {
    let (salt, sealed) = kept.split_at_checked(SALT)?;
    let mut sealed = sealed.to_vec();
    let (key, nonce) = (of_salt(key, purpose, salt).ok()?, Nonce::assume_unique_for_key([0; 12]));
    Some(key.open_in_place(nonce, Aad::from(beside), &mut sealed).ok()?.to_vec())
}

fn of_salt(key: &SecretKey, purpose: &str, salt: &[u8]) -> Result<LessSafeKey> {
    let bytes = key.for_purpose(purpose).sign(&[salt]);
    Ok(LessSafeKey::new(UnboundKey::new(&AES_256_GCM, &bytes).map_err(Error::broken)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_by_its_key_for_its_purpose_beside_its_own() {
        let (key, other) = (SecretKey::new([1; 32]), SecretKey::new([2; 32]));
        let sealed = seal(&key, ("a", b"x"), [7; SALT], b"a secret").unwrap();
        assert!(!sealed.windows(8).any(|it| it == b"a secret"));
        assert_eq!(open(&key, ("a", b"x"), &sealed).as_deref(), Some(&b"a secret"[..]));
        for (key, of) in [(&other, ("a", &b"x"[..])), (&key, ("b", b"x")), (&key, ("a", b"y"))] {
            assert_eq!(open(key, of, &sealed), None);
        }
        assert_eq!(open(&key, ("a", b"x"), &sealed[..9]), None);
    }
}
