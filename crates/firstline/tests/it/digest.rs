//! The digest at the opening: once for each and each opening, what came and what is due, as far as it is theirs.

use desk::{
    Desk,
    live::{self, Heard},
    notifications, opening, people, schedule, tickets,
};
use rules::{
    ids::TicketId,
    live::What,
    notices::{Chosen, Notice, Way},
    teams::Sharing,
};
use testkit::{Browser, Engine, Scene, on_both};
use world::Member;

/// Monday evening, after the desk has closed.
const EVENING: &str = "2026-11-16T19:00:00Z";
/// Tuesday and Wednesday, a little after it opened.
const TUESDAY: &str = "2026-11-17T08:01:00Z";
const WEDNESDAY: &str = "2026-11-18T08:01:00Z";

fn digests(scene: &Scene, member: &Member) -> Vec<String> {
    scene.mails(member).into_iter().filter(|mail| mail.starts_with("Opening")).collect()
}

/// As a server does that has begun to run.
async fn runs(desk: &Desk) {
    schedule::tell_openings(desk).await.unwrap();
    schedule::settle(desk).await.unwrap();
}

async fn asks(scene: &Scene, subject: &str, priority: &str) -> TicketId {
    let mut filing = scene.form("bug", subject).await;
    filing.filled.wish = Some(priority.into());
    let ticket = world::file(&scene.desk, &scene.dana().await, filing).await.unwrap();
    scene.settle().await;
    ticket
}

on_both! {
    async fn what_came_at_night_and_what_is_due_is_told_once_the_most_urgent_first(scene) {
        runs(&scene.desk).await;
        let before = asks(&scene, "Before", "medium").await;
        scene.at(EVENING).await;
        let medium = asks(&scene, "Medium at night", "medium").await;
        let high = asks(&scene, "High at night", "high").await;
        assert_eq!(digests(&scene, scene.cast.ines()), [""; 0], "not before it opens");
        scene.at(TUESDAY).await;
        let told = format!("Opening, came {high} {medium}, due {before}");
        assert_eq!(digests(&scene, scene.cast.ines()), std::slice::from_ref(&told));
        assert_eq!(digests(&scene, scene.cast.theo()), std::slice::from_ref(&told));
        // Once, also after a restart, and while the day goes on.
        runs(&scene.desk).await;
        scene.at("2026-11-17T12:00:00Z").await;
        runs(&scene.desk).await;
        assert_eq!(digests(&scene, scene.cast.ines()), [told]);
        assert_eq!(digests(&scene, scene.cast.dana()), [""; 0], "customers hear nothing of it");
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let page = ines.get("/desk/notifications").await.text();
        assert!(page.contains("2 came, 1 late or due today") && page.contains("class=\"unread\""), "{page}");
        let page = ines.get("/desk/opening").await.text();
        let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
        assert!(at("High at night") < at("Medium at night") && at("Medium at night") < at(">Before<"));
        assert!(!ines.get("/desk/notifications").await.text().contains("class=\"unread\""), "it was looked at");
        scene.at(WEDNESDAY).await;
        assert_eq!(digests(&scene, scene.cast.ines()).len(), 2, "each working day");
    }

    async fn who_looks_on_hears_the_bell_at_the_opening_where_it_is_told_on_the_page(scene) {
        runs(&scene.desk).await;
        let (ines, theo) = (scene.ines().await, scene.theo().await);
        notifications::choose(&scene.desk, &theo, &[(Notice::Opening, Chosen { way: Way::Mail, push: false })]).await.unwrap();
        scene.at(EVENING).await;
        let ticket = asks(&scene, "At night", "medium").await;
        let mut of_ines = live::listen(&scene.desk, &ines, None).await.unwrap();
        let mut of_theo = live::listen(&scene.desk, &theo, None).await.unwrap();
        scene.at(TUESDAY).await;
        let patience = std::time::Duration::from_secs(20);
        let rang = async {
            while of_ines.next().await.expect("the stream goes on") != Heard::Bell {}
        };
        tokio::time::timeout(patience, rang).await.expect("the bell is heard");
        tickets::note(&scene.desk, &ines, ticket, world::text("Seen.")).await.unwrap();
        while live::follow(&scene.desk).await.unwrap() {}
        let heard = async {
            loop {
                match of_theo.next().await.expect("the stream goes on") {
                    Heard::Bell => panic!("it is told by mail alone"),
                    Heard::Request { what: What::Noted, .. } => break,
                    _ => {}
                }
            }
        };
        tokio::time::timeout(patience, heard).await.expect("the note is heard");
    }

    async fn with_nothing_to_say_and_on_closed_days_nobody_is_told(scene) {
        runs(&scene.desk).await;
        scene.at(WEDNESDAY).await;
        assert_eq!(digests(&scene, scene.cast.ines()), [""; 0]);
        assert_eq!(opening::told(&scene.desk, &scene.ines().await).await.unwrap(), None);
        scene.at("2026-11-20T20:00:00Z").await;
        let ticket = asks(&scene, "On Friday night", "medium").await;
        scene.at("2026-11-22T12:00:00Z").await;
        runs(&scene.desk).await;
        assert_eq!(digests(&scene, scene.cast.ines()), [""; 0], "the weekend");
        scene.at("2026-11-23T08:01:00Z").await;
        assert_eq!(digests(&scene, scene.cast.ines()), [format!("Opening, came {ticket}, due")]);
    }

    async fn everybody_chooses_which_way_and_who_is_away_is_left_in_peace(scene) {
        runs(&scene.desk).await;
        let (ines, theo, jana) = (scene.ines().await, scene.theo().await, scene.actor(scene.cast.jana()).await);
        notifications::choose(&scene.desk, &ines, &[(Notice::Opening, Chosen { way: Way::Page, push: true })]).await.unwrap();
        notifications::choose(&scene.desk, &theo, &[(Notice::Opening, Chosen { way: Way::Neither, push: false })]).await.unwrap();
        let until = Some("2026-11-20T08:00:00Z".parse().unwrap());
        people::be_away(&scene.desk, &jana, until).await.unwrap();
        scene.at(EVENING).await;
        asks(&scene, "At night", "medium").await;
        scene.at(TUESDAY).await;
        for member in [scene.cast.ines(), scene.cast.theo(), scene.cast.jana()] {
            assert_eq!(digests(&scene, member), [""; 0]);
        }
        assert_eq!(notifications::unread(&scene.desk, &ines).await.unwrap().0, 1);
        assert_eq!(opening::told(&scene.desk, &ines).await.unwrap().map(|it| (it.came, it.is_read)), Some((1, false)));
        for actor in [&theo, &jana] {
            assert_eq!(opening::told(&scene.desk, actor).await.unwrap(), None);
        }
        let choices = Browser::of(&scene, scene.cast.ines()).await.get("/desk/notifications/choices").await.text();
        assert!(choices.contains("The desk opens") && choices.contains("name=\"opening\""), "{choices}");
    }

    async fn vis_2_one_is_told_of_ones_own_ones_teams_and_nobodys_and_of_nothing_that_one_does_not_see(scene) {
        runs(&scene.desk).await;
        let theo = scene.theo().await;
        let people = vec![scene.cast.theo().person];
        let wanted = desk::teams::ToKeep { name: "Bugs".into(), question: Some("type:bug".into()), sharing: Sharing::Pull, people };
        desk::teams::keep(&scene.desk, &theo, wanted).await.unwrap();
        scene.at(EVENING).await;
        let bug = asks(&scene, "Of a team", "medium").await;
        let secret = scene.files(&scene.dana().await, "security", "HOLE-IN-THE-WALL").await;
        let own = scene.files(&scene.dana().await, "question", "Of Ines").await;
        let to = Some(scene.cast.ines().person);
        tickets::assign(&scene.desk, &theo, own, tickets::Assignment { to }).await.unwrap();
        scene.at(TUESDAY).await;
        assert_eq!(digests(&scene, scene.cast.ines()), [format!("Opening, came {own}, due")]);
        assert_eq!(digests(&scene, scene.cast.theo()), [format!("Opening, came {bug}, due")]);
        assert_eq!(digests(&scene, scene.cast.jana()), [format!("Opening, came {secret}, due")]);
        let page = Browser::of(&scene, scene.cast.ines()).await.get("/desk/opening").await.text();
        assert!(!page.contains("HOLE-IN-THE-WALL") && page.contains("Of Ines"), "{page}");
    }

    async fn a_desk_that_was_down_as_it_opened_tells_when_it_is_back(scene) {
        scene.at(EVENING).await;
        let ticket = asks(&scene, "At night", "medium").await;
        scene.at("2026-11-17T10:30:00Z").await;
        runs(&scene.desk).await;
        assert_eq!(digests(&scene, scene.cast.ines()), [format!("Opening, came {ticket}, due")]);
        scene.at(WEDNESDAY).await;
        assert_eq!(digests(&scene, scene.cast.ines()).len(), 2);
    }
}

#[tokio::test]
async fn two_nodes_tell_each_once() {
    let scene = Scene::open(Engine::Postgres).await;
    let other = scene.node().await;
    scene.at(EVENING).await;
    asks(&scene, "At night", "medium").await;
    scene.at(TUESDAY).await;
    assert_eq!(digests(&scene, scene.cast.ines()), [""; 0], "no node runs yet");
    let (here, there) = tokio::join!(runs(&scene.desk), runs(&other));
    let ((), ()) = (here, there);
    assert_eq!(digests(&scene, scene.cast.ines()).len(), 1);
    assert_eq!(digests(&scene, scene.cast.theo()).len(), 1);
}
