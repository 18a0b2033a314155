//! Any text is filled in or refused; what is kept can be filled in, in bounded room.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::templates::{Facts, Named, check, fill};

fuzz_target!(|text: &str| {
    if check(text, ["version"].into_iter()).is_ok() {
        let details = [("version".to_owned(), "5.12.1".to_owned())].into();
        let facts = Facts { requester: Named::of("Ana"), details, ..Facts::default() };
        let filled = fill(text, &facts).map_or(0, |filled| filled.len());
        assert!(filled <= 200_000);
    }
});
