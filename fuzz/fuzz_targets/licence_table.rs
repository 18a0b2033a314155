//! Any bytes are a table of licences, taken whole, or refused with a line (ENT-1).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::{entitlement::import::lines, policy::Policy, table::text};

fuzz_target!(|bytes: &[u8]| {
    let policy = Policy::parse(include_str!("../../policies/larkspur.toml")).expect("it holds together").policy;
    let Ok(text) = text(bytes) else { return };
    match lines(&text, &policy) {
        Ok(lines) => assert!(lines.iter().all(|line| line.terms.external_key.is_some())),
        Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| fault.line > 0)),
    }
});
