//! What is read as a version reads as the same version again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::releases::{Installed, Version};

fuzz_target!(|text: &str| {
    if let Some(Installed::Known(version)) = Installed::read(text, "Allure TestOps") {
        assert_eq!(Version::read(&version.to_string()).as_ref(), Some(&version), "{text:?}");
    }
});
