//! What an answer of a server means: accepted, refused for good, or try again. Only what is said about the letter
//! itself may refuse it; a fault of the connection or of our sign-in never loses a mail.

use std::time::Duration;

use desk::ports::{Accepted, Letter, Postman, SendFault};
use mail::{Credentials, Security, Smtp, SmtpPost};

use crate::{
    cast::composer,
    sink::{Deed, Sink},
};

fn server(port: u16) -> Smtp {
    Smtp {
        host: "127.0.0.1".into(),
        port,
        security: Security::None,
        credentials: Some(Credentials { user: "desk".into(), password: "secret".into() }),
        hello: "larkspur.example".into(),
        timeout: Duration::from_secs(20),
        letter_timeout: Duration::from_secs(20),
        connections: 2,
    }
}

const LETTER: Letter<'_> =
    Letter { sender: "support@larkspur.example", recipient: "dana@acme.example", bytes: b"Subject: a\r\n\r\nb\r\n" };

async fn send(server: Smtp) -> Result<Accepted, SendFault> {
    SmtpPost::new(composer(), server).unwrap().send(LETTER).await
}

async fn outcome(point: &'static str, deed: Deed) -> Result<Accepted, SendFault> {
    send(server(Sink::start((point, deed)).await.port)).await
}

#[tokio::test]
async fn frt_3_accepted_means_250_after_the_text() {
    let accepted = outcome("-", Deed::Say("")).await.unwrap();
    assert_eq!(accepted.answer, "2.0.0 kept as 4711");
}

#[tokio::test]
async fn frt_3_a_letter_refused_by_the_server_is_refused_for_good_with_its_words() {
    for (point, said) in [
        ("MAIL", "550 5.7.1 we do not like this sender"),
        ("RCPT", "550 5.1.1 nobody of that name"),
        ("DATA", "554 5.5.1 no valid recipients"),
        (".", "554 5.7.1 looks like spam"),
    ] {
        match outcome(point, Deed::Say(said)).await {
            Err(SendFault::Refused { answer }) => assert!(answer.contains(&said[4..]), "{point}: {answer}"),
            other => panic!("{point}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_temporary_or_not_about_the_letter_is_tried_again() {
    for (point, deed) in [
        ("RCPT", Deed::Say("451 4.7.1 greylisted")),
        (".", Deed::Say("452 4.3.1 disk full")),
        ("greeting", Deed::Say("554 5.3.2 not today")),
        ("EHLO", Deed::Say("550 5.7.1 no")),
        ("AUTH", Deed::Say("535 5.7.8 wrong password")),
        ("MAIL", Deed::Say("530 5.7.0 sign in first")),
        ("greeting", Deed::HangUp),
        ("RCPT", Deed::HangUp),
        (".", Deed::HangUp),
        ("RCPT", Deed::Say("nonsense")),
    ] {
        match outcome(point, deed).await {
            Err(SendFault::Deferred { answer }) => assert!(!answer.is_empty()),
            other => panic!("{point} {deed:?}: {other:?}"),
        }
    }
}

#[tokio::test]
async fn a_silent_server_is_given_up_after_the_timeout() {
    let sink = Sink::start(("RCPT", Deed::Silence)).await;
    let patient = Smtp { timeout: Duration::from_millis(100), ..server(sink.port) };
    assert!(matches!(send(patient).await, Err(SendFault::Deferred { .. })));
}

#[tokio::test]
async fn a_server_that_has_the_letter_is_waited_for_longer_than_one_that_says_nothing_to_a_command() {
    let sink = Sink::start((".", Deed::SayLate("250 2.0.0 looked for viruses"))).await;
    let accepted = send(Smtp { timeout: Duration::from_millis(100), ..server(sink.port) }).await.unwrap();
    assert_eq!(accepted.answer, "2.0.0 looked for viruses");
}

#[tokio::test]
async fn nobody_there_is_tried_again() {
    let free = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap().port();
    assert!(matches!(send(server(free)).await, Err(SendFault::Deferred { .. })));
}

#[tokio::test]
async fn a_connection_that_went_stale_between_two_mails_is_replaced() {
    let sink = Sink::start(("NOOP", Deed::SayOnce("421 4.4.2 idle for too long"))).await;
    let post = SmtpPost::new(composer(), server(sink.port)).unwrap();
    post.send(LETTER).await.unwrap();
    post.send(LETTER).await.unwrap();
    assert_eq!(sink.seen().iter().filter(|point| *point == ".").count(), 2);
}

#[tokio::test]
async fn without_starttls_neither_password_nor_letter_is_sent() {
    let sink = Sink::start(("-", Deed::Say(""))).await;
    let strict = Smtp { security: Security::StartTls, ..server(sink.port) };
    assert!(matches!(send(strict).await, Err(SendFault::Deferred { .. })));
    let seen = sink.seen();
    assert!(seen.iter().all(|point| !["AUTH", "MAIL"].contains(&point.as_str())), "{seen:?}");
}

#[tokio::test]
async fn an_address_that_the_server_cannot_carry_is_refused() {
    let sink = Sink::start(("-", Deed::Say(""))).await;
    let post = SmtpPost::new(composer(), server(sink.port)).unwrap();
    let letter = Letter { recipient: "jörg@acme.example", ..LETTER };
    match post.send(letter).await {
        Err(SendFault::Refused { answer }) => assert!(answer.contains("SMTPUTF8"), "{answer}"),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_password_does_not_cross_the_network_in_the_clear() {
    let open = Smtp { host: "mx.larkspur.example".into(), ..server(25) };
    let fault = SmtpPost::new(composer(), open).unwrap_err();
    assert!(fault.to_string().contains("use starttls or tls"), "{fault}");
}

#[test]
fn a_password_is_not_printed() {
    assert!(!format!("{:?}", server(25)).contains("secret"));
}
