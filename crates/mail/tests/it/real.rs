//! Against Debian's Postfix on loopback: what it delivers is read back from the mailbox.
//! `cargo xtask services cargo test -p mail` starts it.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use desk::ports::{Letter, Notice, Postman, SendFault};
use mail::{Security, Smtp, SmtpPost};
use mail_parser::MessageParser;

use crate::cast::{composer, recipient, reply};

/// The running server, from the variables that xtask sets.
struct Server {
    port: u16,
    mailboxes: PathBuf,
}

impl Server {
    fn find() -> Self {
        let port = variable("FIRSTLINE_TEST_SMTP").rsplit_once(':').unwrap().1.parse().unwrap();
        Self { port, mailboxes: variable("FIRSTLINE_TEST_MAILBOXES").into() }
    }

    fn post(&self, security: Security) -> SmtpPost {
        let smtp = Smtp {
            host: "localhost".into(),
            port: self.port,
            security,
            credentials: None,
            hello: "larkspur.example".into(),
            timeout: Duration::from_secs(30),
            letter_timeout: Duration::from_secs(30),
            connections: 2,
        };
        SmtpPost::new(composer(), smtp).unwrap()
    }

    async fn deliver(&self, notice: &Notice, security: Security) -> Result<String, SendFault> {
        let post = self.post(security);
        let composed = post.compose(notice).unwrap();
        let letter = Letter { sender: &composed.sender, recipient: &composed.recipient, bytes: &composed.bytes };
        post.send(letter).await.map(|accepted| accepted.answer)
    }

    /// The mail with this key in somebody's mailbox, as soon as it is there.
    async fn received(&self, mailbox: &str, key: &str) -> Vec<u8> {
        let folder = self.mailboxes.join(mailbox).join("new");
        let arrived = async {
            loop {
                if let Some(mail) = find(&folder, &format!("Message-ID: <{key}@larkspur.example>")) {
                    return mail;
                }
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), arrived).await.expect("Postfix delivers within the deadline")
    }
}

#[expect(clippy::disallowed_methods, reason = "the test asks its caller where the server is")]
fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask services cargo test -p mail`"))
}

fn find(folder: &Path, header: &str) -> Option<Vec<u8>> {
    let mails = std::fs::read_dir(folder).ok()?.filter_map(|entry| std::fs::read(entry.ok()?.path()).ok());
    mails.into_iter().find(|mail| String::from_utf8_lossy(mail).contains(header))
}

#[tokio::test]
async fn a_reply_arrives_with_headers_and_both_parts_whole() {
    let server = Server::find();
    let notice = reply("real/plain", "Grüße aus Köln: `a < b`\n.\n**fertig**");
    let answer = server.deliver(&notice, Security::None).await.unwrap();
    assert!(answer.starts_with("2.0.0 Ok: queued"), "{answer}");
    let mail = server.received("dana", "real/plain").await;
    let parsed = MessageParser::default().parse(&mail).unwrap();
    assert_eq!(parsed.return_path().as_text(), Some("support@larkspur.example"));
    assert_eq!(parsed.subject(), Some("Re: [#17] Anmeldung schlägt fehl — “Größe” ≠ 5"));
    assert_eq!(parsed.from().unwrap().first().unwrap().name(), Some("Inés Ångström (Larkspur support)"));
    assert_eq!(parsed.references().as_text(), Some("request/17@larkspur.example"));
    assert!(parsed.header("Auto-Submitted").is_none());
    assert!(parsed.body_text(0).unwrap().contains("Grüße aus Köln: `a < b`\n.\n**fertig**"));
    assert!(parsed.body_html(0).unwrap().contains("Grüße aus Köln: <code"));
    assert!(parsed.body_html(0).unwrap().contains("<strong>fertig</strong>"));
}

#[tokio::test]
async fn with_starttls_it_travels_encrypted() {
    let server = Server::find();
    server.deliver(&reply("real/starttls", "x"), Security::StartTls).await.unwrap();
    let mail = server.received("dana", "real/starttls").await;
    assert!(String::from_utf8_lossy(&mail).contains("with ESMTPS"), "{}", String::from_utf8_lossy(&mail));
}

#[tokio::test]
async fn an_address_with_an_umlaut_is_reached() {
    let server = Server::find();
    let mut notice = reply("real/utf8", "x");
    notice.to = recipient("Jörg", "jörg@acme.example");
    server.deliver(&notice, Security::None).await.unwrap();
    let mail = server.received("jörg", "real/utf8").await;
    let parsed = MessageParser::default().parse(&mail).unwrap();
    assert_eq!(parsed.to().unwrap().first().unwrap().address(), Some("jörg@acme.example"));
}

#[tokio::test]
async fn what_the_server_refuses_is_refused_with_its_enhanced_code() {
    let server = Server::find();
    let to = |address: &str| {
        let mut notice = reply("real/refused", "x");
        notice.to.address = address.into();
        notice
    };
    let large = reply("real/large", &"x".repeat(1_100_000));
    for (notice, code) in [(to("nobody@acme.example"), "5.1.1"), (to("a@elsewhere.example"), "5.7.1"), (large, "5.3.4")]
    {
        match server.deliver(&notice, Security::None).await {
            Err(SendFault::Refused { answer }) => assert!(answer.contains(code), "{answer}"),
            other => panic!("{code}: {other:?}"),
        }
    }
}
