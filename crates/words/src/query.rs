//! The filter language in words: why a question makes no sense and what to write instead.

use rules::query::{Fault, Field, Hint, LONGEST, MOST, Takes, Why};

use crate::lang::Lang;

/// What, why, what now.
pub fn fault(lang: Lang, fault: &Fault) -> String {
    let of = |key: &str, field: &Field| lang.say(key, &[("field", field.name.into())]);
    let called = |key: &str, field: &Field, written: &str| {
        lang.say(key, &[("field", field.name.into()), ("written", written.into())])
    };
    match &fault.why {
        Why::NoValue { field } => of("query-no-value", field),
        Why::UnknownValue { field, written, meant, known } => unknown(lang, (field, written), meant.as_deref(), known),
        Why::NoOrder { field } => of("query-no-order", field),
        Why::NotATime { field, written } => called("query-not-a-time", field, written),
        Why::NoEnds { field } => of("query-no-ends", field),
        Why::NobodyCalled { field, written } => {
            let key = match field.takes {
                Takes::Person => "query-nobody-from",
                Takes::Staff => "query-nobody-agent",
                Takes::Team => "query-nobody-team",
                Takes::Organisation | Takes::Word | Takes::Ordered | Takes::Moment(_) => "query-nobody-org",
            };
            called(key, field, written)
        }
        Why::TooManyCalled { field, written } if field.takes == Takes::Person => {
            called("query-too-many-people", field, written)
        }
        Why::TooManyCalled { field, written } => called("query-too-many", field, written),
        Why::OpenQuote => lang.say("query-open-quote", &[]),
        Why::NotInQueue => lang.say("query-not-in-queue", &[]),
        Why::NotOfATeam => lang.say("query-not-of-a-team", &[]),
        Why::TooLong => lang.say("query-too-long", &[("most", LONGEST.into())]),
        Why::TooMany => lang.say("query-too-many-conditions", &[("most", MOST.into())]),
    }
}

fn unknown(lang: Lang, (field, written): (&str, &str), meant: Option<&str>, known: &[String]) -> String {
    let what = lang.say("query-unknown", &[("field", field.into()), ("written", written.into())]);
    let meant = meant.map(|meant| lang.say("query-meant", &[("meant", meant.into())]));
    let known = (!known.is_empty()).then(|| lang.say("query-known", &[("known", known.join(", ").into())]));
    [Some(what), meant, known].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What looks like a condition and was looked for as a word.
pub fn hint(lang: Lang, hint: &Hint) -> String {
    lang.say("query-hint", &[("written", hint.written.as_str().into()), ("meant", hint.meant.into())])
}

#[cfg(test)]
mod tests {
    use rules::query::FIELDS;

    use super::*;

    #[test]
    fn a_fault_says_what_is_known_and_what_was_meant() {
        let why = Why::UnknownValue {
            field: "type",
            written: "bgu".into(),
            meant: Some("bug".into()),
            known: vec!["question".into(), "bug".into()],
        };
        let said = fault(Lang::En, &Fault { why, at: 0..8 });
        assert_eq!(said, "“type:” does not know “bgu”. Did you mean “bug”? It knows question, bug.");
    }

    #[test]
    fn every_fault_has_its_words() {
        let written = || "acme".to_owned();
        for field in FIELDS {
            for why in [
                Why::NoValue { field },
                Why::NoOrder { field },
                Why::NotATime { field, written: written() },
                Why::NoEnds { field },
                Why::NobodyCalled { field, written: written() },
                Why::TooManyCalled { field, written: written() },
                Why::OpenQuote,
                Why::NotInQueue,
                Why::NotOfATeam,
                Why::TooLong,
                Why::TooMany,
            ] {
                let said = fault(Lang::En, &Fault { why: why.clone(), at: 0..1 });
                assert!(said.ends_with('.') && !said.contains("query-"), "{why:?}: {said}");
            }
        }
        let hint = hint(Lang::En, &Hint { written: "tpye".into(), meant: "type", at: 0..4 });
        assert!(hint.ends_with("Did you mean “type:”?"), "{hint}");
    }
}
