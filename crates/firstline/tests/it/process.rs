//! The binary as a process: a folder of its own, a server that is started, signalled and killed, and commands beside
//! it. Waits for what the process says or does, with a deadline, never for a time.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    time::Duration,
};

/// Longer than anything takes here, also beside other tests.
const DEADLINE: Duration = Duration::from_secs(60);

/// A desk made by `firstline init`.
pub(crate) struct Home {
    folder: tempfile::TempDir,
}

/// What a command printed and whether it went well.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) out: String,
    pub(crate) error: String,
    pub(crate) well: bool,
}

impl Home {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A desk on the reference policy, with Ada as its administrator.
    pub(crate) fn new() -> Self {
        let home = Self::empty();
        let said =
            home.run(&["init", "--base-url", "http://127.0.0.1:8080", "--administrator", "Ada <ada@vendor.example>"]);
        assert!(said.well, "{said:?}");
        home.configure("listen = \"127.0.0.1:8080\"", "listen = \"127.0.0.1:0\"");
        home.configure("health_listen = \"127.0.0.1:8081\"", "health_listen = \"127.0.0.1:0\"");
        home
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Changes a line of the configuration.
    pub(crate) fn configure(&self, old: &str, new: &str) {
        let text = std::fs::read_to_string(self.path("firstline.toml")).unwrap();
        assert!(text.contains(old), "{text}");
        std::fs::write(self.path("firstline.toml"), text.replacen(old, new, 1)).unwrap();
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { out: text(output.stdout), error: text(output.stderr), well: output.status.success() }
    }

    /// Starts the server and waits until it serves.
    pub(crate) fn serve(&self) -> Server {
        self.serve_by(self.command(&["serve"]))
    }

    /// The same, by a command that becomes the server.
    pub(crate) fn serve_by(&self, mut command: Command) -> Server {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let out = lines(child.stdout.take().unwrap());
        let log = lines(child.stderr.take().unwrap());
        let mut server = Server { child: Some(child), log, address: String::new(), health: String::new() };
        let serves = heard(&out, "Firstline serves");
        server.address = serves.trim_end_matches('.').rsplit(' ').next().unwrap().to_owned();
        server
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_firstline"));
        command.args(arguments).current_dir(self.folder.path()).env("FIRSTLINE_LOG", "json");
        // What the tests are told of their servers is no setting of a desk.
        for name in ["FIRSTLINE_TEST_POSTGRES", "FIRSTLINE_TEST_SMTP", "FIRSTLINE_TEST_MAILBOXES"] {
            command.env_remove(name);
        }
        command
    }
}

/// A server that runs; killed when the test is over.
pub(crate) struct Server {
    child: Option<Child>,
    log: Receiver<String>,
    /// Where the site answers.
    pub(crate) address: String,
    health: String,
}

impl Server {
    /// The line of the log that holds `words`.
    pub(crate) fn logs(&self, words: &str) -> String {
        heard(&self.log, words)
    }

    /// All lines of the log from here to the one that holds `words`.
    pub(crate) fn logs_until(&self, words: &str) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            lines.push(heard(&self.log, ""));
            if lines.last().is_some_and(|line| line.contains(words)) {
                return lines;
            }
        }
    }

    /// The number of the process.
    pub(crate) fn id(&self) -> u32 {
        self.child.as_ref().unwrap().id()
    }

    /// Status and body of a page of the health listener.
    pub(crate) fn health(&mut self, path: &str) -> (u16, String) {
        if self.health.is_empty() {
            let line = self.logs("health answers");
            let line: serde_json::Value = serde_json::from_str(&line).unwrap();
            self.health = line["fields"]["address"].as_str().unwrap().to_owned();
        }
        get(&self.health, path)
    }

    /// Sends a signal: `TERM`, `HUP`, `KILL`.
    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.as_ref().unwrap().id().to_string();
        let sent = Command::new("sh").args(["-c", "kill -s \"$0\" \"$1\"", name, &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end; whether it ended well.
    pub(crate) fn ended(mut self) -> bool {
        self.child.take().unwrap().wait().unwrap().success()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may have ended by itself.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Asks for a page; status and body.
pub(crate) fn get(address: &str, path: &str) -> (u16, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    answer(&mut stream)
}

/// Reads an answer to its end; status and body.
pub(crate) fn answer(stream: &mut TcpStream) -> (u16, String) {
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    let Whole { status, body, .. } = Whole::read(stream);
    (status, body)
}

/// An answer with its head.
#[derive(Debug)]
pub(crate) struct Whole {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Whole {
    pub(crate) fn read(stream: &mut impl Read) -> Self {
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.unwrap_or_else(|| panic!("no answer: {text:?}"));
        Self { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// A header's value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Sends the head of a request with further lines and, where it is a form, its fields.
pub(crate) fn ask(address: &str, line: &str, headers: &str, form: &str) -> Whole {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    let kind = "Content-Type: application/x-www-form-urlencoded";
    let length = form.len();
    write!(
        stream,
        "{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nOrigin: http://127.0.0.1:8080\r\n\
         Sec-Fetch-Site: same-origin\r\n{kind}\r\nContent-Length: {length}\r\n{headers}\r\n{form}"
    )
    .unwrap();
    Whole::read(&mut stream)
}

/// The permissions of a file, in octal.
pub(crate) fn mode(file: &Path) -> String {
    use std::os::unix::fs::PermissionsExt;
    format!("{:o}", std::fs::metadata(file).unwrap().permissions().mode() & 0o777)
}

/// What a process says, line by line.
pub(crate) fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (send, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(from).lines().map_while(Result::ok) {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

/// The first line with these words, from here on.
pub(crate) fn heard(lines: &Receiver<String>, words: &str) -> String {
    let mut before = Vec::new();
    loop {
        match lines.recv_timeout(DEADLINE) {
            Ok(line) if line.contains(words) => return line,
            Ok(line) => before.push(line),
            Err(_) => panic!("the process never said {words:?}; it said {before:#?}"),
        }
    }
}
