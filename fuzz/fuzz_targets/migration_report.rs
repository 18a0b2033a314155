//! Any bytes are a report of a dry run whose parts come to the whole, or none (REQ-6).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::migration::{Report, Totals};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(report) = Report::read(bytes) {
        let Totals { cases, whole, with_losses, left_out, .. } = report.totals;
        assert_eq!(whole + with_losses + left_out, cases);
    }
});
