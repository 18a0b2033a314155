//! A reseller files for an organisation that granted it (ENT-4): whose licence counts, who sees it, and that either side ends it.

use desk::{
    Actor, Error,
    organisations::{
        self, Leaving, act_for, answer_resale, end_membership, end_resale, offer_resale, offered, resales, set_resale,
        set_role,
    },
    tickets::{self, NewTicket},
};
use jiff::SignedDuration;
use rules::{
    access::Role,
    entitlement::{Standing, Terms},
    events::{Channel, Secrecy},
    ids::{OrganisationId, TicketId},
    refusal::{OrganisationRefusal, Refusal},
};
use testkit::{Browser, Scene, on_both};
use world::Member;

async fn of(scene: &Scene, member: &Member) -> OrganisationId {
    scene.actor(member).await.signed().unwrap().organisations[0].0
}

fn refusal<T: std::fmt::Debug>(result: desk::Result<T>) -> Refusal {
    match result {
        Err(Error::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Dana manages the end customer, where Ravi is too; Lea manages the reseller.
struct Sides {
    customer: OrganisationId,
    reseller: OrganisationId,
}

async fn sides(scene: &Scene) -> Sides {
    let (dana, lea, ines) = (scene.cast.dana(), scene.cast.lea(), scene.ines().await);
    let sides = Sides { customer: of(scene, dana).await, reseller: of(scene, lea).await };
    for (id, member) in [(sides.customer, dana), (sides.reseller, lea)] {
        let person = scene.actor(member).await.signed().unwrap().person;
        set_role(&scene.desk, &ines, id, person, Role::Manager).await.unwrap();
    }
    forget(scene).await;
    sides
}

async fn forget(scene: &Scene) {
    scene.advance(SignedDuration::from_mins(5)).await;
    for member in scene.cast.all() {
        scene.mail.take(&member.address);
    }
}

/// Lea, filing for the end customer from now on.
async fn reselling(scene: &Scene, sides: &Sides) -> Actor {
    set_resale(&scene.desk, &scene.ines().await, sides.customer, &sides.reseller.to_string()).await.unwrap();
    let lea = scene.actor(scene.cast.lea()).await;
    act_for(&scene.desk, &lea, sides.customer).await.unwrap();
    forget(scene).await;
    scene.actor(scene.cast.lea()).await
}

async fn files(
    scene: &Scene,
    actor: &Actor,
    organisation: Option<OrganisationId>,
    confidential: bool,
) -> desk::Result<TicketId> {
    let form = scene.form("question", "Which role may write dashboards?").await;
    let new = NewTicket {
        request_type: form.request_type,
        filled: form.filled,
        draft: None,
        organisation,
        confidential,
        channel: Channel::Portal,
        sent_form: None,
    };
    tickets::open(&scene.desk, actor, new).await
}

async fn sees(scene: &Scene, member: &Member, ticket: TicketId) -> bool {
    let actor = scene.actor(member).await;
    let shown = tickets::show(&scene.desk, &actor, ticket).await.is_ok();
    let mut listed = tickets::own(&scene.desk, &actor, None).await.unwrap().rows;
    for (organisation, _) in actor.signed().unwrap().shared_by() {
        listed.extend(tickets::colleagues(&scene.desk, &actor, organisation, None).await.unwrap().rows);
    }
    let is_listed = listed.iter().any(|row| row.ticket.id == ticket);
    assert_eq!(shown, is_listed, "the page and the lists of {}", member.name);
    shown
}

on_both! {
    async fn ent_4_a_manager_asks_a_reseller_who_takes_it_on_and_files(scene) {
        let sides = sides(&scene).await;
        let (dana, lea) = (scene.dana().await, scene.actor(scene.cast.lea()).await);
        let address = &scene.cast.lea().address;
        offer_resale(&scene.desk, &dana, sides.customer, address).await.unwrap();
        scene.settle().await;
        assert_eq!(scene.mails(scene.cast.lea()), ["Resale offered"]);
        let offers = offered(&scene.desk, &lea).await.unwrap();
        assert_eq!(offers.len(), 1);
        let takers: Vec<_> = offers[0].takers.iter().map(|(id, _)| *id).collect();
        assert_eq!(takers, [sides.reseller]);
        assert_eq!(offered(&scene.desk, &scene.ravi().await).await.unwrap(), [], "it is nobody else's");
        answer_resale(&scene.desk, &lea, offers[0].id, Some(sides.reseller)).await.unwrap();
        scene.settle().await;
        assert_eq!(scene.mails(scene.cast.dana()), ["Resale begun"]);
        assert_eq!(scene.mails(scene.cast.lea()), ["Resale offered", "Resale begun"]);
        let again = answer_resale(&scene.desk, &lea, offers[0].id, Some(sides.reseller)).await;
        assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
        let twice = refusal(offer_resale(&scene.desk, &dana, sides.customer, address).await);
        assert!(matches!(twice, Refusal::Organisation(OrganisationRefusal::ResellsAlready { .. })), "{twice:?}");

        let lea = scene.actor(scene.cast.lea()).await;
        assert_eq!(lea.signed().unwrap().organisation(), Some(sides.reseller), "for their own until they choose");
        act_for(&scene.desk, &lea, sides.customer).await.unwrap();
        let lea = scene.actor(scene.cast.lea()).await;
        let ticket = scene.files(&lea, "question", "Which role may read dashboards?").await;
        let shown = tickets::show(&scene.desk, &scene.ines().await, ticket).await.unwrap();
        assert_eq!((shown.ticket.organisation, shown.ticket.reseller), (Some(sides.customer), Some(sides.reseller)));
    }

    async fn ent_4_the_end_customers_licence_counts_and_takes_no_named_contact(scene) {
        let sides = sides(&scene).await;
        let policy = scene.desk.policy().await.unwrap();
        let tx = scene.desk.store.begin().await.unwrap();
        let said = store::licences::Said { by: None, token: None, now: scene.desk.now() };
        store::licences::insert(&tx, sides.customer, &Terms::plain(policy.policy()), said).await.unwrap();
        tx.commit().await.unwrap();
        let ours = desk::licences::entitled(&scene.desk, &scene.dana().await, None).await.unwrap();
        let lea = scene.actor(scene.cast.lea()).await;
        let own = desk::licences::entitled(&scene.desk, &lea, None).await.unwrap();
        assert_ne!((ours.standing, ours.licence), (own.standing, own.licence));
        let lea = reselling(&scene, &sides).await;
        let theirs = desk::licences::entitled(&scene.desk, &lea, None).await.unwrap();
        assert_eq!((theirs.standing, theirs.licence), (ours.standing, ours.licence));
        assert_ne!(theirs.standing, Standing::NoneKnown);
        assert_eq!(theirs.unnamed, None);
    }

    async fn ent_4_both_see_it_unless_it_is_marked(scene) {
        let sides = sides(&scene).await;
        let lea = reselling(&scene, &sides).await;
        let ticket = scene.files(&lea, "question", "Which role may read dashboards?").await;
        let (dana, ravi) = (scene.cast.dana(), scene.cast.ravi());
        assert!(sees(&scene, dana, ticket).await, "who manages the end customer");
        assert!(!sees(&scene, ravi, ticket).await, "the others as it shares: each their own");
        let danas = tickets::show(&scene.desk, &scene.dana().await, ticket).await.unwrap();
        assert_eq!(danas.reseller.map(|it| it.id), Some(sides.reseller));
        let marked = files(&scene, &lea, None, true).await.unwrap();
        let kept = tickets::show(&scene.desk, &scene.ines().await, marked).await.unwrap();
        assert_eq!(kept.ticket.secrecy, Secrecy::Confidential);
        assert!(!sees(&scene, dana, marked).await && sees(&scene, scene.cast.lea(), marked).await);
        let own = scene.files(&scene.dana().await, "question", "Who may share dashboards?").await;
        assert!(!sees(&scene, scene.cast.lea(), own).await, "of what the customer files itself a reseller sees nothing");
    }

    async fn ent_4_either_side_ends_it_at_once(scene) {
        for by_customer in [true, false] {
            let sides = sides(&scene).await;
            let lea = reselling(&scene, &sides).await;
            let ticket = scene.files(&lea, "question", "Which role may read dashboards?").await;
            let (who, side) = if by_customer {
                (scene.dana().await, sides.customer)
            } else {
                (scene.actor(scene.cast.lea()).await, sides.reseller)
            };
            let standing = resales(&scene.desk, &who, side).await.unwrap();
            let id = standing.by.iter().chain(&standing.of).next().unwrap().id;
            end_resale(&scene.desk, &who, side, id).await.unwrap();
            scene.settle().await;
            assert!(scene.mails(scene.cast.dana()).contains(&"Resale ended".to_owned()));
            let lea = scene.actor(scene.cast.lea()).await;
            assert_eq!(lea.signed().unwrap().organisation(), Some(sides.reseller));
            let late = refusal(files(&scene, &lea, Some(sides.customer), false).await);
            assert_eq!(late, Refusal::Organisation(OrganisationRefusal::FilesNoMore));
            assert!(sees(&scene, scene.cast.lea(), ticket).await, "what one filed oneself stays");
            assert!(sees(&scene, scene.cast.dana(), ticket).await, "the end customer keeps sight");
            assert_eq!(resales(&scene.desk, &who, side).await.unwrap(), organisations::Resales::default());
        }
    }

    async fn ent_4_who_leaves_the_reseller_files_for_nobody_and_keeps_their_own(scene) {
        let sides = sides(&scene).await;
        let lea = reselling(&scene, &sides).await;
        let ticket = scene.files(&lea, "question", "Which role may read dashboards?").await;
        let person = lea.signed().unwrap().person;
        let leaving = Leaving { person, heir: String::new() };
        end_membership(&scene.desk, &scene.ines().await, sides.reseller, leaving).await.unwrap();
        let lea = scene.actor(scene.cast.lea()).await;
        assert_eq!(lea.signed().unwrap().files_for, [], "nobody's reseller any more");
        assert!(sees(&scene, scene.cast.lea(), ticket).await, "their own");
    }

    async fn ent_4_what_cannot_be_is_refused_and_says_why(scene) {
        let sides = sides(&scene).await;
        let (dana, lea, ines) = (scene.dana().await, scene.actor(scene.cast.lea()).await, scene.ines().await);
        let own = refusal(offer_resale(&scene.desk, &dana, sides.customer, &scene.cast.ravi().address).await);
        assert_eq!(own, Refusal::Organisation(OrganisationRefusal::ResellsItself));
        let own = refusal(set_resale(&scene.desk, &ines, sides.customer, &sides.customer.to_string()).await);
        assert_eq!(own, Refusal::Organisation(OrganisationRefusal::ResellsItself));
        let nobodys = offer_resale(&scene.desk, &lea, sides.customer, "kim@resell.example").await;
        assert!(matches!(nobodys, Err(Error::NotFound)), "{nobodys:?}");
        // An address without an account is asked like any other.
        offer_resale(&scene.desk, &dana, sides.customer, "kim@resell.example").await.unwrap();
        offer_resale(&scene.desk, &dana, sides.customer, &scene.cast.lea().address).await.unwrap();
        let offer = offered(&scene.desk, &lea).await.unwrap().remove(0);
        let not_theirs = refusal(answer_resale(&scene.desk, &lea, offer.id, Some(sides.customer)).await);
        assert_eq!(not_theirs, Refusal::Organisation(OrganisationRefusal::ManagersTakeOn));
        set_resale(&scene.desk, &ines, sides.customer, &sides.reseller.to_string()).await.unwrap();
        let twice = refusal(set_resale(&scene.desk, &ines, sides.customer, &sides.reseller.to_string()).await);
        assert!(matches!(twice, Refusal::Organisation(OrganisationRefusal::ResellsAlready { .. })), "{twice:?}");
        let twice = refusal(answer_resale(&scene.desk, &lea, offer.id, Some(sides.reseller)).await);
        assert!(matches!(twice, Refusal::Organisation(OrganisationRefusal::ResellsAlready { .. })), "{twice:?}");
        // Declined, it is gone.
        answer_resale(&scene.desk, &lea, offer.id, None).await.unwrap();
        assert_eq!(offered(&scene.desk, &lea).await.unwrap(), []);
        // One that nobody answers ends by itself.
        offer_resale(&scene.desk, &dana, sides.customer, &scene.cast.lea().address).await.unwrap();
        scene.advance(SignedDuration::from_hours(31 * 24)).await;
        assert_eq!(offered(&scene.desk, &lea).await.unwrap(), []);
    }

    async fn ent_4_the_pages_lead_through_it(scene) {
        let sides = sides(&scene).await;
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let mut lea = Browser::of(&scene, scene.cast.lea()).await;
        let own = format!("/organisations/{}", sides.customer);
        let fields = [("reseller", scene.cast.lea().address.as_str())];
        assert_eq!(dana.post(&format!("{own}/resellers"), &fields).await.status, 303);
        assert!(dana.get(&own).await.text().contains("offered"));
        let account = lea.get("/account").await.text();
        assert!(account.contains("asks your organisation to file requests for it."), "{account}");
        let action = account.split("/account/resales/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let taker = sides.reseller.to_string();
        let taken = lea.post(&format!("/account/resales/{action}"), &[("organisation", &taker)]).await;
        assert_eq!(taken.location(), format!("/organisations/{taker}#resellers"));
        let chosen = [("organisation", sides.customer.to_string()), ("then", "/requests/new/question".to_owned())];
        let chosen: Vec<(&str, &str)> = chosen.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let there = lea.post("/organisation", &chosen).await;
        let form = lea.get(there.location()).await.text();
        assert!(form.contains("Confidential: only I, those I add and the support team see it"), "{form}");
        assert!(form.contains("Its managers see it, and so do yours."));
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let desk = ines.get(&format!("/desk/organisations/{}", sides.customer)).await.text();
        assert!(desk.contains("File for it"), "{desk}");
    }
}
