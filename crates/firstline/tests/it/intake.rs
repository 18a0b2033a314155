//! A security report without an account, where the policy takes one (SEC-1), which counts once its address is proven (REG-8).

use desk::{
    intake::{self, Report, report},
    people::{Browser as Client, NewPassword},
    policy::NewPolicy,
    schedule,
    tickets::show,
};
use jiff::SignedDuration;
use rules::{events::Secrecy, ids::TicketId, refusal::Refusal};
use testkit::{Browser, Scene, on_both};

use crate::simulate::REFERENCE;

/// The policy takes reports of anyone from now on.
async fn open_the_door(scene: &Scene) {
    let source = REFERENCE.replace("else_type = \"support\"", "else_type = \"support\"\nintake = \"anyone\"");
    assert_ne!(source, REFERENCE);
    let new = NewPolicy { source, from: None };
    desk::policy::apply(&scene.desk, &desk::Actor::DESK, new).await.unwrap();
}

fn fields(address: &str) -> Vec<(&str, &str)> {
    vec![
        ("name", "Mila Novak"),
        ("address", address),
        ("subject", "Anyone reads SECRET-SUBJECT"),
        ("finding", "The number is enough: **SECRET-FINDING**."),
        ("affected", "5.11.0 to 5.12.1"),
    ]
}

fn from_here() -> Client<'static> {
    Client { network: "192.0.2.9", agent: "a story", session: None, known: None }
}

on_both! {
    async fn sec_1_without_the_policys_word_the_form_is_not_there_and_says_how_to_report(scene) {
        let mut mila = Browser::visitor(&scene);
        let page = mila.get("/security/report").await;
        assert_eq!(page.status, 404);
        assert!(page.text().contains("Sign in and report") && !page.text().contains("<textarea"), "{}", page.text());
        assert_eq!(mila.post("/security/report", &fields("mila@finder.example")).await.status, 404);
        scene.settle().await;
        assert!(scene.mail.of("mila@finder.example").is_empty());
        let txt = mila.get("/.well-known/security.txt").await.text();
        assert!(txt.contains("/requests/new/security") && !txt.contains("/security/report"), "{txt}");
        assert!(!mila.get("/support").await.text().contains("/security/report"));
    }

    async fn sec_1_a_stranger_reports_proves_the_address_and_only_the_role_reads_it(scene) {
        open_the_door(&scene).await;
        let mut mila = Browser::visitor(&scene);
        assert!(mila.get("/.well-known/security.txt").await.text().contains("Contact: https://help.desk.example/security/report"));
        assert!(mila.get("/support").await.text().contains("href=\"/security/report\""));
        assert!(mila.get("/security/report").await.text().contains("name=\"finding\""));
        let empty = mila.post("/security/report", &[("address", "mila@finder.example")]).await;
        assert_eq!(empty.status, 422, "{}", empty.text());
        let sent = mila.post("/security/report", &fields("mila@finder.example")).await.text();
        assert!(sent.contains("mila@finder.example") && sent.contains("nobody has read it yet"), "{sent}");
        scene.settle().await;
        assert_eq!(scene.mail.of("mila@finder.example"), ["Report link"]);
        for mail in scene.mail.raw() {
            assert!(!mail.contains("SECRET-"), "{mail}");
        }
        assert!(scene.mail.of(&scene.cast.jana().address).is_empty(), "who wrote it is not known yet");

        scene.advance(SignedDuration::from_hours(3)).await;
        let link = format!("/security/report/{}", scene.mail.link("mila@finder.example").unwrap());
        let page = mila.get(&link).await.text();
        assert!(page.contains("SECRET-FINDING") && page.contains("name=\"password\""), "{page}");
        assert_eq!(mila.post(&link, &[("password", "password1")]).await.status, 422, "weak, and the link still works");
        let filed = mila.post(&link, &[("password", world::PASSWORD)]).await;
        assert_eq!(filed.status, 303, "{}", filed.text());
        let page = mila.get(filed.location()).await.text();
        assert!(page.contains("Your security report has arrived as Urgent.") && page.contains("5.11.0 to 5.12.1"), "{page}");
        let number: i64 = filed.location().trim_start_matches("/requests/").split('?').next().unwrap().parse().unwrap();
        let ticket = TicketId(number);
        scene.settle().await;
        assert_eq!(scene.mail.of(&scene.cast.jana().address), [format!("Security report {number}")]);
        let jana = scene.actor(scene.cast.jana()).await;
        let shown = show(&scene.desk, &jana, ticket).await.unwrap();
        assert_eq!((shown.ticket.secrecy, shown.ticket.priority.as_str()), (Secrecy::Security, "urgent"));
        assert_eq!(shown.ticket.filed_at.to_string(), "2026-11-16T08:00:00Z", "filed when it was written");
        assert_eq!(shown.clock.unwrap().started.to_string(), "2026-11-16T11:00:00Z", "the clock starts with the proof");
        for other in [scene.ines().await, scene.theo().await, scene.dana().await] {
            assert!(matches!(show(&scene.desk, &other, ticket).await, Err(desk::Error::NotFound)));
        }
        let again = mila.post(&link, &[("password", world::PASSWORD)]).await;
        assert_eq!(again.status, 410, "a link works once");
    }

    async fn sec_1_who_has_an_account_is_answered_the_same_and_files_by_the_link_alone(scene) {
        open_the_door(&scene).await;
        let mut somebody = Browser::visitor(&scene);
        let address = scene.cast.dana().address.clone();
        let known = somebody.post("/security/report", &fields(&address)).await.text();
        let unknown = somebody.post("/security/report", &fields("mila@finder.example")).await.text();
        assert_eq!(known.replace(&address, "x"), unknown.replace("mila@finder.example", "x"));
        scene.settle().await;
        assert_eq!(scene.mail.of(&address), ["Report link"]);
        let token = scene.mail.link(&address).unwrap();
        let page = somebody.get(&format!("/security/report/{token}")).await.text();
        assert!(!page.contains("name=\"password\""), "{page}");
        let new = NewPassword { link: token, password: String::new() };
        let confirmed = intake::confirm(&scene.desk, new, from_here()).await.unwrap();
        assert!(confirmed.entered.is_none(), "a link in a mail signs nobody in who has a password");
        let shown = show(&scene.desk, &scene.dana().await, confirmed.ticket).await.unwrap();
        assert_eq!(shown.ticket.requester, scene.cast.dana().person);
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        assert_eq!(dana.get("/security/report").await.location(), "/requests/new/security", "who is signed in has the form");
    }

    async fn sec_1_what_nobody_proves_is_thrown_away_and_floods_are_slowed(scene) {
        open_the_door(&scene).await;
        let visitor = desk::Actor::Visitor { network: "192.0.2.9".to_owned() };
        let of = |address: &str| Report {
            name: "Mila".into(),
            address: address.into(),
            subject: "Tokens in logs".into(),
            finding: "They are there.".into(),
        };
        report(&scene.desk, &visitor, of("mila@finder.example")).await.unwrap();
        scene.settle().await;
        let token = scene.mail.link("mila@finder.example").unwrap();
        let disposable = report(&scene.desk, &visitor, of("mila@mailinator.com")).await;
        assert!(matches!(disposable, Err(desk::Error::Refused(Refusal::DisposableDomain { .. }))), "{disposable:?}");
        let mut limited = false;
        for _ in 0..30 {
            limited |= matches!(report(&scene.desk, &visitor, of("mila@finder.example")).await, Err(desk::Error::Limited { .. }));
        }
        assert!(limited, "thirty in a moment");
        scene.advance(SignedDuration::from_hours(24 * 14)).await;
        let late = intake::waiting(&scene.desk, &token).await;
        assert!(matches!(late, Err(desk::Error::Refused(Refusal::LinkExpired))), "{late:?}");
        assert!(schedule::sweep_out(&scene.desk).await.unwrap() > 0);
        let gone = intake::waiting(&scene.desk, &token).await;
        assert!(matches!(gone, Err(desk::Error::Refused(Refusal::LinkUnknown))), "{gone:?}");
    }
}
