//! Whatever a browser says of where it is reached is read within its bounds or refused, and what is read reads the same again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::{outgoing::Target, push::Subscription};

fuzz_target!(|text: &str| {
    if let Ok(read) = Subscription::read(text) {
        assert_eq!(read.key[0], 4);
        assert!(read.endpoint.len() <= 2048 && read.target.path().starts_with('/'));
        assert_eq!(Target::read(&read.target.to_string()), Ok(read.target));
    }
});
