//! Hours as anybody writes them in JSON are compiled or refused, and a due instant is what `elapsed` says of it (HRS-2).
#![no_main]

use jiff::SignedDuration;
use libfuzzer_sys::fuzz_target;
use rules::{
    calendar::{Calendar, CalendarSpec},
    instant::Instant,
};

fuzz_target!(|input: (&str, i32, u16)| {
    let (text, second, minutes) = input;
    let Ok(spec) = serde_json::from_str::<CalendarSpec>(text) else { return };
    let Ok(calendar) = Calendar::build(&spec) else { return };
    let start = Instant::from_micros(i64::from(second) * 1_000_000).expect("within the years that jiff knows");
    let length = SignedDuration::from_mins(i64::from(minutes));
    if let Ok(due) = calendar.due(start, length) {
        assert_eq!(calendar.elapsed(start, due), length, "{text}");
    }
});
