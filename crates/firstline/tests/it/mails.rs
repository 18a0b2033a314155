//! Mail out: tried again when the server is busy, parked when it never takes it, and never sent twice.

use jiff::SignedDuration;
use testkit::{Outcome, on_both};

on_both! {
    async fn a_deferred_mail_is_tried_again_until_it_is_taken(scene) {
        let dana = &scene.cast.dana().address.clone();
        scene.mail.expect(dana, [Outcome::Defer, Outcome::HangUp]);
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        assert!(scene.mail.of(dana).is_empty());
        let tried = scene.mail.tries(dana);
        scene.advance(SignedDuration::from_secs(10)).await;
        assert_eq!(scene.mail.tries(dana), tried + 1, "after ten seconds");
        scene.advance(SignedDuration::from_secs(60)).await;
        assert_eq!(scene.mail.of(dana), [format!("Receipt {ticket}")], "and after a minute more");
        scene.advance(SignedDuration::from_hours(48)).await;
        assert_eq!(scene.mail.of(dana).len(), 1);
    }

    async fn a_mail_that_is_never_taken_is_parked_where_staff_see_it(scene) {
        let dana = &scene.cast.dana().address.clone();
        scene.mail.expect(dana, [Outcome::Defer; 20]);
        scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let before = scene.mail.tries(dana);
        scene.advance(SignedDuration::from_hours(24 * 5)).await;
        assert_eq!(scene.mail.tries(dana) - before, 10, "eleven tries in all");
        let parked = store::jobs::parked(scene.desk.store.read(), 10).await.unwrap();
        assert_eq!(parked.len(), 1);
        assert_eq!(parked[0].fault.as_deref(), Some("451 4.7.1 try again later"));
    }

    async fn without_a_server_mail_waits_for_as_long_as_it_takes_and_that_is_no_try(scene) {
        let dana = &scene.cast.dana().address.clone();
        let (looks, before) = (3 * 24 * 12, scene.mail.tries(dana));
        scene.mail.expect(dana, std::iter::repeat_n(Outcome::NotSetUp, looks).chain([Outcome::Defer]));
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.advance(SignedDuration::from_hours(3 * 24)).await;
        assert_eq!(scene.mail.tries(dana) - before, looks + 1, "every five minutes for three days, and once for real");
        assert!(store::jobs::parked(scene.desk.store.read(), 10).await.unwrap().is_empty());
        scene.advance(SignedDuration::from_secs(10)).await;
        assert_eq!(scene.mail.of(dana), [format!("Receipt {ticket}")]);
    }

    async fn a_refused_receipt_is_not_tried_again(scene) {
        let dana = &scene.cast.dana().address.clone();
        scene.mail.expect(dana, [Outcome::Refuse]);
        scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let tried = scene.mail.tries(dana);
        scene.advance(SignedDuration::from_hours(3)).await;
        assert_eq!(scene.mail.tries(dana), tried);
        assert!(store::jobs::parked(scene.desk.store.read(), 10).await.unwrap().is_empty());
    }

    async fn a_verification_mail_is_forgotten_once_it_was_sent(scene) {
        let newest = store::outgoing::newest(scene.desk.store.read(), None, 50).await.unwrap();
        let verifications: Vec<_> = newest.iter().filter(|mail| mail.kind == "verification").collect();
        assert_eq!(verifications.len(), 3, "of the three customers of the cast");
        assert!(verifications.iter().all(|mail| mail.bytes.is_none()));
    }
}
