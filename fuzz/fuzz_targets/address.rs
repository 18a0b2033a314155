//! What is read as an address reads as the same address again (REG-2: one spelling).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::people::Address;

fuzz_target!(|text: &str| {
    if let Ok(address) = Address::parse(text) {
        let key = address.key();
        let again = Address::parse(&key).expect("the key of an address is an address");
        assert_eq!(again.key(), key, "{text:?}");
    }
});
