//! Whatever is typed into a search box is read into a bounded number of words, each of which is found in its own text
//! (REQ-7).
#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use rules::search::{Typed, excerpt, forms, words};

fuzz_target!(|text: &str| {
    let typed = Typed::read(text);
    assert!(typed.words.len() <= 12);
    let known: BTreeSet<String> = words(text).flat_map(|found| forms(found.written)).collect();
    for word in typed.words.iter().filter(|word| !word.is_open) {
        assert!(word.forms.iter().all(|form| known.contains(form)), "{word:?} of {text:?}");
    }
    let said: usize = excerpt(text, &known).iter().map(|bit| bit.text.chars().count()).sum();
    assert!(said <= 190, "a passage of {said} letters");
});
