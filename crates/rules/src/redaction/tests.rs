//! Passages in all the forms in which people paste them, and what must hold whatever they paste.

use proptest::prelude::*;

use super::*;
use crate::people::SecretKey;

fn mark() -> Mark {
    Mark { by: Redactor::Customer, on: jiff::civil::date(2026, 11, 26) }
}

fn key() -> SecretKey {
    SecretKey::new([7; 32])
}

fn redacted(text: &str, passage: &str) -> String {
    let passage = Passage::read(passage).unwrap();
    replaced(text, &find(text, &passage), mark())
}

const MARK: &str = "‹redacted by the customer, 2026-11-26›";

#[test]
fn prv_2_a_reason_is_known_again_by_its_name() {
    for (reason, name) in Reason::ALL.into_iter().zip(["secret", "personal", "misplaced", "asked", "other"]) {
        assert_eq!((reason.as_str(), Reason::read(name)), (name, Some(reason)));
    }
    assert_eq!(Reason::read(""), None);
}

#[test]
fn prv_2_a_passage_says_what_was_given_where_it_is_looked_for_and_nothing_in_logs() {
    let passage = Passage::read(" hunter2 ").unwrap();
    assert_eq!(passage.written(), " hunter2 ");
    assert_eq!(format!("{passage:?}"), "Passage(7 characters)");
    assert!(Passage::read(&"a".repeat(20_000)).is_ok());
    assert_eq!(Passage::read(&"a".repeat(20_001)), Err(NoPassage::TooLong));
}

#[test]
fn prv_2_a_passage_is_found_as_people_paste_it() {
    for (text, passage, left) in [
        ("The password is hunter2, please.", "hunter2", "The password is @, please."),
        ("hunter2 and hunter2", "hunter2", "@ and @"),
        ("two\r\nlines here", "two\nlines", "@ here"),
        ("two\nlines here", "two\r\nlines", "@ here"),
        ("a  wide \u{a0}gap", "wide gap", "a  @"),
        ("> the key\n> is long\nyes", "the key is long", "> @\nyes"),
        ("an other way", "another", "an other way"),
        ("a grüße e\u{301}** y", "grüße e**", "a @ y"),
        ("the key is long, yes", "> the key\n> is long", "@, yes"),
        ("the **very** secret", "very secret", "the **@"),
        ("run `kill -9` now", "kill -9", "run `@` now"),
        ("pass _x*y_ end", "_x*y_", "pass @ end"),
        ("pass >x end", ">x", "pass @ end"),
        ("grüße e\u{301}te", "e\u{301}te", "grüße @"),
        ("grüße e\u{301}", "grüße e", "@"),
        ("ababa", "aba", "@"),
        ("aaaa", "aa", "@"),
        ("Hunter2", "hunter2", "Hunter2"),
        ("the end", "  end \n", "the @"),
    ] {
        assert_eq!(redacted(text, passage), left.replace('@', MARK), "{passage:?} in {text:?}");
    }
}

#[test]
fn prv_2_nothing_is_no_passage() {
    for nothing in ["", "  \r\n", "***", "\0", MARK] {
        assert_eq!(Passage::read(nothing), Err(NoPassage::Empty), "{nothing:?}");
    }
    assert_eq!(Passage::read(&"x".repeat(LONGEST + 1)), Err(NoPassage::TooLong));
}

#[test]
fn prv_2_a_mark_is_known_again_and_nothing_is_found_in_it() {
    let text = format!("before {MARK} after");
    assert_eq!(pieces(&text), [Piece::Words("before "), Piece::Mark(mark()), Piece::Words(" after")]);
    assert_eq!(pieces(MARK), [Piece::Mark(mark())]);
    assert_eq!(redacted(&text, "redacted"), text);
    for other in ["‹redacted by me, 2026-11-26›", "‹redacted by support, 2026-13-26›", "‹redacted by support, 2026"]
    {
        assert_eq!(pieces(other), [Piece::Words(other)]);
    }
    let around = format!("x {MARK} y");
    assert_eq!(redacted(&around, &around), MARK, "a selection may hold one");
}

#[test]
fn prv_2_a_place_is_named_by_ids_and_keys() {
    for name in ["subject", "detail-steps", "message-31", "remark-7", "rating-5", "affected", "advisory", "draft-9"] {
        assert_eq!(name.parse::<Place>().map(|place| place.to_string()), Ok(name.to_owned()));
    }
    for name in ["", "message", "message-", "message-x", "detail-", "mail-1"] {
        assert_eq!(name.parse::<Place>(), Err(NoPlace), "{name}");
    }
    assert_eq!(NoPlace.to_string(), "this names no place of a request");
}

#[test]
fn prv_2_what_is_kept_of_a_passage_does_not_say_it() {
    let passage = Passage::read("hunter2").unwrap();
    let kept = serde_json::to_string(&passage.print(&key())).unwrap();
    assert!(!kept.contains("hunter") && !format!("{passage:?}").contains("hunter"), "{kept}");
    assert_ne!(passage.print(&key()), passage.print(&SecretKey::new([8; 32])));
}

#[test]
fn prv_2_a_passage_that_holds_a_mark_is_not_left_beside_the_new_one() {
    let with_mark = |text: &str| text.replace('@', MARK);
    for (text, passage, left) in [
        ("@aa", "@a", "@"),
        ("aa@", "a@", "@"),
        ("@aab @a", "@a", "@b @"),
        ("x aa@bb y", "a@b", "x @ y"),
        ("@a@a", "@a", "@"),
    ] {
        let (text, passage) = (with_mark(text), with_mark(passage));
        assert_eq!(redacted(&text, &passage), with_mark(left), "{passage:?} in {text:?}");
        let passage = Passage::read(&passage).unwrap();
        assert_eq!(find_printed(&text, &passage.print(&key()), &key()), find(&text, &passage));
    }
}

/// Texts in which short passages come again and again, with what Markdown, mails and other scripts bring.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ab]{1,3}",
        2 => prop::sample::select(vec![" ", "\n", "\r\n", "\u{a0}", "\n> ", "\n>> "]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["*", "**", "_", "`", "~", "\\", ">", "\u{200b}"]).prop_map(str::to_owned),
        1 => prop::sample::select(vec!["é", "e\u{301}", "ß", "日本", "👩‍💻", MARK, "‹redacted by "]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn prv_2_what_was_redacted_is_not_found_again(text in texts(), passage in texts()) {
        let Ok(passage) = Passage::read(&passage) else { return Ok(()) };
        let ranges = find(&text, &passage);
        for pair in ranges.windows(2) {
            prop_assert!(pair[0].end < pair[1].start);
        }
        let left = replaced(&text, &ranges, mark());
        prop_assert!(find(&left, &passage).is_empty(), "{:?}", left);
    }

    #[test]
    fn prv_2_what_stands_there_word_for_word_is_found(before in texts(), passage in "[ab*_]{1,6}", after in texts()) {
        let Ok(read) = Passage::read(&passage) else { return Ok(()) };
        let text = format!("{before}{passage}{after}");
        let at = before.len()..before.len() + passage.len();
        let ranges = find(&text, &read);
        prop_assert!(ranges.iter().any(|range| range.start <= at.start && at.end <= range.end), "{:?} in {:?}", ranges, text);
    }

    #[test]
    fn prv_2_a_passage_is_known_again_by_its_print(text in texts(), passage in texts()) {
        let Ok(passage) = Passage::read(&passage) else { return Ok(()) };
        prop_assert_eq!(find_printed(&text, &passage.print(&key()), &key()), find(&text, &passage));
    }

    #[test]
    fn prv_2_line_ends_make_no_difference(text in texts(), passage in texts()) {
        let unix = |text: &str| text.replace("\r\n", "\n");
        let (Ok(one), Ok(other)) = (Passage::read(&passage), Passage::read(&unix(&passage))) else { return Ok(()) };
        let left = |text: &str, passage: &Passage| unix(&replaced(text, &find(text, passage), mark()));
        prop_assert_eq!(left(&text, &one), left(&unix(&text), &other));
    }

    #[test]
    fn prv_2_any_text_is_in_pieces(text in "\\PC{0,60}") {
        let text = text.replace('x', MARK);
        let joined: String = pieces(&text).iter().map(|piece| match piece {
            Piece::Words(words) => (*words).to_owned(),
            Piece::Mark(mark) => mark.to_string(),
        }).collect();
        prop_assert_eq!(&joined, &text);
        prop_assert!(!pieces(&text).contains(&Piece::Words("")));
    }
}
