//! An organisation with more domains and licences than a page holds: the page shows some, and leads to the rest (REG-4, ENT-1).

use desk::{
    Actor,
    licences::{Given, give},
};
use rules::{entitlement::Kind, ids::OrganisationId};
use testkit::{Browser, Scene, on_both};

/// Acme with fifty domains, beside the one it has, and thirty licences.
async fn giant(scene: &Scene) -> OrganisationId {
    let Actor::Person(dana) = scene.dana().await else { panic!("Dana is a person") };
    let acme = dana.organisations[0].0;
    let tx = scene.desk.store.begin().await.unwrap();
    for n in 0..50 {
        store::organisations::claim_domain(&tx, acme, &format!("d{n:02}.example")).await.unwrap();
    }
    tx.commit().await.unwrap();
    for n in 0..30 {
        let given = Given {
            organisation: acme,
            external_key: Some(format!("L-{n:02}")),
            edition: String::new(),
            deployment: None,
            plan: None,
            kind: Kind::Paid,
            seats: None,
            through: None,
        };
        give(&scene.desk, &Actor::DESK, given).await.unwrap();
    }
    acme
}

/// The address behind a button, without its fragment.
fn href(page: &str, label: &str) -> Option<String> {
    let before = page.split(&format!("\">{label}</a>")).next().filter(|before| before.len() < page.len())?;
    let address = before.rsplit("href=\"").next()?.replace("&#38;", "&").replace("&amp;", "&");
    address.split('#').next().map(str::to_owned)
}

on_both! {
    async fn reg_4_each_domain_is_reached_from_the_page_and_can_be_taken_away(scene) {
        let acme = giant(&scene).await;
        let (mut ines, path) = (Browser::of(&scene, scene.cast.ines()).await, format!("/desk/organisations/{acme}"));
        let first = ines.get(&path).await.text();
        assert_eq!(first.matches("Take away d").count(), 19, "beside acme's own, the first twenty: {first}");
        assert!(first.contains("20 of 51"));
        let (mut met, mut page) = (first.matches("Take away d").count(), first);
        while let Some(more) = href(&page, "More domains") {
            page = ines.get(&more).await.text();
            met += page.matches("Take away d").count();
        }
        assert_eq!(met, 50, "each once");
        let found = ines.get(&format!("{path}?find=D4")).await.text();
        assert_eq!(found.matches("Take away d").count(), 10);
        assert!(found.contains("10 of 51") && !found.contains("More domains"));
        let gone = ines.post(&format!("{path}/domains/removal"), &[("domain", "d49.example")]).await;
        assert_eq!(gone.location(), path);
        assert_eq!(ines.get(&format!("{path}?find=d4")).await.text().matches("Take away d").count(), 9);
        assert!(ines.get(&format!("{path}?find=zzz")).await.text().contains("<p>None.</p>"));
    }

    async fn reg_4_a_domain_is_added_shown_and_found_in_its_letters_and_in_ascii(scene) {
        let acme = giant(&scene).await;
        let (mut ines, path) = (Browser::of(&scene, scene.cast.ines()).await, format!("/desk/organisations/{acme}"));
        let both = "bücher.example (xn--bcher-kva.example)";
        assert_eq!(ines.post(&format!("{path}/domains"), &[("domain", "Bücher.example")]).await.status, 303);
        for find in ["xn--b", "büch", "BÜCHER.EXAMPLE", "bcher"] {
            let page = ines.get(&format!("{path}?find={}", find.replace('ü', "%C3%BC").replace('Ü', "%C3%9C"))).await.text();
            assert!(page.contains(both) && page.contains("1 of 52"), "{find}: {page}");
        }
        for find in ["%25", "_", "%C3%A4"] {
            assert!(ines.get(&format!("{path}?find={find}")).await.text().contains("<p>None.</p>"), "{find} is no pattern");
        }
        let named = ines.get("/desk/organisations?name=b%C3%BCcher.example").await.text();
        assert!(named.contains(&format!("href=\"{path}\"")), "{named}");
        let own = Browser::of(&scene, scene.cast.dana()).await.get(&format!("/organisations/{acme}")).await.text();
        assert!(own.contains(both), "{own}");
        let gone = ines.post(&format!("{path}/domains/removal"), &[("domain", "xn--bcher-kva.example")]).await;
        assert_eq!(gone.status, 303);
        let mut ada = Browser::of(&scene, scene.cast.ada()).await;
        let audit = ada.get("/desk/audit?thing=acme.example").await.text();
        for words in [format!("the domain {both}: 52 lead"), format!("took the domain {both} from")] {
            assert!(audit.contains(&words), "{words}: {audit}");
        }
    }

    async fn ent_1_the_newest_licences_stand_on_the_page_and_lead_to_the_others(scene) {
        let acme = giant(&scene).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let first = ines.get(&format!("/desk/organisations/{acme}")).await.text();
        let has = |page: &str, n: u8| page.contains(&format!(">L-{n:02}</a>"));
        assert!(has(&first, 29) && has(&first, 10) && !has(&first, 9), "{first}");
        assert!(first.contains("20 of 30"));
        let rest = ines.get(&href(&first, "More licences").unwrap()).await.text();
        assert!(has(&rest, 9) && has(&rest, 0) && !has(&rest, 10));
        assert_eq!(href(&rest, "More licences"), None);
    }

    async fn a_small_organisation_shows_all_and_no_fields_for_more(scene) {
        let Actor::Person(dana) = scene.dana().await else { panic!("Dana is a person") };
        let page = format!("/desk/organisations/{}", dana.organisations[0].0);
        let shown = Browser::of(&scene, scene.cast.ines()).await.get(&page).await.text();
        for words in ["Find a domain", "More domains", "More licences"] {
            assert!(!shown.contains(words), "{words}");
        }
    }
}
