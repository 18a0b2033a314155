//! A server that stops while many look on: it lets go of them, ends in time, and lets them in again when it is back.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use super::process::{Home, ask};

/// What is promised: SIGTERM drains in so long.
const PROMISED: Duration = Duration::from_secs(10);
const DEADLINE: Duration = Duration::from_secs(60);

/// Somebody new at the desk, with the cookies of their session.
fn agent(home: &Home, address: &str, name: &str) -> String {
    let added = home.run(&["staff", "add", &format!("{name} <{name}@vendor.example>"), "--grant", "agent"]);
    let token = added.out.split("/verify/").nth(1).unwrap_or_else(|| panic!("{added:?}"));
    let token: String = token.chars().take_while(|letter| !letter.is_whitespace()).collect();
    let set = ask(address, &format!("POST /verify/{token}"), "", "password=ferry-lantern-oxbow-47-sill");
    let headers = set.head.lines().filter_map(|line| line.split_once(": "));
    let cookies = headers.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
    let cookies: Vec<&str> = cookies.map(|(_, value)| value.split(';').next().unwrap_or_default()).collect();
    assert!(!cookies.is_empty(), "{set:?}");
    cookies.join("; ")
}

/// Looks on, from after an entry on where one is known; done when the desk has said hello.
fn look_on(address: &str, cookie: &str, last: Option<&str>) -> BufReader<TcpStream> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    let last = last.map_or_else(String::new, |last| format!("Last-Event-ID: {last}\r\n"));
    write!(stream, "GET /desk/live HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\n{last}\r\n").unwrap();
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while !head.contains("event: hello") {
        assert!(stream.read_line(&mut head).unwrap() > 0, "{head}");
        assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    }
    stream
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long a process of the system took is what is asked")]
fn a_server_with_fifty_streams_open_ends_within_ten_seconds_and_takes_them_again() {
    let home = Home::new();
    let server = home.serve();
    let cookies = ["theo", "nele", "ines"].map(|name| agent(&home, &server.address, name));
    let open = |address: &str| -> Vec<BufReader<TcpStream>> {
        (0..50).map(|at| look_on(address, &cookies[at % cookies.len()], Some("1"))).collect()
    };
    let streams = open(&server.address);
    let asked = Instant::now();
    server.signal("TERM");
    assert!(server.ended(), "it ends well");
    assert!(asked.elapsed() < PROMISED, "it took {:?}", asked.elapsed());
    for mut stream in streams {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        assert!(rest.ends_with(b"0\r\n\r\n"), "each is let go in order: {:?}", String::from_utf8_lossy(&rest));
    }
    let server = home.serve();
    drop(open(&server.address));
    server.signal("TERM");
    assert!(server.ended());
}
