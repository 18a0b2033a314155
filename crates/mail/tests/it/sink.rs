//! A mail server of a hundred lines that misbehaves on demand. For good behaviour there is a real one.

use std::{
    net::Ipv4Addr,
    sync::{Arc, Mutex},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    time::timeout,
};

/// What it does at a point of the conversation, instead of agreeing.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
    Say(&'static str),
    /// Says it once, and agrees from then on.
    SayOnce(&'static str),
    HangUp,
    /// Says it after a third of a second.
    SayLate(&'static str),
    /// Never answers again.
    Silence,
}

/// The points: `greeting`, a command's first word, or `.` for the end of the text.
type Script = (&'static str, Deed);

/// A running server; it ends with the test's runtime.
#[derive(Debug)]
pub(crate) struct Sink {
    pub(crate) port: u16,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Sink {
    pub(crate) async fn start(script: Script) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let sink = Self { port, seen: Arc::clone(&seen) };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let conversation = Conversation { stream: BufReader::new(stream), script, seen: Arc::clone(&seen) };
                tokio::spawn(conversation.hold());
            }
        });
        sink
    }

    /// The points reached, in order, over all connections.
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

struct Conversation {
    stream: BufReader<TcpStream>,
    script: Script,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Conversation {
    /// Speaks until somebody hangs up.
    async fn hold(mut self) {
        if self.answer("greeting").await.is_none() {
            return;
        }
        let mut in_text = false;
        loop {
            let mut line = String::new();
            if self.stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            let point = line.split_whitespace().next().unwrap_or_default();
            if in_text && point != "." {
                continue;
            }
            match self.answer(point).await {
                Some(answer) => in_text = answer.starts_with("354"),
                None => return,
            }
        }
    }

    async fn answer(&mut self, point: &str) -> Option<&'static str> {
        let times = {
            let mut seen = self.seen.lock().unwrap();
            seen.push(point.to_owned());
            seen.iter().filter(|earlier| *earlier == point).count()
        };
        let said = match self.script {
            (at, Deed::Say(said)) if at == point => said,
            (at, Deed::SayOnce(said)) if at == point && times == 1 => said,
            (at, Deed::SayLate(said)) if at == point => {
                let _ = timeout(Duration::from_millis(333), std::future::pending::<()>()).await;
                said
            }
            (at, Deed::HangUp) if at == point => return None,
            (at, Deed::Silence) if at == point => std::future::pending().await,
            _ => agreement(point),
        };
        self.stream.write_all(format!("{said}\r\n").as_bytes()).await.ok()?;
        Some(said)
    }
}

fn agreement(point: &str) -> &'static str {
    match point {
        "greeting" => "220 sink ESMTP",
        "EHLO" => "250-sink\r\n250-8BITMIME\r\n250 AUTH PLAIN",
        "AUTH" => "235 2.7.0 welcome",
        "DATA" => "354 go on",
        "." => "250 2.0.0 kept as 4711",
        "QUIT" => "221 bye",
        _ => "250 2.0.0 fine",
    }
}
