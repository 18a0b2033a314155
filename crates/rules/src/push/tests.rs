//! What browsers say of themselves and what push services answer, by tables, the committed corpus and whatever comes.

use std::{fs, path::Path};

use proptest::prelude::*;

use super::*;

/// The receiver of RFC 8291, appendix A.
const KEY: &str = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
const SECRET: &str = "BTBZMqHH6r4Tts7J_aSIgg";

fn written(endpoint: &str, key: &str, secret: &str) -> String {
    format!(r#"{{"endpoint":"{endpoint}","expirationTime":null,"keys":{{"p256dh":"{key}","auth":"{secret}"}}}}"#)
}

#[test]
fn a_browser_says_where_it_is_reached() {
    let read =
        Subscription::read(&written("https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV", KEY, SECRET));
    let read = read.unwrap();
    assert_eq!(read.target.origin(), "https://push.example.net");
    assert_eq!((read.key[0], read.secret[0]), (4, 5));
    let padded = format!("{SECRET}==");
    assert!(Subscription::read(&written("https://push.example.net/", &format!("{KEY}="), &padded)).is_ok());
}

#[test]
fn what_is_no_subscription_is_refused_by_its_fault() {
    let at = "https://push.example.net/x";
    let faults = [
        (String::new(), Unfit::Unreadable),
        ("{}".into(), Unfit::Unreadable),
        ("null".into(), Unfit::Unreadable),
        (r#"{"endpoint":"https://push.example.net/x"}"#.into(), Unfit::Unreadable),
        (written("http://push.example.net/x", KEY, SECRET), Unfit::NotHttps),
        (written("https://a@push.example.net/x", KEY, SECRET), Unfit::Unreadable),
        (written(&format!("{at}{}", "x".repeat(2048)), KEY, SECRET), Unfit::TooLong),
        (" ".repeat(9000), Unfit::TooLong),
        (written(at, "", SECRET), Unfit::Keys),
        (written(at, &KEY[1..], SECRET), Unfit::Keys),
        // Compressed, or of no kind at all.
        (written(at, &KEY.replacen("BC", "AC", 1), SECRET), Unfit::Keys),
        (written(at, KEY, "c2hvcnQ"), Unfit::Keys),
        (written(at, KEY, "BTBZMqHH6r4Tts7J+aSIgg"), Unfit::Keys),
    ];
    for (text, why) in faults {
        assert_eq!(Subscription::read(&text), Err(why), "{text:.120}");
    }
}

#[test]
fn the_committed_corpus_reads_as_its_names_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/subscription");
    let mut seen = 0;
    for file in fs::read_dir(folder).expect("the corpus") {
        let file = file.unwrap();
        let (name, text) = (file.file_name(), String::from_utf8_lossy(&fs::read(file.path()).unwrap()).into_owned());
        let is_fit = name.to_string_lossy().starts_with("fit");
        assert_eq!(Subscription::read(&text).is_ok(), is_fit, "{name:?}");
        seen += 1;
    }
    assert!(seen >= 5);
}

fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

#[test]
fn rfc_8030_what_a_push_service_answers() {
    let now = at("2026-11-16T08:00:00Z");
    for status in [200, 201, 202] {
        assert_eq!(Answer::read(status, None, now), Answer::Taken);
    }
    for status in [404, 410] {
        assert_eq!(Answer::read(status, Some("5"), now), Answer::Gone);
    }
    for status in [301, 307, 400, 401, 403, 413] {
        assert_eq!(Answer::read(status, None, now), Answer::Refused, "{status}");
    }
    for (said, until) in [
        (None, None),
        (Some("90"), Some("2026-11-16T08:01:30Z")),
        (Some("Mon, 16 Nov 2026 08:05:00 GMT"), Some("2026-11-16T08:05:00Z")),
        // What is past, what never ends, and what is nothing.
        (Some("Mon, 16 Nov 2020 08:05:00 GMT"), Some("2026-11-16T08:00:00Z")),
        (Some("99999999999999999999999"), Some("2026-11-17T08:00:00Z")),
        (Some("Mon, 16 Nov 2099 08:05:00 GMT"), Some("2026-11-17T08:00:00Z")),
        (Some("-5"), None),
        (Some("soon"), None),
        (Some(""), None),
    ] {
        for status in [429, 500, 503] {
            assert_eq!(Answer::read(status, said, now), Answer::Later(until.map(at)), "{said:?}");
        }
    }
}

proptest! {
    #[test]
    fn whatever_a_browser_says_is_read_within_its_bounds_or_refused(text: String) {
        let _ = Subscription::read(&text);
    }

    #[test]
    fn what_is_read_has_whole_keys(key in proptest::collection::vec(any::<u8>(), 60..70), secret in proptest::collection::vec(any::<u8>(), 14..18)) {
        let text = written("https://push.example.net/x", &URL_SAFE_NO_PAD.encode(&key), &URL_SAFE_NO_PAD.encode(&secret));
        let fits = key.len() == 65 && key[0] == 4 && secret.len() == 16;
        prop_assert_eq!(Subscription::read(&text).is_ok(), fits);
    }

    #[test]
    fn no_wait_is_longer_than_a_day(said: String, seconds: u64) {
        let now = at("2026-11-16T08:00:00Z");
        for said in [said, seconds.to_string()] {
            if let Answer::Later(Some(until)) = Answer::read(429, Some(&said), now) {
                prop_assert!(until >= now && until <= now.plus(LONGEST_WAIT));
            }
        }
    }
}
