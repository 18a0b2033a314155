//! Logs where none are read, secrets in what is typed, and forms that depend on what was chosen (REQ-2, LOG-3, PLN-4).

use desk::tickets;
use rules::ids::TicketId;
use testkit::{Browser, Scene, on_both};

use crate::forms::Sheet;

const LOG: &str = "2026-11-20 14:02:11 INFO starting\n2026-11-20 16:02:11 WARN the sweep failed\n";

/// A question that a log is given to.
async fn question(scene: &Scene) -> Sheet {
    let filing = scene.form("question", "Why do launches hang?").await;
    Sheet::of(filing).with("detail.question", "They hang since Monday.").with_file(
        "file.evidence",
        "server.log",
        LOG.as_bytes(),
    )
}

fn number(location: &str) -> TicketId {
    let number = location.trim_start_matches("/requests/").split('?').next().unwrap();
    TicketId(number.parse().unwrap())
}

on_both! {
    async fn req_2_a_question_with_a_log_becomes_a_support_request_with_all_that_was_typed(scene) {
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let page = browser.upload("/requests", &question(&scene).await.parts()).await;
        assert_eq!(page.status, 422, "nothing is filed");
        assert!(page.text().contains("Logs are not read in a"), "{}", page.text());
        assert!(page.text().contains("Make it a support request") && page.text().contains("They hang since Monday."));
        let draft = page.field("draft").unwrap();
        let sheet = question(&scene).await.with("draft", &draft).with("do", "grow");
        let grown = browser.post("/requests", &sheet.pairs()).await;
        assert_eq!(grown.location(), format!("/drafts/{draft}"));
        let page = browser.get(&format!("/drafts/{draft}")).await.text();
        assert!(page.contains("value=\"support\"") && page.contains("Why do launches hang?"));
        assert!(page.contains(">They hang since Monday.</textarea>"), "the question is a symptom");
        let logs = page.split("data-drop=\"logs\"").nth(1).unwrap().split("</ul>").next().unwrap();
        assert!(logs.contains("server.log"), "the log lies where logs are asked for");
        assert!(!page.contains("Make it a support request"));
    }

    async fn req_2_without_a_log_a_question_stays_one(scene) {
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let filing = scene.form("question", "Why do launches hang?").await;
        let sheet = Sheet::of(filing).with_file("file.evidence", "settings.json", b"{\"a\": 1}\n");
        let answer = browser.upload("/requests", &sheet.parts()).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
    }

    async fn req_2_a_log_in_a_reply_to_a_question_is_kept_and_proposes_more(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Why do launches hang?").await;
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let parts = [
            testkit::browser::Part::text("text", "The log of last night."),
            testkit::browser::Part::file("file.evidence", "server.log", LOG.as_bytes()),
        ];
        let sent = browser.upload(&format!("/requests/{ticket}/messages"), &parts).await;
        let page = browser.get(sent.location()).await.text();
        assert!(page.contains("your log is kept") && page.contains("server.log"), "{page}");
        let mut agent = Browser::of(&scene, scene.cast.ines()).await;
        let page = agent.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains("sent a log, which is not read in a question"), "{page}");
    }

    async fn log_3_a_secret_that_was_typed_is_masked_like_one_in_a_file(scene) {
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let filing = scene.form("question", "Is password=hunter2-and-more safe?").await;
        let sheet = Sheet::of(filing).with("detail.question", "It logs in with\npassword=hunter2-and-more\nand fails.");
        let filed = browser.upload("/requests", &sheet.parts()).await;
        let ticket = number(filed.location());
        let dana = scene.dana().await;
        let shown = tickets::show(&scene.desk, &dana, ticket).await.unwrap();
        let question = &shown.details.iter().find(|(key, _)| key.as_str() == "question").unwrap().1;
        assert!(!question.contains("hunter2") && !shown.ticket.subject.contains("hunter2"), "{question}");
        let mask = question.lines().nth(1).unwrap().to_owned();
        let parts = [
            testkit::browser::Part::text("text", "Again: password=hunter2-and-more"),
            testkit::browser::Part::file("file.evidence", "config.txt", b"password=hunter2-and-more\npassword=another-one-now\n"),
        ];
        browser.upload(&format!("/requests/{ticket}/messages"), &parts).await;
        let shown = tickets::show(&scene.desk, &dana, ticket).await.unwrap();
        let body = &shown.messages.last().unwrap().body;
        assert_eq!(body, &format!("Again: {mask}"), "the same secret has the same mask");
        let ines = scene.ines().await;
        let said = scene.replies(&ines, ticket, "Do not use password=hunter2-and-more any more.").await;
        let shown = tickets::show(&scene.desk, &ines, ticket).await.unwrap();
        let reply = shown.messages.iter().find(|message| message.id == said.message).unwrap();
        assert!(!reply.body.contains("hunter2"), "nor is it mailed: {}", reply.body);
        scene.advance(jiff::SignedDuration::from_mins(5)).await;
        assert!(scene.mails(scene.cast.dana()).iter().all(|mail| !mail.contains("hunter2")));
    }

    async fn log_1_a_log_that_staff_paste_becomes_a_file_too(scene) {
        let ticket = scene.files(&scene.dana().await, "bug", "Launches stay open").await;
        let mut agent = Browser::of(&scene, scene.cast.ines()).await;
        let lines: Vec<String> = (0..40).map(|at| format!("2026-11-20 14:02:{at:02} INFO step {at}")).collect();
        let text = format!("I see this here:\n\n{}\n\nDo you?", lines.join("\n"));
        for (path, name) in [("notes", "a note"), ("replies", "a reply")] {
            agent.post(&format!("/desk/requests/{ticket}/{path}"), &[("text", &text)]).await;
            let shown = tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
            let last = shown.messages.last().unwrap();
            assert!(!last.body.contains("step 20") && last.body.contains("Do you?"), "{name}: {}", last.body);
            assert!(shown.files.iter().any(|file| file.message == Some(last.id)), "{name}");
        }
    }

    async fn log_1_a_file_is_taken_off_a_reply_without_sending_it(scene) {
        let ticket = scene.files(&scene.dana().await, "bug", "Launches stay open").await;
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let fields = [("draft_for", &*format!("request/{ticket}")), ("text", "Half a thought")];
        let saved: serde_json::Value = serde_json::from_str(&browser.post("/drafts", &fields).await.text()).unwrap();
        let draft = saved["id"].to_string();
        let file = testkit::browser::Part::file("file", "server.log", LOG.as_bytes());
        browser.upload(&format!("/drafts/{draft}/attachments"), &[file]).await;
        let page = browser.get(&format!("/requests/{ticket}")).await.text();
        let id = page.split("name=\"remove\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let fields = [("draft", &*draft), ("text", "Half a thought"), ("remove", &*id)];
        let answer = browser.post(&format!("/requests/{ticket}/messages"), &fields).await;
        assert_eq!(answer.location(), format!("/requests/{ticket}#reply"));
        let page = browser.get(&format!("/requests/{ticket}")).await.text();
        assert!(page.contains("Half a thought") && !page.contains("name=\"remove\""));
        let shown = tickets::show(&scene.desk, &scene.dana().await, ticket).await.unwrap();
        assert!(shown.messages.is_empty());
    }

    async fn pln_4_what_is_asked_depends_on_what_was_chosen(scene) {
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let filing = scene.form("support", "The upgrade stops").await;
        let mut sheet = Sheet { files: vec![], ..Sheet::of(filing) };
        sheet.fields.retain(|(name, _)| !matches!(name.as_str(), "tick.resources" | "tick.network" | "tick.storage"));
        let dependent = ["#file-history", "#file-terminal-errors", "#tick-resources"];
        for (area, is_asked) in [("deployment", true), ("performance", false)] {
            let refused = browser.upload("/requests", &sheet.clone().with("detail.area", area).parts()).await;
            assert_eq!(refused.status, 422);
            let page = refused.text();
            assert!(page.contains("Only if you chose “Deployment”."), "it says when it is asked");
            assert!(page.contains("href=\"#file-logs\""), "logs are asked for in any area");
            for field in dependent {
                assert_eq!(page.contains(&format!("href=\"{field}\"")), is_asked, "{field} for {area}");
            }
        }
    }
}
