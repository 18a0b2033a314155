//! Holidays are proposed, and a person takes them into the policy (PLN-6, HRS-4).

use desk::tickets::show;
use testkit::{Browser, browser::Part, on_both};

const EVENTS: &str = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261130\r\nSUMMARY:Inventory\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

fn new_list<'a>() -> Vec<Part<'a>> {
    vec![
        Part::text("from", "2026"),
        Part::text("to", "2027"),
        Part::text("list", ""),
        Part::text("new_list", "own_days"),
        Part::text("new_name", "Our own days"),
        Part::text("calendar", "desk"),
        Part::text("do", "take"),
    ]
}

on_both! {
    async fn pln_6_a_person_takes_days_into_a_new_version_and_open_requests_may_follow(scene) {
        let calendar = scene.desk.policy().await.unwrap().policy().hours.calendar.to_string();
        scene.at("2026-11-27T16:00:00Z").await; // Friday, two hours before the desk closes
        let ticket = scene.files(&scene.dana().await, "support", "Launches hang").await;
        let due = async || show(&scene.desk, &scene.ines().await, ticket).await.unwrap().clock.unwrap().due.unwrap().to_string();
        assert_eq!(due().await, "2026-11-30T14:00:00Z");
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let page = theo.get("/desk/policy/holidays?place=de/by&from=2026&to=2027").await.text();
        assert!(page.contains("Whit Monday") && page.contains("Monday 17 May 2027"), "{page}");

        let broken = EVENTS.replace("DTSTART;VALUE=DATE:20261130", "DTSTART:20261130T090000Z");
        let mut parts: Vec<Part<'_>> = new_list();
        parts.retain(|part| part.name != "calendar");
        parts.push(Part::text("calendar", &calendar));
        let mut wrong = parts.clone();
        wrong.push(Part::file("file", "days.ics", broken.as_bytes()));
        let refused = theo.upload("/desk/policy/holidays", &wrong).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("Line 3: This event has a time of day."), "{}", refused.text());

        parts.push(Part::text("take", "2026-12-25 Christmas Day"));
        parts.push(Part::text("own", "2026-12-24 Christmas Eve"));
        parts.push(Part::file("file", "days.ics", EVENTS.as_bytes()));
        parts.push(Part::text("open", "yes"));
        let taken = theo.upload("/desk/policy/holidays", &parts).await;
        assert_eq!(taken.location(), "/desk/policy/holidays?just=taken&added=3&removed=0", "{}", taken.text());
        assert_eq!(due().await, "2026-12-01T14:00:00Z", "Monday is closed, so it moved a working day later");
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let support = dana.get("/support").await.text();
        for day in ["Mon 30 Nov 2026 (Inventory)", "Thu 24 Dec 2026 (Christmas Eve)", "Fri 25 Dec 2026 (Christmas Day)"] {
            assert!(support.contains(day), "{day}: {support}");
        }
        assert!(dana.get("/").await.text().contains("Closed Monday 30 November 2026 (Inventory)."), "announced before its date");
        let page = dana.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("the policy changed, and it was applied here"), "{page}");

        let mut less: Vec<Part<'_>> = new_list();
        less.push(Part::text("remove", "own_days 2026-12-24"));
        let out = theo.upload("/desk/policy/holidays", &less).await;
        assert_eq!(out.location(), "/desk/policy/holidays?just=taken&added=0&removed=1", "{}", out.text());
        assert!(!dana.get("/support").await.text().contains("Christmas Eve"));
    }
}
