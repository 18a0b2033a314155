//! Any bytes are an archive or refused; nothing unpacks beyond its limits (LOG-1).
#![no_main]

use std::io::{Cursor, Read};

use libfuzzer_sys::fuzz_target;
use rules::logs::archive::{Limits, open};

fuzz_target!(|bytes: &[u8]| {
    let limits = Limits { files: 20, bytes: 1 << 20 };
    let mut all = 0;
    let mut take = |_: &str, content: &mut dyn Read| {
        let mut text = Vec::new();
        all += content.read_to_end(&mut text)?;
        Ok(())
    };
    let _ = open(Cursor::new(bytes), limits, &mut take).expect("memory has no faults");
    assert!(all <= 2 << 20);
});
