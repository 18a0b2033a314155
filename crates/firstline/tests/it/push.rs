//! Notifications on devices while the desk is closed: named in a browser, told by kind, sealed, sent again when a push service
//! is away, and to nobody who should not see them.

use desk::{Actor, people, push, tickets};
use jiff::SignedDuration;
use rules::{events::Secrecy, ids::TicketId, notices::Notice};
use testkit::{Browser, Engine, Scene, on_both};
use world::Member;

use crate::push_service::{Heard, Keys, PushService};

const PAGE: &str = "/desk/notifications/choices";
const DEVICES: &str = "/desk/notifications/devices";

/// Somebody's browser, signed in and named; the number tells one from another.
async fn named(scene: &Scene, service: &PushService, (member, number): (&Member, u8)) -> (Browser, Keys) {
    let (mut browser, keys) = (Browser::of(scene, member).await, Keys::new(number));
    name(&mut browser, &keys.subscription(&service.endpoint(number))).await;
    (browser, keys)
}

async fn name(browser: &mut Browser, subscription: &str) {
    let answer = browser.post(DEVICES, &[("subscription", subscription)]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

async fn key(browser: &mut Browser) -> String {
    let standing: serde_json::Value = serde_json::from_slice(&browser.get(DEVICES).await.body).unwrap();
    standing["key"].as_str().unwrap().to_owned()
}

async fn gives(scene: &Scene, from: &Actor, (ticket, to): (TicketId, Option<&Actor>)) {
    let to = to.map(|it| it.signed().unwrap().person);
    tickets::assign(&scene.desk, from, ticket, tickets::Assignment { to }).await.unwrap();
}

/// Clocks run out as time passes: devices show that something was given to her, or written, and nothing else.
async fn chooses_two(browser: &mut Browser) {
    let ways = ["assigned", "customer_replied", "warned", "breached", "pressed", "opening"].map(|kind| (kind, "page"));
    let pushed = [("push_assigned", "yes"), ("push_customer_replied", "yes")];
    assert_eq!(browser.post(PAGE, &[&ways[..], &pushed[..]].concat()).await.status, 303);
}

/// Theo gives Ines a request.
async fn assigned(scene: &Scene) -> TicketId {
    let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
    let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
    gives(scene, &theo, (ticket, Some(&ines))).await;
    ticket
}

fn paths(heard: &[Heard]) -> Vec<&str> {
    heard.iter().map(|it| it.path.as_str()).collect()
}

on_both! {
    async fn what_is_told_shows_on_the_device_and_says_no_more_than_it_must(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        let (mut browser, keys) = named(&scene, &service, (scene.cast.ines(), 1)).await;
        let (dana, theo) = (scene.dana().await, scene.theo().await);
        let ticket = assigned(&scene).await;
        scene.settle().await;
        let heard = service.heard();
        assert_eq!(paths(&heard), ["/push/1"]);
        let said = &heard[0];
        assert_eq!((said.header("ttl"), said.header("urgency")), ("86400", "normal"));
        let is_topic = |it: &str| it.len() == 32 && it.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        assert!(is_topic(said.header("topic")) && !said.header("topic").contains(&ticket.to_string()));
        let claims = said.claims(&key(&mut browser).await);
        assert_eq!(claims["aud"], format!("https://localhost:{}", service.port));
        assert_eq!(claims["sub"], "https://help.desk.example");
        let until = claims["exp"].as_i64().unwrap() - scene.desk.now().timestamp().as_second();
        assert!(until > 0 && until <= 24 * 3600, "{until}");
        let shown = keys.read(said);
        assert_eq!(shown["title"], format!("Request {ticket} was given to you"));
        assert_eq!((shown["body"].as_str(), shown["url"].as_str()), (Some(""), Some(format!("/desk/requests/{ticket}").as_str())));
        assert_eq!(shown["tag"], format!("request-{ticket}-assigned"));
        assert!(browser.get(PAGE).await.text().contains("last sent to"));

        // Its subject, once she wants that; under another topic, since it is of another kind.
        browser.post(PAGE, &[("subjects", "yes")]).await;
        scene.advance(SignedDuration::from_mins(1)).await;
        tickets::answer(&scene.desk, &dana, ticket, world::text("Where?")).await.unwrap();
        scene.settle().await;
        let again = service.heard();
        assert_eq!(keys.read(&again[0])["body"], "Where are dashboards kept");
        assert_ne!(again[0].header("topic"), said.header("topic"));

        // Not the kinds that she did not choose; others as before.
        let chosen = [("assigned", "both"), ("customer_replied", "neither"), ("push_assigned", "yes")];
        browser.post(PAGE, &chosen).await;
        scene.advance(SignedDuration::from_mins(1)).await;
        tickets::answer(&scene.desk, &dana, ticket, world::text("I do not find it.")).await.unwrap();
        gives(&scene, &theo, (ticket, None)).await;
        gives(&scene, &theo, (ticket, Some(&scene.ines().await))).await;
        scene.settle().await;
        let heard = service.heard();
        assert_eq!(heard.iter().map(|it| keys.read(it)["tag"].clone()).collect::<Vec<_>>(), [format!("request-{ticket}-assigned")]);
        assert_eq!(heard[0].header("topic"), said.header("topic"), "it takes the place of the first");
    }

    async fn rfc_8030_what_a_push_service_answers_is_heeded(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        let (mut browser, _) = named(&scene, &service, (scene.cast.ines(), 1)).await;
        chooses_two(&mut browser).await;
        service.answers(&["429 Slow\r\nretry-after: 3600\r\n", "503 Away\r\n", "201 Created\r\n"]);
        assigned(&scene).await;
        scene.settle().await;
        assert_eq!(service.heard().len(), 1);
        scene.advance(SignedDuration::from_mins(59)).await;
        assert_eq!(service.heard().len(), 0, "an hour was asked for");
        scene.advance(SignedDuration::from_mins(1)).await;
        assert_eq!(service.heard().len(), 1);
        scene.advance(SignedDuration::from_mins(2)).await;
        assert_eq!(service.heard().len(), 1, "then as everything is tried again");
        scene.advance(SignedDuration::from_hours(24)).await;
        assert_eq!(service.heard().len(), 0, "and once taken not again");

        // What is refused for good waits where staff see it, with its cause.
        service.always("413 Large\r\n");
        assigned(&scene).await;
        scene.advance(SignedDuration::from_hours(24 * 5)).await;
        assert_eq!(service.heard().len(), 11);
        let parked = desk::work::parked(&scene.desk, &scene.actor(scene.cast.ada()).await, None).await.unwrap();
        let parked: Vec<_> = parked.work.iter().map(|it| (it.kind.as_str(), it.fault.as_str())).collect();
        assert_eq!(parked, [("push", "localhost answered 413")]);

        // Who is gone is forgotten, and nobody is told.
        service.always("410 Gone\r\n");
        assert!(browser.get(PAGE).await.text().contains("Stop on this device"));
        assigned(&scene).await;
        scene.settle().await;
        assert_eq!(service.heard().len(), 1);
        assert!(!browser.get(PAGE).await.text().contains("Stop on this device"));
        assigned(&scene).await;
        scene.advance(SignedDuration::from_hours(1)).await;
        assert_eq!(service.heard().len(), 0);
    }

    async fn vis_3_what_one_does_not_see_any_more_is_not_sent(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        named(&scene, &service, (scene.cast.ines(), 1)).await;
        let (mut janas, keys) = named(&scene, &service, (scene.cast.jana(), 2)).await;
        janas.post(PAGE, &[("subjects", "yes")]).await;
        service.always("500 Broken\r\n");
        let theo = scene.theo().await;
        let ticket = scene.files(&scene.dana().await, "bug", "Launches stay open").await;
        gives(&scene, &theo, (ticket, Some(&scene.ines().await))).await;
        scene.settle().await;
        assert_eq!(paths(&service.heard()), ["/push/1"]);
        let security = tickets::Conversion { to: "security".into(), reason: String::new() };
        tickets::convert(&scene.desk, &theo, ticket, security).await.unwrap();
        service.always("201 Created\r\n");
        scene.advance(SignedDuration::from_mins(5)).await;
        let heard = service.heard();
        assert_eq!(paths(&heard), ["/push/2"], "the security role alone");
        let shown = keys.read(&heard[0]);
        assert_eq!(shown["title"], format!("Request {ticket} is for the security role"));
        assert_eq!((shown["body"].as_str(), heard[0].header("urgency")), (Some(""), "high"), "and by its number, whatever was chosen");
    }

    async fn vis_2_what_is_confidential_is_told_by_its_number(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        let (mut browser, keys) = named(&scene, &service, (scene.cast.theo(), 1)).await;
        browser.post(PAGE, &[("subjects", "yes")]).await;
        let (dana, theo) = (scene.dana().await, scene.theo().await);
        let ticket = scene.files(&dana, "question", "Where are dashboards kept").await;
        gives(&scene, &theo, (ticket, Some(&theo))).await;
        tickets::set_secrecy(&scene.desk, &theo, ticket, Secrecy::Confidential).await.unwrap();
        tickets::answer(&scene.desk, &dana, ticket, world::text("It is about our merger.")).await.unwrap();
        scene.settle().await;
        let heard = service.heard();
        assert_eq!(heard.iter().map(|it| keys.read(it)["body"].clone()).collect::<Vec<_>>(), [""]);
    }

    async fn nobody_is_told_of_what_is_before_them_was_read_or_comes_while_they_are_away(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        let (mut browser, _) = named(&scene, &service, (scene.cast.ines(), 1)).await;
        chooses_two(&mut browser).await;
        let dana = scene.dana().await;
        let ticket = assigned(&scene).await;
        // She opens it before the push is on its way.
        let looks = [("doing", "looking"), ("page", "1")];
        browser.post(&format!("/desk/requests/{ticket}/presence"), &looks).await;
        tickets::answer(&scene.desk, &dana, ticket, world::text("Where?")).await.unwrap();
        scene.settle().await;
        assert_eq!(service.heard().len(), 0, "it is before her");
        scene.advance(SignedDuration::from_mins(2)).await;
        tickets::answer(&scene.desk, &dana, ticket, world::text("Hello?")).await.unwrap();
        scene.settle().await;
        assert_eq!(service.heard().len(), 1, "it is no longer");
        // Read on the desk while the push service was away.
        service.always("500 Broken\r\n");
        let other = assigned(&scene).await;
        scene.settle().await;
        desk::notifications::opened(&scene.desk, &scene.ines().await, other).await.unwrap();
        scene.advance(SignedDuration::from_hours(1)).await;
        assert_eq!(service.heard().len(), 1);
        service.always("201 Created\r\n");
        browser.post("/desk/away", &[("until", "2026-11-23T08:00")]).await;
        assigned(&scene).await;
        scene.settle().await;
        assert_eq!(service.heard().len(), 0, "she is away");
    }

    async fn a_device_ends_with_its_session_and_with_its_person(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        let (mut first, _) = named(&scene, &service, (scene.cast.ines(), 1)).await;
        let (mut second, _) = named(&scene, &service, (scene.cast.ines(), 2)).await;
        named(&scene, &service, (scene.cast.ines(), 3)).await;
        assigned(&scene).await;
        first.post("/sign-out", &[]).await;
        scene.settle().await;
        assert_eq!(paths(&service.heard()), ["/push/2", "/push/3"], "signed out before it went");
        // Whoever signs in anew in the same browser keeps it.
        let person = scene.ines().await.signed().unwrap().person;
        let session = Some(store::push::of(scene.desk.store.read(), person).await.unwrap()[0].session);
        let from = people::Browser { network: "192.0.2.77", agent: "a story", session, known: None };
        people::enter_as(&scene.desk, &scene.cast.ines().address, from).await.unwrap();
        assert_eq!(second.get(PAGE).await.status, 303, "its session before is over");
        assigned(&scene).await;
        scene.settle().await;
        assert_eq!(paths(&service.heard()), ["/push/2", "/push/3"]);
        Browser::of(&scene, scene.cast.ines()).await.post("/account/sign-out-everywhere", &[]).await;
        assigned(&scene).await;
        scene.settle().await;
        assert_eq!(service.heard().len(), 0);
        // A browser that somebody else signs in at is theirs alone.
        let (_, keys) = named(&scene, &service, (scene.cast.ines(), 4)).await;
        let mut theos = Browser::of(&scene, scene.cast.theo()).await;
        name(&mut theos, &keys.subscription(&service.endpoint(4))).await;
        let ines = scene.ines().await;
        assert_eq!(push::devices(&scene.desk, &ines).await.unwrap(), []);
        // Nothing is left of who is erased, or works here no more.
        named(&scene, &service, (scene.cast.ines(), 5)).await;
        let ada = scene.actor(scene.cast.ada()).await;
        let looked = people::erase(&scene.desk, &ada, ines.signed().unwrap().person).await.unwrap();
        assert!(looked.iter().any(|it| it.place == "devices" && it.rows == 1), "{looked:?}");
        let theo = scene.cast.theo();
        let none = people::NewStaff { name: theo.name.clone(), address: theo.address.clone(), grants: vec![] };
        people::add_staff(&scene.desk, &Actor::COMMAND, none).await.unwrap();
        let theos = theo.actor(&scene.desk).await.unwrap().signed().unwrap().person;
        assert_eq!(store_of(&scene, theos).await, 0);
    }

    async fn the_page_names_devices_tries_them_and_takes_them_away(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        let mut plain = Browser::of(&scene, scene.cast.ines()).await;
        let page = plain.get(PAGE).await.text();
        assert!(page.contains("this page needs its script") && page.contains("Show on this device") && !page.contains("Send a test"));
        assert!(plain.post(&format!("{DEVICES}/test"), &[]).await.location().contains("tried=0"));
        let (mut browser, keys) = named(&scene, &service, (scene.cast.ines(), 1)).await;
        let page = browser.get(PAGE).await.text();
        assert!(page.contains("Stop on this device") && page.contains("nothing sent yet"));
        assert!(plain.get(PAGE).await.text().contains("Remove"), "to another browser it is another device");
        let sent = browser.post(&format!("{DEVICES}/test"), &[]).await;
        scene.settle().await;
        assert_eq!(keys.read(&service.heard()[0])["title"], "This device shows notifications");
        assert!(browser.get(sent.location()).await.text().contains("A test is on its way to your device."));
        // Nobody takes away what is not theirs.
        let id = push::devices(&scene.desk, &scene.ines().await).await.unwrap()[0].id;
        let mut theos = Browser::of(&scene, scene.cast.theo()).await;
        assert_eq!(theos.post(&format!("{DEVICES}/{id}/removal"), &[]).await.status, 404);
        assert_eq!(plain.post(&format!("{DEVICES}/{id}/removal"), &[]).await.status, 303);
        assert!(!browser.get(PAGE).await.text().contains("Stop on this device"));
        let worker = plain.get("/push-worker.js").await;
        assert_eq!((worker.header("cache-control"), worker.header("content-type")), ("no-cache", "text/javascript; charset=utf-8"));
        assert!(worker.header("content-security-policy").contains("default-src 'none'"));
    }

    async fn what_a_browser_says_of_itself_is_refused_by_what_is_wrong_with_it(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let keys = Keys::new(1);
        let public = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw5";
        let no_point = format!(r#"{{"endpoint":"{}","keys":{{"p256dh":"{public}","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}}}"#, service.endpoint(1));
        for (said, why) in [
            ("nonsense".to_owned(), "cannot be read"),
            (keys.subscription("http://localhost/push"), "does not speak https"),
            (keys.subscription("https://192.168.1.1/push"), "in a network that this desk may not reach"),
            (keys.subscription("https://[::1]/push"), "in a network that this desk may not reach"),
            (keys.subscription(&format!("https://push.example/{}", "x".repeat(3000))), "longer than it should be"),
            (no_point, "keys that your browser gave are none"),
        ] {
            let answer = browser.post(DEVICES, &[("subscription", &said)]).await;
            assert_eq!(answer.status, 422, "{said}");
            assert!(answer.text().contains(why), "{said}");
        }
        let ines = scene.ines().await;
        assert!(push::name(&scene.desk, &ines, &keys.subscription(&service.endpoint(1)), "").await.is_err(), "no browser at all");
        assert_eq!(push::devices(&scene.desk, &ines).await.unwrap(), []);
    }

    async fn at_most_twenty_and_the_one_that_was_not_used_for_longest_gives_way(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        for number in 1..=20 {
            named(&scene, &service, (scene.cast.ines(), number)).await;
            scene.advance(SignedDuration::from_mins(1)).await;
        }
        // All are used but the second.
        service.always("201 Created\r\n");
        assigned(&scene).await;
        service.answers(&["201 Created\r\n", "500 Broken\r\n"]);
        scene.settle().await;
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let keys = Keys::new(21);
        let answer = browser.post(DEVICES, &[("subscription", &keys.subscription(&service.endpoint(21)))]).await;
        assert!(browser.get(answer.location()).await.text().contains("You had 20 devices already"));
        service.heard();
        browser.post(&format!("{DEVICES}/test"), &[]).await;
        scene.settle().await;
        let heard = service.heard();
        assert!(heard.len() == 20 && !paths(&heard).contains(&"/push/2") && paths(&heard).contains(&"/push/21"));
    }

    async fn a_desk_that_dies_as_it_sends_sends_at_most_the_same_once_more(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        let (mut browser, _) = named(&scene, &service, (scene.cast.ines(), 1)).await;
        chooses_two(&mut browser).await;
        assigned(&scene).await;
        // It was taken, and nobody lived to note that.
        service.answers(&[""]);
        let dies = async {
            tokio::select! {
                () = scene.settle() => panic!("the push service says nothing"),
                () = has_heard(&service) => {}
            }
        };
        dies.await;
        let first = service.heard();
        scene.settle().await;
        assert_eq!(service.heard().len(), 0, "its lease is not over");
        scene.advance(SignedDuration::from_mins(15)).await;
        let second = service.heard();
        assert_eq!((first.len(), second.len()), (1, 1));
        assert_eq!(first[0].header("topic"), second[0].header("topic"), "one takes the place of the other");
        scene.advance(SignedDuration::from_hours(24)).await;
        assert_eq!(service.heard().len(), 0);
    }

    async fn how_the_day_begins_shows_too(scene) {
        let service = PushService::open().await;
        let scene = service.beside(scene);
        let (_, keys) = named(&scene, &service, (scene.cast.ines(), 1)).await;
        scene.at("2026-11-16T20:00:00Z").await;
        desk::schedule::tell_openings(&scene.desk).await.unwrap();
        scene.files(&scene.dana().await, "question", "At night").await;
        service.heard();
        scene.at("2026-11-17T12:00:00Z").await;
        let shown: Vec<_> = service.heard().iter().map(|it| keys.read(it)).collect();
        let opening: Vec<_> = shown.iter().filter(|it| it["tag"] == "opening").collect();
        assert_eq!(opening.len(), 1, "{shown:?}");
        assert_eq!((opening[0]["title"].as_str(), opening[0]["url"].as_str()), (Some("The desk is open"), Some("/desk/opening")));
        assert!(opening[0]["body"].as_str().unwrap().starts_with("1 request came meanwhile"));
    }
}

/// Once the service has heard something.
async fn has_heard(service: &PushService) {
    while service.count() == 0 {
        tokio::task::yield_now().await;
    }
}

/// How many devices are kept of somebody.
async fn store_of(scene: &Scene, person: rules::ids::PersonId) -> usize {
    store::push::of(scene.desk.store.read(), person).await.unwrap().len()
}

#[tokio::test]
async fn two_nodes_have_one_key_and_send_each_once() {
    let service = PushService::open().await;
    let scene = service.beside(Scene::open(Engine::Postgres).await);
    let other = service.reached_by(scene.node().await);
    let mut browsers =
        [Browser::of(&scene, scene.cast.ines()).await, Browser::of_desk(other.clone(), testkit::browser::demo_site())];
    browsers[1].enter(&scene, &scene.cast.theo().address).await;
    let [here, there] = &mut browsers;
    let (one, two) = tokio::join!(key(here), key(there));
    assert_eq!(one, two, "made at once, and one of them counts");
    let keys = Keys::new(1);
    name(&mut browsers[0], &keys.subscription(&service.endpoint(1))).await;
    assigned(&scene).await;
    let (here, there) = tokio::join!(desk::jobs::run_due(&scene.desk), desk::jobs::run_due(&other));
    here.and(there).unwrap();
    let heard = service.heard();
    assert_eq!(heard.len(), 1);
    heard[0].claims(&one);
    assert_eq!(keys.read(&heard[0])["tag"].as_str().map(|it| it.ends_with("assigned")), Some(true));
    let kinds = desk::notifications::choices(&other, &scene.ines().await).await.unwrap();
    assert!(kinds.iter().any(|it| it.0 == Notice::Assigned && it.1.push));
}

#[tokio::test]
async fn a_desk_with_another_secret_key_makes_another_key_and_browsers_are_bound_anew() {
    let service = PushService::open().await;
    let mut scene = service.beside(Scene::open(Engine::Sqlite).await);
    let (mut browser, keys) = named(&scene, &service, (scene.cast.ines(), 1)).await;
    let before = key(&mut browser).await;
    let settings =
        desk::Settings { secret_key: rules::people::SecretKey::new([9; 32]), ..(*scene.desk.settings).clone() };
    scene.desk.settings = settings.into();
    // Sessions of the old key are over, and with them what was named in them is not reached.
    let mut browser = Browser::of(&scene, scene.cast.ines()).await;
    let after = key(&mut browser).await;
    assert_ne!(before, after);
    assigned(&scene).await;
    scene.settle().await;
    assert_eq!(service.heard().len(), 0, "nobody would believe it");
    name(&mut browser, &keys.subscription(&service.endpoint(1))).await;
    assigned(&scene).await;
    scene.settle().await;
    let heard = service.heard();
    assert_eq!(heard.len(), 1);
    heard[0].claims(&after);
}
