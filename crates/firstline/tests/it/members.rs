//! The life of an organisation for its own people: their page, invitations, several organisations for one person (REG-4, 7).

use desk::{
    Error,
    organisations::{
        Accepting, Answer, NewInvitation, NewSharing, Own, accept, answer, asked, invite, inviting, own, resend,
        revoke, set_others, set_role, set_sharing,
    },
    people::Browser as From,
};
use jiff::SignedDuration;
use rules::{
    access::{Earlier, Role, Setting},
    ids::OrganisationId,
    people::Others,
    refusal::{OrganisationRefusal, Refusal},
};
use testkit::{Browser, Outcome, Scene, on_both};
use world::{Member, PASSWORD};

const BROWSER: From<'static> = From { network: "203.0.113.7", agent: "Firefox", session: None, known: None };

async fn of(scene: &Scene, member: &Member) -> OrganisationId {
    scene.actor(member).await.signed().unwrap().organisations[0].0
}

/// Dana manages Acme.
async fn managed(scene: &Scene) -> OrganisationId {
    let acme = of(scene, scene.cast.dana()).await;
    set_role(&scene.desk, &scene.ines().await, acme, scene.cast.dana().person, Role::Manager).await.unwrap();
    acme
}

fn asks(address: &str, role: Role) -> NewInvitation {
    NewInvitation { address: address.to_owned(), role }
}

fn refusal<T: std::fmt::Debug>(result: desk::Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// The last part of a domain that leads to Acme.
async fn domain(scene: &Scene, acme: OrganisationId) -> String {
    store::organisations::domains_of(scene.desk.store.read(), acme).await.unwrap().remove(0)
}

fn accepting(link: &str, name: &str) -> Accepting {
    Accepting { link: link.to_owned(), name: name.to_owned(), password: PASSWORD.to_owned() }
}

on_both! {
    async fn reg_7_everybody_sees_their_organisation_and_its_managers_its_members(scene) {
        let acme = managed(&scene).await;
        let mut ravi = Browser::of(&scene, scene.cast.ravi()).await;
        let page = format!("/organisations/{acme}");
        let text = ravi.get("/account").await.text();
        assert!(text.contains(&page), "the menu and the account lead there");
        let text = ravi.get(&page).await.text();
        assert!(text.contains("You are a member.") && text.contains("sees the requests that they filed themselves"), "{text}");
        assert!(text.contains(&scene.cast.dana().address) && text.contains(&domain(&scene, acme).await));
        assert!(text.contains("Ask to see the requests of Acme"), "what colleagues file is asked for here too (VIS-1)");
        assert!(!text.contains("End the membership") && !text.contains("Invitations"), "nothing to manage");
        let person = scene.cast.ravi().person;
        let forbidden = ravi.post(&format!("{page}/members/{person}/role"), &[("role", "manager")]).await;
        assert_eq!(forbidden.status, 404);
        let mut lea = Browser::of(&scene, scene.cast.lea()).await;
        assert_eq!(lea.get(&page).await.status, 404, "nobody else's");
        assert_eq!(Browser::of(&scene, scene.cast.ines()).await.get(&page).await.status, 404, "staff have the desk's page");
        for absent in [-1_i64, 987_654] {
            assert_eq!(ravi.get(&format!("/organisations/{absent}")).await.status, 404);
        }
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let text = dana.get(&page).await.text();
        assert!(text.contains("You manage it.") && text.contains(&scene.cast.ravi().address), "{text}");
        assert!(text.contains("You are the only manager"));
        let set = dana.post(&format!("{page}/members/{person}/role"), &[("role", "contact")]).await;
        assert_eq!(set.location(), page);
        assert!(ravi.get(&page).await.text().contains("You are one of its contacts"));
        let wrong = dana.post(&format!("{page}/members/{person}/leaving"), &[("heir", "nobody@elsewhere.example")]).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("must be another present member") && wrong.text().contains(&page), "a way back");
        let ended = dana.post(&format!("{page}/members/{person}/leaving"), &[("heir", "")]).await;
        assert_eq!(ended.location(), page);
        assert_eq!(ravi.get(&page).await.status, 404, "no member any more");
    }

    async fn reg_7_who_leaves_hands_over_and_the_last_manager_is_missed(scene) {
        let acme = managed(&scene).await;
        let open = scene.files(&scene.dana().await, "support", "Launches hang").await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let page = format!("/organisations/{acme}");
        assert!(dana.get(&page).await.text().contains("your open requests (1)"));
        let left = dana.post(&format!("{page}/leaving"), &[("heir", &scene.cast.ravi().address)]).await;
        assert_eq!(left.location(), "/account");
        assert!(dana.get("/account").await.text().contains("Your account stands alone"));
        scene.settle().await;
        assert_eq!(scene.mails(scene.cast.theo()).last().map(String::as_str), Some("No manager"));
        assert!(desk::tickets::show(&scene.desk, &scene.ravi().await, open).await.is_ok(), "the heir goes on");
        assert!(desk::tickets::show(&scene.desk, &scene.dana().await, open).await.is_ok(), "her own stays");
        assert_eq!(dana.post(&format!("{page}/leaving"), &[]).await.status, 404, "once");
    }

    async fn reg_7_a_manager_asks_somebody_who_makes_an_account_by_the_link(scene) {
        let acme = managed(&scene).await;
        let address = format!("mila@{}", domain(&scene, acme).await);
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let page = format!("/organisations/{acme}");
        let sent = dana.post(&format!("{page}/invitations"), &[("address", &address), ("role", "manager")]).await;
        assert_eq!(sent.location(), format!("{page}#invitations"));
        scene.settle().await;
        assert!(dana.get(&page).await.text().contains(&address), "listed until it is answered");
        let link = scene.mail.link(&address).unwrap();
        let mut mila = Browser::visitor(&scene);
        let text = mila.get(&format!("/invitations/{link}")).await.text();
        assert!(text.contains("asks you to join as a manager") && text.contains(&scene.cast.dana().address), "{text}");
        let weak = mila.post(&format!("/invitations/{link}"), &[("name", ""), ("password", "password")]).await;
        assert_eq!(weak.status, 422);
        let text = weak.text();
        assert!(text.contains("still empty") && text.contains("password-fault"), "both are said: {text}");
        let joined = mila.post(&format!("/invitations/{link}"), &[("name", "Mila Novak"), ("password", PASSWORD)]).await;
        assert_eq!(joined.location(), page);
        assert!(mila.get(&page).await.text().contains("You manage it."));
        assert!(!mila.get(&page).await.text().contains("/resending"), "answered");
        assert_eq!(mila.get(&format!("/invitations/{link}")).await.status, 410, "it was used, and says so");
    }

    async fn reg_7_who_has_an_account_is_asked_in_the_same_way_and_answers_on_their_page(scene) {
        let acme = managed(&scene).await;
        let lea = scene.cast.lea();
        let dana = scene.dana().await;
        let strange = invite(&scene.desk, &dana, acme, asks(&lea.address, Role::Member)).await;
        assert_eq!(refusal(strange), Refusal::Organisation(OrganisationRefusal::NotOwnDomain));
        let unknown = invite(&scene.desk, &dana, acme, asks("nobody@elsewhere.example", Role::Member)).await;
        assert_eq!(refusal(unknown), Refusal::Organisation(OrganisationRefusal::NotOwnDomain), "known or not (REG-2)");
        let by_herself = set_others(&scene.desk, &dana, acme, Others::Allowed).await;
        assert!(matches!(by_herself, Err(Error::NotFound)), "staff allow it");
        set_others(&scene.desk, &scene.ines().await, acme, Others::Allowed).await.unwrap();
        invite(&scene.desk, &dana, acme, asks(&lea.address, Role::Contact)).await.unwrap();
        let throw_away = invite(&scene.desk, &dana, acme, asks("x@mailinator.com", Role::Member)).await;
        assert!(matches!(refusal(throw_away), Refusal::DisposableDomain { .. }));
        let member = invite(&scene.desk, &dana, acme, asks(&scene.cast.ravi().address, Role::Member)).await;
        assert!(matches!(refusal(member), Refusal::Organisation(OrganisationRefusal::MemberAlready { .. })));
        scene.settle().await;
        let link = scene.mail.link(&lea.address).unwrap();
        let mut ravi = Browser::of(&scene, scene.cast.ravi()).await;
        assert!(ravi.get(&format!("/invitations/{link}")).await.text().contains("signed in with another address"));
        let asked_lea = asked(&scene.desk, &scene.actor(lea).await).await.unwrap();
        assert_eq!((asked_lea.len(), asked_lea[0].role), (1, Role::Contact));
        let stolen = answer(&scene.desk, &scene.ravi().await, asked_lea[0].id, Answer::Accept).await;
        assert!(matches!(stolen, Err(Error::NotFound)), "nobody else's to answer");
        let mut browser = Browser::of(&scene, lea).await;
        assert!(browser.get("/account").await.text().contains("asks you to join as a contact"));
        let path = format!("/account/invitations/{}", asked_lea[0].id);
        assert_eq!(browser.post(&path, &[("do", "accept")]).await.location(), format!("/organisations/{acme}"));
        let Own { role, .. } = own(&scene.desk, &scene.actor(lea).await, acme, None).await.unwrap();
        assert_eq!(role, Role::Contact);
        assert_eq!(browser.post(&path, &[("do", "accept")]).await.status, 404, "once");
    }

    async fn reg_7_a_link_in_a_mail_joins_and_is_no_second_password(scene) {
        let acme = managed(&scene).await;
        let lea = scene.cast.lea();
        invite(&scene.desk, &scene.ines().await, acme, asks(&lea.address, Role::Member)).await.unwrap();
        scene.settle().await;
        let link = scene.mail.link(&lea.address).unwrap();
        let mut visitor = Browser::visitor(&scene);
        assert!(visitor.get(&format!("/invitations/{link}")).await.text().contains("has an account here already"));
        let joined = visitor.post(&format!("/invitations/{link}"), &[]).await;
        assert_eq!(joined.location(), format!("/organisations/{acme}"));
        assert!(visitor.get(joined.location()).await.location().starts_with("/sign-in?then="), "not signed in by it");
        assert!(own(&scene.desk, &scene.actor(lea).await, acme, None).await.is_ok());
    }

    async fn reg_7_an_invitation_is_sent_again_withdrawn_and_runs_out(scene) {
        let acme = managed(&scene).await;
        let (dana, domain) = (scene.dana().await, domain(&scene, acme).await);
        let address = format!("otto@{domain}");
        invite(&scene.desk, &dana, acme, asks(&address, Role::Member)).await.unwrap();
        scene.settle().await;
        let first = scene.mail.link(&address).unwrap();
        scene.advance(SignedDuration::from_hours(24 * 14)).await;
        let late = accept(&scene.desk, accepting(&first, "Otto Falk"), BROWSER).await;
        assert_eq!(refusal(late), Refusal::LinkExpired);
        let waiting = inviting(&scene.desk, &dana, acme).await.unwrap().waiting;
        assert!(waiting[0].expires_at <= scene.desk.now());
        let other = of(&scene, scene.cast.lea()).await;
        let elsewhere = resend(&scene.desk, &scene.ines().await, other, waiting[0].id).await;
        assert!(matches!(elsewhere, Err(Error::NotFound)), "it is another organisation's");
        resend(&scene.desk, &dana, acme, waiting[0].id).await.unwrap();
        scene.settle().await;
        let second = scene.mail.link(&address).unwrap();
        assert_ne!(first, second);
        assert_eq!(refusal(accept(&scene.desk, accepting(&first, "Otto"), BROWSER).await), Refusal::LinkUnknown);
        revoke(&scene.desk, &dana, acme, waiting[0].id).await.unwrap();
        assert_eq!(refusal(accept(&scene.desk, accepting(&second, "Otto"), BROWSER).await), Refusal::LinkUnknown);
        assert!(inviting(&scene.desk, &dana, acme).await.unwrap().waiting.is_empty());
        for n in 0..4 {
            let again = invite(&scene.desk, &dana, acme, asks(&address, Role::Member)).await;
            assert!(again.is_ok() || n > 2, "{n}: {again:?}");
        }
        let often = invite(&scene.desk, &dana, acme, asks(&address, Role::Member)).await;
        assert!(matches!(often, Err(Error::Limited { .. })), "one address is not written to without end");
    }

    async fn reg_7_an_old_proof_hides_the_organisation_until_the_address_is_proven_again(scene) {
        let acme = managed(&scene).await;
        let everyone = NewSharing { setting: Setting::Everyone, earlier: Earlier::Shown };
        set_sharing(&scene.desk, &scene.ines().await, acme, everyone).await.unwrap();
        let (own_one, ravis) = (
            scene.files(&scene.dana().await, "question", "Which role may only read?").await,
            scene.files(&scene.ravi().await, "question", "Which port is it?").await,
        );
        let sees = async |ticket| desk::tickets::show(&scene.desk, &scene.dana().await, ticket).await.is_ok();
        scene.advance(SignedDuration::from_hours(24 * 177)).await;
        desk::schedule::sweep_out(&scene.desk).await.unwrap();
        assert!(sees(ravis).await, "not old enough");
        scene.mail.take(&scene.cast.dana().address);
        scene.advance(SignedDuration::from_hours(24 * 4)).await;
        desk::schedule::sweep_out(&scene.desk).await.unwrap();
        scene.settle().await;
        assert_eq!(scene.mails(scene.cast.dana()), ["Proof"]);
        assert!(!sees(ravis).await && sees(own_one).await, "her own stays");
        assert!(scene.dana().await.signed().unwrap().manages.is_empty());
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        assert!(dana.get("/requests").await.text().contains("still yours?"), "every page asks");
        let page = format!("/organisations/{acme}");
        let hidden = dana.get(&page).await;
        assert!(hidden.status == 422 && hidden.text().contains("still yours"), "{}", hidden.text());
        let pair = [("address", scene.cast.dana().address.as_str()), ("password", PASSWORD)];
        assert_eq!(Browser::visitor(&scene).post("/sign-in", &pair).await.location(), "/account");
        let asked = dana.post("/account/proof", &[]).await;
        assert!(asked.text().contains(&scene.cast.dana().address));
        scene.settle().await;
        let link = scene.mail.link(&scene.cast.dana().address).unwrap();
        assert!(dana.get(&format!("/proof/{link}")).await.text().contains("is mine"));
        assert!(!sees(ravis).await, "looking at the page is no proof: programs look too");
        assert_eq!(dana.post(&format!("/proof/{link}"), &[]).await.location(), "/requests");
        assert!(sees(ravis).await && dana.get(&page).await.status == 200);
        assert_eq!(dana.post(&format!("/proof/{link}"), &[]).await.status, 410, "once");
        desk::schedule::sweep_out(&scene.desk).await.unwrap();
        assert!(sees(ravis).await, "for the next 180 days");
    }

    async fn reg_7_a_mail_that_comes_back_asks_at_the_next_sign_in(scene) {
        let acme = managed(&scene).await;
        let everyone = NewSharing { setting: Setting::Everyone, earlier: Earlier::Shown };
        set_sharing(&scene.desk, &scene.ines().await, acme, everyone).await.unwrap();
        let ravis = scene.files(&scene.ravi().await, "question", "Which port is it?").await;
        let sees = async |ticket| desk::tickets::show(&scene.desk, &scene.dana().await, ticket).await.is_ok();
        assert!(sees(ravis).await);
        scene.mail.expect(&scene.cast.dana().address, [Outcome::Refuse]);
        scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        scene.settle().await;
        assert!(!sees(ravis).await, "nobody is there, said the server");
        let changed = desk::people::ask_reset(&scene.desk, &desk::Actor::DESK, &scene.cast.dana().address).await;
        changed.unwrap();
        scene.settle().await;
        let link = scene.mail.link(&scene.cast.dana().address).unwrap();
        let new = desk::people::NewPassword { link, password: PASSWORD.to_owned() };
        desk::people::reset(&scene.desk, new, BROWSER).await.unwrap();
        assert!(sees(ravis).await, "whoever opened a mail to it has it");
    }

    async fn vis_2_the_form_offers_confidential_where_others_would_see_the_request(scene) {
        let acme = managed(&scene).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let text = dana.get("/requests/new/question").await.text();
        assert!(!text.contains("Confidential: only I"), "nobody else would see it");
        for (setting, others) in [(Setting::Managers, "the managers of Acme"), (Setting::Everyone, "my colleagues at Acme")] {
            let sharing = NewSharing { setting, earlier: Earlier::Kept };
            set_sharing(&scene.desk, &scene.ines().await, acme, sharing).await.unwrap();
            let text = dana.get("/requests/new/question").await.text();
            assert!(text.contains(&format!("the support team see it, not {others}")), "{text}");
        }
        assert!(!dana.get("/requests/new/security").await.text().contains("Confidential: only I"), "it always is");
        let sheet = crate::forms::Sheet::of(scene.form("question", "Between us").await).with("confidential", "yes");
        let filed = dana.upload("/requests", &sheet.parts()).await.location().to_owned();
        let page = filed.split('?').next().unwrap();
        assert_eq!(dana.get(page).await.status, 200);
        assert_eq!(Browser::of(&scene, scene.cast.ravi()).await.get(page).await.status, 404);
    }

    async fn req_10_what_was_typed_stays_when_another_organisation_is_chosen_in_the_middle_of_a_form(scene) {
        let acme = managed(&scene).await;
        let halfmoon = join_another(&scene, scene.cast.dana()).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let (number, switch) = (acme.to_string(), format!("for/{halfmoon}"));
        let half = [("type", "question"), ("organisation", &number), ("subject", "Half a question"), ("do", &switch)];
        let switched = dana.post("/requests", &half).await;
        assert!(switched.location().starts_with("/drafts/"), "{}", switched.location());
        let page = dana.get(switched.location()).await;
        assert_eq!(page.field("subject"), Some("Half a question".to_owned()));
        assert_eq!(page.field("organisation"), Some(halfmoon.to_string()));
        assert!(dana.get("/requests").await.text().contains("Mine for Halfmoon"));
        let back = format!("for/{acme}");
        let empty = dana.post("/requests", &[("type", "question"), ("organisation", &switch), ("do", &back)]).await;
        assert_eq!(empty.location(), "/requests/new/question", "nothing was typed, so there is no draft");
        let never = dana.post("/requests", &[("type", "question"), ("do", "for/987654")]).await;
        assert_eq!(never.status, 404);
    }

    async fn reg_4_who_belongs_to_several_files_for_the_one_that_is_chosen(scene) {
        let acme = managed(&scene).await;
        let halfmoon = join_another(&scene, scene.cast.dana()).await;
        let before = scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let text = dana.get("/requests").await.text();
        assert!(text.contains("You file for") && text.contains("Mine for Acme") && text.contains("All mine"), "{text}");
        let form = dana.get("/requests/new/question").await;
        assert_eq!(form.field("organisation"), Some(acme.to_string()));
        assert!(form.text().contains(&format!("name=\"do\" value=\"for/{halfmoon}\"")), "the switch offers the other one");
        let begun = crate::forms::Sheet::of(scene.form("question", "Filed for Acme").await);
        let switched = dana.post("/organisation", &[("organisation", &halfmoon.to_string()), ("then", "/requests")]).await;
        assert_eq!(switched.location(), "/requests");
        let text = dana.get("/requests").await.text();
        assert!(text.contains("Mine for Halfmoon") && !text.contains("Which role may only read?"), "{text}");
        let text = dana.get("/requests?mine=all").await.text();
        assert!(text.contains("Which role may only read?") && text.contains("Acme"), "{text}");
        let after = scene.files(&scene.dana().await, "question", "And for Halfmoon?").await;
        let acmes = acme.to_string();
        let mut fields = begun.pairs();
        fields.push(("organisation", &acmes));
        let filed = dana.post("/requests", &fields).await.location().to_owned();
        let of = async |ticket| store::tickets::get(scene.desk.store.read(), ticket).await.unwrap().organisation;
        let begun_before = filed.trim_start_matches("/requests/").split('?').next().unwrap().parse().unwrap();
        assert_eq!(of(before).await, Some(acme));
        assert_eq!(of(after).await, Some(halfmoon));
        assert_eq!(of(rules::ids::TicketId(begun_before)).await, Some(acme), "a form stays where it was begun");
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        assert!(ines.get(&format!("/desk/requests/{after}")).await.text().contains("Halfmoon"), "staff see which");
        let stranger = dana.post("/organisation", &[("organisation", "987654")]).await;
        assert_eq!(stranger.status, 404);
        let outside = dana.post("/organisation", &[("organisation", &acmes), ("then", "//elsewhere.example")]).await;
        assert_eq!(outside.location(), "/");
        let mut ravi = Browser::of(&scene, scene.cast.ravi()).await;
        assert!(!ravi.get("/requests").await.text().contains("You file for"), "no choice, no switch");
    }
}

async fn join_another(scene: &Scene, member: &Member) -> OrganisationId {
    let tx = scene.desk.store.begin().await.unwrap();
    let now = scene.desk.now();
    let id = store::organisations::insert(&tx, "Halfmoon", Some(now), now).await.unwrap();
    store::organisations::join(&tx, id, member.person, Role::Member, now).await.unwrap();
    tx.commit().await.unwrap();
    id
}
