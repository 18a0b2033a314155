//! "An update every …": the time from one word of ours to the next, and who sees that it is late.

use desk::{
    Actor,
    policy::{NewPolicy, apply},
    tickets::{View, Wanted, desk_view},
};
use rules::ids::TicketId;
use testkit::{Browser, Scene, on_both};

/// The reference policy, with a word by the end of each working day.
async fn promised(scene: &Scene) {
    let reference = include_str!("../../../../policies/allure-testops.toml");
    let line = "first_response = \"8 working hours\"\n";
    assert_eq!(reference.matches(line).count(), 1);
    let source = reference.replace(line, &format!("{line}update = \"1 working day to the end\"\n"));
    apply(&scene.desk, &Actor::DESK, NewPolicy { source, from: None }).await.unwrap();
}

async fn needs_answer(scene: &Scene) -> Vec<TicketId> {
    let wanted = Wanted { view: View::NeedsAnswer, after: None };
    let rows = desk_view(&scene.desk, &scene.ines().await, wanted).await.unwrap().rows;
    rows.into_iter().map(|row| row.ticket.id).collect()
}

/// No row differs from what the events tell.
async fn is_proven(scene: &Scene) {
    let proof = desk::proof::compare(scene.desk.store.read()).await.unwrap();
    assert_eq!(proof.differences, []);
}

on_both! {
    async fn pln_2_without_a_word_by_the_end_of_the_next_working_day_the_request_is_late_and_theo_hears(scene) {
        promised(&scene).await;
        scene.at("2026-11-17T09:00:00Z").await;
        let ticket = scene.files(&scene.dana().await, "bug", "Tags with a dot are not found").await;
        scene.at("2026-11-17T10:00:00Z").await;
        scene.replies(&scene.ines().await, ticket, "We can see it too, and look for the cause.").await;
        let developers = desk::tickets::StateChange { to: rules::events::State::WithDevelopers, reason: String::new() };
        desk::tickets::change_state(&scene.desk, &scene.ines().await, ticket, developers).await.unwrap();
        scene.at("2026-11-18T18:00:00Z").await;
        assert_eq!(needs_answer(&scene).await, [], "it is not late at the due instant itself");
        let warnings = [format!("Warned 80 % {ticket}")];
        assert_eq!(scene.mails(scene.cast.theo()), warnings);
        is_proven(&scene).await;
        scene.at("2026-11-19T09:30:00Z").await;
        assert_eq!(needs_answer(&scene).await, [ticket], "though it is with our developers");
        assert_eq!(scene.mails(scene.cast.theo()).last(), Some(&format!("Breached {ticket}")));
        let page = Browser::of(&scene, scene.cast.ines()).await.get(&format!("/desk/requests/{ticket}")).await.text();
        for words in ["update 1 h 30 min late", "Our last word Tue 17 Nov 11:00", "An update is due.", "to the end of that day"] {
            assert!(page.contains(words), "{words}: {page}");
        }
        is_proven(&scene).await;

        scene.replies(&scene.ines().await, ticket, "The cause is found: a rule that splits at dots.").await;
        assert_eq!(needs_answer(&scene).await, [], "a word is on its way");
        scene.at("2026-11-19T10:30:00Z").await;
        assert_eq!(needs_answer(&scene).await, []);
        let page = Browser::of(&scene, scene.cast.dana()).await.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("update due Fri 18:00"), "the customer sees by when: {page}");
        is_proven(&scene).await;
    }

    async fn pln_2_updates_of_what_an_older_release_answered_are_told_by_a_job(scene) {
        promised(&scene).await;
        let ticket = scene.files(&scene.dana().await, "bug", "Tags with a dot are not found").await;
        scene.at("2026-11-16T10:00:00Z").await;
        scene.replies(&scene.ines().await, ticket, "We can see it too, and look for the cause.").await;
        scene.at("2026-11-18T18:30:00Z").await;
        assert_eq!(needs_answer(&scene).await, [ticket]);
        let tx = scene.desk.store.begin().await.unwrap();
        let mut clocks = store::sla::of_ticket(&tx, ticket).await.unwrap();
        clocks.retain(|clock| clock.target != rules::events::TargetKind::Update);
        store::sla::replace(&tx, ticket, &clocks).await.unwrap();
        let row = store::tickets::get(&tx, ticket).await.unwrap();
        let read = store::tickets::ReadOff { turn: row.turn, queue: None, next_word_at: row.next_word_at };
        store::tickets::set_read_off(&tx, ticket, read, row.updated_at).await.unwrap();
        let now = scene.desk.now();
        let (kind, payload) = ("figures", "{\"after\":0}");
        let job = store::jobs::NewJob { kind, payload, unique_key: Some("figures/updates"), run_at: now, now };
        store::jobs::enqueue(&tx, job).await.unwrap();
        tx.commit().await.unwrap();
        is_proven(&scene).await;
        assert_eq!(needs_answer(&scene).await, []);

        scene.settle().await;

        assert!(store::jobs::all(scene.desk.store.read()).await.unwrap().iter().all(|job| job.kind != kind));
        is_proven(&scene).await;
        assert_eq!(needs_answer(&scene).await, [ticket], "late, as it always was");
        assert_eq!(store::tickets::get(scene.desk.store.read(), ticket).await.unwrap().updated_at, row.updated_at);
    }

    async fn pln_2_while_dana_is_asked_and_once_it_is_solved_no_update_is_owed(scene) {
        promised(&scene).await;
        let ticket = scene.files(&scene.dana().await, "bug", "Tags with a dot are not found").await;
        scene.at("2026-11-16T10:00:00Z").await;
        scene.replies(&scene.ines().await, ticket, "Which version is it?").await;
        let asks = desk::tickets::StateChange { to: rules::events::State::WaitingForCustomer, reason: String::new() };
        desk::tickets::change_state(&scene.desk, &scene.ines().await, ticket, asks).await.unwrap();
        scene.at("2026-11-20T12:00:00Z").await;
        assert!(!scene.mails(scene.cast.theo()).iter().any(|mail| mail.starts_with("Breached")));
        desk::tickets::answer(&scene.desk, &scene.dana().await, ticket, world::text("The newest.")).await.unwrap();
        scene.at("2026-11-24T09:00:00Z").await;
        assert_eq!(scene.mails(scene.cast.theo()).last(), Some(&format!("Breached {ticket}")), "ours again since Friday");
        is_proven(&scene).await;
    }
}
