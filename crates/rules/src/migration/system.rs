//! The name of a system that somebody comes from, as they wrote it and as it is counted.

/// Characters of a name that are kept.
const NAME: usize = 80;

/// As it is shown: one line without control characters, cut at a length. `None` where nothing is left.
pub fn tidy(written: &str) -> Option<String> {
    let kept = written.split_whitespace().map(|word| word.chars().filter(|c| !c.is_control()).collect::<String>());
    let tidy: String = kept.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let tidy: String = tidy.chars().take(NAME).collect();
    tidy.chars().any(char::is_alphanumeric).then(|| tidy.trim_end().to_owned())
}

/// What is counted as one: letters and digits alone, in lower case. "Test-Rail " and "testrail" are the same.
pub fn normal(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn req_6_spellings_of_a_system_are_counted_as_one() {
        for written in ["TestRail", "testrail", " Test-Rail ", "TEST RAIL\n", "test.rail"] {
            assert_eq!(normal(&tidy(written).expect("it has letters")), "testrail", "{written:?}");
        }
        assert_ne!(normal("Zephyr Scale"), normal("Zephyr Squad"));
        assert_eq!(normal("Prüfstand 3"), "prüfstand3");
    }

    #[test]
    fn req_6_what_has_neither_letter_nor_digit_is_no_name() {
        for written in ["", "  ", "…", "-- !", "\u{0}\u{7}"] {
            assert_eq!(tidy(written), None, "{written:?}");
        }
    }

    proptest! {
        #[test]
        fn req_6_a_tidy_name_is_one_short_line_and_stays_so(written in ".{0,200}") {
            if let Some(tidy_name) = tidy(&written) {
                prop_assert!(tidy_name.chars().count() <= NAME && !tidy_name.contains(['\n', '\r', '\t']));
                prop_assert_eq!(tidy(&tidy_name), Some(tidy_name.clone()));
                prop_assert!(!normal(&tidy_name).is_empty());
            }
        }
    }
}
