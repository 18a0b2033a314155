//! `firstline policy simulate`: through a running server and on a stopped desk, in words and as JSON (POL-4).

use desk::{Actor, policy::NewPolicy};
use store::{Place, Store};
use testkit::Mailboxes;
use world::{Cast, Stage};

use super::{process::Home, simulate::REFERENCE};

/// A home where a question of Monday was answered after five working hours.
async fn answered() -> (Home, rules::ids::TicketId) {
    let home = Home::new();
    let store = Store::open(&Place::Folder(home.path("data"))).await.unwrap();
    let monday = "2026-11-16T08:00:00Z".parse().unwrap();
    let stage = Stage::new(monday, 1, std::sync::Arc::new(Mailboxes::new()));
    let settings = desk::Settings {
        base_url: "http://127.0.0.1:8080".to_owned(),
        secret_key: rules::people::SecretKey::new([7; 32]),
        secret_mails: desk::SecretMails::Forget,
    };
    let desk = stage.desk(store, settings);
    // The home's own version is of today; this desk begins earlier.
    let policy = NewPolicy { source: format!("{REFERENCE}\n# Of Monday.\n"), from: None };
    desk::policy::apply(&desk, &Actor::DESK, policy).await.unwrap();
    let cast = Cast::small(&desk, &stage).await.unwrap();
    let policy = desk.policy().await.unwrap();
    let filing = world::complete(policy.policy(), &"question".into(), "Which role?", "In a few words.");
    let dana = cast.dana().actor(&desk).await.unwrap();
    let ticket = world::file(&desk, &dana, filing).await.unwrap();
    stage.pass(&desk, jiff::SignedDuration::from_hours(5)).await.unwrap();
    let answer =
        desk::tickets::Answer { text: world::text("The viewer's."), after: rules::tickets::AfterReply::KeepState };
    desk::tickets::reply(&desk, &cast.ines().actor(&desk).await.unwrap(), ticket, answer).await.unwrap();
    stage.pass(&desk, jiff::SignedDuration::from_hours(1)).await.unwrap();
    desk.store.close().await.unwrap();
    std::fs::write(home.path("half.toml"), REFERENCE.replace("8 working hours", "4 working hours")).unwrap();
    (home, ticket)
}

#[tokio::test]
async fn pol_4_the_command_names_what_another_policy_would_have_found_late() {
    let (home, ticket) = answered().await;
    let arguments = ["policy", "simulate", "half.toml", "--since", "2026-11-01"];
    let stopped = home.run(&arguments);
    assert!(stopped.well, "{stopped:?}");
    assert!(stopped.out.contains("1 requests filed since 2026-11-01, with 1 first responses."), "{stopped:?}");
    assert!(stopped.out.contains(&format!("late then, in time as it was: {ticket}")), "{stopped:?}");
    assert!(stopped.error.contains("1 of 1 requests, 100 %"), "no terminal, so lines: {stopped:?}");

    let _server = home.serve();
    let served = home.run(&arguments);
    assert_eq!((served.out, served.error), (stopped.out, stopped.error));
    let json = home.run(&[&arguments[..], &["--json"]].concat());
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(report["groups"][0]["newly_late"], serde_json::json!([ticket]), "{report}");
    assert_eq!((&report["version"], &report["groups"][0]["request_type"]), (&1.into(), &"question".into()));
}

#[test]
fn pol_4_a_file_or_a_day_that_does_not_read_is_named() {
    let home = Home::new();
    std::fs::write(home.path("bad.toml"), REFERENCE.replace("[types.question]", "[types.question]\nmood = 1")).unwrap();
    let bad = home.run(&["policy", "simulate", "bad.toml", "--since", "2026-11-01"]);
    assert!(!bad.well && bad.out.contains("`types.question` has no `mood`"), "{bad:?}");
    let day = home.run(&["policy", "simulate", "bad.toml", "--since", "yesterday"]);
    assert!(!day.well && day.error.contains("write a day as 2026-11-20"), "{day:?}");
}
