//! What staff find beside requests: people, organisations, what stands in files; why it was found, and page after page.

use desk::{
    Actor,
    drafts::{self, Typed},
    search::{self, At, By, Place, Results},
    tickets::{self, Text},
};
use rules::{events::Audience, ids::TicketId};
use testkit::{Browser, Scene, on_both};

use crate::logs::give;

async fn find(scene: &Scene, actor: &Actor, words: &str, at: (At, usize)) -> Results {
    search::catch_up(&scene.desk).await.unwrap();
    search::find(&scene.desk, actor, words, at).await.unwrap()
}

fn numbers(results: &Results) -> Vec<TicketId> {
    results.requests.iter().map(|it| it.row.ticket.id).collect()
}

fn people(results: &Results) -> Vec<&str> {
    results.people.iter().map(|it| it.name.as_str()).collect()
}

/// A text, and with a file of that name and content.
async fn with_file(scene: &Scene, actor: &Actor, ticket: TicketId, (name, content): (&str, &str)) -> Text {
    let typed = Typed { draft: None, purpose: format!("request/{ticket}"), fields: [].into() };
    let draft = drafts::save(&scene.desk, actor, typed).await.unwrap();
    give(scene, actor, draft, ("body", name), content.as_bytes()).await;
    Text { body: "See the file.".to_owned(), draft: Some(draft), channel: None }
}

on_both! {
    async fn vis_3_staff_find_people_and_organisations_by_what_they_are_called(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let name = scene.cast.dana().name.clone();
        let family = name.split(' ').next_back().unwrap().to_lowercase();
        let beginning = &family[..4];
        let desk = async |words: &str| find(&scene, &ines, words, (At::Desk, 1)).await;
        assert_eq!(people(&desk(beginning).await), [name.as_str()], "by the beginning of the name");
        assert_eq!(people(&desk(&format!("{} dana", &family)).await), [name.as_str()], "in any order");
        let misspelt = family.replacen(&family[2..3], "", 1);
        assert_eq!(people(&desk(&format!("{misspelt} ")).await), [name.as_str()], "with a letter missing");
        let found = desk("acme").await;
        assert!(people(&found).contains(&name.as_str()), "by a part of the address");
        assert_eq!(found.organisations.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Acme Robotics"]);
        let portal = find(&scene, &dana, "acme", (At::Portal, 1)).await;
        assert!(portal.people.is_empty() && portal.organisations.is_empty(), "customers look nobody up");
        let (acme, jana) = (found.organisations[0].id, scene.actor(scene.cast.jana()).await);
        desk::organisations::rename(&scene.desk, &jana, acme, "Zenith Works").await.unwrap();
        assert_eq!(desk("zenith").await.organisations[0].id, acme);
        desk::people::erase(&scene.desk, &Actor::DESK, scene.cast.dana().person).await.unwrap();
        assert!(people(&desk(beginning).await).is_empty(), "who was erased is nobody");
        assert!(!scene.desk.store.search().knows(&family).unwrap());
    }

    async fn log_3_words_of_files_are_found_by_who_may_read_them_and_never_a_secret(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "question", "A lantern flickers").await;
        let log = "2026-11-20 14:02:11 ERROR wickholder collapsed\n\
                   2026-11-20 14:02:12 WARN url=jdbc:postgresql://app:hunterxyz@db/x\n";
        let note = with_file(&scene, &ines, ticket, ("inside.log", log)).await;
        tickets::note(&scene.desk, &ines, ticket, note).await.unwrap();
        let at_desk = find(&scene, &ines, "wickholder", (At::Desk, 1)).await;
        assert_eq!(numbers(&at_desk), [ticket]);
        assert_eq!(at_desk.requests[0].shows.as_ref().unwrap().place, Place::File("inside.log".to_owned()));
        assert_eq!(numbers(&find(&scene, &dana, "wickholder", (At::Portal, 1)).await), [], "it is of a note");
        assert_eq!(numbers(&find(&scene, &ines, "hunterxyz", (At::Desk, 1)).await), []);
        let answer = with_file(&scene, &dana, ticket, ("hers.log", "2026-11-20 14:02:11 ERROR chimneypiece\n")).await;
        tickets::answer(&scene.desk, &dana, ticket, answer).await.unwrap();
        for (actor, at) in [(&dana, At::Portal), (&ines, At::Desk)] {
            assert_eq!(numbers(&find(&scene, actor, "chimneypiece", (at, 1)).await), [ticket]);
        }
        assert_eq!(numbers(&find(&scene, &scene.ravi().await, "chimneypiece", (At::Portal, 1)).await), []);
    }

    async fn req_7_a_result_says_where_its_words_stand(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let ticket = scene.files(&dana, "question", "A lantern flickers").await;
        let text = Text { body: "A gargoyle sits on it.".to_owned(), draft: None, channel: None };
        tickets::note(&scene.desk, &ines, ticket, text).await.unwrap();
        let found = find(&scene, &ines, "gargoyle", (At::Desk, 1)).await;
        let Some(Place::Message { by, audience, .. }) = found.requests[0].shows.as_ref().map(|it| &it.place) else {
            panic!("{found:?}");
        };
        assert_eq!((by, audience), (&By::Person(scene.cast.ines().name.clone()), &Audience::Internal));
        let page = Browser::of(&scene, scene.cast.ines()).await.get("/desk/search?q=gargoyle").await.text();
        assert!(page.contains(&format!("{}’s note", scene.cast.ines().name)), "{page}");
    }

    async fn req_7_results_go_on_page_after_page_and_stand_in_the_order_of_time(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let mut filed = vec![];
        for n in 0..23 {
            filed.push(scene.files(&dana, "question", &format!("A lantern flickers, case {n}")).await);
        }
        for (actor, at) in [(&ines, At::Desk), (&dana, At::Portal)] {
            let (first, second) =
                (find(&scene, actor, "lantern", (at, 1)).await, find(&scene, actor, "lantern", (at, 2)).await);
            assert_eq!((first.is_more, second.is_more), (true, false));
            let mut all = [numbers(&first), numbers(&second)].concat();
            all.sort_unstable();
            assert_eq!(all, filed);
        }
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let page = browser.get("/desk/search?q=lantern").await.text();
        assert!(page.contains("/desk/search?q=lantern&#38;page=2"), "{page}");
        assert!(page.contains("q=lantern%20sort%3Aupdated"), "{page}");
        assert!(browser.get("/desk/search?q=lantern&page=2").await.text().contains("Better matches"));
        for (who, odd) in [(scene.cast.ines(), "/desk/search"), (scene.cast.dana(), "/search")] {
            let page = Browser::of(&scene, who).await.get(&format!("{odd}?q=lantern&page=nonsense")).await;
            assert!(page.status == 200 && page.text().contains("A <mark>lantern</mark> flickers"), "{odd}");
        }
        let all = browser.get("/desk/search?q=lantern%20sort%3Aupdated").await.text();
        assert_eq!(all.matches("A lantern flickers, case").count(), 23, "one list has them all");
    }
}
