//! What an organisation has paid for decides what its people may file and by when it is answered.

use desk::{
    Actor, Error,
    licences::{Given, give},
    policy::{NewPolicy, apply},
    tickets::show,
};
use firstline::control::{Give, Request, Response, perform};
use jiff::SignedDuration;
use rules::{
    entitlement::Kind,
    events::TargetKind,
    ids::{LicenceId, OrganisationId, TicketId},
    refusal::{Fault, FieldFault, Refusal},
};
use testkit::{Browser, Scene, on_both};

/// Plans, grace of thirty days, and no filing after it.
const LARKSPUR: &str = include_str!("../../../../policies/larkspur.toml");

async fn larkspur(scene: &Scene) -> Given {
    let policy = NewPolicy { source: LARKSPUR.to_owned(), from: None };
    apply(&scene.desk, &Actor::DESK, policy).await.unwrap();
    let Actor::Person(dana) = scene.dana().await else { panic!("Dana is a person") };
    licence(dana.organisations[0].0)
}

fn licence(organisation: OrganisationId) -> Given {
    Given {
        organisation,
        external_key: None,
        edition: String::new(),
        deployment: None,
        plan: None,
        kind: Kind::Paid,
        seats: None,
        through: None,
    }
}

async fn gives(scene: &Scene, given: Given) -> LicenceId {
    give(&scene.desk, &Actor::DESK, given).await.unwrap()
}

async fn refused(scene: &Scene, request_type: &str) -> Option<Refusal> {
    let filing = scene.form(request_type, "Something about our builds").await;
    match world::file(&scene.desk, &scene.dana().await, filing).await {
        Ok(_) => None,
        Err(Error::Refused(refusal)) => Some(refusal),
        Err(other) => panic!("{other}"),
    }
}

/// Plan, and the due instant of the first response where there is one.
async fn terms(scene: &Scene, ticket: TicketId) -> (Option<String>, Option<String>) {
    let shown = show(&scene.desk, &scene.dana().await, ticket).await.unwrap();
    let first = shown.clocks.iter().find(|clock| clock.kind == TargetKind::FirstResponse);
    let due = first.and_then(|clock| clock.due);
    (shown.ticket.plan.map(|plan| plan.to_string()), due.map(|due| due.to_string()))
}

on_both! {
    async fn pln_1_the_plan_decides_what_may_be_filed_and_by_when_it_is_answered(scene) {
        let acme = larkspur(&scene).await;
        let community = scene.files(&scene.dana().await, "question", "How do runners register?").await;
        assert_eq!(terms(&scene, community).await, (None, None), "no licence: no target");
        gives(&scene, Given { plan: Some("seedling".into()), ..acme.clone() }).await;
        let not_offered = Refusal::TypeNotOffered { request_type: "incident".into() };
        assert_eq!(refused(&scene, "incident").await, Some(not_offered));
        let small = scene.files(&scene.dana().await, "question", "How do runners register?").await;
        let in_three_days = Some("2026-11-19T08:00:00Z".to_owned());
        assert_eq!(terms(&scene, small).await, (Some("seedling".to_owned()), in_three_days.clone()));
        gives(&scene, Given { plan: Some("orchard".into()), ..acme }).await;
        let large = scene.files(&scene.dana().await, "question", "How do runners register?").await;
        let in_one_day = Some("2026-11-17T08:00:00Z".to_owned());
        assert_eq!(terms(&scene, large).await, (Some("orchard".to_owned()), in_one_day));
        assert_eq!(refused(&scene, "incident").await, None);
        assert_eq!(terms(&scene, small).await.1, in_three_days, "what was filed keeps its plan");
    }

    async fn pln_1_the_form_offers_what_the_plan_allows_and_shows_its_aim(scene) {
        let acme = larkspur(&scene).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let form = dana.get("/requests/new/question").await.text();
        assert!(form.contains("No time for an answer is promised"), "{form}");
        gives(&scene, Given { plan: Some("seedling".into()), ..acme }).await;
        let types = dana.get("/requests/new").await.text();
        assert!(types.contains("/requests/new/question") && !types.contains("/requests/new/incident"), "{types}");
        let form = dana.get("/requests/new/question").await.text();
        assert!(form.contains("We aim to answer by"), "{form}");
        let not_offered = dana.get("/requests/new/incident").await.text();
        assert!(not_offered.contains("because your plan or the support policy does not include it"), "{not_offered}");
        let form = dana.get("/requests/new/vulnerability").await.text();
        assert!(form.contains("S1 Standstill"), "a security report is always offered, with its priority: {form}");
    }

    async fn ent_2_a_licence_counts_by_the_deployment_that_the_form_names(scene) {
        let acme = larkspur(&scene).await;
        let of = |deployment: &str, plan: &str| Given {
            deployment: Some(deployment.into()),
            plan: Some(plan.into()),
            ..acme.clone()
        };
        gives(&scene, of("hosted", "orchard")).await;
        gives(&scene, of("self_managed", "hedge")).await;
        for (deployment, plan) in [("hosted", "orchard"), ("self_managed", "hedge")] {
            let mut filing = scene.form("defect", "The queue forgets jobs").await;
            filing.filled.details.insert("deployment".into(), deployment.to_owned());
            let ticket = world::file(&scene.desk, &scene.dana().await, filing).await.unwrap();
            assert_eq!(terms(&scene, ticket).await.0.as_deref(), Some(plan));
        }
    }

    async fn ent_2_an_ended_licence_has_its_grace_and_then_refuses_but_for_security_reports(scene) {
        let acme = larkspur(&scene).await;
        let through = "2026-11-15".parse().ok();
        let given = Given { plan: Some("hedge".into()), through, external_key: Some("SUB-17".into()), ..acme };
        let id = gives(&scene, given.clone()).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let home = dana.get("/").await.text();
        assert!(home.contains("Nothing changes until Tuesday 15 December 2026"), "{home}");
        let open = scene.files(&scene.dana().await, "question", "How do runners register?").await;
        assert_eq!(terms(&scene, open).await.0.as_deref(), Some("hedge"));
        scene.advance(SignedDuration::from_hours(24 * 40)).await;
        let ended = "2026-11-15".parse().unwrap();
        assert_eq!(refused(&scene, "question").await, Some(Refusal::LicenceEnded { ended }));
        assert_eq!(refused(&scene, "vulnerability").await, None);
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let home = dana.get("/").await.text();
        assert!(home.contains("new requests cannot be sent") && !home.contains("/requests/new/question"), "{home}");
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let page = ines.get(&format!("/desk/requests/{open}")).await.text();
        assert!(page.contains("Ended on Sunday 15 November 2026"), "{page}");
        assert!(page.contains("Plan when filed</dt><dd>Hedge") && page.contains("Plan today</dt><dd>none"), "{page}");
        let renewed = gives(&scene, Given { through: "2027-11-15".parse().ok(), ..given }).await;
        assert_eq!(renewed, id, "given again under its key, the licence is changed");
        assert_eq!(refused(&scene, "question").await, None);
        let page = ines.get(&format!("/desk/requests/{open}")).await.text();
        assert!(page.contains("Paid through Monday 15 November 2027"), "renewal clears the mark: {page}");
    }

    async fn ent_3_a_trial_files_what_the_policy_names(scene) {
        let acme = larkspur(&scene).await;
        gives(&scene, Given { kind: Kind::Trial, plan: Some("hedge".into()), ..acme }).await;
        let not_in_trial = Refusal::NotInTrial { request_type: "incident".into() };
        assert_eq!(refused(&scene, "incident").await, Some(not_in_trial));
        assert_eq!(refused(&scene, "defect").await, None);
    }

    async fn ent_1_a_licence_names_what_the_policy_has_and_stays_with_its_organisation(scene) {
        let acme = larkspur(&scene).await;
        let wrong = Given { plan: Some("meadow".into()), deployment: Some("moon".into()), ..acme.clone() };
        let Err(Error::Invalid(faults)) = give(&scene.desk, &Actor::DESK, wrong).await else { panic!("it was taken") };
        let expected = [
            FieldFault { field: "plan".into(), fault: Fault::NoSuchPlan { plan: "meadow".into() } },
            FieldFault { field: "deployment".into(), fault: Fault::NoSuchDeployment { deployment: "moon".into() } },
        ];
        assert_eq!(faults, expected);
        gives(&scene, Given { external_key: Some("SUB-17".into()), ..acme }).await;
        let Actor::Person(lea) = scene.actor(scene.cast.lea()).await else { panic!("Lea is a person") };
        let moved = Given { external_key: Some("SUB-17".into()), ..licence(lea.organisations[0].0) };
        assert!(matches!(give(&scene.desk, &Actor::DESK, moved).await, Err(Error::Conflict)));
        let by_customer = give(&scene.desk, &scene.dana().await, licence(lea.organisations[0].0)).await;
        assert!(matches!(by_customer, Err(Error::NotFound)), "for customers the desk does not exist");
        let by_product = give(&scene.desk, &scene.actor(scene.cast.lucas()).await, licence(lea.organisations[0].0)).await;
        assert!(matches!(by_product, Err(Error::Refused(Refusal::MayNot { .. }))));
    }

    async fn ent_1_licences_are_given_and_listed_from_the_command_line(scene) {
        larkspur(&scene).await;
        let plain = Give {
            organisation: "acme.example".to_owned(),
            kind: Kind::Paid,
            plan: Some("hedge".into()),
            through: "2027-03-31".parse().ok(),
            deployment: Some("hosted".into()),
            edition: "Team".to_owned(),
            seats: Some(40),
            key: Some("SUB-17".to_owned()),
        };
        let given = perform(&scene.desk, Request::GiveLicence(plain.clone())).await;
        assert_eq!(given.words(), "Acme Robotics (organisation 1) has licence 1.");
        let bare = Give { plan: None, through: None, deployment: None, seats: None, key: None, edition: String::new(), ..plain.clone() };
        perform(&scene.desk, Request::GiveLicence(Give { organisation: "1".to_owned(), ..bare })).await;
        let listed = perform(&scene.desk, Request::ListLicences { organisation: "Acme.example".to_owned() }).await;
        let expected = "Acme Robotics (organisation 1)\n  \
            1  SUB-17  hedge, hosted, Team, 40 seats: paid through Wednesday 31 March 2027\n  \
            2  no plan: paid, without an end";
        assert_eq!(listed.words(), expected);
        let none = perform(&scene.desk, Request::ListLicences { organisation: "2".to_owned() }).await;
        assert!(none.words().ends_with("No licence is known."), "{none:?}");
        let meadow = Give { plan: Some("meadow".into()), ..plain.clone() };
        let refused = perform(&scene.desk, Request::GiveLicence(meadow)).await;
        let why = "no plan “meadow”. Please take one of those that it has: seedling, hedge, orchard.";
        assert!(matches!(&refused, Response::Refused(words) if words.ends_with(why)), "{refused:?}");
        let moved = Give { organisation: "2".to_owned(), ..plain };
        let refused = perform(&scene.desk, Request::GiveLicence(moved)).await;
        assert!(matches!(&refused, Response::Refused(words) if words.contains("SUB-17 belongs to another")), "{refused:?}");
    }
}
