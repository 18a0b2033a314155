//! A desk behind each proxy that there is an example for, set up as the example says: only ports and files are others. https
//! ends at the proxy; uploads have the policy's limit and no other; a visitor's own claims of where he comes from go no
//! further.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    sync::mpsc,
};

use testkit::browser::{Part, multipart};

use super::{
    process::{Home, ask},
    process_proxies::{Kind, Proxy},
    process_tls::begin_over_tls,
};

const BOTH: [Kind; 2] = [Kind::Nginx, Kind::Caddy];

#[test]
fn https_ends_at_the_proxy_and_the_desk_knows_who_comes() {
    for kind in BOTH {
        let (proxy, _server) = Proxy::before_a_desk(kind);
        let sent_on = ask(&proxy.plain, "GET /support?a=b", "", "");
        assert!(matches!(sent_on.status, 301 | 308), "{sent_on:?}");
        let to = sent_on.header("location").unwrap();
        assert!(to.starts_with("https://") && to.ends_with("/support?a=b"), "{sent_on:?}");

        let page = proxy.get("/support", "X-Request-Id: a-visitors-own\r\n");
        let id = page.header("x-request-id").unwrap();
        assert!(page.status == 200 && id.len() >= 32, "{kind:?} gives the id: {}", page.head);
        assert!(page.header("strict-transport-security").is_some());

        let cookie = proxy.let_ines_in();
        for part in ["__Host-session=", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(part), "{cookie}");
        }
        let session = cookie.split(';').next().unwrap();
        let claim = format!("Cookie: {session}\r\nX-Forwarded-For: 203.0.113.66\r\n");
        let account = proxy.get("/account", &claim);
        assert!(account.body.contains("127.0.0.1") && !account.body.contains("203.0.113.66"), "{}", account.body);
    }
}

#[test]
fn a_file_has_the_limit_of_the_policy_and_a_larger_one_our_page() {
    for kind in BOTH {
        let (proxy, _server) = Proxy::before_a_desk(kind);
        let cookie = proxy.let_ines_in();
        let session = format!("Cookie: {}\r\n", cookie.split(';').next().unwrap());
        let send = |mebibytes: usize| {
            let file = vec![b'x'; mebibytes << 20];
            let body = multipart(&[Part::text("type", "question"), Part::file("file.evidence", "run.log", &file)]);
            proxy.post("/requests", ("multipart/form-data; boundary=----part", &body), &session)
        };
        let taken = send(4);
        assert!(taken.status == 422 && taken.body.contains("run.log"), "{kind:?}: {taken:?}");
        let refused = send(6);
        assert!(
            refused.status == 413 && refused.body.contains("A file may have 4 MiB at most"),
            "{kind:?}: {refused:?}"
        );
    }
}

#[test]
fn what_comes_piece_by_piece_is_passed_on_at_once() {
    for kind in BOTH {
        let upstream = TcpListener::bind("127.0.0.1:0").unwrap();
        let proxy = Proxy::before(kind, &upstream.local_addr().unwrap().to_string(), Home::empty());
        let (heard, goes_on) = mpsc::channel::<()>();
        let speaker = std::thread::spawn(move || speak(&upstream, &goes_on));
        let ask = b"GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        let mut answer = begin_over_tls(&proxy.https, &proxy.certificate(), ask).unwrap();
        read_up_to(&mut answer, b"data: one\n\n");
        heard.send(()).unwrap();
        read_up_to(&mut answer, b"data: two\n\n");
        speaker.join().unwrap();
    }
}

/// Says one event, and no second before the first was read at the other end.
fn speak(upstream: &TcpListener, goes_on: &mpsc::Receiver<()>) {
    let (mut stream, _) = upstream.accept().unwrap();
    let head = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    assert!(head.take_while(|line| !line.is_empty()).any(|line| line == "GET /events HTTP/1.1"));
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n").unwrap();
    goes_on.recv().unwrap();
    stream.write_all(b"data: two\n\n").unwrap();
}

fn read_up_to(answer: &mut impl Read, words: &[u8]) {
    let mut read = Vec::new();
    while !read.windows(words.len()).any(|window| window == words) {
        let mut bytes = [0; 512];
        let count = answer.read(&mut bytes).unwrap();
        assert!(count > 0, "it ended after {}", String::from_utf8_lossy(&read));
        read.extend_from_slice(&bytes[..count]);
    }
}
