//! PRV-1: nothing personal stands in the journal, and a person who is erased is gone.

use desk::{Actor, Error, people::erase};
use rules::ids::Seq;
use testkit::{Scene, on_both};

/// The whole journal, as it is kept.
async fn journal(scene: &Scene) -> String {
    let entries = store::events::after(scene.desk.store.read(), Seq(0), 100_000).await.unwrap();
    entries.iter().map(|entry| serde_json::to_string(&entry.event).unwrap()).collect::<Vec<_>>().join("\n")
}

/// A request with everything that a person can say.
async fn a_talk(scene: &Scene) -> rules::ids::TicketId {
    let dana = scene.dana().await;
    let ticket = scene.files(&dana, "bug", "SUBJECT-TEXT").await;
    let ines = scene.ines().await;
    let decided = desk::tickets::Decided { priority: "high".into(), reason: "REASON-TEXT".into() };
    desk::tickets::decide_priority(&scene.desk, &ines, ticket, decided).await.unwrap();
    desk::tickets::note(&scene.desk, &ines, ticket, world::text("NOTE-TEXT")).await.unwrap();
    scene.replies(&ines, ticket, "REPLY-TEXT").await;
    scene.advance(jiff::SignedDuration::from_hours(1)).await;
    desk::tickets::answer(&scene.desk, &dana, ticket, world::text("ANSWER-TEXT")).await.unwrap();
    scene.settle().await;
    ticket
}

on_both! {
    async fn prv_1_no_name_address_or_text_stands_in_the_journal(scene) {
        a_talk(&scene).await;
        let journal = journal(&scene).await;
        assert!(journal.contains("opened"), "{journal}");
        for member in scene.cast.all() {
            let first_name = member.name.split(' ').next().unwrap();
            for personal in [member.name.as_str(), first_name, member.address.as_str()] {
                assert!(!journal.contains(personal), "{personal} stands in the journal");
            }
        }
        for text in ["SUBJECT-TEXT", "REASON-TEXT", "NOTE-TEXT", "REPLY-TEXT", "ANSWER-TEXT", "Acme", "What happens"] {
            assert!(!journal.contains(text), "{text} stands in the journal");
        }
    }

    async fn prv_1_an_erased_person_is_gone_and_the_clocks_stay(scene) {
        let ticket = a_talk(&scene).await;
        let ines = scene.ines().await;
        let before = desk::tickets::show(&scene.desk, &ines, ticket).await.unwrap();
        let dana = scene.cast.dana();
        erase(&scene.desk, &Actor::DESK, dana.person).await.unwrap();
        assert!(matches!(dana.actor(&scene.desk).await, Err(Error::NotFound)));
        let after = desk::tickets::show(&scene.desk, &ines, ticket).await.unwrap();
        assert_eq!(after.clocks, before.clocks);
        assert_eq!(after.messages.len(), before.messages.len());
        let seen = format!("{after:?}");
        for gone in ["Dana", "SUBJECT-TEXT", "ANSWER-TEXT", "What happens"] {
            assert!(!seen.contains(gone), "{gone} is still there");
        }
        assert!(after.files.is_empty());
        for mail in store::outgoing::newest(scene.desk.store.read(), None, 100).await.unwrap() {
            let bytes = String::from_utf8_lossy(mail.bytes.as_deref().unwrap_or_default()).into_owned();
            assert!(!mail.recipient.contains("dana@") && !bytes.contains("SUBJECT-TEXT"), "{mail:?}");
        }
    }

    async fn prv_1_only_the_administrator_erases(scene) {
        let refused = erase(&scene.desk, &scene.theo().await, scene.cast.dana().person).await;
        assert!(matches!(refused, Err(Error::Refused(_))));
    }

    async fn prv_1_mail_that_waits_for_an_erased_person_never_leaves(scene) {
        let dana = scene.cast.dana();
        scene.mail.expect(&dana.address, [testkit::Outcome::Defer]);
        scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        erase(&scene.desk, &Actor::DESK, dana.person).await.unwrap();
        scene.advance(jiff::SignedDuration::from_hours(1)).await;
        assert!(scene.mail.of(&dana.address).is_empty());
    }
}
