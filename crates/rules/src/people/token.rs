//! Single-use links: to verify an address (REG-1), to set a new password. Decides the text that stands in a
//! link and what is kept of it; lifetimes are the policy's, and that a link works once is its row's.
//!
//! The text is base64url of HMAC-SHA256(key for links, purpose ‖ nonce of the row), so the mail can be
//! written again from the row, while somebody who only reads the database has no link: it holds the nonce
//! and SHA-256 of the token, and the key is a file.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::secret::SecretKey;
use crate::instant::Instant;

/// What a link is for. A token for one purpose is none for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    VerifyAddress,
    ResetPassword,
    /// To prove the address of who reported something dangerous without an account (SEC-1).
    SecurityReport,
    /// To join an organisation.
    Invitation,
    /// To prove once more that an address is one's own (REG-7).
    ProveAddress,
    /// Of a browser: the value of its cookie.
    Session,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Purpose::VerifyAddress => "verify address",
            Purpose::ResetPassword => "reset password",
            Purpose::SecurityReport => "security report",
            Purpose::Invitation => "invitation",
            Purpose::ProveAddress => "prove address",
            Purpose::Session => "session",
        }
    }
}

/// The secret itself, 32 bytes; as text, 43 letters of base64url. Shown by `text` only.
#[derive(Clone, PartialEq, Eq)]
pub struct Token([u8; 32]);

/// What is kept of a token: SHA-256 of its bytes. Looking a row up by it tells nothing by time, because
/// whoever guesses does not choose the hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(pub [u8; 32]);

/// A text that is no token: cut off, made up, or with something pasted behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoToken;

/// What a row says about the life of its link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// From here on it no longer works.
    pub expires: Instant,
    pub used: Option<Instant>,
}

/// Why a link does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkFault {
    /// No row has its hash: cut off by a mail program, made up, or replaced by a newer one.
    Unknown,
    Used,
    Expired,
}

/// Whether a link still works. A used one is called used, also after its time.
pub fn judge(life: Life, now: Instant) -> Result<(), LinkFault> {
    if life.used.is_some() {
        Err(LinkFault::Used)
    } else if now >= life.expires {
        Err(LinkFault::Expired)
    } else {
        Ok(())
    }
}

impl Token {
    /// The token of a row, always the same; `nonce` is drawn when the row is made.
    pub fn of(secret: &SecretKey, purpose: Purpose, nonce: &[u8; 32]) -> Self {
        // The purposes are constants and the nonce has a fixed length: no two pairs read alike.
        Self(secret.for_purpose("links").sign(&[purpose.name().as_bytes(), nonce]))
    }

    /// Reads the text of a link or cookie. Whether it was ever given out, the row with its hash tells.
    pub fn parse(text: &str) -> Result<Self, NoToken> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NoToken)?;
        bytes.try_into().map(Self).map_err(|_| NoToken)
    }

    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.0).into())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(..)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(byte: u8) -> SecretKey {
        SecretKey::new([byte; 32])
    }

    #[test]
    fn reg_1_the_link_can_be_written_again_and_its_hash_finds_the_row() {
        let token = Token::of(&key(1), Purpose::VerifyAddress, &[5; 32]);
        assert_eq!(token.text(), Token::of(&key(1), Purpose::VerifyAddress, &[5; 32]).text());
        assert_eq!(token.text().len(), 43);
        assert_eq!(Token::parse(&token.text()).unwrap().hash(), token.hash());
    }

    #[test]
    fn a_token_is_of_one_key_one_purpose_and_one_row() {
        let token = Token::of(&key(1), Purpose::VerifyAddress, &[5; 32]).hash();
        for other in [
            Token::of(&key(2), Purpose::VerifyAddress, &[5; 32]),
            Token::of(&key(1), Purpose::ResetPassword, &[5; 32]),
            Token::of(&key(1), Purpose::Session, &[5; 32]),
            Token::of(&key(1), Purpose::VerifyAddress, &[6; 32]),
        ] {
            assert_ne!(other.hash(), token);
        }
    }

    #[test]
    fn what_is_kept_does_not_open_the_link() {
        let token = Token::of(&key(1), Purpose::VerifyAddress, &[5; 32]);
        let kept = URL_SAFE_NO_PAD.encode(token.hash().0);
        assert_ne!(Token::parse(&kept).unwrap().hash(), token.hash());
        assert_eq!(format!("{token:?} {:?}", key(1)), "Token(..) SecretKey(..)");
    }

    #[test]
    fn reg_1_a_link_works_once_and_in_its_time() {
        let at = |hour: i64| Instant::from_micros(hour * 3_600_000_000).unwrap();
        for (used, now, judged) in [
            (None, 0, Ok(())),
            (None, 23, Ok(())),
            (None, 24, Err(LinkFault::Expired)),
            (Some(1), 2, Err(LinkFault::Used)),
            (Some(1), 30, Err(LinkFault::Used)),
        ] {
            let life = Life { expires: at(24), used: used.map(at) };
            assert_eq!(judge(life, at(now)), judged, "{used:?} {now}");
        }
    }

    #[test]
    fn forged_texts_are_no_tokens() {
        let text = Token::of(&key(1), Purpose::Session, &[5; 32]).text();
        for forged in [
            String::new(),
            text[..42].to_owned(),
            format!("{text}A"),
            format!("{text}="),
            format!(" {text}"),
            "é".repeat(43),
            "B".repeat(43),
        ] {
            assert_eq!(Token::parse(&forged), Err(NoToken), "{forged:?}");
        }
    }

    proptest! {
        #[test]
        fn a_text_is_a_token_in_one_spelling_or_none(text in "[A-Za-z0-9_-]{41,45}|\\PC{0,50}") {
            if let Ok(token) = Token::parse(&text) {
                prop_assert_eq!(token.text(), text);
            }
        }
    }
}
