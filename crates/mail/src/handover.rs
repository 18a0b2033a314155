//! Hands one letter over on an open connection, step by step, each with its own patience: a server that says nothing to a
//! command is given up soon, one that has the whole letter and thinks about it is not, since it may have taken it.

use std::time::Duration;

use desk::ports::{Letter, SendFault};
use lettre::{
    address::Envelope,
    transport::smtp::{
        Error,
        client::AsyncSmtpConnection,
        commands::{Data, Mail, Rcpt},
        extension::{Extension, MailBodyParameter, MailParameter},
        response::Response,
    },
};
use tokio::time::timeout;

/// How long to wait.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// For the answer to a command.
    pub(crate) command: Duration,
    /// For the answer to the letter (RFC 5321, 4.5.3.2.6).
    pub(crate) letter: Duration,
}

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The server does not offer what this letter needs.
    Beyond(String),
    Smtp(Error),
    Silence(Duration),
}

/// Names sender and recipient and sends the text; the answer to that.
pub(crate) async fn hand_over(
    connection: &mut AsyncSmtpConnection,
    envelope: &Envelope,
    letter: Letter<'_>,
    patience: Patience,
) -> Result<Response, Fault> {
    let parameters = parameters(connection, letter)?;
    let mail = connection.command(Mail::new(envelope.from().cloned(), parameters));
    within(patience.command, mail).await?;
    for to in envelope.to() {
        within(patience.command, connection.command(Rcpt::new(to.clone(), vec![]))).await?;
    }
    within(patience.command, connection.command(Data)).await?;
    within(patience.letter, connection.message(letter.bytes)).await
}

fn parameters(connection: &AsyncSmtpConnection, letter: Letter<'_>) -> Result<Vec<MailParameter>, Fault> {
    let offers = |extension| connection.server_info().supports_feature(extension);
    let mut parameters = vec![];
    if !letter.sender.is_ascii() || !letter.recipient.is_ascii() {
        if !offers(Extension::SmtpUtfEight) {
            return Err(Fault::Beyond(
                "the address has letters beyond ASCII, and the server has no SMTPUTF8".to_owned(),
            ));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    if !letter.bytes.is_ascii() {
        if !offers(Extension::EightBitMime) {
            return Err(Fault::Beyond("the text has letters beyond ASCII, and the server has no 8BITMIME".to_owned()));
        }
        parameters.push(MailParameter::Body(MailBodyParameter::EightBitMime));
    }
    Ok(parameters)
}

async fn within<T>(limit: Duration, step: impl Future<Output = Result<T, Error>>) -> Result<T, Fault> {
    timeout(limit, step).await.map_err(|_| Fault::Silence(limit))?.map_err(Fault::Smtp)
}

impl From<Fault> for SendFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Beyond(answer) => SendFault::Refused { answer },
            Fault::Smtp(error) => crate::smtp::meaning(&error),
            Fault::Silence(limit) => {
                SendFault::Deferred { answer: format!("the server did not answer within {limit:?}") }
            }
        }
    }
}
