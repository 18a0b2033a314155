//! Calls of a tracker: signed by what both know, read as they are documented, and harmless whatever they are.

use proptest::prelude::*;

use super::{Heard, NoHook, hear, is_delivery, signed};

const JSON: &str = "application/json; charset=utf-8";
const FORM: &str = "application/x-www-form-urlencoded";

fn json(body: &str, event: &str) -> Result<Heard, NoHook> {
    hear(event, (JSON, body.as_bytes()), "Acme/Shop")
}

#[test]
fn bug_5_a_call_is_believed_by_its_signature_alone() {
    // The example of the documentation of webhooks.
    let (secret, body) = (b"It's a Secret to Everybody".to_vec(), b"Hello, World!");
    let header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    assert!(signed(std::slice::from_ref(&secret), body, header));
    assert!(signed(&[b"new".to_vec(), secret.clone()], body, header), "the one before counts while it is changed");
    assert!(!signed(&[b"new".to_vec()], body, header));
    assert!(!signed(std::slice::from_ref(&secret), b"Hello, World?", header));
    for wrong in ["", "sha256=", &header[7..], &header[..70], &header.replace("sha256", "sha1"), &format!("{header}0")]
    {
        assert!(!signed(std::slice::from_ref(&secret), body, wrong), "{wrong}");
    }
    assert!(!signed(&[], body, header) && !signed(&[vec![]], body, header));
}

#[test]
fn bug_5_calls_are_read_as_they_are_documented() {
    let of = |rest: &str| format!("{{\"repository\":{{\"full_name\":\"acme/shop\"}},{rest}}}");
    assert_eq!(json("{\"zen\":\"Keep it simple.\",\"hook_id\":1}", "ping"), Ok(Heard::Ping));
    let closed = of("\"action\":\"closed\",\"issue\":{\"number\":12,\"state\":\"closed\"}");
    assert_eq!(json(&closed, "issues"), Ok(Heard::Issue { number: 12 }));
    let form = format!("x=1&payload={}", closed.replace('"', "%22").replace(',', "%2C").replace(' ', "+"));
    assert_eq!(hear("issues", (FORM, form.as_bytes()), "acme/shop"), Ok(Heard::Issue { number: 12 }));
    let comment = of("\"action\":\"deleted\",\"issue\":{\"number\":12},\"comment\":{\"id\":7}");
    assert_eq!(json(&comment, "issue_comment"), Ok(Heard::Comment { issue: 12, gone: Some(7) }));
    let created = comment.replace("deleted", "created");
    assert_eq!(json(&created, "issue_comment"), Ok(Heard::Comment { issue: 12, gone: None }));
    let change = created.replace("12}", "12,\"pull_request\":{}}");
    assert_eq!(json(&change, "issue_comment"), Ok(Heard::Other));
    let renamed =
        of("\"action\":\"edited\",\"milestone\":{\"title\":\"5.14\"},\"changes\":{\"title\":{\"from\":\"5.13\"}}");
    assert_eq!(json(&renamed, "milestone"), Ok(Heard::Milestone { was: "5.13".to_owned() }));
    let gone = of("\"action\":\"deleted\",\"milestone\":{\"title\":\"5.14\"}");
    assert_eq!(json(&gone, "milestone"), Ok(Heard::Milestone { was: "5.14".to_owned() }));
    assert_eq!(json(&of("\"action\":\"created\""), "star"), Ok(Heard::Other));
    assert_eq!(json(&closed.replace("acme/shop", "acme/other"), "issues"), Ok(Heard::Other));
    for wrong in ["", "[]", "{\"issue\":1}", &of("\"action\":\"closed\""), &"[".repeat(100_000)] {
        assert_eq!(json(wrong, "issues"), Err(NoHook), "{}", &wrong[..wrong.len().min(40)]);
    }
    assert_eq!(hear("issues", ("text/plain", closed.as_bytes()), "acme/shop"), Err(NoHook));
    assert_eq!(hear("issues", (FORM, closed.as_bytes()), "acme/shop"), Err(NoHook));
}

#[test]
fn bug_5_a_delivery_has_a_name() {
    assert!(is_delivery("72d3162e-cc78-11e3-81ab-4c9367dc0958"));
    for none in ["", "a b", "ä", "a\n", &"a".repeat(65)] {
        assert!(!is_delivery(none), "{none}");
    }
}

proptest! {
    #[test]
    fn bug_5_any_call_is_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..300), form: bool, at in 0_usize..4) {
        let event = ["ping", "issues", "issue_comment", "milestone"][at];
        let _ = hear(event, (if form { FORM } else { JSON }, &body), "acme/shop");
        prop_assert!(!signed(&[b"secret".to_vec()], &body, "sha256=0000000000000000000000000000000000000000000000000000000000000000"));
    }
}
