//! Texts for replies: kept by leads, refused with their line, filled in, and what the clock makes of them (FRT-2).

use rules::{ids::TicketId, sla::Standing};
use testkit::{Browser, Scene, browser::Part, on_both};

async fn lead(scene: &Scene) -> Browser {
    Browser::of(scene, scene.cast.theo()).await
}

fn text<'a>(name: &'a str, body: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("name", name), ("body", body), ("after", "wait")]
}

/// Keeps a text; its number.
async fn kept(browser: &mut Browser, fields: &[(&str, &str)]) -> String {
    let answer = browser.post("/desk/templates", fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = browser.get("/desk/templates").await.text();
    let last = page.rsplit("href=\"/desk/templates/").find(|it| it.starts_with(|it: char| it.is_ascii_digit()));
    last.unwrap().split('"').next().unwrap().to_owned()
}

fn parts<'a>(fields: &'a [(&'a str, &'a str)]) -> Vec<Part<'a>> {
    fields.iter().map(|(name, value)| Part { name, file: None, content: value.as_bytes() }).collect()
}

async fn is_answered(scene: &Scene, ticket: TicketId) -> bool {
    scene.advance(jiff::SignedDuration::from_mins(2)).await;
    let shown = desk::tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
    shown.clocks.iter().any(|clock| matches!(clock.standing, Standing::Met { .. }))
}

on_both! {
    async fn a_text_is_kept_changed_filled_in_and_taken_away(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "A lantern flickers").await;
        let mut theo = lead(&scene).await;
        let body = "Dear {{ requester.first }},\r\n\r\nwhich lantern of {{ organisation.name }}? {{ request.link }}";
        let id = kept(&mut theo, &text("Which lantern", body)).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let page = ines.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains(&format!("value=\"template:{id}\"")), "{page}");
        let then = format!("template:{id}");
        let typed = [("text", "Hello."), ("then", then.as_str()), ("kind", "reply")];
        let inserted = ines.upload(&format!("/desk/requests/{ticket}/replies"), &parts(&typed)).await;
        assert_eq!(inserted.status, 303, "{}", inserted.text());
        let page = ines.get(&format!("/desk/requests/{ticket}")).await.text();
        let link = format!("/requests/{ticket}");
        assert!(page.contains("Hello.\n\nDear Dana,\n\nwhich lantern of Acme Robotics?") && page.contains(&link), "{page}");
        assert_eq!(desk::tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap().messages.len(), 0, "it is not sent");
        let changed = theo.post(&format!("/desk/templates/{id}"), &text("Which one", "Which?")).await;
        assert_eq!(changed.status, 303);
        assert!(ines.get("/desk/templates").await.text().contains("Which one"));
        assert_eq!(theo.post(&format!("/desk/templates/{id}/removal"), &[]).await.status, 303);
        assert_eq!(ines.get(&format!("/desk/templates/{id}")).await.status, 404);
        let gone = ines.upload(&format!("/desk/requests/{ticket}/replies"), &parts(&typed)).await;
        assert_eq!(gone.status, 404);
    }

    async fn what_the_customer_reads_is_offered_first_and_a_text_in_several_languages_once(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "A lantern flickers").await;
        let mut theo = lead(&scene).await;
        let in_language = |name, body, language| [text(name, body).as_slice(), &[("language", language)]].concat();
        let only = kept(&mut theo, &in_language("A way out", "Run.", "en")).await;
        let english = kept(&mut theo, &in_language("Which lantern", "Which?", "en")).await;
        let german = kept(&mut theo, &in_language("Which lantern", "Welche?", "de")).await;
        let any = kept(&mut theo, &text("Zero", "0")).await;
        let offered = async || {
            let page = Browser::of(&scene, scene.cast.ines()).await.get(&format!("/desk/requests/{ticket}")).await.text();
            let numbers = page.split("value=\"template:").skip(1);
            let numbers: Vec<String> = numbers.map(|it| it.split('"').next().unwrap().to_owned()).collect();
            (numbers, page)
        };
        let (numbers, page) = offered().await;
        assert_eq!(numbers, [&*only, &*english, &*any], "the policy's language");
        assert!(page.contains("also in German") && !page.contains("· in English"), "{page}");
        // Her colleague's browser asks for German, and then hers for Austrian German.
        let ravi = scene.cast.ravi().person;
        desk::people::reads(&scene.desk, ravi, "de,en;q=0.5").await.unwrap();
        let (numbers, page) = offered().await;
        assert_eq!(numbers, [&*german, &*any, &*only], "the organisation's");
        assert!(page.contains("· in English"), "{page}");
        desk::people::reads(&scene.desk, scene.cast.dana().person, "en-GB").await.unwrap();
        assert_eq!(offered().await.0, [&*only, &*english, &*any], "her own before her organisation's");
        desk::people::reads(&scene.desk, scene.cast.dana().person, "de-AT").await.unwrap();
        desk::people::reads(&scene.desk, scene.cast.dana().person, "<nothing>").await.unwrap();
        assert_eq!(offered().await.0, [&*german, &*any, &*only]);
    }

    async fn a_text_that_cannot_be_filled_in_is_refused_with_its_line_and_stays_in_its_form(scene) {
        let mut theo = lead(&scene).await;
        for (body, said) in [
            ("Dear {{ requester.surname }}", "Line 1"),
            ("one\n{{ who }}", "Line 2"),
            ("one\n{% if %}", "Line 2"),
            ("{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}", "too many steps"),
        ] {
            let refused = theo.post("/desk/templates", &text("Odd", body)).await;
            assert_eq!(refused.status, 422, "{body}");
            let page = refused.text();
            assert!(page.contains(said) && page.contains("value=\"Odd\"") && page.contains("id=\"body-fault\""), "{page}");
        }
        let nothing = theo.post("/desk/templates", &text(" ", " ")).await.text();
        assert!(nothing.contains("id=\"name-fault\"") && nothing.contains("id=\"body-fault\""), "{nothing}");
        let odd = theo.post("/desk/templates", &[("name", "Odd"), ("body", "x"), ("type", "nonsense")]).await;
        assert!(odd.status == 422 && odd.text().contains("id=\"type-fault\""));
        assert_eq!(Browser::of(&scene, scene.cast.ines()).await.post("/desk/templates", &text("A", "b")).await.status, 403);
    }

    async fn frt_2_a_text_sent_as_it_is_answers_unless_it_only_acknowledges(scene) {
        let mut theo = lead(&scene).await;
        let plain = kept(&mut theo, &text("Answer", "It works like this, {{ requester.first }}.")).await;
        let mut fields = text("Seen", "We have received it, {{ requester.first }}.");
        fields.push(("acknowledges", "1"));
        theo.post(&format!("/desk/templates/{plain}"), &text("Answer", "It works like this, {{ requester.first }}.")).await;
        let seen = kept(&mut theo, &fields).await;
        assert_ne!(plain, seen);
        for (template, body, answers) in [
            (&plain, "It works like this, Dana.", true),
            (&seen, "We have received it, Dana.", false),
            (&seen, "We have received it, Dana. Turn it off and on again.", true),
        ] {
            let ticket = scene.files(&scene.dana().await, "question", "A lantern flickers").await;
            scene.advance(jiff::SignedDuration::from_mins(10)).await;
            let mut ines = Browser::of(&scene, scene.cast.ines()).await;
            let sent = [("text", body), ("template", template.as_str()), ("kind", "reply")];
            let answer = ines.upload(&format!("/desk/requests/{ticket}/replies"), &parts(&sent)).await;
            assert_eq!(answer.status, 303, "{}", answer.text());
            assert_eq!(is_answered(&scene, ticket).await, answers, "{body}");
        }
    }
}
