//! Who watches over a desk: what the log says of a request and what it keeps to itself, and what can be counted.

use super::process::{Home, ask, get};

/// The page that says what `/metrics` says.
const REFERENCE: &str = include_str!("../../../../docs/generated/metrics.md");

#[test]
fn a_request_has_one_id_in_its_answer_and_in_the_log() {
    let home = Home::new();
    let server = home.serve();
    let given = ask(&server.address, "GET /support", "X-Request-Id: proxy-7.a\r\n", "");
    assert_eq!(given.header("x-request-id"), Some("proxy-7.a"));
    let line = server.logs("answered");
    assert!(line.contains("\"id\":\"proxy-7.a\"") && line.contains("\"route\":\"/support\""), "{line}");
    let made = ask(&server.address, "GET /support", "X-Request-Id: a\" forged=\"1\r\n", "");
    let id = made.header("x-request-id").unwrap();
    assert!(id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    assert!(server.logs("answered").contains(&format!("\"id\":\"{id}\"")));
}

#[test]
fn links_that_let_somebody_in_are_not_in_the_log() {
    let home = Home::new();
    home.configure("data_dir", "log_level = \"debug\"\ndata_dir");
    let added = home.run(&["staff", "add", "Ines <ines@vendor.example>", "--grant", "agent"]);
    let link =
        added.out.split_whitespace().find(|word| word.contains("/verify/")).unwrap_or_else(|| panic!("{added:?}"));
    let token = link.trim_end_matches('.').rsplit('/').next().unwrap();
    let server = home.serve();
    let path = format!("/verify/{token}");
    assert_eq!(get(&server.address, &path).0, 200);
    let form = "password=correct-horse-battery-staple-91&address=ines%40vendor.example";
    let set = ask(&server.address, &format!("POST {path}"), "", form);
    assert!(set.status < 500, "{set:?}");
    get(&server.address, "/support.md");
    let lines = server.logs_until("\"route\":\"/support.md\"");
    assert!(lines.iter().any(|line| line.contains("\"route\":\"/verify/{token}\"")), "{lines:#?}");
    for line in lines {
        for secret in [token, "correct-horse", "ines@vendor", "ines%40vendor"] {
            assert!(!line.contains(secret), "{secret} is in the log: {line}");
        }
    }
}

#[test]
fn what_is_counted_is_documented_and_names_nobody() {
    let home = Home::new();
    let mut server = home.serve();
    assert_eq!(get(&server.address, "/requests/77").0, 303);
    assert_eq!(get(&server.address, "/nowhere/ada").0, 404);
    let wrong = ask(&server.address, "POST /sign-in", "", "address=ada%40vendor.example&password=wrong");
    assert!(wrong.status < 500, "{wrong:?}");
    let (status, page) = server.health("/metrics");
    assert_eq!(status, 200);
    for line in page.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split(['{', ' ']).next().unwrap();
        let whole = ["_bucket", "_sum", "_count"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
        assert!(REFERENCE.contains(&format!("| `{whole}` |")), "{name} is in no reference");
    }
    for name in REFERENCE.lines().filter_map(|line| line.strip_prefix("| `")).filter_map(|line| line.split('`').next())
    {
        assert!(
            page.lines().any(|line| !line.starts_with('#') && line.starts_with(name)),
            "{name} has no value: {page}"
        );
    }
    for line in [
        "firstline_http_requests_total{route=\"/requests/{id}\",method=\"GET\",status=\"303\"} 1",
        "firstline_http_requests_total{route=\"unmatched\",method=\"GET\",status=\"404\"} 1",
        "firstline_http_request_duration_seconds_count{route=\"/sign-in\",method=\"POST\"} 1",
        "firstline_mails_total{outcome=\"sent\"} 0",
        "firstline_jobs{kind=\"mail\",state=\"parked\"} 0",
        "firstline_clock_marks_total{mark=\"breached\"} 0",
        "firstline_writes 1",
        "firstline_database_up 1",
        "firstline_sessions 0",
    ] {
        assert!(page.lines().any(|known| known == line), "{line} is not in {page}");
    }
    assert!(!page.contains("ada") && !page.contains("vendor.example"), "{page}");
    assert_eq!(get(&server.address, "/metrics").0, 404, "figures are not for the world");
}
