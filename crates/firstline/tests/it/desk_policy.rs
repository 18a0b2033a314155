//! The desk's page of the policy (POL-5): read, checked, tried with visible progress, and applied by who may.

use testkit::{Browser, Scene, on_both};

use super::simulate::REFERENCE;

/// A text with CR LF, as browsers send it.
fn typed(target: &str) -> String {
    REFERENCE.replace("8 working hours", target).replace('\n', "\r\n")
}

async fn said_of(theo: &mut Browser, text: String) -> String {
    let page = theo.post("/desk/policy/check", &[("text", &text)]).await.text();
    page.split_once("<section id=\"check\"").map(|(_, said)| said.to_owned()).unwrap_or_default()
}

async fn theo(scene: &Scene) -> Browser {
    Browser::of(scene, scene.cast.theo()).await
}

on_both! {
    async fn pol_5_a_text_is_checked_where_it_is_written(scene) {
        let mut theo = theo(&scene).await;
        let page = theo.get("/desk/policy").await.text();
        assert!(page.contains("in force") && page.contains("The same as the version in force."), "{page}");

        let bad = typed("8 working hours").replace("[types.question]", "[types.question]\r\nmood = 1");
        let said = theo.post("/desk/policy/check", &[("text", &bad)]).await.text();
        assert!(said.contains("1 fault, so it is no policy yet") && said.contains("column 1</b>"), "{said}");
        assert!(said.contains("<code>types.question</code> has no <code>mood</code>") && said.contains("mood = 1"), "{said}");

        let good = theo.post("/desk/policy/check", &[("text", &typed("6 working hours"))]).await.text();
        assert!(good.contains("One change against the version in force"), "{good}");
        assert!(good.contains("<del>8 working hours</del><ins>6 working hours</ins>"), "{good}");
    }

    async fn pol_5_the_page_says_what_it_would_change_for_open_requests_that_the_reader_sees(scene) {
        let dana = scene.dana().await;
        let slow = scene.files(&dana, "support", "Launches are slow").await;
        let hidden = scene.files(&dana, "security", "Tokens in the log").await;
        let raised = desk::tickets::Raised { wish: "urgent".into(), reason: "All stand still.".into() };
        desk::tickets::raise_wish(&scene.desk, &dana, slow, raised).await.unwrap();
        let decided = desk::tickets::Decided { priority: "urgent".into(), reason: String::new() };
        desk::tickets::decide_priority(&scene.desk, &scene.ines().await, slow, decided).await.unwrap();
        let waiting = scene.files(&dana, "question", "Which role may only read?").await;
        let answer = desk::tickets::Answer { text: world::text("The viewer's?"), after: rules::tickets::AfterReply::Wait };
        desk::tickets::reply(&scene.desk, &scene.ines().await, waiting, answer).await.unwrap();
        scene.advance(jiff::SignedDuration::from_mins(1)).await;
        let mut theo = theo(&scene).await;
        let sooner = said_of(&mut theo, typed("6 working hours")).await;
        assert!(sooner.contains("2 open requests: no target moves. Their clocks keep the version with which they began; 6 working hours instead of 8 working hours count"), "{sooner}");
        assert!(sooner.contains(&format!("href=\"/desk/requests/{slow}\"")), "{sooner}");
        assert!(!sooner.contains(&format!("href=\"/desk/requests/{hidden}\"")), "{sooner}");

        let narrow = REFERENCE
            .replace("reminder_days = 7", "reminder_days = 5")
            .replace("priorities = { highest = \"urgent\", lowest = \"low\", default = \"medium\" }", "priorities = { highest = \"high\", lowest = \"low\", default = \"medium\" }");
        let page = said_of(&mut theo, narrow).await;
        assert!(page.contains("One open request (Support request) is Urgent, which the type does not have then. It stays so until an agent decides or converts; High is the nearest."), "{page}");
        assert!(page.contains("One request that waits for its customer brings a reminder after 5 days instead of 7"), "{page}");
        assert!(page.contains(&format!("href=\"/desk/requests/{waiting}\"")), "{page}");

        let words = said_of(&mut theo, typed("8 working hours").replace("costs nothing extra", "costs no more")).await;
        assert!(words.contains("Nothing of this touches a request that is open."), "{words}");
        let of = |source: &str| rules::policy::Policy::parse(source).unwrap().policy;
        let sooner = of(&REFERENCE.replace("8 working hours", "6 working hours"));
        let everything = desk::policy::would_change(&scene.desk, &desk::Actor::DESK, &sooner).await.unwrap();
        assert_eq!(everything.iter().map(|it| it.requests).sum::<u64>(), 3, "the command line sees all");
        assert!(desk::policy::would_change(&scene.desk, &dana, &sooner).await.is_err());
    }

    async fn pol_4_a_trial_shows_how_far_it_is_and_names_what_the_reader_sees(scene) {
        let dana = scene.dana().await;
        let question = scene.files(&dana, "question", "Which role may only read?").await;
        scene.files(&dana, "security", "Tokens in the log").await;
        scene.advance(jiff::SignedDuration::from_hours(6)).await;
        let mut theo = theo(&scene).await;
        let fields = [("text", &*typed("4 working hours")), ("since", "2026-11-01")];
        let begun = theo.post("/desk/policy/simulations", &fields).await;
        assert_eq!(begun.status, 303);
        let page = begun.location().to_owned();

        let running = theo.get(&page).await.text();
        assert!(running.contains("0 of 1 requests") && running.contains("Look again"), "{running}");
        scene.settle().await;
        let ended = theo.get(&page).await.text();
        assert!(ended.contains(&format!("href=\"/desk/requests/{question}\"")), "{ended}");
        assert!(!ended.contains("Security report") && !ended.contains("Look again"), "{ended}");
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        assert_eq!(ines.get(&page).await.status, 404, "it is Theo's");

        scene.advance(jiff::SignedDuration::from_hours(24 * 8)).await;
        desk::schedule::sweep_out(&scene.desk).await.unwrap();
        assert_eq!(theo.get(&page).await.status, 404, "it is kept for a week");
    }

    async fn pol_3_open_requests_follow_a_new_version_by_an_act_of_their_own(scene) {
        let question = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let mut theo = theo(&scene).await;
        assert!(!theo.get("/desk/policy").await.text().contains("Have open requests follow"), "there is but one version");
        scene.advance(jiff::SignedDuration::from_mins(1)).await;
        assert_eq!(theo.post("/desk/policy", &[("text", &typed("9 working hours")), ("from", "")]).await.status, 303);
        let page = theo.get("/desk/policy?just=applied").await.text();
        assert!(page.contains("clocks that run keep") && page.contains("can follow version 2"), "{page}");
        let due = async || store::sla::of_ticket(scene.desk.store.read(), question).await.unwrap()[0].due_at;
        let before = due().await.unwrap();
        let moved = theo.post("/desk/policy/recomputing", &[]).await;
        assert_eq!(moved.location(), "/desk/policy?just=followed&requests=1");
        let page = theo.get(moved.location()).await.text();
        assert!(page.contains("One open request follows the version in force now"), "{page}");
        assert_eq!(due().await.unwrap().since(before), jiff::SignedDuration::from_hours(1));
        let again = theo.post("/desk/policy/recomputing", &[]).await;
        assert!(again.location().ends_with("requests=0"));
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        assert!(!ines.get("/desk/policy").await.text().contains("Have open requests follow"), "an agent only reads");
    }

    async fn pol_3_who_may_applies_a_text_now_or_at_an_instant(scene) {
        let mut theo = theo(&scene).await;
        let past = [("text", &*typed("6 working hours")), ("from", "2020-01-01T08:00")];
        let refused = theo.post("/desk/policy", &past).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("This has passed"));

        let coming = [("text", &*typed("6 working hours")), ("from", "2026-12-01T08:00")];
        assert_eq!(theo.post("/desk/policy", &coming).await.status, 303);
        assert_eq!(theo.post("/desk/policy", &[("text", &typed("7 working hours")), ("from", "")]).await.status, 303);
        let page = theo.get("/desk/policy?just=applied").await.text();
        assert!(page.contains("to come") && page.contains(">past<") && page.contains("7 working hours"), "{page}");
        let policies = scene.desk.policies().await.unwrap();
        let of = |at: &str| policies.at(at.parse().unwrap()).unwrap().id.0;
        assert_eq!((of("2026-11-20T08:00:00Z"), of("2026-12-01T08:00:00Z")), (3, 2));
        let again = theo.post("/desk/policy", &[("text", &typed("7 working hours")), ("from", "")]).await;
        assert!(again.text().contains("word for word version 3"));
    }
}
