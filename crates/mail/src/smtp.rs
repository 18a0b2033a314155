//! The connection to a mail server, and what its answers mean: accepted, refused for good, or try again.

use std::time::Duration;

use desk::ports::{Accepted, Letter, SendFault};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor,
    address::Envelope,
    transport::smtp::{
        Error, PoolConfig,
        authentication::Credentials as LettreCredentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
        response::{Code, Severity},
    },
};

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
    /// For connecting, and for each answer.
    pub timeout: Duration,
    /// At most so many connections at a time.
    pub connections: u32,
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

/// Connections to one server, kept open between mails.
#[derive(Clone, Debug)]
pub(crate) struct Connections(AsyncSmtpTransport<Tokio1Executor>);

impl Connections {
    /// Connects to nothing yet. Must be called inside a Tokio runtime.
    pub(crate) fn new(smtp: &Smtp) -> Result<Self, SetupFault> {
        if smtp.security == Security::None && smtp.credentials.is_some() && !is_this_machine(&smtp.host) {
            return Err(SetupFault(format!(
                "the password for {} would cross the network in the clear: use starttls or tls",
                smtp.host
            )));
        }
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)
            .port(smtp.port)
            .tls(tls(smtp)?)
            .hello_name(ClientId::Domain(smtp.hello.clone()))
            .timeout(Some(smtp.timeout))
            .pool_config(PoolConfig::new().max_size(smtp.connections));
        if let Some(Credentials { user, password }) = &smtp.credentials {
            builder = builder.credentials(LettreCredentials::new(user.clone(), password.clone()));
        }
        Ok(Self(builder.build()))
    }

    /// Hands a letter over.
    pub(crate) async fn send(&self, letter: Letter<'_>) -> Result<Accepted, SendFault> {
        let envelope = envelope(letter)?;
        // What fails before the letter is named (greeting, TLS, sign-in) says nothing about the letter, even
        // when the server calls it permanent; and a connection that went stale is replaced here.
        self.0.test_connection().await.map_err(|fault| SendFault::Deferred { answer: fault.to_string() })?;
        match self.0.send_raw(&envelope, letter.bytes).await {
            Ok(response) => Ok(Accepted { answer: response.message().collect::<Vec<_>>().join(" ") }),
            Err(fault) => Err(meaning(&fault)),
        }
    }
}

/// What a fault of sending says about the letter. Enhanced codes (RFC 3463) stand at the start of the answer.
fn meaning(fault: &Error) -> SendFault {
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

fn tls(smtp: &Smtp) -> Result<Tls, SetupFault> {
    let parameters =
        || TlsParameters::new(smtp.host.clone()).map_err(|fault| SetupFault(format!("TLS for {}: {fault}", smtp.host)));
    Ok(match smtp.security {
        Security::None => Tls::None,
        Security::StartTls => Tls::Required(parameters()?),
        Security::Tls => Tls::Wrapper(parameters()?),
    })
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}
