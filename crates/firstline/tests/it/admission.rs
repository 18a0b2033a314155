//! Under a policy that has people with a public address wait (REG-3): they see that they wait and nothing else, until staff
//! let them in or not.

use axum::http::Method;
use desk::{
    Actor, Error,
    people::{self, NewPassword, SignUp, admit, turn_away, waiting},
    policy::NewPolicy,
    tickets,
};
use rules::{ids::PersonId, refusal::Refusal};
use testkit::{Browser, Scene, on_both};
use web::{
    app::Mode,
    routes::{Permission, all},
};
use world::PASSWORD;

const BROWSER: people::Browser<'static> =
    people::Browser { network: "203.0.113.7", agent: "Firefox", session: None, known: None };
const MILA: &str = "mila.novak@gmail.com";

/// The reference policy, but for public addresses.
async fn approving(scene: &Scene) {
    let reference = include_str!("../../../../policies/allure-testops.toml");
    let source = match reference.contains("public = \"individual\"") {
        true => reference.replacen("public = \"individual\"", "public = \"approve\"", 1),
        false => format!("{reference}\n[domains]\npublic = \"approve\"\n"),
    };
    desk::policy::apply(&scene.desk, &Actor::DESK, NewPolicy { source, from: None }).await.unwrap();
}

async fn joins(scene: &Scene, address: &str) -> PersonId {
    let visitor = Actor::Visitor { network: "203.0.113.7".to_owned() };
    let proof = world::proof(&scene.desk).unwrap();
    let form = SignUp { name: "Mila Novak".to_owned(), address: address.to_owned(), proof };
    people::sign_up(&scene.desk, &visitor, form).await.unwrap();
    scene.settle().await;
    let link = scene.mail.link(address).unwrap();
    people::verify(&scene.desk, NewPassword { link, password: PASSWORD.to_owned() }, BROWSER).await.unwrap().person
}

async fn actor(scene: &Scene, person: PersonId) -> Actor {
    Actor::Person(Box::new(desk::actor::Signed::read(scene.desk.store.read(), person).await.unwrap()))
}

on_both! {
    async fn reg_3_who_waits_sees_that_and_nothing_else(scene) {
        approving(&scene).await;
        let mila = joins(&scene, MILA).await;
        let mut browser = Browser::visitor(&scene);
        browser.enter(&scene, MILA).await;
        for route in all(Mode::Production) {
            if route.permission == Permission::Everybody || route.path == "/sign-out" {
                continue;
            }
            let path = route.path.split('/').map(|it| if it.starts_with('{') { "1" } else { it }).collect::<Vec<_>>().join("/");
            let answer = match route.method {
                Method::GET => browser.get(&path).await,
                Method::POST => browser.post(&path, &[]).await,
                _ => continue,
            };
            // Programs come with tokens; whose session is open beside says nothing there.
            let refused = if matches!(route.permission, Permission::Program(_)) { 401 } else { 403 };
            assert_eq!(answer.status, refused, "{} {path}", route.method);
            if route.method == Method::GET && refused == 403 {
                assert!(answer.text().contains("You wait to be let in"), "{path}");
            }
        }
        let form = scene.form("question", "May I?").await;
        let filed = world::file(&scene.desk, &actor(&scene, mila).await, form).await;
        assert!(matches!(filed, Err(Error::Refused(Refusal::NotLetIn { turned_away: None, .. }))), "{filed:?}");
        assert_eq!(browser.post("/sign-out", &[]).await.location(), "/", "but they may go");
    }

    async fn reg_3_staff_let_them_in_on_their_own_or_into_an_organisation(scene) {
        approving(&scene).await;
        let (mila, ines) = (joins(&scene, MILA).await, scene.ines().await);
        let other = joins(&scene, "otto.lind@gmail.com").await;
        let listed: Vec<PersonId> = waiting(&scene.desk, &ines).await.unwrap().iter().map(|it| it.person).collect();
        assert_eq!(listed, [mila, other]);
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let page = browser.get("/desk/people/waiting").await.text();
        assert!(page.contains("Mila Novak") && page.contains(MILA), "{page}");
        let unknown = admit(&scene.desk, &ines, mila, "nobody.example").await;
        assert!(matches!(unknown, Err(Error::Refused(Refusal::Organisation(_)))), "{unknown:?}");
        assert!(actor(&scene, mila).await.signed().is_err(), "nothing was done");
        let acme = scene.dana().await.signed().unwrap().organisations[0].0;
        admit(&scene.desk, &ines, mila, &acme.to_string()).await.unwrap();
        let answer = browser.post(&format!("/desk/people/{other}/admission"), &[("into", "")]).await;
        assert_eq!(answer.location(), "/desk/people/waiting");
        scene.settle().await;
        for (person, address, organisations) in [(mila, MILA, 1), (other, "otto.lind@gmail.com", 0)] {
            assert_eq!(scene.mail.of(address).last().map(String::as_str), Some("Let in"));
            let actor = actor(&scene, person).await;
            assert_eq!(actor.signed().unwrap().organisations.len(), organisations);
            scene.files(&actor, "question", "Which role may only read?").await;
        }
        assert!(matches!(admit(&scene.desk, &ines, mila, "").await, Err(Error::NotFound)), "once");
        assert!(matches!(waiting(&scene.desk, &scene.dana().await).await, Err(Error::NotFound)));
    }

    async fn reg_3_staff_turn_somebody_away_and_they_read_why(scene) {
        approving(&scene).await;
        let (mila, ines) = (joins(&scene, MILA).await, scene.ines().await);
        assert!(matches!(turn_away(&scene.desk, &ines, mila, " ").await, Err(Error::Invalid(_))));
        turn_away(&scene.desk, &ines, mila, "We know no company behind this address.").await.unwrap();
        scene.settle().await;
        assert_eq!(scene.mail.of(MILA).last().map(String::as_str), Some("Not let in"));
        let mut browser = Browser::visitor(&scene);
        browser.enter(&scene, MILA).await;
        let answer = browser.get("/requests").await;
        assert_eq!(answer.status, 403);
        let text = answer.text();
        assert!(text.contains("You were not let in") && text.contains("We know no company"), "{text}");
        admit(&scene.desk, &ines, mila, "").await.unwrap();
        assert_eq!(browser.get("/requests").await.status, 200, "minds are changed");
        assert!(tickets::own(&scene.desk, &actor(&scene, mila).await, None).await.unwrap().rows.is_empty());
    }

    async fn reg_3_who_is_asked_to_join_need_not_wait(scene) {
        approving(&scene).await;
        let (mila, ines) = (joins(&scene, MILA).await, scene.ines().await);
        let acme = scene.dana().await.signed().unwrap().organisations[0].0;
        let new = desk::organisations::NewInvitation { address: MILA.to_owned(), role: rules::access::Role::Member };
        desk::organisations::invite(&scene.desk, &ines, acme, new).await.unwrap();
        scene.settle().await;
        let link = scene.mail.link(MILA).unwrap();
        let accepting = desk::organisations::Accepting { link, ..Default::default() };
        desk::organisations::accept(&scene.desk, accepting, BROWSER).await.unwrap();
        assert_eq!(actor(&scene, mila).await.signed().unwrap().organisations[0].0, acme);
        assert!(waiting(&scene.desk, &ines).await.unwrap().is_empty());
    }
}
