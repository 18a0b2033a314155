//! Sessions and links that somebody else holds: planted, kept from before, or asked for earlier.

use desk::{
    Actor, Error,
    people::{NOBODY, NewPassword, NewStaff, ask_reset, enter, reset, sign_up, verify},
};
use jiff::SignedDuration;
use rules::{access::Grant, refusal::Refusal};
use testkit::{Browser, Scene, on_both};

const FROM: desk::people::Browser<'static> =
    desk::people::Browser { network: "203.0.113.7", agent: "Firefox", session: None, known: None };
const PAIR: [(&str, &str); 2] = [("address", "dana@acme.example"), ("password", world::PASSWORD)];

fn visitor() -> Actor {
    Actor::Visitor { network: "203.0.113.7".to_owned() }
}

/// Whether a browser with this token is nobody.
async fn is_nobodys(scene: &Scene, token: &str) -> bool {
    let mut thief = Browser::visitor(scene);
    thief.set_cookie("session", token);
    thief.get("/account").await.location().starts_with("/sign-in")
}

fn token(browser: &Browser) -> String {
    browser.cookie("session").unwrap().to_owned()
}

/// The kind of the job that is due next.
async fn next_job(scene: &Scene) -> Option<String> {
    let tx = scene.desk.store.begin().await.unwrap();
    let now = scene.desk.now();
    store::jobs::claim(&tx, now, now.plus(SignedDuration::from_mins(1))).await.unwrap().map(|job| job.kind)
}

on_both! {
    async fn reg_6_a_token_that_was_planted_before_signing_in_is_worthless(scene) {
        let forged = "A".repeat(43);
        let lea = token(&Browser::of(&scene, scene.cast.lea()).await);
        for planted in [forged, lea] {
            let mut dana = Browser::visitor(&scene);
            dana.set_cookie("session", &planted);
            assert_eq!(dana.post("/sign-in", &PAIR).await.status, 303);
            assert_ne!(token(&dana), planted);
            assert!(dana.get("/account").await.text().contains("Dana Whitlock"));
            assert!(is_nobodys(&scene, &planted).await, "it was replaced, not taken over");
        }
    }

    async fn reg_6_signing_in_again_ends_the_session_before(scene) {
        let mut dana = Browser::visitor(&scene);
        dana.post("/sign-in", &PAIR).await;
        let first = token(&dana);
        let before = desk::people::sessions(&scene.desk, &scene.dana().await).await.unwrap().len();
        dana.post("/sign-in", &PAIR).await;
        assert_ne!(token(&dana), first);
        assert!(is_nobodys(&scene, &first).await);
        assert_eq!(desk::people::sessions(&scene.desk, &scene.dana().await).await.unwrap().len(), before);
    }

    async fn reg_6_a_new_password_ends_the_links_before_it_too(scene) {
        let mut links = vec![];
        for _ in 0..2 {
            ask_reset(&scene.desk, &visitor(), "dana@acme.example").await.unwrap();
            scene.settle().await;
            links.push(scene.mail.link("dana@acme.example").unwrap());
        }
        assert_ne!(links[0], links[1]);
        let here = Browser::of(&scene, scene.cast.dana()).await;
        let new = |link: &String| NewPassword { link: link.clone(), password: "slate-orchard-violin-83".to_owned() };
        reset(&scene.desk, new(&links[1]), FROM).await.unwrap();
        assert!(is_nobodys(&scene, &token(&here)).await);
        let late = reset(&scene.desk, new(&links[0]), FROM).await;
        assert!(matches!(late, Err(Error::Refused(Refusal::LinkUsed))));
    }

    async fn reg_6_an_invitation_ends_with_the_first_password(scene) {
        let new = || NewStaff { name: "Nils Berg".to_owned(), address: "nils@firstline.example".to_owned(), grants: vec![Grant::Agent] };
        let mut links = vec![];
        for _ in 0..2 {
            let added = desk::people::add_staff(&scene.desk, &Actor::DESK, new()).await.unwrap();
            links.push(added.link.unwrap().url.rsplit('/').next().unwrap().to_owned());
        }
        let with = |link: &String| NewPassword { link: link.clone(), password: world::PASSWORD.to_owned() };
        verify(&scene.desk, with(&links[0]), FROM).await.unwrap();
        assert!(matches!(verify(&scene.desk, with(&links[1]), FROM).await, Err(Error::Refused(Refusal::LinkUsed))));
    }

    async fn reg_6_a_session_ends_after_ninety_days_however_much_it_is_used(scene) {
        let dana = token(&Browser::of(&scene, scene.cast.dana()).await);
        for _ in 0..8 {
            scene.advance(SignedDuration::from_hours(24 * 11)).await;
            assert!(matches!(enter(&scene.desk, &dana, FROM).await.unwrap(), Actor::Person(_)));
        }
        scene.advance(SignedDuration::from_hours(24 * 2)).await;
        assert!(matches!(enter(&scene.desk, &dana, FROM).await.unwrap(), Actor::Visitor { .. }));
    }

    async fn reg_2_a_guess_costs_as_much_for_an_unknown_address(scene) {
        let kept = store::people::password(scene.desk.store.read(), scene.cast.dana().person).await.unwrap().unwrap();
        let (kept, nobodys): (Vec<_>, Vec<_>) = (kept.split('$').collect(), NOBODY.split('$').collect());
        assert_eq!(kept[..4], nobodys[..4], "the algorithm, its version, memory and rounds");
        let lengths = |parts: &[&str]| parts.iter().map(|part| part.len()).collect::<Vec<_>>();
        assert_eq!(lengths(&kept[5..]), lengths(&nobodys[5..]), "the length of the hash");
    }

    async fn reg_2_an_unknown_address_makes_the_same_work(scene) {
        for address in ["dana@acme.example", "nobody@acme.example"] {
            ask_reset(&scene.desk, &visitor(), address).await.unwrap();
            assert_eq!(next_job(&scene).await.as_deref(), Some("mail"), "{address}");
            scene.settle().await;
            let proof = world::proof(&scene.desk).unwrap();
            let form = desk::people::SignUp { name: "Mila".to_owned(), address: address.to_owned(), proof };
            sign_up(&scene.desk, &visitor(), form).await.unwrap();
            assert_eq!(next_job(&scene).await.as_deref(), Some("mail"), "{address}");
            scene.settle().await;
        }
        assert_eq!(scene.mails(scene.cast.dana()), ["Password reset", "Already registered"]);
        assert_eq!(scene.mail.of("nobody@acme.example"), ["Verification"], "no mail about a password of nobody's");
    }

    async fn a_password_holds_until_somebody_sets_another(scene) {
        let now = scene.desk.now();
        scene.stage.clock.set(now.plus(SignedDuration::from_hours(24 * 800)));
        assert_eq!(Browser::visitor(&scene).post("/sign-in", &PAIR).await.status, 303);
    }

    async fn a_password_is_typed_unseen_and_may_come_from_a_manager(scene) {
        let mut visitor = Browser::visitor(&scene);
        let form = visitor.get("/sign-in").await.text();
        assert!(form.contains("type=\"password\" autocomplete=\"current-password\""), "{form}");
        ask_reset(&scene.desk, &self::visitor(), "dana@acme.example").await.unwrap();
        scene.settle().await;
        let link = scene.mail.link("dana@acme.example").unwrap();
        let form = visitor.get(&format!("/reset/{link}")).await.text();
        assert!(form.contains("type=\"password\" autocomplete=\"new-password\""), "{form}");
    }

    async fn signing_out_is_on_every_page(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let pages = ["/", "/support", "/requests", "/drafts", "/account", "/requests/new", "/desk", "/desk/views/mine"];
        for path in pages.map(str::to_owned).into_iter().chain([format!("/desk/requests/{ticket}")]) {
            assert!(ines.get(&path).await.text().contains("action=\"/sign-out\""), "{path}");
        }
    }
}
