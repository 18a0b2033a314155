//! Forms on the page of an organisation: what is wrong comes back on the page, at its field, with what was typed.

use axum::http::StatusCode;
use rules::{access::Role, ids::OrganisationId};
use testkit::{Browser, Scene, on_both};

async fn acme(scene: &Scene) -> OrganisationId {
    let acme = scene.dana().await.signed().unwrap().organisations[0].0;
    desk::organisations::set_role(&scene.desk, &scene.ines().await, acme, scene.cast.dana().person, Role::Manager)
        .await
        .unwrap();
    acme
}

/// Sent from a page, it comes back on it: the field is marked, holds what was typed and says what is wrong.
async fn comes_back(
    browser: &mut Browser,
    path: &str,
    (field, name): (&str, &str),
    typed: &str,
    with: &[(&str, &str)],
) -> String {
    let answer = browser.post(path, &[&[(name, typed)], with].concat()).await;
    let page = answer.text();
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}: {page}");
    assert!(page.contains(&format!("value=\"{typed}\"")), "{path} keeps {typed}: {page}");
    assert!(page.contains(&format!("aria-describedby=\"{field}-fault\"")), "{path}: {page}");
    let (_, said) = page.split_once(&format!("id=\"{field}-fault\">")).expect("the field says why");
    said.split('<').next().unwrap_or_default().to_owned()
}

on_both! {
    async fn reg_4_and_7_what_staff_typed_wrong_comes_back_at_its_field(scene) {
        let (acme, ravi) = (acme(&scene).await, scene.cast.ravi().person);
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let at = |rest: &str| format!("/desk/organisations/{acme}/{rest}");
        let said = comes_back(&mut ines, &at("domains"), ("domain", "domain"), "gmail.com", &[]).await;
        assert!(said.contains("gmail.com"), "{said}");
        comes_back(&mut ines, &at("domains"), ("domain", "domain"), "no domain", &[]).await;
        comes_back(&mut ines, &at("name"), ("name", "name"), " ", &[]).await;
        comes_back(&mut ines, &at("invitations"), ("invited", "address"), "mila at home", &[("role", "member")]).await;
        let said = comes_back(&mut ines, &at("resellers"), ("reseller", "reseller"), "nowhere.example", &[]).await;
        assert!(said.contains("nowhere.example"), "{said}");
        let heir = format!("heir-{ravi}");
        comes_back(&mut ines, &at(&format!("members/{ravi}/leaving")), (&heir, "heir"), "nobody@acme.example", &[]).await;
    }

    async fn vis_4_an_organisation_that_cannot_be_merged_into_is_refused_where_it_was_typed(scene) {
        let acme = acme(&scene).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let itself = ines.get(&format!("/desk/organisations/{acme}/merge?into={acme}")).await;
        let page = itself.text();
        assert_eq!(itself.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("id=\"into-fault\"") && page.contains(&format!("value=\"{acme}\"")), "{page}");
        let unknown = ines.get(&format!("/desk/organisations/{acme}/merge?into=9999")).await.text();
        assert!(unknown.contains("No other organisation is called so") && unknown.contains("value=\"9999\""), "{unknown}");
    }

    async fn reg_7_and_ent_4_what_a_manager_typed_wrong_comes_back_at_its_field(scene) {
        let (acme, ravi) = (acme(&scene).await, scene.cast.ravi().person);
        let mut dana = Browser::of(&scene, scene.cast.dana()).await;
        let at = |rest: &str| format!("/organisations/{acme}/{rest}");
        comes_back(&mut dana, &at("invitations"), ("invited", "address"), "mila@elsewhere.example", &[("role", "member")]).await;
        comes_back(&mut dana, &at("resellers"), ("reseller", "reseller"), "kim at resell", &[]).await;
        let heir = format!("heir-{ravi}");
        comes_back(&mut dana, &at(&format!("members/{ravi}/leaving")), (&heir, "heir"), "nobody@acme.example", &[]).await;
        scene.files(&scene.dana().await, "question", "Which role may only read?").await;
        comes_back(&mut dana, &at("leaving"), ("heir", "heir"), "nobody@acme.example", &[]).await;
        let page = dana.get(&format!("/organisations/{acme}")).await.text();
        assert!(!page.contains("class=\"fault\""), "asked for again it is as it was: {page}");
    }
}
