//! Any text is a list of releases as JSON or as a table, read back as it is written, or is refused with lines (BUG-1).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::releases::import::{Drafted, ImportFault, Read, as_json, as_table, json, table};

type Taken = Result<Read, Vec<ImportFault>>;

fn check(read: fn(&str) -> Taken, write: fn(&[Drafted]) -> String, text: &str) {
    match read(text) {
        Ok(taken) => {
            let written = write(&taken.releases);
            let again = read(&written).expect("what we write can be read").releases;
            assert!(again.iter().map(|it| &it.version).eq(taken.releases.iter().map(|it| &it.version)), "{written}");
        }
        Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| fault.line > 0)),
    }
}

fuzz_target!(|text: &str| {
    check(json, as_json, text);
    check(table, as_table, text);
});
