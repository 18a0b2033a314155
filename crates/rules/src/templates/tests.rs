//! Shows what a text may name, what it is refused for, and that any other can be filled in.

use std::{fs, path::Path};

use proptest::prelude::*;

use super::*;

fn facts() -> Facts {
    Facts {
        requester: Named::of("Dana Whitlock"),
        agent: Named::of("Ines Moreau"),
        request: About {
            number: 17,
            subject: "A *lantern*".into(),
            link: "https://x/requests/17".into(),
            kind: "Question".into(),
        },
        product: "TestOps".into(),
        details: [("version".to_owned(), "5.12.1".to_owned())].into(),
        ..Facts::default()
    }
}

fn checked(text: &str) -> Result<(), Fault> {
    check(text, ["version"].into_iter())
}

#[test]
fn a_text_is_filled_in_with_what_it_names() {
    let text = "Dear {{ requester.first }},\n\n{% if organisation.name %}at {{ organisation.name }}{% else %}you{% endif %} run \
                {{ details.version }} of {{ product }}: {{ request.link }} ({{ request.type | lower }})\n\n{{ agent.name }}\n";
    assert_eq!(checked(text), Ok(()));
    let filled = fill(text, &facts()).unwrap();
    assert_eq!(
        filled, "Dear Dana,\n\nyou run 5.12.1 of TestOps: https://x/requests/17 (question)\n\nInes Moreau",
        "Markdown is not escaped, and ends are cut"
    );
}

#[test]
fn what_there_is_not_is_refused_with_its_line() {
    for text in
        ["one\n{{ requester.surname }}", "one\n{{ who }}", "one\n{{ details.nothing }}", "one\n{{ product | shout }}"]
    {
        let fault = checked(text).unwrap_err();
        assert!(matches!(fault, Fault { line: Some(2), why: Why::Unknown(_) }), "{text}: {fault:?}");
    }
    for text in ["one\n{{ product", "one\n{% if %}", "one\n{% fi %}"] {
        let fault = checked(text).unwrap_err();
        assert!(matches!(fault, Fault { line: Some(_), why: Why::Unreadable(_) }), "{text}: {fault:?}");
    }
}

#[test]
fn a_text_that_never_ends_or_grows_without_end_is_refused() {
    let loops = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
    assert_eq!(checked(loops).unwrap_err().why, Why::TooMuch);
    assert_eq!(checked(&"x".repeat(LONGEST + 1)).unwrap_err().why, Why::TooLong);
    assert!(checked("{% include 'other' %}").is_err(), "there is nothing to include");
}

/// Each file's name begins with what comes of it.
#[test]
fn the_committed_corpus_reads_as_its_names_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/template");
    let mut read = 0;
    for file in fs::read_dir(folder).expect("the corpus") {
        let file = file.expect("a file");
        let (name, text) =
            (file.file_name().into_string().expect("a name"), fs::read_to_string(file.path()).expect("a text"));
        assert_eq!(checked(&text).is_ok(), name.starts_with("ok-"), "{name}: {:?}", checked(&text));
        read += 1;
    }
    assert!(read >= 15, "{read}");
}

proptest! {
    #[test]
    fn any_text_is_refused_or_can_be_filled_in(text in "(\\PC|\n|\\{\\{ ?|\\}\\}|\\{% ?|%\\}|product|requester|\\.name|if |endif|for |in ){0,24}") {
        if checked(&text).is_ok() {
            let filled = fill(&text, &Facts { organisation: Named::default(), ..facts() });
            prop_assert!(filled.is_ok(), "{:?}", filled);
        }
    }
}
