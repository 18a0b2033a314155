//! Everything from the keyboard: keys as everybody has them and as one wants them, and the palette.

use desk::Actor;
use testkit::{Browser, Scene, on_both};

async fn ines(scene: &Scene) -> Browser {
    Browser::of(scene, scene.cast.ines()).await
}

on_both! {
    async fn keys_are_changed_for_one_person_shown_where_they_are_pressed_and_given_back(scene) {
        let mut browser = ines(&scene).await;
        let page = browser.get("/desk").await.text();
        assert!(page.contains("data-binding=\"reply\" data-pressed=\"r\""), "{page}");
        let kept = browser.post("/desk/keys", &[("reply", "e"), ("note", "n"), ("next", "j")]).await;
        assert_eq!((kept.status.as_u16(), kept.location()), (303, "/desk/keys?kept=yes"));
        let page = browser.get("/desk").await.text();
        assert!(page.contains("data-binding=\"reply\" data-pressed=\"e\""), "{page}");
        assert!(page.contains("data-binding=\"take\" data-pressed=\"\" hidden"), "a field that is empty has no key: {page}");
        let theirs = Browser::of(&scene, scene.cast.jana()).await.get("/desk").await.text();
        assert!(theirs.contains("data-binding=\"reply\" data-pressed=\"r\""));
        assert_eq!(browser.post("/desk/keys", &[("usual", "yes")]).await.status, 303);
        assert!(browser.get("/desk").await.text().contains("data-binding=\"reply\" data-pressed=\"r\""));
    }

    async fn a_key_that_cannot_be_had_is_refused_at_its_field_and_nothing_typed_is_lost(scene) {
        let mut browser = ines(&scene).await;
        let usual: Vec<(&str, &str)> = rules::keymap::Act::ALL.map(|act| (act.name(), act.usual())).into();
        let with = |key: &'static str| -> Vec<(&str, &str)> {
            usual.iter().map(|(act, usual)| (*act, if *act == "reply" { key } else { usual })).collect()
        };
        let refused = browser.post("/desk/keys", &with("n")).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        assert!(text.contains("id=\"key-reply-fault\"") && text.contains("“write an internal note”"), "{text}");
        assert!(text.contains("name=\"reply\" value=\"n\"") && text.matches("-fault\"").count() == 2, "{text}");
        for none in ["Enter", "g", "<b>", "a b c"] {
            assert_eq!(browser.post("/desk/keys", &with(none)).await.status, 422, "{none}");
        }
        assert!(browser.get("/desk").await.text().contains("data-binding=\"reply\" data-pressed=\"r\""));
    }

    async fn the_palette_names_acts_views_pages_people_and_only_requests_that_its_reader_sees(scene) {
        let (dana, jana) = (scene.dana().await, scene.cast.jana());
        let open = scene.files(&dana, "question", "A lantern flickers").await;
        let secret = scene.files(&dana, "security", "A lantern that anybody can open").await;
        desk::search::catch_up(&scene.desk).await.unwrap();
        let mut browser = ines(&scene).await;
        let found = async |browser: &mut Browser, words: &str| {
            browser.get(&format!("/desk/palette?q={}", words.replace(' ', "+"))).await.text()
        };
        let nothing = found(&mut browser, "").await;
        for entry in ["data-does=\"reply\"", "/desk/views/needs-answer", "/desk/organisations", "/desk/keys"] {
            assert!(nothing.contains(entry), "{entry}: {nothing}");
        }
        assert!(!nothing.contains("/desk/audit"), "that is the administrator's: {nothing}");
        let lantern = found(&mut browser, "lantern").await;
        assert!(lantern.contains(&format!("/desk/requests/{open}")), "{lantern}");
        assert!(!lantern.contains("anybody") && !found(&mut browser, &secret.to_string()).await.contains("anybody"));
        let security = found(&mut Browser::of(&scene, jana).await, &secret.to_string()).await;
        assert!(security.contains(&format!("/desk/requests/{secret}")), "by its number: {security}");
        let who = found(&mut browser, "dana acme").await;
        assert!(who.contains("q=from%3A") && who.contains(&scene.cast.dana().name), "{who}");
        assert!(found(&mut browser, "need ans").await.contains("/desk/views/needs-answer"), "words by their beginnings");
        let odd = found(&mut browser, "%3Cscript%3E").await;
        assert!(!odd.contains("<script>") && odd.contains("Search for"), "{odd}");
    }

    async fn the_palette_goes_to_what_is_called_so_and_to_what_says_it_where_there_is_room(scene) {
        let dana = scene.dana().await;
        let says = scene.files(&dana, "question", "Which lamp is meant").await;
        scene.replies(&scene.ines().await, says, "Lantern, lantern, lantern: the one over the door.").await;
        let mut called = vec![];
        for n in 0..5 {
            called.push(scene.files(&dana, "question", &format!("A lantern flickers in hall {n}")).await);
        }
        desk::search::catch_up(&scene.desk).await.unwrap();
        let mut browser = ines(&scene).await;
        let leads = |page: &str, id| page.contains(&format!("/desk/requests/{id}\""));
        let page = browser.get("/desk/palette?q=lantern").await.text();
        assert!(leads(&page, says) && called.iter().all(|id| leads(&page, *id)), "{page}");
        called.push(scene.files(&dana, "question", "The lantern in hall 5").await);
        desk::search::catch_up(&scene.desk).await.unwrap();
        let page = browser.get("/desk/palette?q=lantern").await.text();
        assert!(!leads(&page, says) && called.iter().all(|id| leads(&page, *id)), "{page}");
    }

    async fn prv_1_keys_of_ones_own_go_with_who_is_erased(scene) {
        let mut browser = ines(&scene).await;
        browser.post("/desk/keys", &[("reply", "e")]).await;
        let person = scene.cast.ines().person;
        let kept = async || store::key_bindings::of(scene.desk.store.read(), person).await.unwrap().len();
        assert_ne!(kept().await, 0);
        desk::people::erase(&scene.desk, &Actor::DESK, person).await.unwrap();
        assert_eq!(kept().await, 0);
    }
}
