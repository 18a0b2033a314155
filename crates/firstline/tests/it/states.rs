//! States: who moves a request, and what happens by itself (REQ-9).

use desk::tickets::{Answer, Answered, StateChange, answer, change_state, close, reply, show};
use jiff::SignedDuration;
use rules::{events::State, ids::TicketId, refusal::Refusal, tickets::AfterReply};
use testkit::{Scene, on_both};

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

async fn state(scene: &Scene, ticket: TicketId) -> State {
    show(&scene.desk, &scene.ines().await, ticket).await.unwrap().ticket.state
}

/// Dana asks, Ines asks back and waits.
async fn waiting(scene: &Scene) -> TicketId {
    let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
    let input = Answer { text: world::text("How much memory does it have?"), after: AfterReply::Wait };
    reply(&scene.desk, &scene.ines().await, ticket, input).await.unwrap();
    scene.settle().await;
    ticket
}

on_both! {
    async fn req_9_what_waits_fourteen_days_for_the_customer_is_solved_and_then_closed(scene) {
        let ticket = waiting(&scene).await;
        assert_eq!(state(&scene, ticket).await, State::WaitingForCustomer);
        scene.advance(days(14) - SignedDuration::from_secs(1)).await;
        assert_eq!(state(&scene, ticket).await, State::WaitingForCustomer);
        scene.advance(SignedDuration::from_secs(1)).await;
        assert_eq!(state(&scene, ticket).await, State::Solved);
        scene.advance(days(14)).await;
        assert_eq!(state(&scene, ticket).await, State::Closed);
    }

    async fn req_9_who_lets_us_wait_is_reminded_once_after_seven_days_and_told_of_the_solving(scene) {
        let ticket = waiting(&scene).await;
        scene.advance(SignedDuration::from_secs(10)).await;
        let dana = scene.cast.dana().address.clone();
        assert_eq!(scene.mail.take(&dana), [format!("Receipt {ticket}"), format!("Reply {ticket}")]);
        scene.advance(days(7) - SignedDuration::from_secs(11)).await;
        assert!(scene.mail.of(&dana).is_empty());
        scene.advance(SignedDuration::from_secs(1)).await;
        assert_eq!(scene.mail.take(&dana), [format!("Reminded {ticket}")]);
        scene.advance(days(7) - SignedDuration::from_secs(1)).await;
        assert!(scene.mail.of(&dana).is_empty(), "once");
        scene.advance(SignedDuration::from_secs(1)).await;
        assert_eq!(scene.mail.take(&dana), [format!("State changed {ticket}")]);
        assert_eq!(state(&scene, ticket).await, State::Solved);
        scene.advance(days(14)).await;
        assert_eq!(scene.mail.take(&dana), [format!("Ask rating {ticket}")], "closing itself needs nobody's attention");
    }

    async fn req_9_who_answers_and_lets_us_wait_again_is_reminded_again(scene) {
        let ticket = waiting(&scene).await;
        scene.advance(days(8)).await;
        answer(&scene.desk, &scene.dana().await, ticket, world::text("Two gigabytes.")).await.unwrap();
        let input = Answer { text: world::text("And how many cores?"), after: AfterReply::Wait };
        reply(&scene.desk, &scene.ines().await, ticket, input).await.unwrap();
        let dana = scene.cast.dana().address.clone();
        scene.advance(days(6)).await;
        scene.mail.take(&dana);
        scene.advance(days(2)).await;
        assert_eq!(scene.mail.take(&dana), [format!("Reminded {ticket}")]);
    }

    async fn req_9_what_staff_decide_without_a_message_is_told_to_the_requester(scene) {
        let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
        let dana = scene.cast.dana().address.clone();
        scene.mail.take(&dana);
        for (to, told) in [(State::WithDevelopers, 1), (State::Open, 0), (State::Solved, 1), (State::Closed, 1)] {
            let change = StateChange { to, reason: "It goes on.".to_owned() };
            change_state(&scene.desk, &scene.ines().await, ticket, change).await.unwrap();
            scene.settle().await;
            assert_eq!(scene.mail.take(&dana).len(), told, "{to:?}");
        }
    }

    async fn req_9_an_answer_brings_it_back_to_the_desk(scene) {
        let ticket = waiting(&scene).await;
        scene.advance(days(2)).await;
        answer(&scene.desk, &scene.dana().await, ticket, world::text("Two gigabytes.")).await.unwrap();
        assert_eq!(state(&scene, ticket).await, State::Open);
        scene.advance(days(20)).await;
        assert_eq!(state(&scene, ticket).await, State::Open, "nothing waits for the customer any more");
    }

    async fn req_9_what_is_written_to_a_closed_request_opens_a_linked_one_with_its_own_clock(scene) {
        let ticket = waiting(&scene).await;
        scene.advance(days(29)).await;
        let dana = scene.dana().await;
        let Answered::FollowUp(new) = answer(&scene.desk, &dana, ticket, world::text("Hello again")).await.unwrap() else {
            panic!("it went into the closed request")
        };
        let shown = show(&scene.desk, &scene.ines().await, new).await.unwrap();
        assert_eq!(shown.ticket.parent, Some(ticket));
        assert_eq!(shown.ticket.state, State::New);
        assert_eq!(shown.clocks.len(), 1);
        assert_eq!(state(&scene, ticket).await, State::Closed);
    }

    async fn req_9_the_customer_closes_what_works(scene) {
        let ticket = waiting(&scene).await;
        close(&scene.desk, &scene.dana().await, ticket).await.unwrap();
        assert_eq!(state(&scene, ticket).await, State::Solved);
        close(&scene.desk, &scene.dana().await, ticket).await.unwrap();
    }

    async fn req_9_a_step_that_is_not_in_the_table_is_refused(scene) {
        let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
        let change = StateChange { to: State::Closed, reason: String::new() };
        let refused = change_state(&scene.desk, &scene.ines().await, ticket, change).await;
        assert!(matches!(refused, Err(desk::Error::Refused(Refusal::StateStep { from: State::New, to: State::Closed }))));
    }

    async fn req_9_a_refused_mail_makes_it_ours_again(scene) {
        let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
        scene.mail.expect(&scene.cast.dana().address, [testkit::Outcome::Refuse]);
        let input = Answer { text: world::text("How much memory does it have?"), after: AfterReply::Wait };
        reply(&scene.desk, &scene.ines().await, ticket, input).await.unwrap();
        scene.advance(SignedDuration::from_secs(30)).await;
        assert_eq!(state(&scene, ticket).await, State::Open);
    }
}
