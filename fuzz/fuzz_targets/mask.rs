//! Where the pieces of a text are cut changes nothing of how it is masked, and a masked text is not masked again (LOG-3).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::{
    logs::mask::{Keeper, Masker, masked},
    people::SecretKey,
};

fuzz_target!(|text: &str| {
    let keeper = || Keeper::new(&SecretKey::new([1; 32]), &[]);
    let (whole, _) = masked(text, keeper());
    let (mut masker, mut out) = (Masker::new(keeper()), String::new());
    text.char_indices().for_each(|(at, c)| masker.push(&text[at..at + c.len_utf8()], &mut out));
    masker.finish(&mut out);
    assert_eq!(out, whole);
});
