//! Who manages an organisation hears of days on which the desk will be closed, once (HRS-4).

use desk::{
    Actor,
    organisations::{claim, set_role},
    policy::{NewPolicy, apply, take_holidays},
};
use jiff::SignedDuration;
use rules::{access::Role, holidays::amend::Amendment, ids::OrganisationId};
use testkit::{Scene, on_both};

async fn dana_manages(scene: &Scene) -> OrganisationId {
    let Actor::Person(dana) = scene.dana().await else { panic!("Dana is a person") };
    let acme = dana.organisations[0].0;
    set_role(&scene.desk, &scene.ines().await, acme, dana.person, Role::Manager).await.unwrap();
    acme
}

/// Days of a list that closes the desk.
async fn list(scene: &Scene, add: &[(&str, &str)], remove: &[&str]) {
    let date = |text: &str| text.parse().expect("a date");
    let amendment = Amendment {
        list: Some("own".into()),
        name: "Our own days".to_owned(),
        add: add.iter().map(|(day, name)| (date(day), (*name).to_owned())).collect(),
        remove: remove.iter().map(|day| date(day)).collect(),
        calendars: vec![scene.desk.policy().await.unwrap().policy().hours.calendar.clone()],
    };
    take_holidays(&scene.desk, &scene.theo().await, &[amendment]).await.unwrap();
}

/// What anybody was told of closed days.
fn told(scene: &Scene) -> Vec<(String, String)> {
    let of = |member: &world::Member| {
        let name = member.name.clone();
        scene.mails(member).into_iter().filter(|mail| mail.starts_with("Closed")).map(move |mail| (name.clone(), mail))
    };
    scene.cast.all().iter().flat_map(of).collect()
}

on_both! {
    async fn hrs_4_a_manager_hears_once_of_all_days_of_a_quarter_of_an_hour_that_are_ahead_and_stay(scene) {
        dana_manages(&scene).await;
        scene.at("2026-11-27T09:00:00Z").await;
        let days = [("2026-11-26", "Yesterday"), ("2026-12-24", "Christmas Eve"), ("2026-12-26", "A Saturday")];
        list(&scene, &days, &[]).await;
        scene.advance(SignedDuration::from_mins(10)).await;
        list(&scene, &[("2026-12-31", "New Year's Eve"), ("2027-01-04", "Inventory")], &[]).await;
        scene.advance(SignedDuration::from_mins(10)).await;
        list(&scene, &[], &["2027-01-04"]).await;
        assert_eq!(told(&scene), [], "somebody is still at it");
        scene.advance(SignedDuration::from_mins(16)).await;
        let dana = scene.cast.dana().name.clone();
        let mail = (dana.clone(), "Closed 2026-12-24 2026-12-31".to_owned());
        assert_eq!(told(&scene), std::slice::from_ref(&mail), "no other is a manager");

        // The step once more, as after a death between its end and its record.
        let tx = scene.desk.store.begin().await.unwrap();
        let versions = store::policy::all(&tx).await.unwrap();
        let told_last = versions.iter().map(|it| it.id.0).max().unwrap() - 1;
        let payload = format!("{{\"version\":{told_last},\"before\":1,\"after\":[0,0]}}");
        let now = scene.desk.now();
        let again = store::jobs::NewJob { kind: "closed_days", payload: &payload, unique_key: None, run_at: now, now };
        store::jobs::enqueue(&tx, again).await.unwrap();
        tx.commit().await.unwrap();
        scene.settle().await;
        assert_eq!(told(&scene), std::slice::from_ref(&mail));

        list(&scene, &[("2027-01-05", "Inventory")], &["2026-12-31"]).await;
        scene.advance(SignedDuration::from_hours(1)).await;
        assert_eq!(told(&scene), [mail, (dana, "Closed 2027-01-05".to_owned())], "what is known is not told again");
    }

    async fn hrs_4_who_manages_several_organisations_has_one_mail_and_who_manages_none_has_none(scene) {
        dana_manages(&scene).await;
        let tx = scene.desk.store.begin().await.unwrap();
        let other = store::organisations::insert(&tx, "Acme Labs", Some(scene.desk.now()), scene.desk.now()).await.unwrap();
        store::organisations::join(&tx, other, scene.cast.dana().person, Role::Manager, scene.desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        claim(&scene.desk, &scene.ines().await, other, "labs.example").await.unwrap();
        list(&scene, &[("2026-12-24", "Christmas Eve")], &[]).await;
        scene.advance(SignedDuration::from_mins(20)).await;
        assert_eq!(told(&scene).len(), 1);
    }

    async fn hrs_4_days_of_a_calendar_that_counts_for_others_alone_are_not_told(scene) {
        dana_manages(&scene).await;
        let larkspur = include_str!("../../../../policies/larkspur.toml");
        apply(&scene.desk, &Actor::DESK, NewPolicy { source: larkspur.to_owned(), from: None }).await.unwrap();
        scene.advance(SignedDuration::from_hours(1)).await;
        let before = told(&scene);
        // Only Orchard's first priority is counted by the duty rota, and Acme has no plan.
        let line = "[calendars.duty]\n";
        assert_eq!(larkspur.matches(line).count(), 1);
        let closed = larkspur.replace("closed_on_holidays = false", "holidays = [\"rota\"]")
            + "\n[holidays.rota]\nname = \"Rota\"\n\n[holidays.rota.dates]\n\"2026-12-22\" = \"Nobody on duty\"\n";
        apply(&scene.desk, &Actor::DESK, NewPolicy { source: closed, from: None }).await.unwrap();
        scene.advance(SignedDuration::from_hours(1)).await;
        assert_eq!(told(&scene), before);
    }
}
