//! Licences on pages: written by staff, told to members, and who of an organisation files (ENT-1, ENT-2, PLN-5).

use axum::http::StatusCode;
use desk::{
    Actor, Error,
    organisations::set_role,
    policy::{NewPolicy, apply},
    tickets::{View, Wanted, answer, ask_visibility, desk_view},
};
use jiff::SignedDuration;
use rules::{
    access::Role,
    entitlement::Named,
    ids::OrganisationId,
    refusal::{OrganisationRefusal, Refusal},
};
use testkit::{Browser, Scene, on_both};

const LARKSPUR: &str = include_str!("../../../../policies/larkspur.toml");

async fn larkspur(scene: &Scene) -> OrganisationId {
    apply(&scene.desk, &Actor::DESK, NewPolicy { source: LARKSPUR.to_owned(), from: None }).await.unwrap();
    scene.dana().await.signed().unwrap().organisations[0].0
}

/// Ines adds a licence on the page; the page of the licence.
async fn adds(ines: &mut Browser, acme: OrganisationId, fields: &[(&str, &str)]) -> String {
    let added = ines.post(&format!("/desk/organisations/{acme}/licences"), fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.text());
    let page = ines.get(&format!("/desk/organisations/{acme}")).await.text();
    let links = page.split("href=\"").filter(|link| link.contains("/licences/"));
    let links = links.filter_map(|link| link.split('"').next()).filter(|link| !link.ends_with("/new"));
    links.last().expect("the licence stands on the page").to_owned()
}

fn one_line(page: &str) -> String {
    page.split_whitespace().collect::<Vec<_>>().join(" ")
}

on_both! {
    async fn ent_1_ines_adds_changes_and_ends_a_licence_and_the_page_says_who_changed_what(scene) {
        let acme = larkspur(&scene).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let form = ines.get(&format!("/desk/organisations/{acme}/licences/new")).await.text();
        assert!(form.contains("A licence for Acme Robotics") && form.contains("value=\"orchard\""), "{form}");
        let fields = [("kind", "paid"), ("plan", "hedge"), ("seats", "40"), ("through", "2027-03-31"), ("key", "SUB-17")];
        let licence = adds(&mut ines, acme, &fields).await;
        let listed = ines.get(&format!("/desk/organisations/{acme}")).await.text();
        assert!(listed.contains("SUB-17") && listed.contains("paid through Wednesday 31 March 2027"), "{listed}");
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let fields = [("kind", "paid"), ("plan", "orchard"), ("through", "2028-03-31"), ("key", "SUB-17")];
        theo.post(&licence, &fields).await;
        theo.post(&licence, &fields).await;
        theo.post(&format!("{licence}/end"), &[]).await;
        let page = one_line(&theo.get(&licence).await.text());
        for said in [
            "paid through Friday 31 March 2028 (before: paid through Wednesday 31 March 2027)",
            "plan: Orchard (before: Hedge)",
            "seats: nothing (before: 40)",
            "paid through Monday 16 November 2026 (before: paid through Friday 31 March 2028)",
            "Ines Kovač",
            "Theo Marsh",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert_eq!(page.matches("plan: Orchard").count(), 1, "said again, it says nothing new: {page}");
        assert!(!page.contains("Let it end today"), "{page}");
    }

    async fn ent_1_what_is_wrong_with_a_licence_is_said_and_nothing_typed_is_lost(scene) {
        let acme = larkspur(&scene).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        adds(&mut ines, acme, &[("key", "SUB-17")]).await;
        let lea = scene.actor(scene.cast.lea()).await.signed().unwrap().organisations[0].0;
        let fields = [("key", "SUB-17"), ("seats", "4"), ("plan", "hedge")];
        let taken = ines.post(&format!("/desk/organisations/{lea}/licences"), &fields).await;
        let page = taken.text();
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Acme Robotics has a licence under this key already"), "{page}");
        assert!(page.contains("value=\"4\"") && page.contains("value=\"hedge\" selected"), "what was typed stays: {page}");
        let fields = [("kind", "free"), ("seats", "many"), ("through", "31.3.2027"), ("plan", "meadow"), ("edition", "Team")];
        let wrong = ines.post(&format!("/desk/organisations/{lea}/licences"), &fields).await.text();
        for said in ["no kind of licence", "no number of seats", "Write it as 2027-03-31", "value=\"Team\""] {
            assert!(wrong.contains(said), "{said}: {wrong}");
        }
        let other = ines.get(&format!("/desk/organisations/{lea}/licences/1")).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "another organisation's");
        let mut lucas = Browser::of(&scene, scene.cast.lucas()).await;
        let read = lucas.get(&format!("/desk/organisations/{acme}/licences/1")).await;
        assert!(read.status == StatusCode::OK && !read.text().contains("Change it"), "{}", read.text());
    }

    async fn ent_2_a_request_filed_without_a_licence_that_counts_is_marked_until_it_is_renewed(scene) {
        let acme = scene.dana().await.signed().unwrap().organisations[0].0;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let before = scene.files(&scene.dana().await, "question", "Filed while nobody kept licences").await;
        let queue = ines.get("/desk").await.text();
        assert!(!queue.contains("no licence known"), "a desk that keeps none does not speak of them: {queue}");
        let licence = adds(&mut ines, acme, &[("through", "2026-09-30"), ("key", "SUB-17")]).await;
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let report = scene.files(&scene.dana().await, "security", "A token in the log").await;
        let flagged = async || {
            let wanted = Wanted { view: View::NeedsAnswer, after: None };
            let jana = scene.actor(scene.cast.jana()).await;
            let rows = desk_view(&scene.desk, &jana, wanted).await.unwrap().rows;
            rows.iter().filter(|row| row.flagged.is_some()).map(|row| row.ticket.id).collect::<Vec<_>>()
        };
        let mut marked = flagged().await;
        marked.sort_unstable();
        assert_eq!(marked, [before, ticket], "and a security report never is: {report}");
        assert!(ines.get("/desk").await.text().contains("licence ended"));
        let page = ines.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains("after the licence had ended on Wednesday 30 September 2026"), "{page}");
        assert!(page.contains("SUB-17, the only one"), "{page}");
        ines.post(&licence, &[("through", "2027-09-30"), ("key", "SUB-17")]).await;
        assert_eq!(flagged().await, []);
        let page = ines.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains("Paid through Thursday 30 September 2027") && !page.contains("had ended"), "{page}");
        scene.advance(SignedDuration::from_hours(24 * 400)).await;
        assert_eq!(flagged().await, [], "what was filed in time stays so");
    }

    async fn ent_2_of_several_licences_the_desk_says_which_one_counts_and_why(scene) {
        let acme = larkspur(&scene).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        for (deployment, plan, key) in [("hosted", "orchard", "SUB-1"), ("self_managed", "hedge", "SUB-2")] {
            adds(&mut ines, acme, &[("deployment", deployment), ("plan", plan), ("key", key)]).await;
        }
        let mut filing = scene.form("defect", "The queue forgets jobs").await;
        filing.filled.details.insert("deployment".into(), "self_managed".to_owned());
        let named = world::file(&scene.desk, &scene.dana().await, filing).await.unwrap();
        let page = ines.get(&format!("/desk/requests/{named}")).await.text();
        assert!(page.contains("SUB-2, which is for what the request names, of 2"), "{page}");
        let any = scene.files(&scene.dana().await, "question", "How do runners register?").await;
        let page = ines.get(&format!("/desk/requests/{any}")).await.text();
        assert!(page.contains("SUB-1, the most favourable of 2"), "{page}");
    }

    async fn ent_2_members_are_told_before_the_end_in_grace_after_it_and_of_the_renewal(scene) {
        let acme = larkspur(&scene).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let licence = adds(&mut ines, acme, &[("plan", "hedge"), ("through", "2027-01-31"), ("key", "SUB-17")]).await;
        let reads = async |path: &str| Browser::of(&scene, scene.cast.dana()).await.get(path).await.text();
        let home = reads("/").await;
        assert!(home.contains("Acme Robotics: paid through Sunday 31 January 2027"), "{home}");
        assert!(!home.contains("Nothing changes until"), "{home}");
        scene.at("2027-01-04T08:00:00Z").await;
        for path in ["/", "/requests/new", "/requests/new/question", "/licences"] {
            let page = reads(path).await;
            assert!(page.contains("Your licence is paid through Sunday 31 January 2027"), "{path}: {page}");
            assert!(page.contains("new requests cannot be sent, but for security reports"), "{path}: {page}");
        }
        scene.at("2027-02-08T08:00:00Z").await;
        assert!(reads("/requests/new/question").await.contains("Nothing changes until Tuesday 2 March 2027"));
        scene.at("2027-03-08T08:00:00Z").await;
        let refused = reads("/requests/new/question").await;
        assert!(refused.contains("Your licence ended on Sunday 31 January 2027, so new requests cannot be sent"), "{refused}");
        let asked = ask_visibility(&scene.desk, &scene.dana().await, acme).await;
        assert!(matches!(asked, Err(Error::Refused(Refusal::LicenceEnded { .. }))), "{asked:?}");
        ines = Browser::of(&scene, scene.cast.ines()).await;
        ines.post(&licence, &[("plan", "hedge"), ("through", "2028-01-31"), ("key", "SUB-17")]).await;
        let renewed = reads("/").await;
        assert!(renewed.contains("Your licence was renewed and is paid through Monday 31 January 2028"), "{renewed}");
        scene.at("2027-04-12T08:00:00Z").await;
        assert!(!reads("/").await.contains("was renewed"));
    }

    async fn pln_5_once_contacts_are_named_they_file_and_others_are_told_who(scene) {
        let acme = larkspur(&scene).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        adds(&mut ines, acme, &[("plan", "seedling")]).await;
        let own = scene.files(&scene.ravi().await, "question", "Filed before anybody was named").await;
        let (dana, ravi) = (scene.cast.dana(), scene.cast.ravi());
        set_role(&scene.desk, &scene.ines().await, acme, dana.person, Role::Manager).await.unwrap();
        let mut browser = Browser::of(&scene, dana).await;
        let page = browser.get("/licences").await.text();
        assert!(page.contains("Your plan has 2 named contacts. None is named yet"), "{page}");
        scene.files(&scene.ravi().await, "question", "A manager alone changes nothing").await;
        let named = browser.post(&format!("/organisations/{acme}/contacts"), &[("address", &ravi.address)]).await;
        assert_eq!(named.location(), "/licences", "{}", named.text());
        scene.files(&scene.ravi().await, "question", "A contact files").await;
        scene.files(&scene.dana().await, "question", "And a manager does").await;
        let ravi_is = format!("/organisations/{acme}/contacts/{}/removal", ravi.person);
        let page = browser.get("/licences").await.text();
        assert!(page.contains(&ravi_is) && !page.contains("Name a colleague"), "both places are taken: {page}");
        browser.post(&ravi_is, &[]).await;
        set_role(&scene.desk, &scene.dana().await, acme, dana.person, Role::Contact).await.unwrap();
        let filing = scene.form("question", "Nobody's contact").await;
        let refused = world::file(&scene.desk, &scene.ravi().await, filing).await;
        let who = Named { contacts: vec!["Dana Whitlock".to_owned()], managers: vec![] };
        assert!(matches!(&refused, Err(Error::Refused(Refusal::NotAContact(named))) if *named == who), "{refused:?}");
        let mut browser = Browser::of(&scene, ravi).await;
        for path in ["/", "/requests/new", "/requests/new/question"] {
            let page = browser.get(path).await.text();
            assert!(page.contains("Dana Whitlock files for your organisation"), "{path}: {page}");
        }
        scene.files(&scene.ravi().await, "vulnerability", "A security report goes always").await;
        let page = browser.get(&format!("/requests/{own}")).await;
        assert_eq!(page.status, StatusCode::OK, "what is theirs they read");
        let answered = answer(&scene.desk, &scene.ravi().await, own, world::text("It goes on.")).await;
        assert!(answered.is_ok(), "and answer: {answered:?}");
    }

    async fn pln_5_no_more_are_named_than_the_plan_has_and_only_by_who_manages(scene) {
        let acme = larkspur(&scene).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        adds(&mut ines, acme, &[("plan", "seedling")]).await;
        let third = {
            let tx = scene.desk.store.begin().await.unwrap();
            let lea = scene.cast.lea().person;
            store::organisations::join(&tx, acme, lea, Role::Member, scene.desk.now()).await.unwrap();
            tx.commit().await.unwrap();
            lea
        };
        let staff = scene.ines().await;
        for person in [scene.cast.dana().person, scene.cast.ravi().person] {
            set_role(&scene.desk, &staff, acme, person, Role::Contact).await.unwrap();
        }
        let full = set_role(&scene.desk, &staff, acme, third, Role::Contact).await;
        let why = OrganisationRefusal::ContactsFull { number: 2 };
        assert!(matches!(&full, Err(Error::Refused(Refusal::Organisation(it))) if *it == why), "{full:?}");
        let as_manager = set_role(&scene.desk, &staff, acme, third, Role::Manager).await;
        assert!(matches!(as_manager, Err(Error::Refused(Refusal::Organisation(_)))));
        let page = ines.get(&format!("/desk/organisations/{acme}")).await.text();
        assert!(page.contains("The plan has 2 named contacts. Dana Whitlock and Ravi Menon file"), "{page}");
        let mut ravi = Browser::of(&scene, scene.cast.ravi()).await;
        let named = ravi.post(&format!("/organisations/{acme}/contacts"), &[("address", "lea@x.example")]).await;
        assert_eq!(named.status, StatusCode::NOT_FOUND, "a contact names nobody");
        adds(&mut ines, acme, &[("plan", "hedge")]).await;
        set_role(&scene.desk, &staff, acme, third, Role::Contact).await.unwrap();
    }
}
