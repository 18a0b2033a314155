//! Whatever is written, the pieces that it is cut into are the text, and who is called is one of the names.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::references::{called, pieces, requests};

fuzz_target!(|text: &str| {
    let names = ["Theo Brandt", "Theo", "Jana Öz"];
    let pieces = pieces(text, &names);
    assert_eq!(pieces.iter().map(|piece| piece.text()).collect::<String>(), text);
    assert!(called(text, &names).iter().all(|at| *at < names.len()));
    assert!(requests(text).iter().all(|id| id.0 > 0));
});
