//! Staff see which requests of the same organisation look alike (REQ-11), and nothing else of anybody.

use desk::{
    Actor,
    search::{self, Alike},
    tickets::{convert, merge, set_secrecy},
};
use rules::{events::Secrecy, ids::TicketId};
use testkit::{Browser, Scene, on_both};

async fn alike(scene: &Scene, actor: &Actor, ticket: TicketId) -> Vec<TicketId> {
    search::catch_up(&scene.desk).await.unwrap();
    let Alike { rows, .. } = search::alike(&scene.desk, actor, ticket).await.unwrap();
    rows.into_iter().map(|row| row.ticket.id).collect()
}

on_both! {
    async fn req_11_staff_see_requests_of_the_same_organisation_that_look_alike(scene) {
        let (dana, ravi, lea, ines) =
            (scene.dana().await, scene.ravi().await, scene.actor(scene.cast.lea()).await, scene.ines().await);
        let launches = scene.files(&dana, "question", "Closing launches loses screenshots").await;
        let other = scene.files(&ravi, "question", "Which role may only read dashboards?").await;
        let elsewhere = scene.files(&lea, "question", "Closing launches loses screenshots").await;
        let again = scene.files(&ravi, "question", "Screenshots are lost after closing").await;
        assert_eq!(alike(&scene, &ines, again).await, [launches], "not {other}, and not {elsewhere} of another company");
        assert_eq!(alike(&scene, &ines, launches).await, [again]);
        assert!(alike(&scene, &ines, other).await.is_empty());
        for customer in [&dana, &ravi] {
            assert!(search::alike(&scene.desk, customer, again).await.is_err(), "for staff alone");
        }

        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let page = browser.get(&format!("/desk/requests/{again}")).await.text();
        assert!(page.contains(&format!("href=\"/desk/requests/{again}/alike\"")), "{page}");
        let list = browser.get(&format!("/desk/requests/{again}/alike")).await.text();
        assert!(list.contains("Closing launches loses screenshots") && list.contains("With us"), "{list}");
        let link = format!("/desk/requests/{again}?other={launches}");
        assert!(list.contains(&format!("{link}#merge-number")) && list.contains(&format!("{link}#link-number")), "{list}");
        let sheet = browser.get(&link).await.text();
        assert_eq!(sheet.matches(&format!("required value=\"{launches}\"")).count(), 2, "{sheet}");

        merge(&scene.desk, &ines, again, launches).await.unwrap();
        assert!(alike(&scene, &ines, launches).await.is_empty(), "what was merged is no other request");
    }

    async fn req_11_what_is_confidential_or_a_security_report_looks_like_nothing(scene) {
        let (dana, ines, jana) = (scene.dana().await, scene.ines().await, scene.actor(scene.cast.jana()).await);
        let first = scene.files(&dana, "support", "Attachments of strangers can be read").await;
        let second = scene.files(&dana, "support", "Strangers read attachments").await;
        assert_eq!(alike(&scene, &ines, second).await, [first]);
        set_secrecy(&scene.desk, &ines, first, Secrecy::Confidential).await.unwrap();
        // Before the index has heard of it.
        let rows = search::alike(&scene.desk, &ines, second).await.unwrap().rows;
        assert!(rows.is_empty(), "{rows:?}");
        assert!(alike(&scene, &ines, second).await.is_empty());
        set_secrecy(&scene.desk, &ines, first, Secrecy::Open).await.unwrap();
        assert_eq!(alike(&scene, &ines, second).await, [first]);
        let security = desk::tickets::Conversion { to: "security".into(), reason: String::new() };
        convert(&scene.desk, &ines, first, security).await.unwrap();
        for reader in [&ines, &jana] {
            assert!(alike(&scene, reader, second).await.is_empty(), "not even to those who see it");
        }
        let hidden = search::alike(&scene.desk, &ines, first).await;
        assert!(matches!(hidden, Err(desk::Error::NotFound)), "{hidden:?}");
        assert_eq!(alike(&scene, &jana, first).await, [second], "its reader sees what is open");
    }
}
