//! Any bytes are of some kind, and what reads as text is surveyed to its end (LOG-1, LOG-2).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::{
    logs::{Reading, mask::Keeper, recognise},
    people::SecretKey,
};

fuzz_target!(|bytes: &[u8]| {
    let found = recognise(bytes);
    let Some(mut reading) = Reading::begin(&found, Keeper::new(&SecretKey::new([1; 32]), &[])) else { return };
    let mut out = String::new();
    bytes.chunks(7).for_each(|piece| reading.push(piece, &mut out));
    assert_eq!(reading.finish(&mut out).0.bytes, bytes.len() as u64);
});
