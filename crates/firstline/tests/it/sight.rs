//! Who sees a request and why, for staff and for those whose it is (VIS-1 to 3).

use desk::{Error, tickets};
use firstline::control::{Request, Response, Sighted, perform};
use rules::{
    access::{Earlier, Grant, Line, NotShared, Setting, WhySeen, Withheld},
    events::Secrecy,
};
use testkit::{Browser, on_both};

on_both! {
    async fn vis_3_the_page_and_the_decision_say_the_same_of_everybody(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let secret = scene.files(&scene.dana().await, "security", "A hole").await;
        let ines = scene.ines().await;
        for member in scene.cast.all() {
            let shown = tickets::show(&scene.desk, &scene.actor(member).await, ticket).await;
            let (_, seer) = tickets::sight(&scene.desk, &ines, ticket, &member.address).await.unwrap().unwrap();
            assert_eq!(seer.sight.seen, shown.ok().map(|it| it.why), "{}", member.name);
        }
        assert!(matches!(tickets::seers(&scene.desk, &ines, secret, None).await, Err(Error::NotFound)));
        assert!(matches!(tickets::sight(&scene.desk, &ines, secret, "dana@acme.example").await, Err(Error::NotFound)));
        let jana = scene.actor(scene.cast.jana()).await;
        let seers = tickets::seers(&scene.desk, &jana, secret, None).await.unwrap();
        assert_eq!(seers.circle.grants, [Grant::Security]);
        for (seer, grants) in &seers.staff {
            assert_eq!(seer.sight.seen.is_some(), grants.contains(&Grant::Security), "{}", seer.name);
        }
        assert!(matches!(tickets::seers(&scene.desk, &scene.dana().await, ticket, None).await, Err(Error::NotFound)));
        assert!(tickets::sight(&scene.desk, &ines, ticket, "nobody@nowhere.example").await.unwrap().is_none());
    }

    async fn vis_1_staff_read_why_somebody_sees_a_request_or_not(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let ines = scene.ines().await;
        let acme = scene.dana().await.signed().unwrap().organisations[0].0;
        let ravi = &scene.cast.ravi().address;
        let (_, seer) = tickets::sight(&scene.desk, &ines, ticket, ravi).await.unwrap().unwrap();
        let own = Withheld::BySetting { setting: Setting::Own };
        let kept = Line::NotShared(NotShared::Withheld { organisation: acme, withheld: own });
        assert_eq!((seer.sight.seen, seer.sight.lines[2]), (None, kept));
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let page = browser.get(&format!("/desk/requests/{ticket}")).await.text();
        assert!(page.contains(&format!("/desk/requests/{ticket}/sight")), "{page}");
        let page = browser.get(&format!("/desk/requests/{ticket}/sight?whom={ravi}")).await.text();
        assert!(page.contains("does not see it.") && page.contains("everybody sees their own requests only"), "{page}");
        let new = desk::organisations::NewSharing { setting: Setting::Everyone, earlier: Earlier::Shown };
        desk::organisations::set_sharing(&scene.desk, &ines, acme, new).await.unwrap();
        let page = browser.get(&format!("/desk/requests/{ticket}/sight?whom={ravi}")).await.text();
        assert!(page.contains("sees it:") && page.contains("shares it with them") && page.contains(ravi), "{page}");
        let page = browser.get(&format!("/desk/requests/{ticket}/sight?whom=nobody")).await.text();
        assert!(page.contains("Nobody here has the address nobody"), "{page}");
    }

    async fn vis_2_a_customer_reads_who_of_their_side_and_of_ours_sees_it(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let acme = scene.dana().await.signed().unwrap().organisations[0].0;
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let page = format!("/requests/{ticket}");
        assert!(browser.get(&page).await.text().contains("You and our support team."));
        tickets::add_participant(&scene.desk, &scene.dana().await, ticket, &scene.cast.ravi().address).await.unwrap();
        let new = desk::organisations::NewSharing { setting: Setting::Managers, earlier: Earlier::Shown };
        desk::organisations::set_sharing(&scene.desk, &scene.ines().await, acme, new).await.unwrap();
        let text = browser.get(&page).await.text();
        let ravi = &scene.cast.ravi().name;
        assert!(text.contains(&format!("You, {ravi}, the managers of ")), "{text}");
        let left = desk::organisations::Leaving { person: scene.cast.ravi().person, heir: String::new() };
        desk::organisations::end_membership(&scene.desk, &scene.ines().await, acme, left).await.unwrap();
        let text = browser.get(&page).await.text();
        assert!(!text.contains(&format!("You, {ravi}")), "who left does not see it: {text}");
        tickets::set_secrecy(&scene.desk, &scene.ines().await, ticket, Secrecy::Confidential).await.unwrap();
        assert!(browser.get(&page).await.text().contains("You and those of us who answer requests."));
        let shown = tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        assert_eq!((shown.why, shown.apart), (WhySeen::TrustedStaff, vec![scene.cast.ravi().person]));
    }

    async fn vis_3_the_command_line_names_the_rule(scene) {
        let ticket = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let secret = scene.files(&scene.dana().await, "security", "A hole").await;
        let asked = async |person: &str, request| {
            perform(&scene.desk, Request::ExplainVisibility { person: person.to_owned(), request }).await
        };
        for (member, request, sees, rule) in [
            (scene.cast.dana(), ticket, true, "VIS-1"),
            (scene.cast.ravi(), ticket, false, "VIS-1"),
            (scene.cast.ines(), ticket, true, "VIS-1"),
            (scene.cast.ines(), secret, false, "VIS-2"),
            (scene.cast.jana(), secret, true, "VIS-2"),
            (scene.cast.ravi(), secret, false, "VIS-2"),
        ] {
            let Response::Sight(Sighted { sees: said, json, text }) = asked(&member.address, request).await else {
                panic!("an answer about {}", member.name)
            };
            assert_eq!((said, json["sees"].as_bool(), json["rule"].as_str()), (sees, Some(sees), Some(rule)), "{text}");
            assert!(text.starts_with(&format!("Request {request}: {}", member.name)), "{text}");
            assert_eq!(json["lines"].as_array().unwrap().len(), 4);
        }
        let number = scene.cast.dana().person.to_string();
        assert!(matches!(asked(&number, ticket).await, Response::Sight(Sighted { sees: true, .. })));
        let nobody = asked("nobody@nowhere.example", ticket).await;
        assert!(nobody.words().contains("nobody has the number or the address nobody@nowhere.example"), "{nobody:?}");
        assert!(asked(&number, rules::ids::TicketId(999)).await.words().contains("there is no request 999"));
    }
}
