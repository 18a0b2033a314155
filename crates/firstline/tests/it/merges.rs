//! Two organisations become one and two again (VIS-4): what goes along, what comes back, and that nothing becomes readable.

use std::collections::BTreeSet;

use desk::{
    Actor, Error,
    organisations::{
        self, Leaving, Listed, MergePreview, NewSharing, act_for, confirm, end_membership, ended_here, leave, list,
        merge, preview_merge, rename, set_role, set_sharing, split,
    },
    search, tickets,
};
use jiff::SignedDuration;
use rules::{
    access::{Earlier, Role, Setting},
    ids::{OrganisationId, TicketId},
    keys::TypeKey,
    refusal::{OrganisationRefusal, Refusal},
};
use testkit::{Browser, Scene, on_both};
use world::Member;

async fn of(scene: &Scene, member: &Member) -> OrganisationId {
    scene.actor(member).await.signed().unwrap().organisations[0].0
}

fn refusal<T: std::fmt::Debug>(result: desk::Result<T>) -> OrganisationRefusal {
    match result {
        Err(Error::Refused(Refusal::Organisation(why))) => why,
        other => panic!("{other:?}"),
    }
}

/// Dana and Ravi are of the one, Lea is of the other; both share with everyone, also what was filed before.
struct Two {
    from: OrganisationId,
    into: OrganisationId,
    danas: TicketId,
    leas: TicketId,
}

async fn two(scene: &Scene, from: Setting, into: Setting) -> Two {
    let (dana, lea) = (scene.dana().await, scene.actor(scene.cast.lea()).await);
    let two = Two {
        from: of(scene, scene.cast.lea()).await,
        into: of(scene, scene.cast.dana()).await,
        danas: scene.files(&dana, "question", "Which role may read dashboards?").await,
        leas: scene.files(&lea, "question", "Which role may write dashboards?").await,
    };
    for (id, setting) in [(two.from, from), (two.into, into)] {
        shares(scene, id, setting, Earlier::Shown).await;
    }
    scene.advance(SignedDuration::from_mins(5)).await;
    for member in scene.cast.all() {
        scene.mail.take(&member.address);
    }
    two
}

async fn shares(scene: &Scene, id: OrganisationId, setting: Setting, earlier: Earlier) {
    set_sharing(&scene.desk, &scene.ines().await, id, NewSharing { setting, earlier }).await.unwrap();
}

async fn merged(scene: &Scene, two: &Two) {
    merge(&scene.desk, &scene.ines().await, two.from, two.into).await.unwrap();
    scene.advance(SignedDuration::from_mins(5)).await;
}

/// All that somebody finds of requests: by number, in lists, in searches, in suggestions.
async fn sees(scene: &Scene, member: &Member) -> BTreeSet<TicketId> {
    search::catch_up(&scene.desk).await.unwrap();
    let actor = scene.actor(member).await;
    let signed = actor.signed().unwrap();
    let mut listed = rows(tickets::own(&scene.desk, &actor, None).await.unwrap().rows);
    for (organisation, _) in signed.shared_by() {
        listed.extend(rows(tickets::colleagues(&scene.desk, &actor, organisation, None).await.unwrap().rows));
    }
    let found = search::find(&scene.desk, &actor, "dashboards", (search::At::Portal, 1)).await.unwrap();
    let found: BTreeSet<TicketId> = found.requests.iter().map(|it| it.row.ticket.id).collect();
    assert_eq!(found, listed, "what {} finds and what is listed", member.name);
    for id in (1..=20).map(TicketId) {
        let is_shown = tickets::show(&scene.desk, &actor, id).await.is_ok();
        assert_eq!(is_shown, listed.contains(&id), "{id} for {}", member.name);
    }
    let asked = search::Asked {
        request_type: TypeKey::from("question"),
        form: String::new(),
        subject: "Dashboards".to_owned(),
    };
    let suggested = rows(search::suggest(&scene.desk, &actor, asked).await.unwrap().requests);
    assert!(suggested.is_subset(&listed), "what is suggested to {} is theirs to see", member.name);
    listed
}

fn rows(rows: Vec<tickets::Row>) -> BTreeSet<TicketId> {
    rows.into_iter().map(|row| row.ticket.id).collect()
}

async fn exported(scene: &Scene, actor: &Actor) -> usize {
    let about = desk::exports::About::Person(actor.signed().unwrap().person);
    desk::exports::gather(&scene.desk, actor, about).await.unwrap().requests
}

on_both! {
    async fn vis_4_nothing_becomes_readable_by_merging_and_splitting_gives_back_what_came(scene) {
        let two = two(&scene, Setting::Everyone, Setting::Everyone).await;
        let (dana, ravi, lea) = (scene.cast.dana(), scene.cast.ravi(), scene.cast.lea());
        assert_eq!(sees(&scene, ravi).await, [two.danas].into());
        assert_eq!(sees(&scene, lea).await, [two.leas].into());
        let before = (exported(&scene, &scene.actor(lea).await).await, exported(&scene, &scene.ravi().await).await);
        merged(&scene, &two).await;
        assert_eq!(sees(&scene, ravi).await, [two.danas].into(), "nothing of the other's");
        assert_eq!(sees(&scene, lea).await, [two.leas].into(), "nor the other way round");
        let after = (exported(&scene, &scene.actor(lea).await).await, exported(&scene, &scene.ravi().await).await);
        assert_eq!(before, after);
        let new = scene.files(&scene.actor(lea).await, "question", "Who may share dashboards?").await;
        let filed = tickets::show(&scene.desk, &scene.ines().await, new).await.unwrap();
        assert_eq!(filed.ticket.organisation, Some(two.into), "filed for the survivor");
        assert_eq!(sees(&scene, ravi).await, [two.danas, new].into(), "from then on they are one");
        let danas = scene.files(&scene.dana().await, "question", "Where are dashboards kept?").await;
        assert_eq!(sees(&scene, lea).await, [two.leas, new, danas].into());
        scene.advance(SignedDuration::from_mins(5)).await;
        split(&scene.desk, &scene.ines().await, two.into, two.from).await.unwrap();
        scene.advance(SignedDuration::from_mins(5)).await;
        assert_eq!(sees(&scene, lea).await, [two.leas, new].into(), "her own, and what her organisation shares");
        assert_eq!(sees(&scene, dana).await, [two.danas, new, danas].into(), "what was filed for it stays with it");
        let again = scene.files(&scene.actor(lea).await, "question", "Whose dashboards?").await;
        let filed = tickets::show(&scene.desk, &scene.ines().await, again).await.unwrap();
        assert_eq!(filed.ticket.organisation, Some(two.from));
        assert!(!sees(&scene, ravi).await.contains(&again));
    }

    async fn vis_4_the_narrower_setting_wins_and_is_announced(scene) {
        let two = two(&scene, Setting::Own, Setting::Everyone).await;
        let MergePreview { setting, narrows, requests, parts, .. } =
            preview_merge(&scene.desk, &scene.ines().await, two.from, two.into).await.unwrap();
        assert_eq!((setting, narrows, requests), (Setting::Own, (false, true), 1));
        assert_eq!((parts.members.len(), parts.domains.len()), (1, 1));
        merged(&scene, &two).await;
        assert!(!sees(&scene, scene.cast.ravi()).await.contains(&two.danas), "at once");
        scene.settle().await;
        assert_eq!(scene.mails(scene.cast.ravi()), ["Sharing set"]);
        assert_eq!(scene.mails(scene.cast.lea()), ["Organisations merged"]);
        split(&scene.desk, &scene.ines().await, two.into, two.from).await.unwrap();
        scene.settle().await;
        assert!(sees(&scene, scene.cast.ravi()).await.contains(&two.danas), "as it was: nothing was filed meanwhile");
        assert_eq!(scene.mails(scene.cast.lea()).last().map(String::as_str), Some("Organisations split"));
        assert_eq!(scene.mails(scene.cast.ravi()).last().map(String::as_str), Some("Sharing set"));
    }

    async fn vis_4_what_was_filed_while_they_were_one_does_not_become_readable_by_splitting(scene) {
        let two = two(&scene, Setting::Own, Setting::Everyone).await;
        merged(&scene, &two).await;
        let meanwhile = scene.files(&scene.dana().await, "question", "Whose are these dashboards?").await;
        scene.advance(SignedDuration::from_mins(5)).await;
        split(&scene.desk, &scene.ines().await, two.into, two.from).await.unwrap();
        scene.advance(SignedDuration::from_mins(5)).await;
        let later = scene.files(&scene.dana().await, "question", "And these dashboards?").await;
        let seen = sees(&scene, scene.cast.ravi()).await;
        assert!(!seen.contains(&meanwhile) && seen.contains(&later), "{seen:?}");
        shares(&scene, two.into, Setting::Everyone, Earlier::Shown).await;
        assert!(sees(&scene, scene.cast.ravi()).await.contains(&meanwhile), "by a second explicit choice");
    }

    async fn vis_4_addresses_of_either_join_the_survivor_and_both_pages_lead_to_it(scene) {
        let two = two(&scene, Setting::Everyone, Setting::Everyone).await;
        let domain = store::organisations::domains_of(scene.desk.store.read(), two.from).await.unwrap().remove(0);
        merged(&scene, &two).await;
        let address = format!("mila@{domain}");
        let proof = world::proof(&scene.desk).unwrap();
        let form = desk::people::SignUp { name: "Mila Novak".to_owned(), address: address.clone(), proof };
        let visitor = Actor::Visitor { network: "203.0.113.7".to_owned() };
        desk::people::sign_up(&scene.desk, &visitor, form).await.unwrap();
        scene.settle().await;
        let link = scene.mail.link(&address).unwrap();
        let new = desk::people::NewPassword { link, password: world::PASSWORD.to_owned() };
        let browser = desk::people::Browser { network: "203.0.113.7", agent: "", session: None, known: None };
        let mila = desk::people::verify(&scene.desk, new, browser).await.unwrap().person;
        let signed = desk::actor::Signed::read(scene.desk.store.read(), mila).await.unwrap();
        assert_eq!(signed.organisations.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [two.into]);
        let mila = Actor::Person(Box::new(signed));
        for earlier in [two.danas, two.leas] {
            let shown = tickets::show(&scene.desk, &mila, earlier).await;
            assert!(matches!(shown, Err(Error::NotFound)), "by a domain that came along nothing earlier is seen");
        }
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let led = ines.get(&format!("/desk/organisations/{}", two.from)).await;
        assert_eq!(led.location(), format!("/desk/organisations/{}#ended", two.into));
        let mut lea = Browser::of(&scene, scene.cast.lea()).await;
        let led = lea.get(&format!("/organisations/{}", two.from)).await;
        assert_eq!(led.location(), format!("/organisations/{}", two.into));
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        assert_eq!(dana.get("/organisations/9999").await.status, 404);
        let page = ines.get(&format!("/desk/organisations/{}", two.into)).await.text();
        assert!(page.contains("Ended in it") && page.contains("1 member"), "{page}");
        assert!(page.contains("1 person joined by its domains since, and stays"), "{page}");

        let back = ines.post(&format!("/desk/organisations/{}/merges/{}/undoing", two.into, two.from), &[]).await;
        let page = ines.get(back.location()).await.text();
        assert!(page.contains("One person joined") && page.contains("Mila Novak"), "{page}");
        assert!(page.contains(&format!("href=\"/desk/organisations/{}\"", two.into)), "{page}");
        let leaving = Leaving { person: mila.signed().unwrap().person, heir: String::new() };
        end_membership(&scene.desk, &scene.ines().await, two.into, leaving).await.unwrap();
        let page = ines.get(back.location()).await.text();
        assert!(!page.contains("Mila Novak"), "nothing is left to decide: {page}");
    }

    async fn ent_4_the_preview_of_a_merge_says_whose_filing_for_others_rests(scene) {
        let two = two(&scene, Setting::Own, Setting::Own).await;
        let ines = scene.ines().await;
        organisations::set_resale(&scene.desk, &ines, two.from, &two.into.to_string()).await.unwrap();
        let names = [two.from, two.into].map(|id| store::organisations::get(scene.desk.store.read(), id));
        let [from, into] = names;
        let (from, into) = (from.await.unwrap().name, into.await.unwrap().name);
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let said = format!("{into} files requests for {from}: that rests until it is split off again.");
        for (one, other) in [(two.from, two.into), (two.into, two.from)] {
            let page = ines.get(&format!("/desk/organisations/{one}/merge?into={other}")).await.text();
            assert!(page.contains(&said), "{page}");
        }
    }

    async fn vis_4_what_ended_is_changed_in_its_survivor_alone(scene) {
        let two = two(&scene, Setting::Managers, Setting::Managers).await;
        let ines = scene.ines().await;
        assert_eq!(refusal(merge(&scene.desk, &ines, two.from, two.from).await), OrganisationRefusal::MergeItself);
        merged(&scene, &two).await;
        let name = organisations::show(&scene.desk, &ines, two.into, &Default::default()).await.unwrap().organisation.name;
        let ended = OrganisationRefusal::Ended { into: name };
        assert_eq!(refusal(rename(&scene.desk, &ines, two.from, "Other").await), ended);
        assert_eq!(refusal(confirm(&scene.desk, &ines, two.from).await), ended);
        assert_eq!(refusal(merge(&scene.desk, &ines, two.from, two.into).await), ended);
        assert_eq!(refusal(merge(&scene.desk, &ines, two.into, two.from).await), ended);
        for who in [scene.dana().await, scene.ravi().await] {
            assert!(matches!(merge(&scene.desk, &who, two.from, two.into).await, Err(Error::NotFound)));
            assert!(matches!(split(&scene.desk, &who, two.into, two.from).await, Err(Error::NotFound)));
        }
        assert!(matches!(split(&scene.desk, &ines, two.from, two.into).await, Err(Error::Refused(_))));
        let found = list(&scene.desk, &ines, Listed::Unconfirmed, None).await.unwrap();
        assert!(found.organisations.is_empty());
        shares(&scene, two.into, Setting::Own, Earlier::Kept).await;
        let kept = store::organisations::get(scene.desk.store.read(), two.from).await.unwrap();
        assert_eq!(kept.sharing.setting(), Setting::Own, "narrowed with its survivor");
        split(&scene.desk, &ines, two.into, two.from).await.unwrap();
        let kept = store::organisations::get(scene.desk.store.read(), two.from).await.unwrap();
        assert_eq!(kept.sharing.setting(), Setting::Own, "what was narrowed since stays narrow");
        assert!(matches!(split(&scene.desk, &ines, two.into, two.from).await, Err(Error::NotFound)));
    }

    async fn vis_4_who_left_meanwhile_has_left_both(scene) {
        let two = two(&scene, Setting::Everyone, Setting::Everyone).await;
        let (lea, ines) = (scene.cast.lea(), scene.ines().await);
        merged(&scene, &two).await;
        let leaving = Leaving { person: lea.person, heir: scene.cast.ravi().address.clone() };
        end_membership(&scene.desk, &ines, two.into, leaving).await.unwrap();
        assert!(sees(&scene, scene.cast.ravi()).await.contains(&two.leas), "he goes on with hers");
        scene.settle().await;
        assert!(scene.mails(scene.cast.ravi()).iter().any(|mail| mail.starts_with("Goes on")), "{:?}", scene.mails(scene.cast.ravi()));
        let ended = ended_here(&scene.desk, &ines, two.into).await.unwrap();
        assert_eq!((ended[0].changed.members, ended[0].back.members.len()), (1, 0));
        split(&scene.desk, &ines, two.into, two.from).await.unwrap();
        assert!(scene.actor(lea).await.signed().unwrap().organisations.is_empty(), "she does not come back by it");
        assert_eq!(sees(&scene, lea).await, [two.leas].into());
    }

    async fn vis_4_who_belongs_to_both_stays_as_they_are(scene) {
        let two = two(&scene, Setting::Managers, Setting::Managers).await;
        let (ravi, ines) = (scene.cast.ravi().person, scene.ines().await);
        let tx = scene.desk.store.begin().await.unwrap();
        store::organisations::join(&tx, two.from, ravi, Role::Manager, scene.desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        act_for(&scene.desk, &scene.ravi().await, two.from).await.unwrap();
        assert_eq!(sees(&scene, scene.cast.ravi()).await, [two.leas].into(), "he manages the one");
        merged(&scene, &two).await;
        let signed = scene.ravi().await.signed().unwrap().clone();
        assert_eq!((signed.organisations.len(), signed.manages.len()), (1, 0), "and is a member of the other");
        assert_eq!(sees(&scene, scene.cast.ravi()).await, [two.leas].into());
        set_role(&scene.desk, &ines, two.into, ravi, Role::Manager).await.unwrap();
        assert_eq!(sees(&scene, scene.cast.ravi()).await, [two.leas, two.danas].into(), "by a choice of its own");
        set_role(&scene.desk, &ines, two.into, ravi, Role::Member).await.unwrap();
        assert!(sees(&scene, scene.cast.ravi()).await.is_empty(), "less in the one is less in what ended in it");
        split(&scene.desk, &ines, two.into, two.from).await.unwrap();
        let signed = scene.ravi().await.signed().unwrap().clone();
        assert_eq!((signed.organisations[0].0, signed.organisations.len()), (two.from, 2), "for whom he filed, and both");
    }

    async fn vis_4_who_had_left_and_comes_back_with_a_merge_sees_nothing_earlier(scene) {
        let two = two(&scene, Setting::Everyone, Setting::Everyone).await;
        let (dana, lea) = (scene.dana().await, scene.cast.lea());
        let tx = scene.desk.store.begin().await.unwrap();
        store::organisations::join(&tx, two.into, lea.person, Role::Member, scene.desk.now()).await.unwrap();
        tx.commit().await.unwrap();
        tickets::add_participant(&scene.desk, &dana, two.danas, &lea.address).await.unwrap();
        assert!(sees(&scene, lea).await.contains(&two.danas));
        let actor = scene.actor(lea).await;
        leave(&scene.desk, &actor, two.into, "").await.unwrap();
        assert_eq!(sees(&scene, lea).await, [two.leas].into());
        scene.replies(&scene.ines().await, two.danas, "Which version?").await;
        scene.advance(SignedDuration::from_mins(5)).await;
        let told = scene.mails(lea);
        assert!(!told.iter().any(|mail| mail.starts_with("Reply")), "nor is she written to about it: {told:?}");
        merged(&scene, &two).await;
        assert_eq!(sees(&scene, lea).await, [two.leas].into(), "nor does she by coming back with the other");
        let new = scene.files(&dana, "question", "Old dashboards?").await;
        tickets::add_participant(&scene.desk, &dana, new, &lea.address).await.unwrap();
        assert!(sees(&scene, lea).await.contains(&new));
    }
}
