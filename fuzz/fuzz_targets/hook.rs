//! Any call of a tracker, and anything that one answers, is read or refused; texts of comments and names of issues, too (BUG-5).
#![no_main]

use libfuzzer_sys::fuzz_target;
use rules::tracker::{github, hear, plain, reference, signed};

fuzz_target!(|bytes: &[u8]| {
    for event in ["ping", "issues", "issue_comment", "milestone"] {
        for kind in ["application/json", "application/x-www-form-urlencoded"] {
            let _ = hear(event, (kind, bytes), "acme/shop");
        }
    }
    let _ = (github::issues(bytes), github::issue(bytes), github::comments(bytes), github::milestones(bytes));
    let text = String::from_utf8_lossy(bytes);
    assert!(!signed(&[b"secret".to_vec()], bytes, &text));
    assert!(!plain(&text).0.contains("<!-- firstline "));
    assert!(reference(&text).is_none_or(|it| it.number > 0));
});
