//! The bytes of a mail: headers for people and for machines, both parts, and nothing that a hostile name can add.

use desk::ports::{About, ComposeFault, Composed};
use mail::{Composer, Sender};
use mail_parser::MessageParser;

use crate::cast::{composer, notice, recipient, reply, request, sender};

fn headers(composed: &Composed) -> String {
    let text = String::from_utf8(composed.bytes.clone()).unwrap();
    text.split("\r\n\r\n").next().unwrap().replace("\r\n", "\n")
}

#[test]
fn a_receipt_as_bytes() {
    let request = request(Some("Login fails"));
    let due = Some("2026-11-24T13:40:00Z".parse().unwrap());
    let receipt = notice(
        "receipt/17",
        About::Receipt { request, receipt: "An engineer reads it.".into(), lowered: None, due, opens: None },
    );
    let composed = composer().compose(&receipt).unwrap();
    let text = String::from_utf8(composed.bytes.clone()).unwrap();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count(), "every line ends with CRLF");
    insta::assert_snapshot!(text.replace("\r\n", "\n"));
    assert_eq!(composer().compose(&receipt).unwrap(), composed, "the same notice gives the same bytes");
}

#[test]
fn a_reply_by_a_person_is_not_marked_as_automatic() {
    let composed = composer().compose(&reply("reply/17/4", "Bitte **neu** starten.")).unwrap();
    insta::assert_snapshot!(headers(&composed));
    let parsed = MessageParser::default().parse(&composed.bytes).unwrap();
    assert_eq!(parsed.subject(), Some("Re: [#17] Anmeldung schlägt fehl — “Größe” ≠ 5"));
    assert_eq!(parsed.from().unwrap().first().unwrap().name(), Some("Inés Ångström (Larkspur support)"));
    assert_eq!(parsed.to().unwrap().first().unwrap().name(), Some("Dana Müller"));
}

#[test]
fn a_confidential_reply_names_nobody_and_nothing() {
    let about = About::Reply {
        request: request(None),
        author: "Mallory".into(),
        body: "SQL injection".into(),
        files: vec!["exploit.py".into()],
    };
    let composed = composer().compose(&notice("reply/17/4", about)).unwrap();
    insta::assert_snapshot!(headers(&composed));
    let parsed = MessageParser::default().parse(&composed.bytes).unwrap();
    let text = format!("{}{}", parsed.body_text(0).unwrap(), parsed.body_html(0).unwrap());
    for secret in ["Mallory", "SQL", "exploit"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn long_lines_are_carried_whole_in_short_ones() {
    let long = "Größe ".repeat(2_000);
    let composed = composer().compose(&reply("reply/17/4", &long)).unwrap();
    let longest = composed.bytes.split(|byte| *byte == b'\n').map(<[u8]>::len).max().unwrap();
    assert!(longest <= 999, "a line of {longest} bytes (RFC 5322, 2.1.1)");
    let parsed = MessageParser::default().parse(&composed.bytes).unwrap();
    assert!(parsed.body_text(0).unwrap().contains(long.trim()));
}

#[test]
fn a_text_cannot_end_its_part() {
    let body = "before\n--=_part\nContent-Type: text/html\n\n<b>forged</b>\n--=_part--";
    let composed = composer().compose(&reply("reply/17/4", body)).unwrap();
    let parsed = MessageParser::default().parse(&composed.bytes).unwrap();
    assert_eq!((parsed.text_body_count(), parsed.html_body_count()), (1, 1));
    assert!(parsed.body_text(0).unwrap().replace("\r\n", "\n").contains(body));
}

#[test]
fn a_line_that_is_a_dot_stays_a_line() {
    let composed = composer().compose(&reply("reply/17/4", "before\n.\nafter")).unwrap();
    let parsed = MessageParser::default().parse(&composed.bytes).unwrap();
    assert!(parsed.body_text(0).unwrap().replace("\r\n", "\n").contains("before\n.\nafter"));
}

#[test]
fn hostile_names_and_subjects_add_no_header() {
    let hostile = "Eve\r\nBcc: all@acme.example\r\n\r\n<b>\u{202e}\"; \\ ,";
    let about = About::Reply {
        request: request(Some(hostile)),
        author: hostile.into(),
        body: "x".into(),
        files: vec![hostile.into()],
    };
    let mut notice = notice("reply/17/4", about);
    notice.to = recipient(hostile, "dana@acme.example");
    let composed = composer().compose(&notice).unwrap();
    let parsed = MessageParser::default().parse(&composed.bytes).unwrap();
    assert!(parsed.bcc().is_none());
    assert_eq!(parsed.to().unwrap().iter().count(), 1);
    assert_eq!(parsed.subject(), Some("Re: [#17] Eve Bcc: all@acme.example <b> \"; \\ ,"));
    assert_eq!(parsed.to().unwrap().first().unwrap().name(), Some("Eve Bcc: all@acme.example <b> \"; \\ ,"));
    assert_eq!(composed.recipient, "dana@acme.example");
}

#[test]
fn a_subject_of_a_megabyte_becomes_a_line() {
    let about = About::Assigned { request: request(Some(&"x".repeat(1_000_000))), by: "Theo".into() };
    let composed = composer().compose(&notice("assigned/17/1", about)).unwrap();
    assert_eq!(composed.subject.chars().count(), 250);
    assert!(composed.subject.ends_with('…'));
}

#[test]
fn addresses_that_are_none_are_refused_with_the_reason() {
    let fault = |address: &str| {
        let mut notice = reply("reply/17/4", "x");
        notice.to.address = address.into();
        composer().compose(&notice).unwrap_err().0
    };
    let injected = fault("dana@acme.example\r\nRCPT TO:<all@acme.example>");
    assert!(injected.starts_with("recipient:") && injected.contains("control characters"), "{injected}");
    assert!(fault("dana").contains("is no address"), "{}", fault("dana"));
    let sender = Sender { address: "support".into(), ..sender() };
    assert!(Composer::new(&sender).unwrap_err().0.starts_with("sender:"));
}

#[test]
fn keys_that_cannot_be_a_message_id_are_refused() {
    for key in ["", "a b", "a>b", "a\r\nBcc: x", ".a", "a..b", &"a".repeat(201)] {
        let ComposeFault(why) = composer().compose(&reply(key, "x")).unwrap_err();
        assert!(why.contains("Message-ID"), "{key:?}: {why}");
    }
}

#[test]
fn where_answers_are_read_the_mail_says_where_to() {
    let composer = Composer::new(&Sender { reply_to: Some("in@larkspur.example".into()), ..sender() }).unwrap();
    let composed = composer.compose(&reply("reply/17/4", "x")).unwrap();
    let parsed = MessageParser::default().parse(&composed.bytes).unwrap();
    assert_eq!(parsed.reply_to().unwrap().first().unwrap().address(), Some("in@larkspur.example"));
    assert!(!parsed.body_text(0).unwrap().contains("Nobody reads"));
}
