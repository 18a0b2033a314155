//! Any bytes are a list of installations, or what a product says of one: taken whole, or refused with a line or a reason.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use rules::{
    installed::{Ping, import::lines},
    table::text,
};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(ping) = Ping::read(bytes) {
        assert!(ping.licence.is_some() || ping.organisation.is_some());
    }
    let Ok(text) = text(bytes) else { return };
    match lines(&text, date(2026, 11, 28)) {
        Ok(lines) => assert!(lines.iter().all(|line| line.licence.is_some() || line.organisation.is_some())),
        Err(faults) => assert!(!faults.is_empty() && faults.iter().all(|fault| fault.line > 0)),
    }
});
