//! What is read as a version reads as the same version again; what is none is refused with one that is (BUG-1). So are ranges.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::releases::{Installed, Range, Version};

fuzz_target!(|text: &str| {
    if let Some(Installed::Known(version)) = Installed::read(text, "Allure TestOps") {
        assert_eq!(Version::read(&version.to_string()).as_ref(), Some(&version), "{text:?}");
    }
    if let Err(refused) = Version::parse(text) {
        assert!(Version::read(&refused.like).is_some(), "{refused:?}");
    }
    match Range::read(text) {
        Ok(range) => assert_eq!(Range::read(&range.to_string()), Ok(range), "{text:?}"),
        Err(refused) => assert!(Range::read(&refused.like()).is_ok(), "{refused:?}"),
    }
});
