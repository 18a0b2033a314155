//! Rules as other vendors publish them, on a running desk: escalation, regions, and what may be chosen where (PLN-3, PLN-4).

use desk::{
    Actor, Error,
    licences::{Given, give},
    organisations::set_region,
    policy::{NewPolicy, apply},
    ports::About,
    tickets::{Decided, Filled, NewTicket, decide_priority, end_escalation, escalate, open, show},
};
use rules::{
    events::Channel,
    ids::{OrganisationId, TicketId},
    refusal::{Fault, Refusal},
};
use testkit::{Browser, Scene, on_both};

/// After a message broker's published page: priority 1 in production only, and around the clock once escalated by phone.
const SKEP: &str = include_str!("../../../../policies/fixtures/skep.toml");
/// After a trust platform's published page.
const COUNTERSIGN: &str = include_str!("../../../../policies/fixtures/countersign.toml");

async fn under(scene: &Scene, source: &str) {
    let new = NewPolicy { source: source.to_owned(), from: None };
    apply(&scene.desk, &Actor::DESK, new).await.expect("it is a policy");
}

async fn acme(scene: &Scene) -> OrganisationId {
    let Actor::Person(dana) = scene.dana().await else { panic!("Dana is a person") };
    dana.organisations[0].0
}

async fn licensed(scene: &Scene, plan: &str) {
    let given = Given {
        organisation: acme(scene).await,
        external_key: None,
        edition: String::new(),
        deployment: None,
        plan: Some(plan.into()),
        kind: rules::entitlement::Kind::Paid,
        seats: None,
        through: None,
    };
    give(&scene.desk, &Actor::DESK, given).await.expect("it is given");
}

fn filled(place: &str, wish: &str) -> Filled {
    let details = [("where", place), ("what", "Messages are lost.")];
    Filled {
        subject: "Messages are lost".to_owned(),
        details: details.into_iter().map(|(key, value)| (key.into(), value.to_owned())).collect(),
        wish: Some(wish.into()),
        ..Filled::default()
    }
}

async fn files(scene: &Scene, (place, wish): (&str, &str), channel: Channel) -> desk::Result<TicketId> {
    let new = NewTicket {
        request_type: "request".into(),
        filled: filled(place, wish),
        draft: None,
        organisation: None,
        confidential: false,
        channel,
        sent_form: None,
    };
    let ticket = open(&scene.desk, &scene.dana().await, new).await?;
    scene.settle().await;
    Ok(ticket)
}

async fn due(scene: &Scene, ticket: TicketId) -> String {
    let shown = show(&scene.desk, &scene.ines().await, ticket).await.expect("she sees it");
    shown.clock.and_then(|clock| clock.due).map_or_else(String::new, |due| due.to_string())
}

on_both! {
    async fn pln_3_an_escalated_request_is_answered_around_the_clock(scene) {
        under(&scene, SKEP).await;
        licensed(&scene, "extended").await;
        scene.at("2026-11-22T21:30:00Z").await; // Sunday 22:30 in Landshut
        let ticket = files(&scene, ("production", "one"), Channel::Portal).await.unwrap();
        assert_eq!(due(&scene, ticket).await, "2026-11-23T12:00:00Z", "the basic hours, from Monday 09:00");
        let by_dana = escalate(&scene.desk, &scene.dana().await, ticket, "It got worse.").await;
        assert!(matches!(by_dana, Err(Error::Refused(Refusal::EscalatedByStaff))), "{by_dana:?}");
        let ines = scene.ines().await;
        let silent = escalate(&scene.desk, &ines, ticket, " ").await;
        assert!(matches!(silent, Err(Error::Refused(Refusal::EscalationReasonMissing))), "{silent:?}");
        escalate(&scene.desk, &ines, ticket, "Dana called at 22:31.").await.unwrap();
        assert_eq!(due(&scene, ticket).await, "2026-11-23T01:30:00Z", "Monday 02:30, on any clock");
        escalate(&scene.desk, &ines, ticket, "Again.").await.unwrap();

        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let page = dana.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("Dana called at 22:31.") && page.contains("<b>Escalated</b>"), "{page}");
        assert!(!page.contains("Escalate it"), "it is by phone: {page}");
        let mut desk = Browser::of(&scene, scene.cast.ines()).await;
        let answer = desk.post(&format!("/desk/requests/{ticket}/escalation"), &[("end", "yes"), ("reason", "A slip.")]).await;
        assert_eq!(answer.status, 303);
        assert_eq!(due(&scene, ticket).await, "2026-11-23T12:00:00Z", "as it was before");
        let page = desk.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains("A slip.") && page.contains("Escalate it"), "{page}");
        end_escalation(&scene.desk, &ines, ticket, "Nothing left to end.").await.unwrap();
        let low = files(&scene, ("production", "four"), Channel::Portal).await.unwrap();
        let refused = escalate(&scene.desk, &ines, low, "They called.").await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::NoEscalation { .. }))), "{refused:?}");
    }

    async fn pln_3_where_the_policy_lets_them_customers_escalate(scene) {
        under(&scene, &SKEP.replace("[plans.extended.escalation]\n", "[plans.extended.escalation]\ncustomers = true\n")).await;
        licensed(&scene, "extended").await;
        scene.at("2026-11-22T21:30:00Z").await;
        let ticket = files(&scene, ("production", "one"), Channel::Portal).await.unwrap();
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        assert!(dana.get(&format!("/requests/{ticket}")).await.text().contains("Escalate it"));
        let answer = dana.post(&format!("/requests/{ticket}/escalation"), &[("reason", "Everything stands still.")]).await;
        assert!(answer.location().ends_with("?just=escalated"), "{answer:?}");
        assert_eq!(due(&scene, ticket).await, "2026-11-23T01:30:00Z");
        scene.settle().await;
        let told = scene.mail.last(&scene.cast.theo().address);
        assert!(matches!(&told, Some(About::Escalated { reason, .. }) if reason == "Everything stands still."), "{told:?}");
    }

    async fn pln_3_hours_and_targets_go_by_the_region_that_staff_gave_the_organisation(scene) {
        let regions = COUNTERSIGN
            .replace("[plans.core]", "[regions.americas]\nname = \"Americas\"\nzone = \"America/Los_Angeles\"\n\n[plans.core]")
            .replace("zone = \"America/New_York\"", "zone = \"America/New_York\"\nin_region_zone = true");
        under(&scene, &regions).await;
        scene.at("2026-11-16T14:00:00Z").await;
        let plain = scene.files(&scene.dana().await, "request", "It is slow").await;
        let acme = acme(&scene).await;
        let unknown = set_region(&scene.desk, &scene.theo().await, acme, Some("moon".into())).await;
        assert!(matches!(unknown, Err(Error::NotFound)), "{unknown:?}");
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        assert!(theo.get(&format!("/desk/organisations/{acme}")).await.text().contains("Americas"));
        let answer = theo.post(&format!("/desk/organisations/{acme}/region"), &[("region", "americas")]).await;
        assert_eq!(answer.status, 303);
        let there = scene.files(&scene.dana().await, "request", "It is slow again").await;
        assert_eq!(due(&scene, plain).await, "2026-11-18T20:00:00Z", "what was filed before keeps its hours");
        assert_eq!(due(&scene, there).await, "2026-11-18T23:00:00Z", "the same week, on their clock");
    }

    async fn pln_4_urgent_only_in_production_on_the_form_at_the_desk_and_by_mail(scene) {
        under(&scene, SKEP).await;
        let refused = files(&scene, ("other", "one"), Channel::Portal).await;
        let Err(Error::Invalid(faults)) = &refused else { panic!("{refused:?}") };
        assert!(matches!(&faults[..], [fault] if matches!(fault.fault, Fault::PriorityBarred { .. })), "{faults:?}");
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let form = dana.get("/requests/new/request").await.text();
        assert!(form.contains("Only if you chose “Production”. Priority 1 exists only in production."), "{form}");

        let mailed = files(&scene, ("other", "one"), Channel::Mail).await.unwrap();
        let shown = show(&scene.desk, &scene.ines().await, mailed).await.unwrap().ticket;
        assert_eq!((shown.wish.as_str(), shown.priority.as_str()), ("one", "two"), "the highest that is allowed");
        let told = scene.mail.last(&scene.cast.dana().address);
        let Some(About::Receipt { lowered: Some(lowered), .. }) = told else { panic!("{told:?}") };
        assert_eq!((lowered.wish.as_str(), lowered.priority.as_str()), ("Priority 1", "Priority 2"));
        assert_eq!(lowered.why.as_deref(), Some("Priority 1 exists only in production."));

        let ines = scene.ines().await;
        let one = Decided { priority: "one".into(), reason: "They insist.".into() };
        let decided = decide_priority(&scene.desk, &ines, mailed, one.clone()).await;
        assert!(matches!(decided, Err(Error::Refused(Refusal::PriorityBarred { .. }))), "{decided:?}");
        let mut desk = Browser::of(&scene, scene.cast.ines()).await;
        let page = desk.get(&format!("/desk/requests/{mailed}")).await.text();
        assert!(page.contains("Priority 1: Only if you chose “Production”."), "{page}");
        let there = files(&scene, ("production", "two"), Channel::Portal).await.unwrap();
        decide_priority(&scene.desk, &ines, there, one).await.unwrap();
    }
}
