//! The life of an organisation: confirmed, renamed, known by domains, sharing, and who belongs to it (REG-4, 5, 7; VIS-1, 4).

use desk::{
    Error,
    organisations::{
        self, Leaving, Listed, NewSharing, claim, confirm, end_membership, list, release, rename, set_role, set_sharing,
    },
    tickets::{self, show},
};
use rules::{
    access::{Earlier, Role, Setting, WhySeen},
    events::State,
    ids::OrganisationId,
    refusal::{OrganisationRefusal, Refusal},
};
use testkit::{Browser, Scene, on_both};

async fn of(scene: &Scene, member: &world::Member) -> OrganisationId {
    scene.actor(member).await.signed().unwrap().organisations[0].0
}

fn refusal<T: std::fmt::Debug>(result: desk::Result<T>) -> OrganisationRefusal {
    match result {
        Err(Error::Refused(Refusal::Organisation(why))) => why,
        other => panic!("{other:?}"),
    }
}

async fn shares(scene: &Scene, id: OrganisationId, setting: Setting, earlier: Earlier) {
    set_sharing(&scene.desk, &scene.ines().await, id, NewSharing { setting, earlier }).await.unwrap();
}

async fn opened(scene: &Scene) -> OrganisationId {
    let tx = scene.desk.store.begin().await.unwrap();
    let id = store::organisations::insert(&tx, "Halfmoon", None, scene.desk.now()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

on_both! {
    async fn vis_4_pages_say_from_which_filing_requests_are_shared(scene) {
        let dana = scene.dana().await;
        let acme = dana.signed().unwrap().organisations[0].0;
        let ticket = scene.files(&dana, "question", "Which role may only read?").await;
        let pages = [
            (scene.cast.ines(), format!("/desk/organisations/{acme}")),
            (scene.cast.ines(), format!("/desk/requests/{ticket}")),
            (scene.cast.ines(), format!("/desk/requests/{ticket}/sight")),
            (scene.cast.dana(), format!("/organisations/{acme}")),
        ];
        shares(&scene, acme, Setting::Everyone, Earlier::Kept).await;
        for (member, page) in &pages {
            let text = Browser::of(&scene, member).await.get(page).await.text();
            assert!(text.contains("filed from Mon 16 Nov 2026 on") || text.contains("filed before Mon 16 Nov 2026 stay"), "{page}: {text}");
        }
        shares(&scene, acme, Setting::Own, Earlier::Kept).await;
        shares(&scene, acme, Setting::Everyone, Earlier::Shown).await;
        for (member, page) in &pages {
            let text = Browser::of(&scene, member).await.get(page).await.text();
            assert!(!text.contains("Nov 2026 on") && !text.contains("Nov 2026 stay"), "{page}: {text}");
        }
    }

    async fn staff_without_the_role_read_which_one_is_needed(scene) {
        let page = Browser::of(&scene, scene.cast.ines()).await.get("/desk/audit").await;
        let text = page.text();
        assert_eq!(page.status, 403);
        assert!(text.contains("It belongs to the role administrator") && !text.contains("in the portal."), "{text}");
    }

    async fn reg_5_staff_confirm_and_rename_what_a_first_member_opened(scene) {
        let (id, ines) = (opened(&scene).await, scene.ines().await);
        let waiting = list(&scene.desk, &ines, Listed::Unconfirmed, None).await.unwrap().organisations;
        assert_eq!(waiting.iter().map(|it| it.id).collect::<Vec<_>>(), [id]);
        let new = NewSharing { setting: Setting::Everyone, earlier: Earlier::Kept };
        assert_eq!(refusal(set_sharing(&scene.desk, &ines, id, new).await), OrganisationRefusal::Unconfirmed);
        confirm(&scene.desk, &ines, id).await.unwrap();
        confirm(&scene.desk, &ines, id).await.unwrap();
        assert!(list(&scene.desk, &ines, Listed::Unconfirmed, None).await.unwrap().organisations.is_empty());
        rename(&scene.desk, &ines, id, "  Half\n Moon ").await.unwrap();
        let found = list(&scene.desk, &ines, Listed::Named("hALF m"), None).await.unwrap().organisations;
        assert_eq!(found.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["Half Moon"]);
        assert_eq!(refusal(rename(&scene.desk, &ines, id, " ").await), OrganisationRefusal::NameMissing);
        let long = OrganisationRefusal::NameTooLong { characters: 201, limit: 200 };
        assert_eq!(refusal(rename(&scene.desk, &ines, id, &"m".repeat(201)).await), long, "nothing is cut in silence");
        let turning = "Half\u{202e}Moon\u{2066}";
        rename(&scene.desk, &ines, id, turning).await.unwrap();
        let shown = list(&scene.desk, &ines, Listed::Named("halfmoon"), None).await.unwrap().organisations;
        assert_eq!(shown[0].name, "HalfMoon", "a name turns nothing around it");
        assert!(matches!(confirm(&scene.desk, &scene.dana().await, id).await, Err(Error::NotFound)));
    }

    async fn reg_4_an_entry_is_a_companys_own_and_stands_once(scene) {
        let (id, ines) = (opened(&scene).await, scene.ines().await);
        claim(&scene.desk, &ines, id, " @EU.Halfmoon.example ").await.unwrap();
        let shown = organisations::show(&scene.desk, &ines, id, &Default::default()).await.unwrap();
        assert_eq!(shown.domains.rows, ["eu.halfmoon.example"]);
        for (text, why) in [("co.uk", "PublicSuffix"), ("gmail.com", "PublicMail"), ("mailinator.com", "Disposable"), ("not a domain", "NotADomain")] {
            let refused = refusal(claim(&scene.desk, &ines, id, text).await);
            assert!(format!("{refused:?}").contains(why), "{text}: {refused:?}");
        }
        let acme = of(&scene, scene.cast.dana()).await;
        let taken = refusal(claim(&scene.desk, &ines, acme, "eu.halfmoon.example").await);
        assert_eq!(taken, OrganisationRefusal::EntryOfAnother { organisation: "Halfmoon".into() });
        let by_address = list(&scene.desk, &ines, Listed::Named("someone@eu.halfmoon.example"), None).await.unwrap();
        assert_eq!(by_address.organisations[0].id, id, "found by an address that leads there");
        release(&scene.desk, &ines, id, "eu.halfmoon.example").await.unwrap();
        claim(&scene.desk, &ines, acme, "eu.halfmoon.example").await.unwrap();
        assert!(matches!(release(&scene.desk, &ines, id, "eu.halfmoon.example").await, Err(Error::NotFound)));
    }

    async fn vis_1_a_change_of_what_is_seen_holds_at_once_and_is_announced_to_all_members(scene) {
        let (dana, ravi) = (scene.dana().await, scene.cast.ravi());
        let acme = of(&scene, scene.cast.dana()).await;
        let earlier = scene.files(&dana, "question", "Which role may only read?").await;
        let sees = async |ticket| show(&scene.desk, &scene.actor(ravi).await, ticket).await.is_ok();
        scene.advance(jiff::SignedDuration::from_mins(1)).await;
        shares(&scene, acme, Setting::Everyone, Earlier::Kept).await;
        scene.advance(jiff::SignedDuration::from_mins(1)).await;
        let later = scene.files(&dana, "question", "And who may write?").await;
        assert!(!sees(earlier).await && sees(later).await, "from then on (VIS-4)");
        assert_eq!(scene.mails(ravi).last().map(String::as_str), Some("Sharing set"));
        shares(&scene, acme, Setting::Everyone, Earlier::Shown).await;
        assert!(sees(earlier).await, "the second choice reaches back");
        shares(&scene, acme, Setting::Own, Earlier::Kept).await;
        assert!(!sees(earlier).await && !sees(later).await);
        scene.settle().await;
        let told = scene.mail.take(&ravi.address);
        assert_eq!(told, ["Sharing set"], "the one in between was overtaken");
        assert!(scene.mail.of(&scene.cast.lea().address).is_empty(), "nobody else");
    }

    async fn reg_7_an_heir_goes_on_with_what_is_open_and_who_left_keeps_what_they_filed(scene) {
        let (dana, ines) = (scene.dana().await, scene.ines().await);
        let acme = of(&scene, scene.cast.dana()).await;
        let open = scene.files(&dana, "support", "Launches hang").await;
        let over = scene.files(&dana, "support", "It was the proxy").await;
        tickets::close(&scene.desk, &dana, over).await.unwrap();
        let secret = scene.files(&dana, "security", "A hole").await;
        let ravis = scene.files(&scene.ravi().await, "question", "Which role?").await;
        tickets::add_participant(&scene.desk, &scene.ravi().await, ravis, &scene.cast.dana().address).await.unwrap();
        let person = scene.cast.dana().person;
        let nobody = Leaving { person, heir: scene.cast.lea().address.clone() };
        assert_eq!(refusal(end_membership(&scene.desk, &ines, acme, nobody).await), OrganisationRefusal::NoHeir);
        let leaving = Leaving { person, heir: scene.cast.ravi().address.clone() };
        end_membership(&scene.desk, &ines, acme, leaving.clone()).await.unwrap();
        scene.settle().await;
        assert_eq!(scene.mails(scene.cast.dana()).last().map(String::as_str), Some("Membership ended"));
        let ravi = scene.ravi().await;
        assert_eq!(show(&scene.desk, &ravi, open).await.unwrap().why, WhySeen::Heir);
        for hidden in [over, secret] {
            assert!(matches!(show(&scene.desk, &ravi, hidden).await, Err(Error::NotFound)));
        }
        let dana = scene.dana().await;
        for own in [open, over, secret] {
            assert!(show(&scene.desk, &dana, own).await.is_ok(), "what she filed herself");
        }
        assert!(matches!(show(&scene.desk, &dana, ravis).await, Err(Error::NotFound)), "no request of others");
        tickets::close(&scene.desk, &ravi, open).await.unwrap();
        assert_eq!(show(&scene.desk, &ines, open).await.unwrap().ticket.state, State::Solved, "an heir may all that she might");
        assert_eq!(refusal(end_membership(&scene.desk, &ines, acme, leaving).await), OrganisationRefusal::NoMember);
    }

    async fn reg_7_managers_look_after_their_own_members_and_the_leads_hear_of_the_last_one(scene) {
        let (acme, ines) = (of(&scene, scene.cast.dana()).await, scene.ines().await);
        let (dana, ravi) = (scene.cast.dana().person, scene.cast.ravi().person);
        let early = set_role(&scene.desk, &scene.dana().await, acme, ravi, Role::Contact).await;
        assert!(matches!(early, Err(Error::NotFound)), "a member manages nobody");
        set_role(&scene.desk, &ines, acme, dana, Role::Manager).await.unwrap();
        set_role(&scene.desk, &scene.dana().await, acme, ravi, Role::Contact).await.unwrap();
        let other = of(&scene, scene.cast.lea()).await;
        let lea = scene.cast.lea().person;
        assert!(matches!(set_role(&scene.desk, &scene.dana().await, other, lea, Role::Contact).await, Err(Error::NotFound)));
        let shown = organisations::show(&scene.desk, &scene.dana().await, acme, &Default::default()).await.unwrap();
        assert!(shown.has_manager && shown.members.iter().any(|it| it.person == ravi && it.role == Role::Contact));
        set_role(&scene.desk, &scene.dana().await, acme, dana, Role::Member).await.unwrap();
        scene.settle().await;
        assert_eq!(scene.mails(scene.cast.theo()).last().map(String::as_str), Some("No manager"));
    }

    async fn vis_1_colleagues_requests_are_asked_for_with_one_click(scene) {
        let acme = of(&scene, scene.cast.dana()).await;
        let mut browser = Browser::of(&scene, scene.cast.dana()).await;
        let ask = || [("organisation", acme.to_string())];
        assert!(browser.get("/requests").await.text().contains("Ask to see the requests of Acme"));
        let fields = ask();
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let filed = browser.post("/requests/visibility", &fields).await.location().to_owned();
        assert_eq!(browser.post("/requests/visibility", &fields).await.location(), filed, "one is enough");
        let ticket = rules::ids::TicketId(filed.rsplit('/').next().unwrap().parse().unwrap());
        let shown = show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        assert_eq!((shown.ticket.request_type.as_str(), shown.ticket.priority.as_str()), ("support", "low"));
        let page = browser.get(&filed).await.text();
        assert!(!page.contains("To go on, we need from you"), "it is filed as it stands");
        let other = scene.cast.lea();
        let elsewhere = of(&scene, other).await;
        assert!(matches!(tickets::ask_visibility(&scene.desk, &scene.dana().await, elsewhere).await, Err(Error::NotFound)));
        tickets::close(&scene.desk, &scene.dana().await, ticket).await.unwrap();
        assert_ne!(tickets::ask_visibility(&scene.desk, &scene.dana().await, acme).await.unwrap(), ticket, "it may be asked again");
    }

    async fn vis_1_an_agent_sets_it_on_the_organisations_page(scene) {
        let acme = of(&scene, scene.cast.dana()).await;
        let mut browser = Browser::of(&scene, scene.cast.ines()).await;
        let page = format!("/desk/organisations/{acme}");
        let text = browser.get(&page).await.text();
        assert!(text.contains("dana@") && text.contains("each their own"), "{text}");
        let set = browser.post(&format!("{page}/sharing"), &[("setting", "managers")]).await;
        assert_eq!(set.location(), page);
        assert!(browser.get(&page).await.text().contains("managers see all"));
        let refused = browser.post(&format!("{page}/domains"), &[("domain", "gmail.com")]).await;
        assert_eq!(refused.status, 422);
        let text = refused.text();
        assert!(text.contains("gives mail addresses to anybody") && text.contains(&page), "a way back: {text}");
        assert!(browser.get("/desk/organisations?name=acme").await.text().contains(&page));
    }
}
