//! The key by which push services know this desk (VAPID, RFC 8292): made once, its private part sealed by the desk's secret
//! key, the same for all nodes. Where that was exchanged, another is made, and pages bind their browsers to it.

use aws_lc_rs::{
    agreement::{ECDH_P256, PrivateKey},
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use rules::{ids::PushKeyId, instant::Instant, outgoing::Target, people::SecretKey};
use store::push::Key;

use crate::{
    Desk, Error, Result,
    sealed::{self, SALT},
};

const PURPOSE: &str = "push keys";
/// How long a signature is good; the RFC allows a day at most.
const GOOD_FOR: SignedDuration = SignedDuration::from_hours(12);

/// A pair of keys of P-256.
pub(super) struct Pair {
    pub number: PushKeyId,
    /// A point, uncompressed: 65 bytes.
    pub public: Vec<u8>,
    private: Vec<u8>,
}

impl Pair {
    /// As browsers are given it.
    pub(super) fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.public)
    }

    /// The header `Authorization` of a push: who sends (`subject`), to whom, and until when that is good.
    pub(super) fn authorization(&self, to: &Target, subject: &str, now: Instant) -> Result<String> {
        let until = now.plus(GOOD_FOR).timestamp().as_second();
        let claims = serde_json::json!({ "aud": to.origin(), "exp": until, "sub": subject });
        let part = |json: &serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
        let signed = format!("{}.{}", part(&serde_json::json!({ "typ": "JWT", "alg": "ES256" })), part(&claims));
        let pair = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            &self.private,
            &self.public,
        )
        .map_err(Error::broken)?;
        let signature = pair.sign(&SystemRandom::new(), signed.as_bytes()).map_err(Error::broken)?;
        Ok(format!("vapid t={signed}.{}, k={}", URL_SAFE_NO_PAD.encode(signature), self.text()))
    }
}

/// Who sends: the desk's own address, or a mailbox of its host where browsers would not take the address.
pub(super) fn subject(desk: &Desk) -> String {
    let base = &desk.settings.base_url;
    match base.strip_prefix("http://") {
        Some(host) => format!("mailto:firstline@{}", host.split(':').next().unwrap_or(host)),
        None => base.clone(),
    }
}

/// The key in use, made where there is none.
pub(super) async fn ours(desk: &Desk) -> Result<Pair> {
    let newest = store::push::newest_key(desk.store.read()).await?;
    if let Some(pair) = newest.as_ref().and_then(|key| open(&desk.settings.secret_key, key)) {
        return Ok(pair);
    }
    let number = PushKeyId(newest.map_or(0, |key| key.number.0) + 1);
    let tx = desk.store.begin().await?;
    store::push::add_key(&tx, &make(desk, number)?, desk.now()).await?;
    tx.commit().await?;
    // Another node may have been faster: its key is the one.
    let kept = store::push::newest_key(desk.store.read()).await?;
    let opened = kept.as_ref().and_then(|key| open(&desk.settings.secret_key, key));
    opened.ok_or_else(|| Error::broken("the key for push services was sealed by another secret key"))
}

fn make(desk: &Desk, number: PushKeyId) -> Result<Key> {
    let private = desk.draw::<32>();
    let public = PrivateKey::from_private_key(&ECDH_P256, &private).map_err(Error::broken)?;
    let public = public.compute_public_key().map_err(Error::broken)?.as_ref().to_vec();
    let sealed = seal(&desk.settings.secret_key, desk.draw(), (&private, &public))?;
    Ok(Key { number, public, sealed })
}

/// A salt, and the private key sealed.
fn seal(key: &SecretKey, salt: [u8; SALT], (private, public): (&[u8], &[u8])) -> Result<Vec<u8>> {
    sealed::seal(key, (PURPOSE, public), salt, private)
}

/// `None` where another secret key sealed it.
fn open(key: &SecretKey, kept: &Key) -> Option<Pair> {
    let private = sealed::open(key, (PURPOSE, &kept.public), &kept.sealed)?;
    Some(Pair { number: kept.number, public: kept.public.clone(), private })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_by_the_secret_key_that_sealed_it_and_no_other() {
        let (key, other) = (SecretKey::new([1; 32]), SecretKey::new([2; 32]));
        let sealed = seal(&key, [7; SALT], (&[9; 32], &[4; 65])).unwrap();
        assert!(!sealed.windows(32).any(|it| it == [9; 32]));
        let kept = Key { number: PushKeyId(1), public: vec![4; 65], sealed };
        assert_eq!(open(&key, &kept).unwrap().private, [9; 32]);
        assert!(open(&other, &kept).is_none());
        assert!(open(&key, &Key { public: vec![5; 65], ..kept.clone() }).is_none());
        assert!(open(&key, &Key { sealed: vec![1, 2], ..kept }).is_none());
    }
}
