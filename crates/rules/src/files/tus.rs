//! The headers of resumable uploads, tus 1.0.0 (<https://tus.io/protocols/resumable-upload>): what a client wrote becomes a
//! value, or nothing. Which upload is meant, and whether it may be, others decide.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};

/// The version that is spoken.
pub const VERSION: &str = "1.0.0";
/// What of its extensions.
pub const EXTENSIONS: &str = "creation,expiration,checksum,termination";
/// By which checksums, the best one first.
pub const ALGORITHMS: &str = "sha256,sha1";

/// Pairs of `Upload-Metadata`, at most.
const PAIRS: usize = 20;

/// How a part is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    Sha1,
    Sha256,
}

impl Algorithm {
    /// Bytes of its result.
    pub fn length(self) -> usize {
        match self {
            Algorithm::Sha1 => 20,
            Algorithm::Sha256 => 32,
        }
    }
}

/// What a part was said to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checksum {
    pub algorithm: Algorithm,
    pub digest: Vec<u8>,
}

impl Checksum {
    /// `sha256 BASE64`.
    pub fn read(header: &str) -> Option<Self> {
        let (name, digest) = header.trim().split_once(' ')?;
        let algorithm = match name {
            "sha1" => Algorithm::Sha1,
            "sha256" => Algorithm::Sha256,
            _ => return None,
        };
        let digest = STANDARD.decode(digest.trim()).ok()?;
        (digest.len() == algorithm.length()).then_some(Self { algorithm, digest })
    }
}

/// A length or an offset: digits and nothing else.
pub fn bytes(header: &str) -> Option<u64> {
    let is_number = !header.is_empty() && header.len() <= 16 && header.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { header.parse().ok() } else { None }
}

/// `filename BASE64,draft BASE64`: keys without spaces and commas, each once, and what they stand for as text. A key alone
/// stands for nothing. `None` where the header is anything else.
pub fn metadata(header: &str) -> Option<BTreeMap<String, String>> {
    let mut pairs = BTreeMap::new();
    if header.trim().is_empty() {
        return Some(pairs);
    }
    for pair in header.split(',') {
        let pair = pair.trim();
        let (key, value) = pair.split_once(' ').unwrap_or((pair, ""));
        let value = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
        // PostgreSQL keeps NUL in no text.
        let is_sound = !key.is_empty() && key.is_ascii() && !value.contains('\0') && pairs.len() < PAIRS;
        if !is_sound || pairs.insert(key.to_owned(), value).is_some() {
            return None;
        }
    }
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn log_5_metadata_reads_as_the_protocol_has_it() {
        // The protocol's own example.
        let read = metadata("filename d29ybGRfZG9taW5hdGlvbl9wbGFuLnBkZg==,is_confidential").unwrap();
        assert_eq!(read["filename"], "world_domination_plan.pdf");
        assert_eq!(read["is_confidential"], "");
        assert_eq!(metadata(""), Some(BTreeMap::new()));
        for wrong in ["filename !", "a YQ==,a YQ==", ",", "a YQ==,", "ä YQ==", "a AA==", "a /w=="] {
            assert_eq!(metadata(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn log_5_a_checksum_has_the_length_of_its_kind() {
        let sha1 = Checksum::read("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=").unwrap();
        assert_eq!((sha1.algorithm, sha1.digest.len()), (Algorithm::Sha1, 20));
        for wrong in ["sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha1", "sha1 =", ""] {
            assert_eq!(Checksum::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn log_5_an_offset_is_digits() {
        assert_eq!((bytes("0"), bytes("2147483648")), (Some(0), Some(2 << 30)));
        for wrong in ["", "-1", "+1", "1.0", "0x10", " 1", "99999999999999999"] {
            assert_eq!(bytes(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn log_5_what_was_written_as_metadata_reads_as_it(
            pairs in prop::collection::btree_map("[a-z_]{1,12}", "[^\0]{0,40}", 0..PAIRS)
        ) {
            let written: Vec<_> = pairs.iter().map(|(key, value)| format!("{key} {}", STANDARD.encode(value))).collect();
            prop_assert_eq!(metadata(&written.join(",")), Some(pairs));
        }

        #[test]
        fn log_5_any_header_is_read_or_refused(header in ".{0,200}") {
            let _ = metadata(&header);
            if let Some(checksum) = Checksum::read(&header) {
                prop_assert_eq!(checksum.digest.len(), checksum.algorithm.length());
            }
            if let Some(number) = bytes(&header) {
                prop_assert!(number < 10_u64.pow(16));
            }
        }
    }
}
