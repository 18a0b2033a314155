//! Who sees what: one's own, the organisation's, and security reports, which nobody else knows of.

use desk::tickets::{self, Wanted, desk_view, show};
use rules::ids::TicketId;
use store::ticket_lists::View;
use testkit::{Scene, on_both};

async fn is_hidden(scene: &Scene, member: &world::Member, ticket: TicketId) -> bool {
    matches!(show(&scene.desk, &scene.actor(member).await, ticket).await, Err(desk::Error::NotFound))
}

async fn queue(scene: &Scene, member: &world::Member) -> Vec<TicketId> {
    let wanted = Wanted { view: View::NeedsAnswer, after: None };
    let page = desk_view(&scene.desk, &scene.actor(member).await, wanted).await.unwrap();
    page.rows.into_iter().map(|row| row.ticket.id).collect()
}

on_both! {
    async fn vis_1_colleagues_see_nothing_unless_their_organisation_shares(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        assert!(is_hidden(&scene, scene.cast.ravi(), ticket).await);
        assert!(is_hidden(&scene, scene.cast.lea(), ticket).await);
        assert!(!is_hidden(&scene, scene.cast.ines(), ticket).await);
        assert!(!is_hidden(&scene, scene.cast.dana(), ticket).await);
        let own = tickets::own(&scene.desk, &scene.actor(scene.cast.ravi()).await, None).await.unwrap();
        assert!(own.rows.is_empty());
    }

    async fn vis_2_a_security_report_exists_for_its_reporter_and_the_security_grant_only(scene) {
        let ticket = scene.files(&scene.dana().await, "security", "HOLE-IN-THE-WALL").await;
        for member in [scene.cast.ravi(), scene.cast.ines(), scene.cast.theo(), scene.cast.ada(), scene.cast.lucas()] {
            assert!(is_hidden(&scene, member, ticket).await, "{} sees it", member.name);
            if member.is_staff() {
                assert!(queue(&scene, member).await.is_empty(), "{} has it in a list", member.name);
            }
        }
        assert_eq!(queue(&scene, scene.cast.jana()).await, [ticket]);
        assert!(!is_hidden(&scene, scene.cast.dana(), ticket).await);
        scene.at("2026-11-17T09:00:00Z").await;
        assert!(scene.mails(scene.cast.theo()).is_empty(), "the lead hears nothing of it");
        assert_eq!(scene.mails(scene.cast.jana()).last(), Some(&format!("Breached {ticket}")));
        assert!(!scene.mail.raw().iter().any(|mail| mail.contains("HOLE-IN-THE-WALL")), "mails name the number only");
    }

    async fn vis_2_nobody_without_the_grant_can_be_given_a_security_report(scene) {
        let ticket = scene.files(&scene.dana().await, "security", "A hole").await;
        let jana = scene.actor(scene.cast.jana()).await;
        let to = Some(scene.cast.ines().person);
        let given = tickets::assign(&scene.desk, &jana, ticket, tickets::Assignment { to }).await;
        assert!(matches!(given, Err(desk::Error::NotFound)));
    }

    async fn hidden_things_are_not_found_whatever_one_does_to_them(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let lea = scene.actor(scene.cast.lea()).await;
        assert!(matches!(tickets::answer(&scene.desk, &lea, ticket, world::text("Hello")).await, Err(desk::Error::NotFound)));
        assert!(matches!(tickets::close(&scene.desk, &lea, ticket).await, Err(desk::Error::NotFound)));
        assert!(matches!(tickets::read(&scene.desk, &lea, ticket).await, Err(desk::Error::NotFound)));
        assert!(matches!(tickets::note(&scene.desk, &lea, ticket, world::text("Hello")).await, Err(desk::Error::NotFound)));
        assert!(matches!(show(&scene.desk, &lea, TicketId(999_999)).await, Err(desk::Error::NotFound)));
    }

    async fn customers_have_no_desk(scene) {
        let wanted = Wanted { view: View::NeedsAnswer, after: None };
        assert!(matches!(desk_view(&scene.desk, &scene.dana().await, wanted).await, Err(desk::Error::NotFound)));
    }
}
