//! Any text is a changelog that is read back as it is written, or is refused with lines (BUG-1).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::releases::import::{as_changelog, changelog};

fuzz_target!(|text: &str| match changelog(text) {
    Ok(read) => {
        let written = as_changelog(&read.releases);
        let again = changelog(&written).expect("what we write is a changelog").releases;
        let said = |all: &[rules::releases::import::Drafted]| {
            all.iter().map(|it| (it.version.clone(), it.released_on, it.said.yanked)).collect::<Vec<_>>()
        };
        assert_eq!(said(&again), said(&read.releases), "{written}");
    }
    Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| fault.line > 0)),
});
