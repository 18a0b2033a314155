//! The way into the web: https alone, nobody in a network that is not allowed, no redirections, in time, and no more of an
//! answer than is of use.

use std::{sync::Arc, time::Duration};

use desk::ports::{Answered, Call, Outside, OutsideFault, SHORT_ANSWER};
use firstline::{config::OutgoingConfig, outgoing::Web};
use rules::outgoing::Target;

use crate::push_service::PushService;

async fn asks(web: &Web, url: &str) -> Result<Answered, OutsideFault> {
    let (to, headers) = (Target::read(url).unwrap(), [("x-of", "a story".to_owned())]);
    web.send(Call { method: "POST", to: &to, headers: &headers, body: b"hello", room: SHORT_ANSWER }).await
}

fn is_failed(answer: &Result<Answered, OutsideFault>) -> bool {
    matches!(answer, Err(OutsideFault::Failed(_)))
}

#[tokio::test]
async fn a_call_goes_out_as_it_was_given_and_the_answer_comes_back() {
    let service = PushService::open().await;
    let web = Web::of(&service.config()).unwrap();
    service.answers(&["429 Slow\r\nRetry-After: 7\r\ncontent-length: 4\r\n\r\nwait"]);
    let url = format!("https://localhost:{}/a/b?c=d", service.port);
    let answer = asks(&web, &url).await.unwrap();
    assert_eq!((answer.status, answer.header("retry-after"), answer.body.as_slice()), (429, Some("7"), &b"wait"[..]));
    let heard = service.heard();
    assert_eq!((heard[0].path.as_str(), heard[0].body.as_slice()), ("/a/b?c=d", &b"hello"[..]));
    assert_eq!(heard[0].header("host"), format!("localhost:{}", service.port));
    assert_eq!(heard[0].header("x-of"), "a story");
}

#[tokio::test]
async fn nobody_in_a_private_network_is_reached_unless_it_is_allowed_whatever_name_leads_there() {
    let service = PushService::open().await;
    let config = |networks: &[&str]| OutgoingConfig {
        networks: networks.iter().map(|it| it.parse().unwrap()).collect(),
        ..service.config()
    };
    let port = service.port;
    // By a name whose look-up leads here, by the address, and in the clothes of IPv6.
    for host in ["localhost", "127.0.0.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]"] {
        let url = format!("https://{host}:{port}/");
        for networks in [&[][..], &["10.0.0.0/8", "127.0.0.2"]] {
            let web = Web::of(&config(networks)).unwrap();
            assert_eq!(web.look(&Target::read(&url).unwrap()).await, Err(OutsideFault::Private), "{url}");
            assert_eq!(asks(&web, &url).await, Err(OutsideFault::Private), "{url}");
        }
    }
    assert_eq!(service.heard().len(), 0, "nothing was sent");
    let web = Web::of(&config(&["127.0.0.1"])).unwrap();
    assert_eq!(asks(&web, &format!("https://localhost:{port}/")).await.unwrap().status, 201);
    // And not where the certificate is for a name and it is called by its address.
    assert!(is_failed(&asks(&web, &format!("https://127.0.0.1:{port}/")).await));
    assert_eq!(service.heard().len(), 1);
}

#[tokio::test]
async fn redirections_are_not_followed() {
    let service = PushService::open().await;
    let web = Web::of(&service.config()).unwrap();
    service.answers(&["307 Elsewhere\r\nLocation: /elsewhere\r\n"]);
    let answer = asks(&web, &format!("https://localhost:{}/", service.port)).await.unwrap();
    assert_eq!((answer.status, service.heard().len()), (307, 1));
}

#[tokio::test]
async fn who_does_not_answer_is_not_waited_for_and_who_answers_without_end_is_cut_short() {
    let service = PushService::open().await;
    let web = Web::of(&service.config()).unwrap().within(Duration::from_millis(700));
    let url = format!("https://localhost:{}/", service.port);
    let long: &'static str = format!("201 Created\r\ncontent-length: 300000\r\n\r\n{}", "x".repeat(300_000)).leak();
    let unending = "201 Created\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n";
    service.answers(&["", long, unending, "nonsense\r\n"]);
    assert!(is_failed(&asks(&web, &url).await), "silence");
    let answer = asks(&web, &url).await.unwrap();
    assert_eq!((answer.status, answer.body.len()), (201, 64 * 1024));
    // It took it, and saying so is what counts.
    assert_eq!(asks(&web, &url).await.unwrap().status, 201);
    assert!(is_failed(&asks(&web, &url).await), "no answer at all");
}

#[tokio::test]
async fn certificates_of_nobody_we_believe_are_not_believed() {
    let service = PushService::open().await;
    let config = OutgoingConfig { certificates: None, ..service.config() };
    let web: Arc<dyn Outside> = Arc::new(Web::of(&config).unwrap());
    let to = Target::read(&format!("https://localhost:{}/", service.port)).unwrap();
    let answer = web.send(Call { method: "POST", to: &to, headers: &[], body: b"", room: SHORT_ANSWER }).await;
    assert!(is_failed(&answer), "{answer:?}");
    assert_eq!(service.heard().len(), 0);
    let nowhere = Target::read("https://nobody.invalid/").unwrap();
    assert!(matches!(web.look(&nowhere).await, Err(OutsideFault::Failed(_))));
    let missing = OutgoingConfig { certificates: Some("/nowhere/our.pem".into()), ..OutgoingConfig::default() };
    assert!(Web::of(&missing).unwrap_err().to_string().contains("outgoing.certificates: /nowhere/our.pem"));
}
