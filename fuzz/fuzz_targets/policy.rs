//! Any text is a policy or a list of faults, never a crash.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::policy::Policy;

fuzz_target!(|source: &str| {
    // Both outcomes are fine; only a panic is a find.
    let _ = Policy::parse(source);
});
