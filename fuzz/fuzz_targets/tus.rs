//! Any header of a resumable upload is read within its bounds or refused (LOG-5).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::files::tus::{Checksum, bytes, metadata};

fuzz_target!(|header: &str| {
    if let Some(pairs) = metadata(header) {
        assert!(pairs.len() <= 20 && pairs.values().all(|value| !value.contains('\0')));
    }
    if let Some(checksum) = Checksum::read(header) {
        assert_eq!(checksum.digest.len(), checksum.algorithm.length());
    }
    assert!(bytes(header).is_none_or(|number| number < 10_u64.pow(16)));
});
