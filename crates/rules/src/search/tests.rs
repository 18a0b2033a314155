//! Words and their forms, what is typed, passages, and that any text is bounded.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{LONGEST, PassageOf, Typed, excerpt, forms, hits, marked, passages, words};
use crate::policy::Policy;

fn written(text: &str) -> Vec<&str> {
    words(text).map(|found| found.written).collect()
}

fn wanted(words: &[&str]) -> BTreeSet<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn req_7_identifiers_and_versions_are_whole_words_and_their_parts() {
    assert_eq!(written("Since 5.12.1, sign-in fails."), ["Since", "5.12.1", "12", "sign-in", "sign", "in", "fails"]);
    assert_eq!(written("ERR_17 in com.acme.Foo"), ["ERR_17", "ERR", "17", "in", "com.acme.Foo", "com", "acme", "Foo"]);
    assert_eq!(written("the customer's"), ["the", "customer's", "customer"]);
    assert_eq!(written("測試 Ок!"), ["測", "試", "Ок"]);
    assert_eq!(written("… -- . "), Vec::<&str>::new());
}

#[test]
fn req_7_words_are_found_in_their_other_forms() {
    let same = [
        ("launches", "Launch"),
        ("attachments", "attachment"),
        ("Störungen", "storung"),
        ("запуска", "запуски"),
        ("Ёлка", "елка"),
        ("straße", "STRASSE"),
        ("ﬁle", "file"),
    ];
    for (one, other) in same {
        let (one, other) = (forms(one), forms(other));
        assert!(one.iter().any(|form| other.contains(form)), "{one:?} {other:?}");
    }
    assert_eq!(forms("5.12.1"), ["5.12.1"]);
    assert!(forms(&"a".repeat(65)).is_empty());
}

#[test]
fn req_7_the_last_word_typed_is_open_until_a_space() {
    let open = |text: &str| -> Vec<(String, bool)> {
        Typed::read(text).words.into_iter().map(|word| (word.forms[0].clone(), word.is_open)).collect()
    };
    assert_eq!(open("sign in fai"), [("sign".into(), false), ("fai".into(), true)]);
    assert_eq!(open("sign "), [("sign".into(), false)]);
    assert_eq!(open("is it in"), [("is".into(), false), ("it".into(), false), ("in".into(), true)]);
    assert_eq!(
        open("docker-compose 5.12"),
        [("docker".into(), false), ("compose".into(), false), ("5.12".into(), true)]
    );
    assert_eq!(
        (Typed::read(" #17 ").number, Typed::read("17 x").number, Typed::read("0").number),
        (Some(17), None, None)
    );
}

#[test]
fn req_7_a_subject_shows_the_words_that_were_looked_for() {
    let bits = marked("OIDC: token exchange fails", &wanted(&["token", "fail"]));
    let said: Vec<_> = bits.iter().map(|bit| (bit.text.as_str(), bit.is_hit)).collect();
    assert_eq!(said, [("OIDC: ", false), ("token", true), (" exchange ", false), ("fails", true)]);
    assert_eq!(marked("Other words", &wanted(&["token"])).len(), 1);
    assert!(marked("", &wanted(&["token"])).is_empty());
}

#[test]
fn req_7_an_excerpt_shows_where_the_words_stand_together() {
    let text =
        format!("{} The login page shows an error after login. {}", "One word. ".repeat(40), "More. ".repeat(60));
    let bits = excerpt(&text, &wanted(&["login", "error"]));
    let hit: Vec<&str> = bits.iter().filter(|bit| bit.is_hit).map(|bit| bit.text.as_str()).collect();
    assert_eq!(hit, ["login", "error", "login"]);
    assert!(bits[0].text.starts_with('…') && bits[bits.len() - 1].text.ends_with('…'), "{bits:?}");
    assert_eq!(hits(&text, &wanted(&["login", "error", "nothing"])), 2);
    let whole = excerpt("Short.", &wanted(&["nothing"]));
    assert_eq!((whole.len(), whole[0].text.as_str(), whole[0].is_hit), (1, "Short.", false));
}

#[test]
fn pol_2_what_only_staff_read_of_a_policy_is_not_found() {
    let source = include_str!("../../../../policies/allure-testops.toml");
    let policy = Policy::parse(source).unwrap().policy;
    let all = passages(&policy);
    let of = |of: PassageOf| all.iter().find(|passage| passage.of == of).unwrap();
    assert!(of(PassageOf::Section("hours")).text.contains("holiday"));
    assert!(of(PassageOf::Scope("framework".into())).text.contains("community"));
    let mut secret = source.replace("[domains]", "[domains]\nalso_disposable = [\"wegwerf.example\"]");
    if !secret.contains("wegwerf") {
        secret.push_str("\n[domains]\nalso_disposable = [\"wegwerf.example\"]\n");
    }
    let policy = Policy::parse(&secret).unwrap().policy;
    assert!(passages(&policy).iter().all(|passage| !passage.text.contains("wegwerf")));
}

proptest! {
    #[test]
    fn req_7_any_text_is_read_in_bounded_words(text in "\\PC{0,700}") {
        let typed = Typed::read(&text);
        prop_assert!(typed.words.len() <= 12);
        for word in &typed.words {
            prop_assert!(!word.forms.is_empty() && word.forms.len() <= 3);
            prop_assert!(word.forms.iter().all(|form| !form.is_empty() && form.len() <= 128));
        }
        prop_assert!(typed.words.iter().filter(|word| word.is_open).count() <= 1);
        prop_assert!(text.len() <= LONGEST || Typed::read(&text[..text.floor_char_boundary(LONGEST)]) == typed);
    }

    #[test]
    fn req_7_words_stand_where_they_are_said_to(text in "(?s).{0,200}") {
        for found in words(&text) {
            prop_assert_eq!(&text[found.at..found.at + found.written.len()], found.written);
        }
    }

    #[test]
    fn req_7_what_was_typed_is_found_in_its_own_text(text in "[a-zäöüа-я0-9._ -]{1,60}") {
        let forms_of_text: BTreeSet<String> = words(&text).flat_map(|found| forms(found.written)).collect();
        for word in Typed::read(&text).words {
            prop_assert!(word.forms.iter().all(|form| forms_of_text.contains(form)), "{:?}", word);
        }
    }

    #[test]
    fn req_7_an_excerpt_is_made_of_the_text(text in "(?s).{0,600}", word in "[a-z]{1,4}") {
        let bits = excerpt(&text, &wanted(&[&word]));
        let said: String = bits.iter().map(|bit| bit.text.as_str()).collect();
        let said = said.trim_start_matches('…').trim_end_matches('…').to_owned();
        let line = text.split('\n').collect::<Vec<_>>().join(" ");
        prop_assert!(line.contains(&said), "{said:?}");
        prop_assert!(said.chars().count() <= 190);
    }
}
