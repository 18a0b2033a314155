//! The conversation and the queue: whose turn it is, who hears of what, and what a form refuses.

use desk::tickets::{Wanted, answer, assign, desk_view, show};
use rules::{refusal::Fault, tickets::Whose};
use store::ticket_lists::View;
use testkit::on_both;

on_both! {
    async fn trn_1_a_reply_makes_it_the_customers_turn_and_an_answer_ours(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.advance(jiff::SignedDuration::from_mins(5)).await;
        let ines = scene.ines().await;
        scene.replies(&ines, ticket, "Which version do you run?").await;
        scene.advance(jiff::SignedDuration::from_mins(1)).await;
        assert_eq!(show(&scene.desk, &ines, ticket).await.unwrap().ticket.turn.whose, Whose::Theirs);
        let wanted = Wanted { view: View::NeedsAnswer, after: None };
        assert!(desk_view(&scene.desk, &ines, wanted).await.unwrap().rows.is_empty());
        answer(&scene.desk, &scene.dana().await, ticket, world::text("The newest.")).await.unwrap();
        let page = desk_view(&scene.desk, &ines, wanted).await.unwrap();
        assert_eq!(page.rows.len(), 1);
        assert_eq!(page.rows[0].requester, "Dana Whitlock");
        assert_eq!(page.rows[0].organisation.as_deref(), Some("Acme Robotics"));
    }

    async fn trn_2_the_queue_begins_with_what_is_due_first(scene) {
        let dana = scene.dana().await;
        let first = scene.files(&dana, "question", "Which role may only read?").await;
        let idea = scene.files(&dana, "feature", "Keys for triage").await;
        scene.advance(jiff::SignedDuration::from_mins(5)).await;
        let second = scene.files(&dana, "bug", "Tags with a dot are not found").await;
        let wanted = Wanted { view: View::NeedsAnswer, after: None };
        let page = desk_view(&scene.desk, &scene.ines().await, wanted).await.unwrap();
        let order: Vec<_> = page.rows.iter().map(|row| row.ticket.id).collect();
        assert_eq!(order, [first, second, idea], "what has no clock stands last");
    }

    async fn the_agent_hears_what_they_are_given_and_what_the_customer_writes(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let to = Some(scene.cast.ines().person);
        assign(&scene.desk, &scene.theo().await, ticket, desk::tickets::Assignment { to }).await.unwrap();
        answer(&scene.desk, &scene.dana().await, ticket, world::text("One more thing.")).await.unwrap();
        scene.settle().await;
        assert_eq!(scene.mails(scene.cast.ines()), [format!("Assigned {ticket}"), format!("Customer replied {ticket}")]);
    }

    async fn who_takes_a_request_themselves_gets_no_mail(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let to = Some(scene.cast.ines().person);
        assign(&scene.desk, &scene.ines().await, ticket, desk::tickets::Assignment { to }).await.unwrap();
        scene.settle().await;
        assert!(scene.mails(scene.cast.ines()).is_empty());
    }

    async fn req_1_a_form_says_all_that_is_wrong_with_it_field_by_field(scene) {
        let mut filing = scene.form("bug", " ").await;
        filing.filled.details.remove("expected");
        filing.filled.ticks.clear();
        filing.files.clear();
        filing.filled.wish = Some("whenever".into());
        let Err(desk::Error::Invalid(faults)) = world::file(&scene.desk, &scene.dana().await, filing).await else {
            panic!("it was taken")
        };
        let fields: Vec<_> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields[0], "subject");
        assert!(fields.contains(&"detail.expected") && fields.contains(&"detail.logs"), "{fields:?}");
        assert!(fields.contains(&"tick.on_latest") && fields.contains(&"priority"), "{fields:?}");
    }

    async fn an_empty_message_is_refused(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let refused = answer(&scene.desk, &scene.dana().await, ticket, world::text("  \n ")).await;
        let Err(desk::Error::Invalid(faults)) = refused else { panic!("it was taken") };
        assert_eq!(faults[0].fault, Fault::Missing);
    }
}
