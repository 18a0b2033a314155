//! The proxies that there is an example for, each started from it before a desk. What is asked of them, the stories say.

use std::{
    fs,
    net::TcpListener,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc::Receiver,
};

use super::{
    process::{Home, Server, Whole, heard, lines},
    process_tls::{certificate, over_tls},
};

const NGINX: &str = include_str!("../../../../packaging/nginx/firstline.conf");
const CADDY: &str = include_str!("../../../../packaging/caddy/Caddyfile");
const POLICY: &str = include_str!("../../../../policies/allure-testops.toml");

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Nginx,
    Caddy,
}

/// A proxy that runs; it ends with the test.
pub(crate) struct Proxy {
    home: Home,
    /// Where it hears http and https.
    pub(crate) plain: String,
    pub(crate) https: String,
    process: Child,
    /// Read on, since a proxy may not outlive who reads its log.
    _log: Receiver<String>,
}

impl Proxy {
    pub(crate) fn before_a_desk(kind: Kind) -> (Self, Server) {
        let home = Home::empty();
        fs::write(home.path("policy.toml"), POLICY.replacen("file_mebibytes = 2048", "file_mebibytes = 4", 1)).unwrap();
        let ada = ["--administrator", "Ada <ada@vendor.example>", "--policy", "policy.toml"];
        let made = home.run(&[&["init", "--base-url", "https://localhost"][..], &ada[..]].concat());
        assert!(made.well, "{made:?}");
        home.configure("\"127.0.0.1:8080\"", "\"127.0.0.1:0\"");
        home.configure("\"127.0.0.1:8081\"", "\"127.0.0.1:0\"");
        home.configure("# trusted_proxies", "trusted_proxies");
        let server = home.serve();
        (Self::before(kind, &server.address, home), server)
    }

    /// Comes back once it listens.
    pub(crate) fn before(kind: Kind, desk: &str, home: Home) -> Self {
        certificate(&home, "tls");
        let (plain, https) = (free(), free());
        let (process, log) = match kind {
            Kind::Nginx => nginx(&home, desk, [&plain, &https]),
            Kind::Caddy => caddy(&home, desk, [&plain, &https]),
        };
        Self { home, plain, https, process, _log: log }
    }

    pub(crate) fn certificate(&self) -> PathBuf {
        self.home.path("tls.pem")
    }

    pub(crate) fn get(&self, path: &str, headers: &str) -> Whole {
        let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        over_tls(&self.https, &self.certificate(), head.as_bytes()).unwrap()
    }

    pub(crate) fn post(&self, path: &str, (kind, body): (&str, &[u8]), headers: &str) -> Whole {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: https://localhost\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{headers}\r\n",
            body.len()
        );
        let whole = [head.as_bytes(), body].concat();
        over_tls(&self.https, &self.certificate(), &whole).unwrap()
    }

    /// Ines chooses a password; her cookie.
    pub(crate) fn let_ines_in(&self) -> String {
        let added = self.home.run(&["staff", "add", "Ines <ines@vendor.example>", "--grant", "agent"]);
        let path = added.out.trim().split("https://localhost").nth(1).unwrap_or_else(|| panic!("{added:?}")).to_owned();
        let form = ("application/x-www-form-urlencoded", &b"password=a-long-walk-by-the-river-42"[..]);
        let entered = self.post(&path, form, "");
        let mut cookies = entered.head.lines().filter_map(|line| line.split_once(": ").map(|(_, value)| value));
        let session = cookies.find(|value| value.starts_with("__Host-session="));
        session.unwrap_or_else(|| panic!("{entered:?}")).to_owned()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // In order, so that nginx takes its workers along.
        let id = self.process.id().to_string();
        let _ = Command::new("sh").args(["-c", "kill -s TERM \"$0\"", &id]).status();
        let _ = self.process.wait();
    }
}

fn nginx(home: &Home, desk: &str, [plain, https]: [&str; 2]) -> (Child, Receiver<String>) {
    let file = |name: &str| home.path(name).display().to_string();
    let site = told(
        NGINX,
        &[
            ("listen 80;", format!("listen {plain};")),
            ("listen 443 ssl;", format!("listen {https} ssl;")),
            ("http://127.0.0.1:8080", format!("http://{desk}")),
            ("/etc/ssl/help.example.com/fullchain.pem", file("tls.pem")),
            ("/etc/ssl/help.example.com/privkey.pem", file("tls.key")),
            ("help.example.com", "localhost".to_owned()),
        ],
    );
    let temporary =
        ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|kind| format!("{kind}_temp_path {kind};"));
    let own = "pid nginx.pid;\ndaemon off;\nerror_log stderr notice;\nevents {}\n";
    let all = format!("{own}http {{\naccess_log off;\n{}\n{site}\n}}\n", temporary.join("\n"));
    fs::write(home.path("nginx.conf"), all).unwrap();
    let mut nginx = Command::new("/usr/sbin/nginx");
    nginx.arg("-p").arg(home.path("")).args(["-e", "stderr", "-c", "nginx.conf"]);
    // It listens before it makes its workers.
    started(nginx, "start worker process ")
}

fn caddy(home: &Home, desk: &str, [plain, https]: [&str; 2]) -> (Child, Receiver<String>) {
    let port = |address: &str| address.rsplit(':').next().unwrap().to_owned();
    // Without a certificate of its own, it would ask a public authority for one.
    let site = told(
        CADDY,
        &[("help.example.com {", "localhost {\n\ttls tls.pem tls.key".to_owned()), ("127.0.0.1:8080", desk.to_owned())],
    );
    let ports = format!("http_port {}\n\thttps_port {}", port(plain), port(https));
    let own = format!("{{\n\tadmin off\n\tdefault_bind 127.0.0.1\n\t{ports}\n}}\n");
    fs::write(home.path("Caddyfile"), own + &site).unwrap();
    let mut caddy = Command::new("/usr/bin/caddy");
    caddy.args(["run", "--config", "Caddyfile", "--adapter", "caddyfile"]).current_dir(home.path(""));
    for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"] {
        caddy.env(name, home.path(""));
    }
    started(caddy, "serving initial configuration")
}

/// The example, with these words instead of its own: each has to stand in it.
fn told(example: &str, words: &[(&str, String)]) -> String {
    words.iter().fold(example.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "the example says {old}");
        // What it says of itself in comments stays.
        let lines = text.lines().map(|line| match line.trim_start().starts_with('#') {
            true => line.to_owned(),
            false => line.replace(old, new),
        });
        lines.collect::<Vec<_>>().join("\n") + "\n"
    })
}

/// Starts a proxy, and waits until its log says that it listens.
fn started(mut command: Command, listens: &str) -> (Child, Receiver<String>) {
    let started = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let mut process = started.unwrap_or_else(|error| panic!("{command:?}: {error}; install it, as CI does"));
    let log = lines(process.stderr.take().unwrap());
    heard(&log, listens);
    (process, log)
}

/// An address that nobody listens on.
fn free() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}
