//! The installation's secret key, and one key for each purpose drawn from it, so that what is signed for
//! one purpose is worth nothing for another. Where the key is kept and how it is made is the binary's.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A key for HMAC-SHA256. Never shown, not even by `Debug`.
#[derive(Clone)]
pub struct SecretKey(Vec<u8>);

impl SecretKey {
    /// From the bytes of the key file; 32 random ones are what `firstline init` writes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The key for one purpose: HMAC-SHA256(key, purpose).
    pub fn for_purpose(&self, purpose: &str) -> Self {
        Self(self.sign(&[purpose.as_bytes()]).to_vec())
    }

    /// HMAC-SHA256 over the parts, one after the other. Parts of varying length need an order in which
    /// they cannot be mistaken for each other; that is the caller's care.
    pub fn sign(&self, parts: &[&[u8]]) -> [u8; 32] {
        self.mac(parts).finalize().into_bytes().into()
    }

    /// Whether `signature` is that of the parts, compared in constant time.
    pub fn verify(&self, parts: &[&[u8]], signature: &[u8]) -> bool {
        self.mac(parts).verify_slice(signature).is_ok()
    }

    fn mac(&self, parts: &[&[u8]]) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of every length");
        for part in parts {
            mac.update(part);
        }
        mac
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretKey(..)")
    }
}
