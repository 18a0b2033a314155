//! A desk behind nginx, set up as the example says: only ports and files are others. https ends at nginx; uploads have the
//! policy's limit and no other; a visitor's own claims of where he comes from go no further.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::PathBuf,
    process::Command,
    sync::mpsc,
};

use testkit::browser::{Part, multipart};

use super::{
    process::{Home, Server, Whole, ask},
    process_tls::{begin_over_tls, certificate, over_tls},
};

const EXAMPLE: &str = include_str!("../../../../packaging/nginx/firstline.conf");
const POLICY: &str = include_str!("../../../../policies/allure-testops.toml");

struct Nginx {
    home: Home,
    plain: String,
    https: String,
}

impl Nginx {
    fn before_a_desk() -> (Self, Server) {
        let home = Home::empty();
        fs::write(home.path("policy.toml"), POLICY.replacen("file_mebibytes = 2048", "file_mebibytes = 4", 1)).unwrap();
        let ada = ["--administrator", "Ada <ada@vendor.example>", "--policy", "policy.toml"];
        let made = home.run(&[&["init", "--base-url", "https://localhost"][..], &ada[..]].concat());
        assert!(made.well, "{made:?}");
        home.configure("\"127.0.0.1:8080\"", "\"127.0.0.1:0\"");
        home.configure("\"127.0.0.1:8081\"", "\"127.0.0.1:0\"");
        home.configure("# trusted_proxies", "trusted_proxies");
        let server = home.serve();
        (Self::before(&server.address, home), server)
    }

    fn before(address: &str, home: Home) -> Self {
        certificate(&home, "tls");
        let (plain, https) = (free(), free());
        let nginx = Self { home, plain, https };
        fs::write(nginx.file("nginx.conf"), nginx.configuration(address)).unwrap();
        // It comes back once it listens.
        nginx.run(&[]);
        nginx
    }

    fn configuration(&self, address: &str) -> String {
        let mut site = EXAMPLE.to_owned();
        for (old, new) in [
            ("listen 80;", format!("listen {};", self.plain)),
            ("listen 443 ssl;", format!("listen {} ssl;", self.https)),
            ("http://127.0.0.1:8080", format!("http://{address}")),
            ("/etc/ssl/help.example.com/fullchain.pem", self.file("tls.pem").display().to_string()),
            ("/etc/ssl/help.example.com/privkey.pem", self.file("tls.key").display().to_string()),
        ] {
            assert!(site.contains(old), "the example says {old}");
            site = site.replace(old, &new);
        }
        let temporary =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|kind| format!("{kind}_temp_path {kind};"));
        format!(
            "pid nginx.pid;\nerror_log error.log;\nevents {{}}\nhttp {{\naccess_log off;\n{}\n{}\n}}\n",
            temporary.join("\n"),
            site.replace("help.example.com", "localhost")
        )
    }

    fn file(&self, name: &str) -> PathBuf {
        self.home.path(name)
    }

    fn run(&self, arguments: &[&str]) {
        let mut nginx = Command::new("/usr/sbin/nginx");
        let done = nginx.arg("-p").arg(self.file("")).args(["-c", "nginx.conf"]).args(arguments).output();
        let done = done.expect("nginx can be started; install it, as CI does");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }

    fn get(&self, path: &str, headers: &str) -> Whole {
        let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        over_tls(&self.https, &self.file("tls.pem"), head.as_bytes()).unwrap()
    }

    fn post(&self, path: &str, (kind, body): (&str, &[u8]), headers: &str) -> Whole {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: https://localhost\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{headers}\r\n",
            body.len()
        );
        let whole = [head.as_bytes(), body].concat();
        over_tls(&self.https, &self.file("tls.pem"), &whole).unwrap()
    }

    /// Ines chooses a password; her cookie.
    fn let_ines_in(&self) -> String {
        let added = self.home.run(&["staff", "add", "Ines <ines@vendor.example>", "--grant", "agent"]);
        let path = added.out.trim().split("https://localhost").nth(1).unwrap_or_else(|| panic!("{added:?}")).to_owned();
        let form = ("application/x-www-form-urlencoded", &b"password=a-long-walk-by-the-river-42"[..]);
        let entered = self.post(&path, form, "");
        let mut cookies = entered.head.lines().filter_map(|line| line.split_once(": ").map(|(_, value)| value));
        let session = cookies.find(|value| value.starts_with("__Host-session="));
        session.unwrap_or_else(|| panic!("{entered:?}")).to_owned()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        self.run(&["-s", "stop"]);
    }
}

/// An address that nobody listens on.
fn free() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

#[test]
fn https_ends_at_nginx_and_the_desk_knows_who_comes() {
    let (nginx, _server) = Nginx::before_a_desk();
    let sent_on = ask(&nginx.plain, "GET /support?a=b", "", "");
    assert_eq!(sent_on.status, 301);
    assert!(sent_on.header("location").unwrap().ends_with("/support?a=b"), "{sent_on:?}");

    let page = nginx.get("/support", "X-Request-Id: a-visitors-own\r\n");
    let id = page.header("x-request-id").unwrap();
    assert!(page.status == 200 && id.len() == 32, "nginx gives the id: {}", page.head);
    assert!(page.header("strict-transport-security").is_some());

    let cookie = nginx.let_ines_in();
    for part in ["__Host-session=", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let session = cookie.split(';').next().unwrap();
    let account = nginx.get("/account", &format!("Cookie: {session}\r\nX-Forwarded-For: 203.0.113.66\r\n"));
    assert!(account.body.contains("127.0.0.1") && !account.body.contains("203.0.113.66"), "{}", account.body);
}

#[test]
fn a_file_has_the_limit_of_the_policy_and_a_larger_one_our_page() {
    let (nginx, _server) = Nginx::before_a_desk();
    let cookie = nginx.let_ines_in();
    let session = format!("Cookie: {}\r\n", cookie.split(';').next().unwrap());
    let send = |mebibytes: usize| {
        let file = vec![b'x'; mebibytes << 20];
        let body = multipart(&[Part::text("type", "question"), Part::file("file.evidence", "run.log", &file)]);
        nginx.post("/requests", ("multipart/form-data; boundary=----part", &body), &session)
    };
    let taken = send(4);
    assert!(taken.status == 422 && taken.body.contains("run.log"), "{taken:?}");
    let refused = send(6);
    assert!(refused.status == 413 && refused.body.contains("A file may have 4 MiB at most"), "{refused:?}");
}

#[test]
fn what_comes_piece_by_piece_is_passed_on_at_once() {
    let upstream = TcpListener::bind("127.0.0.1:0").unwrap();
    let nginx = Nginx::before(&upstream.local_addr().unwrap().to_string(), Home::empty());
    let (heard, goes_on) = mpsc::channel::<()>();
    let speaker = std::thread::spawn(move || {
        let (mut stream, _) = upstream.accept().unwrap();
        let head = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
        assert!(head.take_while(|line| !line.is_empty()).any(|line| line == "GET /events HTTP/1.1"));
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: one\n\n").unwrap();
        // No second event before the first was read at the other end.
        goes_on.recv().unwrap();
        stream.write_all(b"data: two\n\n").unwrap();
    });
    let ask = b"GET /events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let mut answer = begin_over_tls(&nginx.https, &nginx.file("tls.pem"), ask).unwrap();
    read_up_to(&mut answer, b"data: one\n\n");
    heard.send(()).unwrap();
    read_up_to(&mut answer, b"data: two\n\n");
    speaker.join().unwrap();
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
