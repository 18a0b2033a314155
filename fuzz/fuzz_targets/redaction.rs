//! What was redacted is not found again, and is known again by its print: a passage and a text, apart by a line of dashes (PRV-2).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::{
    people::SecretKey,
    redaction::{Mark, Passage, Redactor, find, find_printed, replaced},
};

fuzz_target!(|given: &str| {
    let (passage, text) = given.split_once("\n---\n").unwrap_or((given, given));
    let Ok(read) = Passage::read(passage) else { return };
    let ranges = find(text, &read);
    let mark = Mark { by: Redactor::Support, on: jiff::civil::date(2026, 11, 26) };
    let left = replaced(text, &ranges, mark);
    assert!(find(&left, &read).is_empty(), "{read:?} is left in {left:?}");
    let key = SecretKey::new([7; 32]);
    assert_eq!(find_printed(text, &read.print(&key), &key), ranges);
});
