//! How the values behind names that sound secret are judged, at the borders of each rule.

use super::*;

/// The value stands between « and ».
fn prose(marked: &str) -> bool {
    let (before, rest) = marked.split_once('«').unwrap();
    let (value, behind) = rest.split_once('»').unwrap();
    let line = format!("{before}{value}{behind}");
    is_prose(&line, &(before.len()..before.len() + value.len()), value)
}

fn all(is: impl Fn(&str) -> bool, so: &[&str], not: &[&str]) {
    for text in so {
        assert!(is(text), "{text}");
    }
    for text in not {
        assert!(!is(text), "not {text}");
    }
}

#[test]
fn log_3_what_refers_to_somewhere_else_is_no_secret() {
    let so = ["$PASS", "$DB_PASSWORD2", "%PASS%", "%A%", "/etc/firstline/key", "${x}", "vault:kv/db", "file:/run/x"];
    let not = ["$Tr0ub4dor", "$a", "a$A", "%%", "%ab", "ab%", "/key", "/8xk/Qm2Z=", "tulip"];
    all(is_reference, &so, &not);
}

#[test]
fn log_3_what_manuals_write_is_no_secret() {
    let so = ["changeme", "your-api-key", "<your-api-key>", "YOUR_PASSWORD_HERE", "example"];
    all(is_written_for_one, &so, &["", "password", "api-key", "your-tulip", "example99", "tulip"]);
    let so = ["aaaa", "***", "a***b", "1••●2", "abcXXXX", "[redacted]", "<your-key>"];
    all(is_place_holder, &so, &["aaab", "12**3", "xxxxa", "[tulip", "tulip]", "tulip"]);
}

#[test]
fn log_3_a_word_of_a_sentence_is_no_password_and_the_last_word_is() {
    let so = [
        "password: «contains» a digit",
        "password «cannot»  be 3",
        "password: «java.lang.String» x",
        "pass: «it's» so",
    ];
    let not = [
        "password: «tulip»",
        "password: «tulip» ",
        "password: «tulip»\tnext",
        "password: «tulip», then",
        "password: «tulip» (old)",
        "password=«tulip» for dana",
        "password: \"«tulip»\" is",
        "password: '«tulip» is",
        "<password>«tulip» is",
        "password=\\«tulip» is",
        "password: «tulip9» is",
    ];
    all(prose, &so, &not);
}

#[test]
fn log_3_names_of_code_are_no_secrets() {
    let so = ["java.lang.String", "o.s.s.PasswordEncoder", "my_pkg.util.Key@abc", "a$b$c", "a::b"];
    all(is_name_of_code, &so, &["a.b", "tulip", "a.b.c9", "a.b.c-d"]);
}

#[test]
fn log_3_a_token_is_drawn_by_lot() {
    let so = [
        "a1b2c3",
        "aaaaaaaaaa1111111111",
        "9d7a4c3b8e5f",
        "314159265358979323846264",
        "3141-5926-5358-9793-2384-6264",
        "QwErTyUiOpAsDfGh",
        "bcdfghjklmnpqrst",
        "bcdfghjklmnpqrstae",
        "QwErTyUiOpAsDfG+==",
    ];
    let not = [
        "a1b2c",
        "a1b2c==",
        "aaaaaaaaaa111111111",
        "aaaa11",
        "31415926535897932384626",
        "111111111111111111111111",
        "парольпароль1x2y3z",
        "java.lang.String",
        "QwErTyUiOpAsDfG",
        "aBaBaBaBaBaBaBaB",
        "UsernamePasswordAuthenticationToken",
        "bcdfghjklmnpqraeio",
        "bcdf+ghjk+lmnp+qrst",
        "--------",
    ];
    all(is_random, &so, &not);
}

#[test]
fn log_3_measures_versions_and_algorithms_are_no_tokens() {
    let so = [
        "3600s",
        "12seconds",
        "1.25.4",
        "2026-11-20T14:02",
        "ROLE_USER_2",
        "access-token",
        "RS256",
        "es384",
        "v1beta1",
        "v2alpha",
        "v3rc12",
        "a/b",
        "20261120140211000",
    ];
    let not = [
        "12thousands9",
        "12internally",
        "seconds",
        "3600x5s",
        "2026-11-20T14:02:11.000000Z",
        "ROLE_USER_233x",
        "tulip",
        "v1beta1x",
        "w1beta1",
        "v1000beta1",
        "RS2567",
    ];
    all(is_measure, &so, &not);
    let long = ["word"; 12].join("-");
    assert!(is_measure(&long), "{} letters", long.len());
    assert!(!is_measure(&format!("{long}-x")), "{} letters", long.len() + 2);
}

#[test]
fn log_3_entropy_is_counted_in_bits_of_a_letter() {
    for (text, bits) in [("aaaa", 0.0), ("abab", 1.0), ("abcd", 2.0), ("abcdefgh", 3.0)] {
        assert!((entropy(text) - bits).abs() < 1e-9, "{text}: {}", entropy(text));
    }
}
