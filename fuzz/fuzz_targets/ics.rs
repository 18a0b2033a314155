//! Any bytes are a calendar file, taken whole, or refused with a line (PLN-6).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::holidays::ics::{MOST_DAYS, read};

fuzz_target!(|bytes: &[u8]| match read(bytes, (2026, 2035)) {
    Ok(days) => {
        assert!(days.len() <= MOST_DAYS && days.is_sorted_by(|one, other| one.date < other.date));
        assert!(days.iter().all(|day| (2026..=2035).contains(&day.date.year())));
    }
    Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| fault.line > 0)),
});
