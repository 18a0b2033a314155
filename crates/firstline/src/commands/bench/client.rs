//! A browser that only counts: HTTP/1.1 on a connection that stays open, a session's cookie, and the headers by which
//! browsers ask. It reads whole answers and looks at their status.

use std::{net::SocketAddr, time::Duration};

use anyhow::{Context, bail, ensure};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

use super::machine::now;

/// Somebody's browser, connected.
#[derive(Debug)]
pub(super) struct Client {
    stream: BufReader<TcpStream>,
    session: String,
    body: Vec<u8>,
}

/// An answer's head, and how long the whole answer took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub took: Duration,
}

impl Client {
    /// `session`: the token of the cookie; empty for a visitor.
    pub(super) async fn connect(to: SocketAddr, session: &str) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream: BufReader::new(stream), session: session.to_owned(), body: Vec::new() })
    }

    /// Comes as somebody else from now on.
    pub(super) fn become_session(&mut self, session: &str) {
        session.clone_into(&mut self.session);
    }

    pub(super) async fn get(&mut self, path: &str) -> anyhow::Result<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\n{}\r\n", self.headers())).await
    }

    /// Asks for what does not end by itself, and reads the head of the answer; its lines are read by `line`.
    pub(super) async fn begin(&mut self, path: &str) -> anyhow::Result<()> {
        self.stream.write_all(format!("GET {path} HTTP/1.1\r\n{}\r\n", self.headers()).as_bytes()).await?;
        let status = self.line().await?;
        ensure!(status.contains(" 200 "), "{path} answered {status}");
        while !self.line().await?.is_empty() {}
        Ok(())
    }

    /// A form, as a page of the site sends it.
    pub(super) async fn post(&mut self, path: &str, form: &str) -> anyhow::Result<Answer> {
        let head = format!(
            "POST {path} HTTP/1.1\r\n{}sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{form}",
            self.headers(),
            form.len(),
        );
        self.ask(&head).await
    }

    fn headers(&self) -> String {
        format!(
            "host: localhost\r\naccept: text/html\r\naccept-encoding: gzip, deflate, br, zstd\r\nuser-agent: bench\r\n\
             cookie: session={}\r\n",
            self.session
        )
    }

    async fn ask(&mut self, request: &str) -> anyhow::Result<Answer> {
        let begun = now();
        self.stream.write_all(request.as_bytes()).await?;
        let status = self.read().await?;
        Ok(Answer { status, took: begun.elapsed() })
    }

    /// Reads an answer to its end (RFC 9112, 6).
    async fn read(&mut self) -> anyhow::Result<u16> {
        let status = self.line().await?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok()).context("a status line")?;
        let (mut length, mut is_chunked) = (0, false);
        loop {
            let line = self.line().await?.to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            match line.split_once(": ") {
                Some(("content-length", value)) => length = value.parse()?,
                Some(("transfer-encoding", "chunked")) => is_chunked = true,
                _ => {}
            }
        }
        if !is_chunked {
            self.take(length).await?;
            return Ok(status);
        }
        loop {
            let size = usize::from_str_radix(&self.line().await?, 16).context("the size of a chunk")?;
            self.take(size).await?;
            ensure!(self.line().await?.is_empty(), "a chunk ends with its line");
            if size == 0 {
                return Ok(status);
            }
        }
    }

    pub(super) async fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            bail!("the server hung up");
        }
        Ok(line.trim_end().to_owned())
    }

    async fn take(&mut self, bytes: usize) -> anyhow::Result<()> {
        self.body.resize(bytes, 0);
        self.stream.read_exact(&mut self.body).await?;
        Ok(())
    }
}
