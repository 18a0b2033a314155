//! What is referred to in what people write: other requests, and colleagues who are called in a note.

use desk::{Actor, notifications, tickets};
use jiff::SignedDuration;
use rules::{ids::TicketId, notices::Notice};
use testkit::{Browser, Scene, on_both};

async fn called(scene: &Scene, actor: &Actor) -> Vec<TicketId> {
    let told = notifications::list(&scene.desk, actor).await.unwrap();
    told.iter().filter(|it| it.told.kind == Notice::Called).map(|it| it.told.ticket).collect()
}

async fn notes(scene: &Scene, by: &Actor, ticket: TicketId, words: &str) {
    scene.advance(SignedDuration::from_mins(1)).await;
    tickets::note(&scene.desk, by, ticket, world::text(words)).await.unwrap();
    scene.settle().await;
}

fn name(actor: &Actor) -> &str {
    &actor.signed().unwrap().name
}

on_both! {
    async fn who_is_called_in_a_note_hears_of_it_once_and_its_author_does_not(scene) {
        let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        let words = format!("@{} have you seen this? @{}", name(&theo), name(&ines));
        notes(&scene, &ines, ticket, &words).await;
        assert_eq!(called(&scene, &theo).await, [ticket]);
        assert_eq!(called(&scene, &ines).await, []);
        let mails = scene.mails(scene.cast.theo());
        assert_eq!(mails.iter().filter(|mail| mail.starts_with("Called")).count(), 1, "{mails:?}");
        // Quoted, it was said before; in a reply a name is a name.
        let mut browser = Browser::of(&scene, scene.cast.theo()).await;
        browser.post(&format!("/desk/requests/{ticket}/presence"), &[("doing", "looking"), ("page", "1")]).await;
        notes(&scene, &ines, ticket, &format!("> @{}\n\nNo.", name(&theo))).await;
        scene.replies(&ines, ticket, &format!("@{} knows.", name(&theo))).await;
        assert_eq!(notifications::unread(&scene.desk, &theo).await.unwrap().0, 0);
        let page = browser.get(&format!("/desk/requests/{ticket}")).await;
        assert!(page.text().contains(&format!("<span class=\"called me\">@{}</span>", name(&theo))));
    }

    async fn vis_2_nobody_is_called_into_what_they_do_not_see(scene) {
        let (dana, jana, theo) = (scene.dana().await, scene.actor(scene.cast.jana()).await, scene.theo().await);
        let ticket = scene.files(&dana, "bug", "Tokens are readable").await;
        let security = tickets::Conversion { to: "security".into(), reason: String::new() };
        tickets::convert(&scene.desk, &theo, ticket, security).await.unwrap();
        scene.settle().await;
        notes(&scene, &jana, ticket, &format!("@{} was here.", name(&theo))).await;
        assert_eq!(called(&scene, &theo).await, []);
        assert_eq!(tickets::callable(&scene.desk, &jana, ticket, &name(&theo)[..2]).await.unwrap(), [""; 0]);
        assert!(tickets::callable(&scene.desk, &theo, ticket, "").await.is_err());
    }

    async fn vis_3_a_number_leads_where_its_reader_may_go_and_is_a_number_elsewhere(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let stranger = scene.actor(scene.cast.lea()).await;
        let theirs = scene.files(&stranger, "question", "How are launches merged").await;
        let before = scene.files(&dana, "question", "Where are filters kept").await;
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        scene.advance(SignedDuration::from_mins(1)).await;
        scene.replies(&ines, ticket, &format!("As in #{before}, and #{theirs}, but not `#{before}` or #999999.")).await;
        scene.advance(SignedDuration::from_mins(1)).await;
        let link = |door: &str, id: TicketId| format!("<a class=\"reference\" href=\"{door}/{id}\">#{id}</a>");
        let mut desk = Browser::of(&scene, scene.cast.ines()).await;
        let page = desk.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains(&link("/desk/requests", before)) && page.contains(&link("/desk/requests", theirs)));
        assert_eq!(page.matches("class=\"reference\"").count(), 2);
        let mut portal = Browser::of(&scene, scene.cast.dana()).await;
        let page = portal.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains(&link("/requests", before)) && !page.contains(&link("/requests", theirs)));
        let preview = portal.post("/preview", &[("text", &format!("#{before} #{theirs}"))]).await.text();
        assert_eq!(preview.trim(), format!("<p>{} #{theirs}</p>", link("/requests", before)));
    }

    async fn what_may_be_meant_is_offered_while_it_is_written(scene) {
        let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
        let other = scene.files(&dana, "question", "Dashboards lose their widgets").await;
        let ticket = scene.files(&dana, "question", "Where are filters kept").await;
        desk::search::catch_up(&scene.desk).await.unwrap();
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let mut offers = async |text: &str| {
            let asked = text.replace('#', "%23").replace('@', "%40");
            browser.get(&format!("/desk/requests/{ticket}/references?text={asked}")).await.text()
        };
        let last = name(&theo).split(' ').next_back().unwrap();
        assert!(offers(&format!("@{}", &last[..2].to_lowercase())).await.contains(&format!("data-whole=\"@{} \"", name(&theo))));
        assert!(!offers("@").await.contains(&format!("@{}", name(&ines))), "nobody calls themselves");
        for typed in ["#dashb".to_owned(), format!("#{other}")] {
            assert!(offers(&typed).await.contains(&format!("data-whole=\"#{other} \"")), "{typed}");
        }
        assert!(!offers(&format!("#{ticket}")).await.contains("data-whole"), "a request is not beside itself");
    }
}
