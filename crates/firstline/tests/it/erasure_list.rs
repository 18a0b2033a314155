//! Whatever stands in a list of erasures: what is written is read, and any other text is read or refused.

use proptest::prelude::*;
use rules::{ids::PersonId, instant::Instant};
use store::erasures::{Erasure, Whom, read, written};

proptest! {
    #[test]
    fn what_is_written_is_read(entries in prop::collection::vec((1..i64::MAX, 0..4_000_000_000_000_000_i64), 0..20)) {
        let all: Vec<Erasure> = entries
            .into_iter()
            .map(|(person, at)| Erasure { whom: Whom::Person(PersonId(person)), at: Instant::from_micros(at).unwrap() })
            .collect();
        let text = written(&all);
        prop_assert_eq!(read(&text), Ok(all.clone()));
        // A torn end never names somebody who was not erased.
        for end in 0..text.len() {
            prop_assert!(read(&text[..end]).unwrap().iter().all(|erasure| all.contains(erasure)));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "(\\PC{0,40}\n?){0,5}") {
        // It came back at all.
        let _ = read(&text);
    }
}
