//! What members of staff are told of requests that are theirs, on the desk and by mail, as they chose; and what becomes of
//! their requests while they are away.

use desk::{Actor, notifications, people, tickets};
use jiff::SignedDuration;
use rules::{
    ids::TicketId,
    notices::{Chosen, Notice},
};
use testkit::{Browser, Scene, on_both};

async fn gives(scene: &Scene, from: &Actor, ticket: TicketId, to: &Actor) {
    let to = Some(to.signed().unwrap().person);
    tickets::assign(&scene.desk, from, ticket, tickets::Assignment { to }).await.unwrap();
    scene.settle().await;
}

async fn told(scene: &Scene, actor: &Actor) -> Vec<(Notice, TicketId, bool)> {
    let told = notifications::list(&scene.desk, actor).await.unwrap();
    told.iter().map(|it| (it.told.kind, it.told.ticket, it.told.read_at.is_some())).collect()
}

async fn unread(scene: &Scene, actor: &Actor) -> usize {
    notifications::unread(&scene.desk, actor).await.unwrap().0
}

on_both! {
    async fn what_happens_to_ones_requests_is_told_on_the_desk_until_it_is_read(scene) {
        let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        gives(&scene, &theo, ticket, &ines).await;
        scene.advance(SignedDuration::from_mins(1)).await;
        for words in ["And where are filters?", "And launches?"] {
            tickets::answer(&scene.desk, &dana, ticket, world::text(words)).await.unwrap();
        }
        assert_eq!(told(&scene, &ines).await, [(Notice::CustomerReplied, ticket, false), (Notice::Assigned, ticket, false)]);
        assert_eq!(told(&scene, &theo).await, []);
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        assert!(browser.get("/desk").await.text().contains("data-unread>2<"));
        let page = browser.get("/desk/notifications").await;
        assert!(page.text().contains("The customer wrote") && page.text().contains("Where are dashboards kept"));
        // Her page says that it is open, and so it is read.
        browser.post(&format!("/desk/requests/{ticket}/presence"), &[("doing", "looking"), ("page", "1")]).await;
        assert_eq!(unread(&scene, &ines).await, 0);
        scene.advance(SignedDuration::from_mins(1)).await;
        tickets::answer(&scene.desk, &dana, ticket, world::text("Found them.")).await.unwrap();
        assert_eq!(unread(&scene, &ines).await, 1, "what comes after that is new");
        scene.replies(&ines, ticket, "Good.").await;
        assert_eq!(unread(&scene, &ines).await, 0, "who answers has read it");
        scene.advance(SignedDuration::from_mins(1)).await;
        tickets::answer(&scene.desk, &dana, ticket, world::text("One more thing.")).await.unwrap();
        // Without script: all at once, but what came since the page was made.
        let up_to = browser.get("/desk/notifications").await.field("up_to").unwrap();
        scene.advance(SignedDuration::from_mins(1)).await;
        let other = scene.files(&dana, "question", "Where are launches kept").await;
        gives(&scene, &theo, other, &ines).await;
        browser.post("/desk/notifications/read", &[("up_to", &up_to)]).await;
        assert_eq!(unread(&scene, &ines).await, 1);
    }

    async fn vis_2_nothing_is_told_of_what_one_does_not_see_any_more(scene) {
        let (dana, ines, theo, jana) =
            (scene.dana().await, scene.ines().await, scene.theo().await, scene.actor(scene.cast.jana()).await);
        let ticket = scene.files(&dana, "bug", "Launches stay open").await;
        gives(&scene, &theo, ticket, &ines).await;
        assert_eq!(unread(&scene, &ines).await, 1);
        let security = tickets::Conversion { to: "security".into(), reason: String::new() };
        tickets::convert(&scene.desk, &theo, ticket, security).await.unwrap();
        scene.settle().await;
        assert_eq!(unread(&scene, &ines).await, 0);
        assert_eq!(told(&scene, &ines).await, []);
        assert!(told(&scene, &jana).await.contains(&(Notice::Security, ticket, false)));
    }

    async fn each_kind_is_told_the_way_that_was_chosen(scene) {
        let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        let mut expected = 0;
        for (way, on_page, by_mail) in [("mail", 0, 1), ("page", 1, 0), ("neither", 0, 0), ("both", 1, 1)] {
            let chosen = browser.post("/desk/notifications/choices", &[("assigned", way), ("security", "neither")]).await;
            assert_eq!(chosen.status, 303);
            scene.advance(SignedDuration::from_mins(1)).await;
            let before = unread(&scene, &ines).await;
            gives(&scene, &theo, ticket, &ines).await;
            assert_eq!(unread(&scene, &ines).await - before, on_page, "{way}");
            expected += by_mail;
            let mails = scene.mails(scene.cast.ines());
            assert_eq!(mails.iter().filter(|it| it.starts_with("Assigned")).count(), expected, "{way}");
            notifications::opened(&scene.desk, &ines, ticket).await.unwrap();
            tickets::assign(&scene.desk, &theo, ticket, tickets::Assignment { to: None }).await.unwrap();
        }
        let choices = notifications::choices(&scene.desk, &ines).await.unwrap();
        assert!(choices.contains(&(Notice::Security, Chosen::default())), "nobody silences security reports");
    }

    async fn what_a_customer_writes_while_its_agent_is_away_goes_back_to_all(scene) {
        let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        gives(&scene, &theo, ticket, &ines).await;
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let past = browser.post("/desk/away", &[("until", "2026-11-01T09:00")]).await;
        assert_eq!(past.status, 422);
        assert!(past.text().contains("Choose a moment after now"));
        assert_eq!(browser.post("/desk/away", &[("until", "2026-11-23T08:00")]).await.status, 303);
        // Who gives her something, and who looks at the queue, is told.
        let mut theos = Browser::of(&scene, scene.cast.theo()).await;
        let page = theos.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains("Ines Kovač, away until"), "in the list of people");
        assert!(theos.get("/desk").await.text().contains("away until"));
        tickets::answer(&scene.desk, &dana, ticket, world::text("I do not find it.")).await.unwrap();
        scene.settle().await;
        let shown = tickets::show(&scene.desk, &theo, ticket).await.unwrap();
        assert_eq!(shown.ticket.assignee, None);
        assert!(theos.get(&format!("/desk/requests/{ticket}")).await.text().contains("Ines Kovač is away until"));
        let mut danas = Browser::of(&scene, scene.cast.dana()).await;
        assert!(!danas.get(&format!("/requests/{ticket}")).await.text().contains("away until"), "customers are not told");
        // Back again, it stays with her.
        scene.at("2026-11-23T08:00:00Z").await;
        assert!(people::away(&scene.desk, &ines).await.unwrap().is_empty());
        gives(&scene, &theo, ticket, &ines).await;
        tickets::answer(&scene.desk, &dana, ticket, world::text("Still not.")).await.unwrap();
        let shown = tickets::show(&scene.desk, &theo, ticket).await.unwrap();
        assert_eq!(shown.ticket.assignee, Some(ines.signed().unwrap().person));
    }

    async fn a_request_is_handed_over_with_a_note(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        let mut theos = Browser::of(&scene, scene.cast.theo()).await;
        let to = ines.signed().unwrap().person.to_string();
        let note = ("note", "She asked before, in March.");
        let given = theos.post(&format!("/desk/requests/{ticket}/assignment"), &[("agent", &to), note]).await;
        assert_eq!(given.status, 303);
        let shown = tickets::show(&scene.desk, &ines, ticket).await.unwrap();
        assert_eq!(shown.ticket.assignee, Some(ines.signed().unwrap().person));
        let last = shown.messages.last().unwrap();
        assert_eq!((last.body.as_str(), last.audience), (note.1, rules::events::Audience::Internal));
        // To nobody who may not have it, and then there is no note either.
        let lucas = scene.actor(scene.cast.lucas()).await.signed().unwrap().person.to_string();
        let refused = theos.post(&format!("/desk/requests/{ticket}/assignment"), &[("agent", &lucas), note]).await;
        assert!(refused.status.is_client_error());
        assert_eq!(tickets::show(&scene.desk, &ines, ticket).await.unwrap().messages.len(), shown.messages.len());
    }
}
