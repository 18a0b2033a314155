//! A browser as small as it gets: one request a connection, an answer or none.

use std::time::Duration;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// Longer than any answer takes.
const PATIENCE: Duration = Duration::from_secs(20);
const BOUNDARY: &str = "----part";

/// Status, where it leads, and the session that it opens.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: String,
    pub(crate) session: Option<String>,
}

/// A part of a form; a file has a name.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    pub(crate) field: String,
    pub(crate) file: Option<String>,
    pub(crate) content: Vec<u8>,
}

impl Part {
    pub(crate) fn text(field: impl Into<String>, value: impl Into<String>) -> Self {
        Self { field: field.into(), file: None, content: value.into().into_bytes() }
    }
}

/// What a form sends.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    kind: String,
    content: Vec<u8>,
}

impl Body {
    /// A form that takes files.
    pub(crate) fn parts(parts: &[Part]) -> Self {
        Self { kind: format!("multipart/form-data; boundary={BOUNDARY}"), content: multipart(parts) }
    }

    /// A form of words that need no escapes.
    pub(crate) fn fields(written: impl Into<String>) -> Self {
        Self { kind: "application/x-www-form-urlencoded".to_owned(), content: written.into().into_bytes() }
    }
}

/// Sends a form as a page of the site does; `None` when no whole answer came.
pub(crate) async fn post(address: &str, session: &str, path: &str, body: Body) -> Option<Answer> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nCookie: session={session}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.kind,
        body.content.len()
    );
    ask(address, [head.into_bytes(), body.content].concat()).await
}

/// Signs in with a password.
pub(crate) async fn sign_in(address: &str, mailbox: &str, password: &str) -> Option<Answer> {
    let entry = format!("address={}&password={password}", mailbox.replace('@', "%40"));
    post(address, "", "/sign-in", Body::fields(entry)).await
}

pub(crate) async fn get(address: &str, session: &str, path: &str) -> Option<Answer> {
    let head =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: session={session}\r\nConnection: close\r\n\r\n");
    ask(address, head.into_bytes()).await
}

async fn ask(address: &str, request: Vec<u8>) -> Option<Answer> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await.ok()?;
        stream.write_all(&request).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        read(&String::from_utf8_lossy(&answer))
    };
    timeout(PATIENCE, exchange).await.ok()?
}

fn read(answer: &str) -> Option<Answer> {
    let (head, _) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
    let session = header("set-cookie: session=").and_then(|rest| Some(rest.split(';').next()?.to_owned()));
    Some(Answer { status, location: header("location: ").unwrap_or_default(), session })
}

fn multipart(parts: &[Part]) -> Vec<u8> {
    let mut body = Vec::new();
    for part in parts {
        let file = part.file.as_ref().map(|name| format!("; filename=\"{name}\"")).unwrap_or_default();
        let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"{file}\r\n\r\n", part.field);
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&part.content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}
