//! What the desk says reaches a mailbox through a real server: Debian's Postfix on loopback, which
//! `cargo xtask services` starts.

use std::{path::PathBuf, sync::Arc, time::Duration};

use jiff::SignedDuration;
use mail::{Composer, Security, Sender, Smtp, SmtpPost};
use rules::sla::Standing;
use testkit::{Engine, Scene};

#[expect(clippy::disallowed_methods, reason = "the test asks its caller where the server is")]
fn variable(name: &str) -> String {
    std::env::var(name)
        .unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask services cargo test -p firstline`"))
}

fn postfix() -> SmtpPost {
    let smtp = Smtp {
        host: "localhost".into(),
        port: variable("FIRSTLINE_TEST_SMTP").rsplit_once(':').unwrap().1.parse().unwrap(),
        security: Security::None,
        credentials: None,
        hello: "desk.example".into(),
        timeout: Duration::from_secs(30),
        letter_timeout: Duration::from_secs(30),
        connections: 2,
    };
    let sender = Sender { name: "Support".into(), address: "support@desk.example".into(), reply_to: None };
    SmtpPost::new(Composer::new(&sender).unwrap(), smtp).unwrap()
}

/// The mail to Dana in which this stands, as soon as it is there.
async fn received(text: &str) -> String {
    let folder = PathBuf::from(variable("FIRSTLINE_TEST_MAILBOXES")).join("dana/new");
    let find = || {
        let mails = std::fs::read_dir(&folder).ok()?.filter_map(|entry| std::fs::read(entry.ok()?.path()).ok());
        mails.map(|mail| String::from_utf8_lossy(&mail).into_owned()).find(|mail| mail.contains(text))
    };
    let arrived = async {
        loop {
            if let Some(mail) = find() {
                return mail;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), arrived).await.expect("Postfix delivers within the deadline")
}

#[tokio::test]
async fn frt_3_a_reply_of_the_desk_goes_through_postfix_and_is_then_a_first_response() {
    let scene = Scene::posting(Engine::Sqlite, Arc::new(postfix())).await;
    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    let receipt = received(&format!("Subject: [#{ticket}] Which role may only read?")).await;
    assert!(receipt.contains("Auto-Submitted: auto-generated"), "{receipt}");

    scene.advance(SignedDuration::from_mins(20)).await;
    scene.replies(&scene.ines().await, ticket, "The viewer's; nothing else is needed.").await;
    let clocks = async || desk::tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap().clocks;
    assert!(matches!(clocks().await[0].standing, Standing::UnderWay { .. }), "it is held, and nothing is judged");
    scene.advance(SignedDuration::from_secs(10)).await;
    let reply = received("The viewer's; nothing else is needed.").await;
    assert!(reply.contains(&format!("Subject: Re: [#{ticket}]")), "{reply}");
    let clocks = clocks().await;
    assert!(matches!(clocks[0].standing, Standing::Met(_)), "{clocks:#?}");
}
