//! What is missed and what is masked wrongly, measured on the committed corpus: secrets stand between « and ».

use super::{Keeper, Known, Masker, Secret, masked, shapes};
use crate::people::SecretKey;

const SECRETS: &str = include_str!("../corpus/masks/secrets.txt");
const HARMLESS: &str = include_str!("../corpus/masks/harmless.txt");

fn keeper() -> Keeper {
    Keeper::new(&SecretKey::new([7; 32]), &[])
}

fn mask(text: &str) -> String {
    masked(text, keeper()).0
}

/// The text as a log would have it, and its secrets.
fn unmarked(line: &str) -> (String, Vec<&str>) {
    let secrets = line.split('«').skip(1).map(|part| part.split('»').next().unwrap()).collect();
    (line.replace(['«', '»'], ""), secrets)
}

#[test]
fn log_3_no_secret_of_the_corpus_is_missed() {
    let mut missed = Vec::new();
    let mut all = 0;
    for line in SECRETS.lines() {
        let (text, secrets) = unmarked(line);
        all += secrets.len();
        let shown = mask(&text);
        missed.extend(secrets.into_iter().filter(|secret| shown.contains(secret)).map(|_| shown.clone()));
    }
    assert!(all >= 100, "{all}");
    assert!(missed.is_empty(), "{} of {all} missed: {missed:#?}", missed.len());
}

#[test]
fn log_3_nothing_else_of_the_corpus_is_masked() {
    let wrong: Vec<_> = HARMLESS.lines().map(|line| (line, mask(line))).filter(|(line, shown)| line != shown).collect();
    assert!(HARMLESS.lines().count() >= 100);
    assert!(wrong.is_empty(), "{} masked wrongly: {wrong:#?}", wrong.len());
}

#[test]
fn log_3_what_stands_around_a_secret_stays() {
    for line in SECRETS.lines() {
        let (text, secrets) = unmarked(line);
        let first = text.find(secrets[0]).unwrap();
        assert!(mask(&text).starts_with(&text[..first]), "{text}\n{}", mask(&text));
    }
}

#[test]
fn log_3_each_shape_finds_its_example() {
    for (name, example) in shapes::examples() {
        assert_ne!(mask(&example), example, "{name}");
    }
}

#[test]
fn log_3_one_secret_has_one_mask_in_all_of_a_request() {
    let (first, keeper) = masked("password=hunter2 then password=tulip99\n", keeper());
    assert_eq!(first, "password=[password 1] then password=[password 2]\n");
    let known: Vec<Known> = keeper.fresh().to_vec();
    let again = Keeper::new(&SecretKey::new([7; 32]), &known);
    let (second, keeper) = masked("psql://x:tulip99@db token=9d7a4c3b8e5f password=rosebud1\n", again);
    assert_eq!(second, "psql://x:[password 2]@db token=[token 1] password=[password 3]\n");
    assert_eq!(keeper.counts()[&Secret::Password], 2);
    assert_eq!(keeper.fresh().len(), 2);
}

const KEY: &str = "before\nweb-1 | -----BEGIN RSA PRIVATE KEY-----\nweb-1 | MIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nweb-1 | \
    BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\nweb-1 | Zr2T5yV=\nweb-1 | -----END RSA PRIVATE KEY-----\nafter\n";

#[test]
fn log_3_a_private_key_over_many_lines_is_one_mask() {
    assert_eq!(mask(KEY), "before\nweb-1 | [private key 1]\nafter\n");
    let cut = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n2026-11-20 14:02:11 INFO goes on.\n";
    assert_eq!(mask(cut), "[private key 1]\n2026-11-20 14:02:11 INFO goes on.\n");
    assert_eq!(mask("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC"), "[private key 1]\n");
}

#[test]
fn log_3_a_line_without_end_is_masked_in_bounded_memory() {
    let piece = format!("{{\"filler\":\"{}\",\"password\":\"hunter2\"}},", "x ".repeat(700));
    let (mut masker, mut out) = (Masker::new(keeper()), String::new());
    for _ in 0..2_000 {
        masker.push(&piece, &mut out);
        assert!(out.len() < 200_000, "what is certain is given out");
        assert!(!out.contains("hunter2"));
        out.clear();
    }
    masker.finish(&mut out);
    assert!(!out.contains("hunter2"));
    let endless = format!("password={}", "aB3".repeat(100_000));
    assert_eq!(mask(&endless), "password=[password 1]");
}

/// A secret longer than the window, behind letters of two to four bytes, wherever the one before the cut begins.
#[test]
fn log_3_a_long_secret_behind_letters_of_several_bytes_comes_to_an_end() {
    let secret = "aB3".repeat(30_000);
    for letter in ["ä", "ä ", "€", "🔑", "🔑 "] {
        for shift in 0..8 {
            let before = format!("{}{} ", "x".repeat(shift), letter.repeat(400));
            assert_eq!(mask(&format!("{before}password={secret}")), format!("{before}password=[password 1]"));
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    /// Also inside of secrets, names and keys.
    #[test]
    fn log_3_the_borders_of_pieces_change_nothing(at in proptest::collection::vec(0_usize..20_000, 0..12)) {
        let text = format!("{}{KEY}{}", SECRETS.replace(['«', '»'], ""), HARMLESS);
        let mut cuts: Vec<usize> = at.into_iter().map(|at| text.floor_char_boundary(at.min(text.len()))).collect();
        cuts.sort_unstable();
        let (mut masker, mut out, mut done) = (Masker::new(keeper()), String::new(), 0);
        for cut in cuts {
            masker.push(&text[done..cut], &mut out);
            done = cut;
        }
        masker.push(&text[done..], &mut out);
        masker.finish(&mut out);
        proptest::prop_assert_eq!(out, mask(&text));
    }

    /// Short ones and endless ones, wherever the line is cut and however its pieces come.
    #[test]
    fn log_3_a_line_without_end_is_masked_as_a_short_one_is(
        parts in proptest::collection::vec((0_usize..30_000, 2_usize..400, 0_u8..12), 1..8),
        pieces in proptest::collection::vec(1_usize..90_000, 4),
    ) {
        let (mut line, mut shown) = (String::new(), String::new());
        for (at, (filler, letters, times)) in parts.into_iter().enumerate() {
            let filler = "ä ".repeat(filler / 3);
            let times = if times == 0 { 60 } else { 1 };
            line.push_str(&format!("{filler}password={at}{} ", "aB3".repeat(letters * times)));
            shown.push_str(&format!("{filler}password=[password {}] ", at + 1));
        }
        let (mut masker, mut out, mut rest) = (Masker::new(keeper()), String::new(), line.as_str());
        for piece in pieces.into_iter().cycle() {
            let (now, later) = rest.split_at(rest.ceil_char_boundary(piece.min(rest.len())));
            masker.push(now, &mut out);
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
        masker.finish(&mut out);
        proptest::prop_assert!(out == shown, "{} bytes of line, {} of {} shown", line.len(), out.len(), shown.len());
    }

    #[test]
    fn log_3_masking_twice_changes_nothing(text in "(password|token|key|Cookie)[=: ]{1,2}[ -~]{0,40}\n") {
        let once = mask(&text);
        proptest::prop_assert_eq!(mask(&once), once);
    }
}

#[test]
fn log_3_each_secret_is_kept_under_its_name_and_read_again() {
    for secret in Secret::ALL {
        assert_eq!(Secret::read(secret.as_str()), Some(secret));
    }
    assert_eq!(Secret::read("private key"), None);
}

#[test]
fn log_3_more_secrets_than_are_numbered_are_masked_without_a_number() {
    let mut all = keeper();
    for at in 0..super::keeper::MOST {
        let mut out = String::new();
        all.mask(&format!("secret {at}"), Secret::Password, &mut out);
        assert_eq!(out, format!("[password {}]", at + 1));
    }
    for (text, shown) in [("another", "[password …]"), ("secret 0", "[password 1]")] {
        let mut out = String::new();
        all.mask(text, Secret::Password, &mut out);
        assert_eq!(out, shown);
    }
    assert_eq!(all.fresh().len(), super::keeper::MOST);
}

#[test]
fn log_3_masking_the_corpus_twice_changes_nothing() {
    for line in SECRETS.lines() {
        let once = mask(&unmarked(line).0);
        assert_eq!(mask(&once), once);
    }
}

#[test]
fn log_3_what_stands_behind_an_endless_secret_is_shown() {
    for letters in [600, 100_000] {
        what_stands_behind(&"aB3".repeat(letters));
    }
}

fn what_stands_behind(endless: &str) {
    for (before, behind) in
        [("password=", " user=dana"), ("password=\"", "\" user=dana"), ("password='", "', user=dana")]
    {
        let (text, shown) = (format!("{before}{endless}{behind}\n"), format!("{before}[password 1]{behind}\n"));
        assert!(mask(&text) == shown, "{} letters behind {before}", endless.len());
        let (mut masker, mut out) = (Masker::new(keeper()), String::new());
        text.as_bytes().chunks(7_000).for_each(|piece| masker.push(std::str::from_utf8(piece).unwrap(), &mut out));
        masker.finish(&mut out);
        assert!(out == shown, "{} letters in pieces behind {before}", endless.len());
    }
}

#[test]
fn log_3_a_name_without_a_secret_hides_none_that_follows() {
    for (text, shown) in [
        ("token: password=hunter2", "token: password=[password 1]"),
        ("token=null password=hunter2", "token=null password=[password 1]"),
        ("password=, password=hunter2", "password=, password=[password 1]"),
        ("Ünvollständig: token: ä password=hunter2", "Ünvollständig: token: ä password=[password 1]"),
    ] {
        assert_eq!(mask(text), shown);
    }
}

/// The last 8 KiB of a line without an end are kept back: what stands around that place is whole on one side or the other.
#[test]
fn log_3_where_a_long_line_is_cut_no_secret_is() {
    let before = format!("{}z ", "x ".repeat(30_000));
    for behind in (7_300..8_800).step_by(60) {
        for (name, value) in [("password=", "hunter2".to_owned()), ("token: ", "9d7a4c3b8e5f".repeat(60))] {
            let behind = " y".repeat(behind / 2);
            let shown = format!("{before}{name}[{} 1]{behind}", name.trim_end_matches([':', '=', ' ']));
            assert!(mask(&format!("{before}{name}{value}{behind}")) == shown, "{name} before {}", behind.len());
        }
    }
    let both = format!("{before}password=hunter2 password=tulip99{}", " y".repeat(4_080));
    assert!(mask(&both).contains("password=[password 1] password=[password 2] y"));
}
