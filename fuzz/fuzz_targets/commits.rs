//! Any messages of commits are read, and each bug that they name is named once (BUG-5).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::bugs::{MOST_FIXES, fixes};

fuzz_target!(|text: &str| {
    let found = fixes(text);
    let once: std::collections::HashSet<_> = found.iter().collect();
    assert!(once.len() == found.len() && found.len() <= MOST_FIXES);
    assert!(found.iter().all(|bug| bug.0 > 0));
});
