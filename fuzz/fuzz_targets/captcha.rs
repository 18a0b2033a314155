//! Any payload of a proof of work is judged, and none of a stranger's is solved without our signature (REG-1).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::{
    instant::Instant,
    people::{
        SecretKey,
        captcha::{CaptchaKeys, verify},
    },
};

fuzz_target!(|payload: &str| {
    let keys = CaptchaKeys::derive(&SecretKey::new([1; 32]));
    let now = Instant::from_micros(0).expect("the epoch is an instant");
    assert!(verify(&keys, payload, now).is_err(), "{payload:?}");
});
