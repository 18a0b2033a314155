//! The connection to a mail server, and what its answers mean: accepted, refused for good, or try again.

use std::{
    sync::{Mutex, PoisonError},
    time::Duration,
};

use desk::ports::{Accepted, Letter, SendFault};
use lettre::{
    Address,
    address::Envelope,
    transport::smtp::{
        Error,
        authentication::{Credentials as LettreCredentials, DEFAULT_MECHANISMS},
        client::{AsyncSmtpConnection, TlsParameters},
        extension::ClientId,
        response::{Code, Severity},
    },
};
use tokio::{net::TcpStream, sync::Semaphore, time::timeout};

use crate::handover::{Patience, hand_over};

/// The server that carries our mail.
#[derive(Clone, Debug)]
pub struct Smtp {
    /// Its name; with TLS also the one in its certificate.
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub credentials: Option<Credentials>,
    /// How we name ourselves in EHLO.
    pub hello: String,
    /// For connecting and signing in, and for each command.
    pub timeout: Duration,
    /// For the answer to the letter itself: who gives up early sends again what was taken.
    pub letter_timeout: Duration,
    /// At most so many connections at a time.
    pub connections: usize,
}

/// How the connection is protected. Certificates are checked against the system's roots.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// In the clear: for a server on the same machine.
    None,
    /// STARTTLS before anything else; a server without it is not used.
    StartTls,
    /// TLS from the first byte (port 465).
    Tls,
}

/// A user name and password for the server.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    pub user: String,
    pub password: String,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Credentials").field("user", &self.user).finish_non_exhaustive()
    }
}

/// Settings that make no connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SetupFault(pub String);

/// Connections to one server, kept open between mails. Lettre's own pool would take a connection back whose
/// answer was given up on, and read that late answer as the next letter's; ours keeps only what answered in full.
pub(crate) struct Connections {
    smtp: Smtp,
    tls: Option<TlsParameters>,
    hello: ClientId,
    turns: Semaphore,
    idle: Mutex<Vec<AsyncSmtpConnection>>,
}

impl std::fmt::Debug for Connections {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Connections").field("smtp", &self.smtp).finish_non_exhaustive()
    }
}

impl Connections {
    /// Checks the settings; connects to nothing yet.
    pub(crate) fn new(smtp: Smtp) -> Result<Self, SetupFault> {
        let Smtp { host, security, .. } = &smtp;
        if *security == Security::None && smtp.credentials.is_some() && !is_this_machine(host) {
            let why = format!("the password for {host} would cross the network in the clear: use starttls or tls");
            return Err(SetupFault(why));
        }
        let parameters =
            || TlsParameters::new(host.clone()).map_err(|fault| SetupFault(format!("TLS for {host}: {fault}")));
        Ok(Self {
            tls: if *security == Security::None { None } else { Some(parameters()?) },
            hello: ClientId::Domain(smtp.hello.clone()),
            turns: Semaphore::new(smtp.connections.max(1)),
            idle: Mutex::default(),
            smtp,
        })
    }

    /// Hands a letter over. What fails before the letter is named (greeting, TLS, sign-in) says nothing about
    /// the letter, even when the server calls it permanent.
    pub(crate) async fn send(&self, letter: Letter<'_>) -> Result<Accepted, SendFault> {
        let envelope = envelope(letter)?;
        let _turn = self.turns.acquire().await.expect("the semaphore is never closed");
        let mut connection = timeout(self.smtp.timeout, self.connection())
            .await
            .map_err(|_| self.silence())?
            .map_err(|answer| SendFault::Deferred { answer })?;
        let patience = Patience { command: self.smtp.timeout, letter: self.smtp.letter_timeout };
        let response = hand_over(&mut connection, &envelope, letter, patience).await?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
        Ok(Accepted { answer: response.message().collect::<Vec<_>>().join(" ") })
    }

    /// One that still answers, else a new one.
    async fn connection(&self) -> Result<AsyncSmtpConnection, String> {
        while let Some(mut connection) = self.take_idle() {
            if connection.test_connected().await {
                return Ok(connection);
            }
        }
        self.connect().await
    }

    fn take_idle(&self) -> Option<AsyncSmtpConnection> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, String> {
        let Smtp { host, port, security, credentials, .. } = &self.smtp;
        let said = |fault: Error| fault.to_string();
        let mut connection = match &self.tls {
            // Of this one Lettre opens the stream, too.
            Some(tls) if *security == Security::Tls => {
                let (server, limit) = ((host.as_str(), *port), Some(self.smtp.timeout));
                AsyncSmtpConnection::connect_tokio1(server, limit, &self.hello, Some(tls.clone()), None).await
            }
            _ => AsyncSmtpConnection::connect_with_transport(Box::new(self.stream().await?), &self.hello).await,
        }
        .map_err(said)?;
        if let (Security::StartTls, Some(tls)) = (security, &self.tls) {
            connection.starttls(tls.clone(), &self.hello).await.map_err(said)?;
        }
        if let Some(Credentials { user, password }) = credentials {
            let credentials = LettreCredentials::new(user.clone(), password.clone());
            connection.auth(DEFAULT_MECHANISMS, &credentials).await.map_err(said)?;
        }
        Ok(connection)
    }

    /// Lettre writes a letter and its end apart, and the end would wait until the letter is acknowledged, which receivers put
    /// off: 40 ms for each mail (RFC 896; RFC 1122, 4.2.3.2).
    async fn stream(&self) -> Result<TcpStream, String> {
        let Smtp { host, port, .. } = &self.smtp;
        let opened = async {
            let stream = TcpStream::connect((host.as_str(), *port)).await?;
            stream.set_nodelay(true)?;
            Ok::<_, std::io::Error>(stream)
        };
        opened.await.map_err(|fault| format!("no connection to {host}:{port}: {fault}"))
    }

    /// The name in the server's greeting, after all that precedes a letter.
    async fn greeting(&self) -> Result<String, String> {
        let connected = timeout(self.smtp.timeout, self.connect()).await;
        let mut connection = connected.map_err(|_| format!("no answer within {:?}", self.smtp.timeout))??;
        let name = connection.server_info().name().to_owned();
        // The server was there; how it takes leave says nothing.
        let _ = connection.quit().await;
        Ok(name)
    }

    fn silence(&self) -> SendFault {
        let Smtp { host, port, timeout, .. } = &self.smtp;
        SendFault::Deferred { answer: format!("{host}:{port} did not answer within {timeout:?}") }
    }
}

/// Connects, speaks TLS and signs in as for a letter, and takes leave without one. The name that the server greets with,
/// or why it is of no use.
pub async fn knock(smtp: Smtp) -> Result<String, String> {
    Connections::new(smtp).map_err(|fault| fault.0)?.greeting().await
}

/// What a fault of sending says about the letter. Enhanced codes (RFC 3463) stand at the start of the answer.
pub(crate) fn meaning(fault: &Error) -> SendFault {
    let answer = fault.to_string();
    let is_about_us = fault.status().is_some_and(|code| SIGN_IN.contains(&number(code)));
    // A client's fault: an address or text that this server's extensions cannot carry.
    if (fault.is_permanent() && !is_about_us) || fault.is_client() {
        SendFault::Refused { answer }
    } else {
        SendFault::Deferred { answer }
    }
}

/// RFC 4954: authentication required, too weak, invalid, or encryption required; ours to mend.
const SIGN_IN: [u16; 4] = [530, 534, 535, 538];

fn number(code: Code) -> u16 {
    let severity = match code.severity {
        Severity::PositiveCompletion => 200,
        Severity::PositiveIntermediate => 300,
        Severity::TransientNegativeCompletion => 400,
        Severity::PermanentNegativeCompletion => 500,
    };
    severity + code.category as u16 * 10 + code.detail as u16
}

fn envelope(letter: Letter<'_>) -> Result<Envelope, SendFault> {
    let address = |text: &str| {
        text.parse::<Address>().map_err(|fault| SendFault::Refused { answer: format!("{text:?}: {fault}") })
    };
    Envelope::new(Some(address(letter.sender)?), vec![address(letter.recipient)?])
        .map_err(|fault| SendFault::Refused { answer: fault.to_string() })
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
