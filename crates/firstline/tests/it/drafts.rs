//! Drafts across devices (REQ-10): what was written in one browser is found in another, and not written over from there by who
//! did not see it.

use desk::tickets;
use testkit::{Browser, browser::Answer, on_both};

/// Keeps what is typed, as the page does that saw this.
async fn keeps(browser: &mut Browser, purpose: &str, (draft, seen): (&str, &str), text: &str) -> Answer {
    let fields = [("draft_for", purpose), ("draft", draft), ("draft_seen", seen), ("kind", "reply"), ("text", text)];
    browser.post("/drafts", &fields).await
}

fn said(answer: &Answer, name: &str) -> String {
    let json: serde_json::Value = serde_json::from_str(&answer.text()).unwrap();
    json[name].as_str().map_or_else(|| json[name].to_string(), str::to_owned)
}

fn field<'p>(page: &'p str, name: &str) -> &'p str {
    page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap().split('"').next().unwrap()
}

on_both! {
    async fn req_10_a_draft_goes_on_in_another_browser_and_is_not_written_over_unseen(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Can a launch be renamed?").await;
        let (purpose, path) = (format!("request/{ticket}"), format!("/desk/requests/{ticket}"));
        let mut desk = Browser::of(&scene, scene.cast.ines()).await;
        let mut train = Browser::of(&scene, scene.cast.ines()).await;
        let begun = keeps(&mut desk, &purpose, ("", ""), "Yes: open it").await;
        assert_eq!(begun.status, 200, "{}", begun.text());
        let (draft, seen) = (said(&begun, "id"), said(&begun, "seen"));
        // A page that was open before there was a draft.
        let unseen = keeps(&mut train, &purpose, ("", ""), "No.").await;
        assert_eq!((unseen.status.as_u16(), said(&unseen, "id"), said(&unseen, "seen")), (409, draft.clone(), seen.clone()));
        let page = train.get(&path).await.text();
        assert_eq!((field(&page, "draft"), field(&page, "draft_seen")), (&*draft, &*seen), "the page knows what it shows");
        assert!(page.contains(">Yes: open it</textarea>"), "{page}");
        let on = keeps(&mut train, &purpose, (&draft, &seen), "Yes: open it, and press its name.").await;
        assert_eq!(on.status, 200);
        let behind = keeps(&mut desk, &purpose, (&draft, &seen), "Yes: open its menu.").await;
        assert_eq!((behind.status.as_u16(), said(&behind, "seen")), (409, said(&on, "seen")));
        assert!(desk.get(&path).await.text().contains("press its name."), "nothing was written over");
        // The same again is no other text, and who saw it may write over it.
        let same = keeps(&mut desk, &purpose, (&draft, &seen), "Yes: open it, and press its name.").await;
        assert_eq!(same.status, 200);
        let over = keeps(&mut desk, &purpose, (&draft, &said(&behind, "seen")), "Yes: open its menu.").await;
        assert_eq!(over.status, 200);
        assert!(train.get(&path).await.text().contains("open its menu."));
        // Sent elsewhere: what is typed on begins anew when its writer says so.
        let ines = scene.ines().await;
        desk::drafts::discard(&scene.desk, &ines, rules::ids::DraftId(draft.parse().unwrap())).await.unwrap();
        let gone = keeps(&mut train, &purpose, (&draft, &said(&over, "seen")), "Yes: open its menu. Now.").await;
        assert_eq!((gone.status.as_u16(), said(&gone, "id")), (409, "null".to_owned()));
        assert_eq!(keeps(&mut train, &purpose, ("", ""), "Yes: open its menu. Now.").await.status, 200);
        // Somebody else's drafts are theirs.
        let mut theo = Browser::of(&scene, scene.cast.theo()).await;
        let own = keeps(&mut theo, &purpose, ("", ""), "I know it.").await;
        assert_eq!(own.status, 200);
        assert_ne!(said(&own, "id"), draft);
        assert_eq!(keeps(&mut theo, &purpose, (&draft, &seen), "Over theirs.").await.status, 409);
        assert!(tickets::show(&scene.desk, &ines, ticket).await.unwrap().messages.is_empty());
    }
}
