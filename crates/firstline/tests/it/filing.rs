//! What each type of request asks, refuses, says and promises, from its form to its receipt (REQ-3 to REQ-5, PRI-1, PLN-4).

use desk::ports::About;
use jiff::{SignedDuration, civil::date};
use testkit::{Browser, on_both};

use crate::{forms::Sheet, simulate::REFERENCE};

/// Dana's form with what a story changes, sent; what came back.
async fn sent(dana: &mut Browser, sheet: &Sheet) -> testkit::browser::Answer {
    dana.upload("/requests", &sheet.parts()).await
}

/// What a page says, without tags, on one line.
fn said(page: &str) -> String {
    let text =
        page.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect::<Vec<_>>().join(" ");
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("&#39;", "'").replace("&amp;", "&")
}

fn count(page: &str, needle: &str) -> usize {
    page.matches(needle).count()
}

/// Commands that are shown, as opposed to those that wait for another choice.
const COMMANDS: &str = "class=\"commands\" data-follows=\"detail.deployment\"";

on_both! {
    async fn hrs_3_a_receipt_says_when_the_desk_opens_where_nobody_is_here(scene) {
        let opens = async |subject: &str| {
            scene.files(&scene.dana().await, "question", subject).await;
            scene.settle().await;
            let mail = scene.mail.last(&scene.cast.dana().address);
            let Some(About::Receipt { opens, .. }) = mail else { panic!("{mail:?}") };
            opens.map(|it| it.at.to_string())
        };
        assert_eq!(opens("On a Monday at eight").await, None);
        scene.at("2026-11-21T12:00:00Z").await;
        assert_eq!(opens("On a Saturday").await.as_deref(), Some("2026-11-23T08:00:00Z"));
    }

    async fn req_3_what_was_ticked_is_shown_to_both_sides(scene) {
        let ticket = scene.files(&scene.dana().await, "support", "Launches hang").await;
        let policy = scene.desk.policy().await.unwrap();
        let shown = desk::tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        assert!(!shown.ticks.is_empty());
        let tick = words::markdown::plain(policy.policy().ticks.get(&shown.ticks[0]).unwrap().text.say("en"));
        let hers = Browser::of(&scene, scene.cast.dana()).await.get(&format!("/requests/{ticket}")).await.text();
        assert!(hers.contains("<dt>Confirmed</dt>") && words::markdown::plain(&hers).contains(&tick), "{tick}: {hers}");
        let desk = Browser::of(&scene, scene.cast.ines()).await.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(desk.contains("<dt>Ticked</dt>"), "{desk}");
    }

    async fn log_1_a_cloud_has_no_commands_for_logs(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let sheet = Sheet::of(scene.form("bug", "Uploads hang").await).with("subject", "");
        let server = dana.upload("/requests", &sheet.clone().with("detail.deployment", "server").parts()).await.text();
        assert!(server.contains("docker compose logs") && server.contains(COMMANDS), "{server}");
        let cloud = dana.upload("/requests", &sheet.with("detail.deployment", "cloud").parts()).await.text();
        assert!(!cloud.contains(COMMANDS), "they wait, hidden, for another choice: {cloud}");
    }

    async fn log_1_details_that_are_given_later_have_the_commands_of_the_deployment_named_before(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        for (deployment, has_commands) in [("cloud", false), ("server", true)] {
            let ticket = scene.files(&dana, "question", deployment).await;
            let become_support = desk::tickets::Conversion { to: "support".into(), reason: String::new() };
            desk::tickets::convert(&scene.desk, &ines, ticket, become_support).await.unwrap();
            let page = format!("/requests/{ticket}/details");
            let asked = browser.get(&page).await.text();
            assert!(asked.contains("name=\"detail.deployment\"") && asked.contains(COMMANDS), "{asked}");
            assert_eq!(browser.post(&page, &[("detail.deployment", deployment)]).await.status, 303);
            let rest = browser.get(&page).await.text();
            assert!(!rest.contains("name=\"detail.deployment\""), "{rest}");
            assert_eq!(rest.contains(COMMANDS), has_commands, "{deployment}: {rest}");
        }
    }

    async fn req_3_a_support_request_asks_what_area_and_deployment_need_and_says_who_reads_it(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let form = said(&dana.get("/requests/new/support").await.text());
        for asked in [
            "What is it about?",
            "What happens, and how does it affect your users?",
            "Why do you think that this is wrong?",
            "What changed before?",
            "What have you tried?",
            "What does your infrastructure team say? if you have it",
            "The whole logs of Allure TestOps as separate .txt files.",
            "it shows what was done, and in which order. Only if you chose “Deployment”.",
            "I have looked into the documentation, the articles and the videos, and followed the steps that fit",
            "I have asked the team that runs our infrastructure or the other products involved",
            "Memory and processors are sufficient. Only if you chose “Deployment”.",
            "The network connection is stable. Only if you chose “Deployment”.",
            "There is space enough, altogether and on every node. Only if you chose “Deployment”.",
            "Like 5.12.1. Name the whole of it, with the hotfix",
        ] {
            assert!(form.contains(asked), "{asked}: {form}");
        }
        let whole = Sheet::of(scene.form("support", "Launches are slow").await).with("detail.changes", "Nothing.");
        let of = |area: &str| whole.clone().with("detail.area", area).with("detail.deployment", "server");
        let mut bare = of("deployment");
        bare.fields.retain(|(name, _)| !name.starts_with("tick."));
        bare.files.retain(|(input, ..)| input == "file.logs");
        let refused = sent(&mut dana, &bare).await;
        assert_eq!(refused.status, 422);
        let page = refused.text();
        assert_eq!(count(&page, "<span class=\"muted\">not ticked</span>"), 5, "{}", said(&page));
        assert_eq!(count(&page, "<span class=\"muted\">no file yet</span>"), 2, "history and errors: {}", said(&page));
        bare.fields.retain(|(name, _)| name != "detail.area");
        bare = bare.with("detail.area", "performance").with("draft", "");
        let page = sent(&mut dana, &bare).await.text();
        assert_eq!(count(&page, "<span class=\"muted\">not ticked</span>"), 2, "{}", said(&page));
        assert_eq!(count(&page, "<span class=\"muted\">no file yet</span>"), 0, "{}", said(&page));

        let mut slow = of("performance").with("detail.symptoms", "Pages take a minute.");
        slow.files.retain(|(input, ..)| input == "file.logs");
        let filed = sent(&mut dana, &slow).await;
        assert_eq!(filed.status, 303, "{}", said(&filed.text()));
        let page = said(&dana.get(filed.location()).await.text());
        assert!(page.contains("An agent reads it with its logs and then answers or asks for what is missing."), "{page}");
        scene.settle().await;
        let mail = scene.mail.last(&scene.cast.dana().address);
        let Some(About::Receipt { receipt, due: Some(_), .. }) = mail else { panic!("{mail:?}") };
        assert!(receipt.starts_with("Your support request has arrived."), "{receipt}");
    }

    async fn pln_4_what_was_typed_where_nothing_is_asked_is_left_out(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let mut slow = Sheet::of(scene.form("support", "Launches are slow").await)
            .with("detail.area", "performance")
            .with("detail.changes", "Nothing.")
            .with("detail.history", "rm -rf");
        slow.fields.retain(|(name, _)| !["tick.resources", "tick.network", "tick.storage"].contains(&name.as_str()));
        slow.files.retain(|(input, ..)| input == "file.logs");
        let filed = sent(&mut dana, &slow).await;
        assert_eq!(filed.status, 303, "{}", said(&filed.text()));
        let page = said(&dana.get(filed.location()).await.text());
        assert!(!page.contains("rm -rf"), "{page}");
    }

    async fn req_4_a_bug_report_is_held_against_documentation_and_release(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let form = said(&dana.get("/requests/new/bug").await.text());
        for asked in [
            "For behaviour that differs from what the documentation says. Everything else begins as a question or a support",
            "Read the notes of the releases that are newer than yours, upgrade, and see whether it still happens.",
            "I have read the notes of the releases newer than mine",
            "It still happens in the latest release, with its latest hotfix",
            "I have looked through the logs for an error that names the faulty part",
            "The issue",
            "What you expected",
            "What happens",
            "Steps",
            "Which passage of the documentation does it contradict? if you have it",
            "Full logs",
            "Other evidence if you have it",
            "If you chose “Cloud” and do not know it, write “unknown”.",
        ] {
            assert!(form.contains(asked), "{asked}: {form}");
        }
        let whole = Sheet::of(scene.form("bug", "Launches hang at 99 %").await).with("detail.deployment", "server");
        for (typed, words) in [
            ("the newest one, I think", "This does not read as a version. Please write it like 5.12.1."),
            ("5", "This does not read as a version."),
            ("latest", "“the latest” is another one next week, so we need the number."),
        ] {
            let refused = sent(&mut dana, &whole.clone().with("detail.version", typed)).await;
            assert_eq!(refused.status, 422, "{typed}");
            let page = said(&refused.text());
            assert!(page.contains(words) && page.contains("One thing needs another look"), "{typed}: {page}");
        }
        for (deployment, typed) in [("server", "v5.12.1-hotfix.2"), ("server", "Allure TestOps 5.12"), ("cloud", "unknown")] {
            let sheet = whole.clone().with("detail.deployment", deployment).with("detail.version", typed);
            let filed = sent(&mut dana, &sheet).await;
            assert_eq!(filed.status, 303, "{typed}: {}", said(&filed.text()));
            let page = said(&dana.get(filed.location()).await.text());
            assert!(page.contains("We check it against the latest release and the documentation, and tell you what we found."));
        }
    }

    async fn req_5_a_feature_request_promises_nothing_and_has_no_clock_anywhere(scene) {
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let form = dana.get("/requests/new/feature").await.text();
        let words = said(&form);
        for told in [
            "A feature request promises nothing: neither that it is built, nor how soon, nor an answer by any time.",
            "Later it may become a topic in the forum, under “Feature requests and suggestions”.",
            "no version or file moves unseen",
            "People registered here could read it then",
            "What do you want to do?",
            "What would you change?",
            "What else did you consider?",
            "Material if you have it",
        ] {
            assert!(words.contains(told), "{told}: {words}");
        }
        assert!(!words.contains("We aim to answer") && !form.contains("class=\"strip"), "{words}");
        let filed = sent(&mut dana, &Sheet::of(scene.form("feature", "Tags with a dot").await)).await;
        assert_eq!(filed.status, 303, "{}", said(&filed.text()));
        let page = said(&dana.get(filed.location()).await.text());
        assert!(page.contains("We cannot promise that it is built, how important it becomes, or that somebody answers"), "{page}");
        scene.settle().await;
        let mail = scene.mail.last(&scene.cast.dana().address);
        assert!(matches!(&mail, Some(About::Receipt { receipt, due: None, .. }) if receipt.contains("cannot promise")), "{mail:?}");
        scene.mail.take(&scene.cast.dana().address);

        scene.advance(SignedDuration::from_hours(24 * 30)).await;

        let request = filed.location().split('?').next().unwrap().to_owned();
        // Thirty days end a session.
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let seen = [
            dana.get("/").await.text(),
            dana.get("/requests").await.text(),
            dana.get(&request).await.text(),
            ines.get("/desk").await.text(),
            ines.get(&format!("/desk{request}")).await.text(),
        ];
        for page in &seen {
            assert!(page.contains("Tags with a dot"), "{}", said(page));
            for never in ["<svg class=\"strip", "We aim to answer", " late<", ">late", "overdue", "class=\"tag late", "class=\"tag soon\">ours"] {
                assert!(!page.contains(never), "{never}: {page}");
            }
        }
        assert!(scene.mail.of(&scene.cast.theo().address).is_empty(), "nobody is warned");
        let clocks = desk::tickets::show(&scene.desk, &scene.ines().await, request.rsplit('/').next().unwrap().parse().map(rules::ids::TicketId).unwrap()).await.unwrap().clocks;
        assert!(clocks.is_empty(), "{clocks:?}");
        let trial = desk::sla::NewTrial { source: REFERENCE.replace("8 working hours", "1 working minutes"), since: date(2026, 11, 1) };
        let tried = desk::sla::simulate(&scene.desk, &desk::Actor::DESK, trial, 2, &|_| {}).await.unwrap();
        assert_eq!((tried.requests, tried.compared.cases()), (1, 0), "no policy finds it late");
    }

    async fn pri_1_what_a_priority_means_stands_wherever_one_is_chosen(scene) {
        const MEANINGS: [&str; 4] = [
            "Many customers are without a service, the product or a major feature, or one customer's production is down",
            "A moderate number of customers is affected. It can be reproduced, and there is a way around",
            "The effect on operations is minimal.",
            "Usually questions, feature requests, and support requests that do not touch end users.",
        ];
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        for (kind, offered) in [
            ("question", 2..4), ("support", 0..4), ("bug", 0..4), ("feature", 2..4), ("security", 0..1), ("migration", 2..3),
        ] {
            let form = said(&dana.get(&format!("/requests/new/{kind}")).await.text());
            for (at, meaning) in MEANINGS.iter().enumerate() {
                assert_eq!(form.contains(meaning), offered.contains(&at), "{kind}, {meaning}: {form}");
            }
        }
        assert!(said(&dana.get("/requests/new/security").await.text()).contains("For this type it is always Urgent."));
        let ticket = scene.files(&scene.dana().await, "support", "Launches are slow").await;
        let raise = said(&dana.get(&format!("/requests/{ticket}")).await.text());
        assert!(raise.contains(MEANINGS[0]) && raise.contains(MEANINGS[1]), "{raise}");
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let decide = said(&ines.get(&format!("/desk/requests/{ticket}")).await.text());
        assert!(MEANINGS.iter().all(|meaning| decide.contains(meaning)), "{decide}");
    }
}
