//! A mail server that misbehaves: it accepts, refuses, puts off, hangs, and dies before or after its answer. Remembers
//! every letter and whether it said that it took it.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::dice::Dice;

/// What it does with the next letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    Accept,
    /// 550 to the recipient.
    Refuse,
    /// 451 to the recipient.
    PutOff,
    /// Says nothing to the recipient.
    Hang,
    /// Takes the letter and breaks off without an answer.
    DieBefore,
    /// Answers that it took the letter, and breaks off.
    DieAfter,
}

const MOODS: [Mood; 8] =
    [Mood::Accept, Mood::Accept, Mood::Accept, Mood::Refuse, Mood::PutOff, Mood::Hang, Mood::DieBefore, Mood::DieAfter];

/// A letter that came.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    /// Of its Message-ID, before the @: the key of the mail.
    pub(crate) key: String,
    pub(crate) recipient: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether 250 went out in answer to it.
    pub(crate) acknowledged: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Sink {
    pub(crate) port: u16,
    /// Conversations under way at this port.
    open: Arc<AtomicUsize>,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug)]
struct Inner {
    /// One mood for all letters, or a throw for each.
    mood: Option<Mood>,
    dice: Dice,
    letters: Vec<Letter>,
    refused: Vec<String>,
}

impl Sink {
    /// Listens until the runtime ends.
    pub(crate) async fn open(dice: Dice) -> Result<Self> {
        let inner = Inner { mood: Some(Mood::Accept), dice, letters: vec![], refused: vec![] };
        Self::listen(Arc::new(Mutex::new(inner))).await
    }

    /// The same server at a port of its own, so that it is known whose conversations have ended.
    pub(crate) async fn beside(&self) -> Result<Self> {
        Self::listen(Arc::clone(&self.inner)).await
    }

    async fn listen(inner: Arc<Mutex<Inner>>) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.context("a port for the mail server")?;
        let sink = Self { port: listener.local_addr()?.port(), open: Arc::default(), inner };
        let taking = sink.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let sink = taking.clone();
                sink.open.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(async move {
                    let _ = sink.talk(stream).await;
                    sink.open.fetch_sub(1, Ordering::SeqCst);
                });
            }
        });
        Ok(sink)
    }

    /// From now on; `None`: a throw for each letter.
    pub(crate) fn be(&self, mood: Option<Mood>) {
        self.inner().mood = mood;
    }

    pub(crate) fn letters(&self) -> Vec<Letter> {
        self.inner().letters.clone()
    }

    /// Waits until every conversation has ended: with a process that died, soon.
    pub(crate) async fn quiet(&self) {
        while self.open.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// Recipients that were refused.
    pub(crate) fn refused(&self) -> Vec<String> {
        self.inner().refused.clone()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn mood(&self) -> Mood {
        let mut inner = self.inner();
        match inner.mood {
            Some(mood) => mood,
            None => *inner.dice.one_of(&MOODS).expect("there are moods"),
        }
    }

    async fn talk(&self, stream: TcpStream) -> Option<()> {
        let mut wire = BufReader::new(stream);
        say(&mut wire, "220 sink").await?;
        let (mut recipient, mut mood) = (String::new(), Mood::Accept);
        loop {
            let line = hear(&mut wire).await?;
            let verb = line.get(..4).unwrap_or(&line).to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => say(&mut wire, "250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8").await?,
                "RCPT" => {
                    mood = self.mood();
                    line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut recipient);
                    self.receive_recipient(&mut wire, mood, &recipient).await?;
                }
                "DATA" => {
                    say(&mut wire, "354 go on").await?;
                    self.receive_letter(&mut wire, mood, &recipient).await?;
                }
                "QUIT" => return say(&mut wire, "221 bye").await,
                _ => say(&mut wire, "250 fine").await?,
            }
        }
    }

    async fn receive_recipient(&self, wire: &mut BufReader<TcpStream>, mood: Mood, recipient: &str) -> Option<()> {
        match mood {
            Mood::Refuse => {
                self.inner().refused.push(recipient.to_owned());
                say(wire, "550 5.1.1 no such mailbox").await
            }
            Mood::PutOff => say(wire, "451 4.7.1 later").await,
            // Until the other side gives up.
            Mood::Hang => hear(wire).await.and(None),
            Mood::Accept | Mood::DieBefore | Mood::DieAfter => say(wire, "250 known").await,
        }
    }

    async fn receive_letter(&self, wire: &mut BufReader<TcpStream>, mood: Mood, recipient: &str) -> Option<()> {
        let bytes = read_letter(wire).await?;
        let key = mail_parser::MessageParser::default().parse(&bytes)?.message_id()?.split('@').next()?.to_owned();
        let acknowledged = mood != Mood::DieBefore;
        // Before the answer goes out: who was told so finds it here.
        self.inner().letters.push(Letter { key, recipient: recipient.to_owned(), bytes, acknowledged });
        if acknowledged {
            say(wire, "250 taken").await?;
        }
        (mood == Mood::Accept).then_some(())
    }
}

async fn read_letter(wire: &mut BufReader<TcpStream>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        let mut line = Vec::new();
        if wire.read_until(b'\n', &mut line).await.ok()? == 0 {
            return None;
        }
        if line == b".\r\n" {
            return Some(bytes);
        }
        bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

async fn hear(wire: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = wire.read_line(&mut line).await.ok()?;
    (read > 0).then_some(line)
}

async fn say(wire: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    wire.write_all(format!("{line}\r\n").as_bytes()).await.ok()
}
