//! Seals what is pushed so that only the browser reads it, not the push service that carries it (RFC 8291: a key agreed
//! between a pair of our own, drawn for each message, and the browser's; RFC 8188, `aes128gcm`, in one record).

use aws_lc_rs::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree},
    error::Unspecified,
    hkdf::{HKDF_SHA256, KeyType, Salt},
};

/// The length of a record: what push services must take (RFC 8030, 7.2).
const RECORD: u32 = 4096;
/// What of it text may fill: behind it come a delimiter and a tag, before it salt, length, and our public key.
pub(super) const ROOM: usize = RECORD as usize - 16 - 1 - (16 + 4 + 1 + 65);

/// The browser's public key and the secret that it shares with us.
#[derive(Clone, Copy, Debug)]
pub(super) struct Receiver<'a> {
    pub public: &'a [u8],
    pub secret: &'a [u8],
}

/// What is drawn anew for each message.
pub(super) struct Drawn {
    /// A private key of P-256.
    pub private: [u8; 32],
    pub salt: [u8; 16],
}

/// Whether these bytes are a point on the curve.
pub(super) fn is_point(public: &[u8], private: &[u8; 32]) -> bool {
    let Ok(ours) = PrivateKey::from_private_key(&ECDH_P256, private) else { return false };
    agree(&ours, UnparsedPublicKey::new(&ECDH_P256, public), Unspecified, |_| Ok(())).is_ok()
}

/// The body of the push. A text longer than [`ROOM`] is not sealed.
pub(super) fn seal(text: &[u8], to: Receiver<'_>, drawn: &Drawn) -> Result<Vec<u8>, Unspecified> {
    if text.len() > ROOM {
        return Err(Unspecified);
    }
    let ours = PrivateKey::from_private_key(&ECDH_P256, &drawn.private).map_err(|_| Unspecified)?;
    let our_public = ours.compute_public_key()?;
    let our_public = our_public.as_ref();
    let theirs = UnparsedPublicKey::new(&ECDH_P256, to.public);
    let shared: [u8; 32] = agree(&ours, theirs, Unspecified, |secret| {
        let key = Salt::new(HKDF_SHA256, to.secret).extract(secret);
        fill(&key, &[b"WebPush: info\0", to.public, our_public])
    })?;
    let key = Salt::new(HKDF_SHA256, &drawn.salt).extract(&shared);
    let content: [u8; 16] = fill(&key, &[b"Content-Encoding: aes128gcm\0"])?;
    let nonce: [u8; 12] = fill(&key, &[b"Content-Encoding: nonce\0"])?;
    // 2 ends the last record.
    let mut sealed = [text, &[2]].concat();
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &content)?);
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut sealed)?;
    let length = u8::try_from(our_public.len()).map_err(|_| Unspecified)?;
    Ok([&drawn.salt[..], &RECORD.to_be_bytes(), &[length], our_public, &sealed].concat())
}

struct Length(usize);

impl KeyType for Length {
    fn len(&self) -> usize {
        self.0
    }
}

fn fill<const N: usize>(key: &aws_lc_rs::hkdf::Prk, info: &[&[u8]]) -> Result<[u8; N], Unspecified> {
    let mut bytes = [0; N];
    key.expand(info, Length(N))?.fill(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    #[test]
    fn rfc_8291_appendix_a() {
        let text = bytes("V2hlbiBJIGdyb3cgdXAsIEkgd2FudCB0byBiZSBhIHdhdGVybWVsb24");
        assert_eq!(text, b"When I grow up, I want to be a watermelon");
        let public = bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let secret = bytes("BTBZMqHH6r4Tts7J_aSIgg");
        let drawn = Drawn {
            private: bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw").try_into().unwrap(),
            salt: bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap(),
        };
        let sealed = seal(&text, Receiver { public: &public, secret: &secret }, &drawn).unwrap();
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz\
                        AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(URL_SAFE_NO_PAD.encode(sealed), expected);
    }

    #[test]
    fn keys_that_are_no_points_and_texts_that_do_not_fit_are_not_sealed() {
        let public = bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let drawn = Drawn { private: [7; 32], salt: [1; 16] };
        assert!(is_point(&public, &drawn.private));
        let to = Receiver { public: &public, secret: &[3; 16] };
        assert_eq!(seal(&[b'x'; ROOM], to, &drawn).unwrap().len(), RECORD as usize);
        assert!(seal(&[b'x'; ROOM + 1], to, &drawn).is_err());
        let mut bent = public.clone();
        bent[40] ^= 1;
        for no_point in [bent, vec![4; 65], vec![0; 65], vec![], public[..64].to_vec()] {
            assert!(!is_point(&no_point, &drawn.private));
            assert!(seal(b"x", Receiver { public: &no_point, secret: &[3; 16] }, &drawn).is_err());
        }
    }
}
