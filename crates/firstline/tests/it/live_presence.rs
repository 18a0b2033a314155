//! Who has a request open and who writes in it is shown to who sees it, before and while two answer the same; and who was
//! faster is read before one's own reply goes out.

use desk::{
    Error,
    live::{self, At},
};
use jiff::SignedDuration;
use rules::live::{Doing, PageId};
use testkit::{Browser, on_both};

fn at(page: i64, doing: Doing) -> At {
    At { page: PageId(page), doing: Some(doing) }
}

on_both! {
    async fn who_is_at_a_request_stands_on_its_page_and_in_its_row(scene) {
        let (dana, theo) = (scene.dana().await, scene.theo().await);
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let page = format!("/desk/requests/{ticket}");
        assert!(!ines.get(&page).await.text().contains("Theo Marsh is"));
        live::be_present(&scene.desk, &theo, ticket, at(1, Doing::Looking)).await.unwrap();
        assert!(ines.get("/desk").await.text().contains("Theo Marsh is looking"));
        live::be_present(&scene.desk, &theo, ticket, at(1, Doing::Writing)).await.unwrap();
        let shown = ines.get(&page).await.text();
        assert!(shown.contains("Theo Marsh is writing a reply"));
        assert!(shown.contains("Theo Marsh is writing a reply too"), "beside the composer");
        // What her own page hears when it says where she is; she herself is not told of herself.
        let said = ines.post(&format!("{page}/presence"), &[("doing", "looking"), ("page", "77")]).await.text();
        assert!(said.contains("\"collision\":\"Theo Marsh is writing a reply too\""), "{said}");
        assert!(!said.contains("Ines"), "{said}");
        let mut theos = Browser::of(&scene, scene.cast.theo()).await;
        assert!(theos.get("/desk").await.text().contains("Ines Kovač is looking"));
        ines.post(&format!("{page}/presence"), &[("doing", "left"), ("page", "77")]).await;
        assert!(!theos.get("/desk").await.text().contains("Ines Kovač is looking"));
        // What is not said again is over.
        scene.advance(SignedDuration::from_mins(1)).await;
        assert!(!ines.get(&page).await.text().contains("Theo Marsh is"));
        assert!(!ines.get("/desk").await.text().contains("Theo Marsh is"));
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        live::be_present(&scene.desk, &theo, ticket, at(1, Doing::Writing)).await.unwrap();
        assert!(!dana.get(&format!("/requests/{ticket}")).await.text().contains("is writing"), "customers are not told");
    }

    async fn vis_2_who_looks_at_a_security_report_is_told_to_who_sees_it(scene) {
        let (dana, ines, jana) = (scene.dana().await, scene.ines().await, scene.actor(scene.cast.jana()).await);
        let secret = scene.files(&dana, "security", "A lantern that anybody can open").await;
        live::be_present(&scene.desk, &jana, secret, at(1, Doing::Looking)).await.unwrap();
        let refused = live::be_present(&scene.desk, &ines, secret, at(2, Doing::Looking)).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        assert!(live::present(&scene.desk, &jana, &[secret]).await.unwrap().is_empty(), "Ines is not there");
    }

    async fn nothing_of_where_people_are_is_written_down(scene) {
        let (dana, theo) = (scene.dana().await, scene.theo().await);
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        let before = live::position(&scene.desk).await.unwrap();
        live::be_present(&scene.desk, &theo, ticket, at(1, Doing::Writing)).await.unwrap();
        live::be_present(&scene.desk, &theo, ticket, At { page: PageId(1), doing: None }).await.unwrap();
        assert_eq!(live::position(&scene.desk).await.unwrap(), before);
    }

    async fn what_a_colleague_answered_meanwhile_is_read_before_ones_own_goes_out(scene) {
        let (dana, theo) = (scene.dana().await, scene.theo().await);
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let page = format!("/desk/requests/{ticket}");
        let read_to = ines.get(&page).await.field("read_to").unwrap();
        scene.replies(&theo, ticket, "In the left column.").await;
        let replies = format!("{page}/replies");
        let refused = ines.post(&replies, &[("text", "At the top, I think."), ("read_to", &read_to)]).await;
        assert_eq!(refused.status, 422);
        let shown = refused.text();
        assert!(shown.contains("Theo Marsh has written here since you began"));
        assert!(shown.contains("At the top, I think.</textarea>"), "her text is kept");
        assert!(shown.contains("In the left column."), "and his stands above");
        let read_to = refused.field("read_to").unwrap();
        let sent = ines.post(&replies, &[("text", "At the top, I think."), ("read_to", &read_to)]).await;
        assert_eq!(sent.status, 303);
        // One's own, and what only staff read, is in nobody's way.
        desk::tickets::note(&scene.desk, &theo, ticket, world::text("Seen before.")).await.unwrap();
        let sent = ines.post(&replies, &[("text", "And once more."), ("read_to", &read_to)]).await;
        assert_eq!(sent.status, 303);
    }
}
