//! How fast first responses were: what the support page and the form for a new request say of it (FRT-8).

use desk::tickets::{rule_on_response, show};
use jiff::SignedDuration;
use rules::ids::TicketId;
use testkit::{Browser, Outcome, Scene, on_both};

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

/// Dana files a question, and Ines answers it after so many minutes.
async fn answered(scene: &Scene, after: i64) -> TicketId {
    let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
    scene.advance(minutes(after)).await;
    scene.replies(&scene.ines().await, ticket, "The viewer's role.").await;
    scene.advance(minutes(1)).await;
    ticket
}

async fn said(scene: &Scene) -> Option<(u32, i64, i64)> {
    let figures = desk::sla::figures(&scene.desk).await.unwrap()?;
    Some((figures.cases, figures.median.as_mins(), figures.ninetieth.as_mins()))
}

on_both! {
    async fn frt_8_the_page_and_the_form_show_figures_from_twenty_cases_on(scene) {
        for after in 1..20 {
            answered(&scene, after).await;
        }
        let feature = scene.files(&scene.dana().await, "feature", "Tags with a dot").await;
        scene.replies(&scene.ines().await, feature, "A good idea.").await;
        scene.advance(minutes(1)).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        assert!(!dana.get("/support").await.text().contains("median first response"));
        assert!(!dana.get("/requests/new/question").await.text().contains("Half of the first responses"));

        answered(&scene, 20).await;

        assert_eq!(said(&scene).await, Some((20, 10, 18)));
        let page = dana.get("/support").await.text();
        assert!(page.contains("median first response, in working time, last 90 days</dt><dd>10 min<"), "{page}");
        assert!(page.contains("<dd>18 min<") && page.contains("<dd>8 h<"), "{page}");
        let markdown = dana.get("/support.md").await.text();
        assert!(markdown.contains("- **10 min**: median first response"), "{markdown}");
        let form = dana.get("/requests/new/question").await.text();
        assert!(form.contains("Half of the first responses of the last 90 days came within 10 min"), "{form}");
        let feature = dana.get("/requests/new/feature").await.text();
        assert!(!feature.contains("Half of the first responses"), "it has no clock");

        scene.advance(SignedDuration::from_hours(24 * 91)).await;
        assert_eq!(said(&scene).await, None, "they are of the last ninety days");
    }

    async fn frt_8_what_is_no_response_after_all_leaves_the_figures(scene) {
        for _ in 0..20 {
            answered(&scene, 5).await;
        }
        let slow = answered(&scene, 30).await;
        assert_eq!(said(&scene).await.unwrap().0, 21);

        let shown = show(&scene.desk, &scene.theo().await, slow).await.unwrap();
        let reply = shown.messages.last().unwrap().id;
        rule_on_response(&scene.desk, &scene.theo().await, slow, reply, "It asks for nothing.").await.unwrap();
        assert_eq!(said(&scene).await.unwrap().0, 20);

        let unheard = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.mail.expect(&scene.cast.dana().address, [Outcome::Refuse]);
        scene.replies(&scene.ines().await, unheard, "The viewer's role.").await;
        scene.advance(minutes(1)).await;
        assert_eq!(said(&scene).await.unwrap().0, 20, "it did not arrive");
    }

    async fn frt_8_a_reopened_request_is_no_second_case(scene) {
        for _ in 0..20 {
            answered(&scene, 5).await;
        }
        let ticket = answered(&scene, 5).await;
        let solved = desk::tickets::StateChange { to: rules::events::State::Solved, reason: String::new() };
        desk::tickets::change_state(&scene.desk, &scene.ines().await, ticket, solved).await.unwrap();
        desk::tickets::answer(&scene.desk, &scene.dana().await, ticket, world::text("It is not.")).await.unwrap();
        scene.advance(minutes(50)).await;
        scene.replies(&scene.ines().await, ticket, "Then the editor's role.").await;
        scene.advance(minutes(1)).await;
        assert_eq!(said(&scene).await, Some((21, 5, 5)));
    }

    async fn frt_8_what_was_answered_before_anybody_counted_is_told_by_a_job(scene) {
        for _ in 0..20 {
            answered(&scene, 5).await;
        }
        let tx = scene.desk.store.begin().await.unwrap();
        let now = scene.desk.now();
        for ticket in store::tickets::all(&tx).await.unwrap() {
            let mut clocks = store::sla::of_ticket(&tx, ticket).await.unwrap();
            clocks.iter_mut().for_each(|clock| clock.worked = None);
            store::sla::replace(&tx, ticket, &clocks).await.unwrap();
        }
        let (kind, payload) = ("figures", "{\"after\":0}");
        let job = store::jobs::NewJob { kind, payload, unique_key: Some("figures/0"), run_at: now, now };
        store::jobs::enqueue(&tx, job).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(said(&scene).await, None);

        scene.settle().await;

        assert_eq!(said(&scene).await, Some((20, 5, 5)));
        let proof = desk::proof::compare(scene.desk.store.read()).await.unwrap();
        assert_eq!(proof.differences, []);
    }
}
