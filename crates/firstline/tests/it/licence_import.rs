//! A table of licences from the vendor's books: whole or not at all, and once more it changes nothing (ENT-1).

use axum::http::StatusCode;
use desk::{
    Actor, Error, Run,
    licences::{Imported, held, import},
    policy::{NewPolicy, apply},
};
use firstline::control::{Request, Response, perform};
use rules::{ids::OrganisationId, refusal::Refusal};
use testkit::{Browser, Scene, browser::Part, on_both};

const LARKSPUR: &str = include_str!("../../../../policies/larkspur.toml");
const BOOKS: &str = "key;organisation;plan;through\n\
    SUB-1;acme.example;hedge;2027-03-31\n\
    SUB-2;ACME.example;orchard;\n";

async fn larkspur(scene: &Scene) -> OrganisationId {
    apply(&scene.desk, &Actor::DESK, NewPolicy { source: LARKSPUR.to_owned(), from: None }).await.unwrap();
    scene.dana().await.signed().unwrap().organisations[0].0
}

async fn imports(scene: &Scene, text: &str, run: Run) -> Imported {
    import(&scene.desk, &scene.ines().await, text, run).await.unwrap()
}

/// Key, plan and last day of each licence.
async fn held_by(scene: &Scene, organisation: OrganisationId) -> Vec<[String; 3]> {
    let held = held(&scene.desk, &Actor::DESK, organisation).await.unwrap();
    let said = |it: &desk::licences::Kept| {
        let through = it.terms.through.map(|day| day.to_string());
        let plan = it.terms.plan.as_ref().map(ToString::to_string);
        [it.terms.external_key.clone(), plan, through].map(Option::unwrap_or_default)
    };
    held.iter().map(said).collect()
}

on_both! {
    async fn ent_1_a_table_is_tried_taken_and_taken_again(scene) {
        let acme = larkspur(&scene).await;
        let would = imports(&scene, BOOKS, Run::Dry).await;
        assert_eq!((would.added, would.changed, would.same), (2, 0, 0));
        assert_eq!(held_by(&scene, acme).await.len(), 0, "only tried");
        assert_eq!(imports(&scene, BOOKS, Run::Real).await, would);
        let expected = [["SUB-1", "hedge", "2027-03-31"], ["SUB-2", "orchard", ""]];
        assert_eq!(held_by(&scene, acme).await, expected);
        let again = imports(&scene, BOOKS, Run::Real).await;
        assert_eq!((again.added, again.changed, again.same), (0, 0, 2));
        let renewed = "organisation,key,through\nacme.example,SUB-1,2028-03-31\n";
        let changed = imports(&scene, renewed, Run::Real).await;
        assert_eq!((changed.added, changed.changed, changed.same), (0, 1, 0));
        let expected = [["SUB-1", "hedge", "2028-03-31"], ["SUB-2", "orchard", ""]];
        assert_eq!(held_by(&scene, acme).await, expected, "lines and columns that the table does not name stay");
        let one = held(&scene.desk, &Actor::DESK, acme).await.unwrap()[0].id;
        let shown = desk::licences::show(&scene.desk, &scene.ines().await, (acme, one)).await.unwrap();
        assert_eq!(shown.said.len(), 2, "a version for each time it said something new");
    }

    async fn ent_1_one_wrong_line_and_nothing_is_taken(scene) {
        let acme = larkspur(&scene).await;
        imports(&scene, BOOKS, Run::Real).await;
        let lea = scene.actor(scene.cast.lea()).await.signed().unwrap().organisations[0].0;
        let text = format!("key,organisation\nSUB-3,acme.example\nSUB-1,{lea}\nSUB-4,nowhere.example\nSUB-5,4711\n");
        for run in [Run::Dry, Run::Real] {
            let refused = imports(&scene, &text, run).await;
            let lines: Vec<usize> = refused.faults.iter().map(|fault| fault.line).collect();
            assert_eq!((lines, refused.added), (vec![3, 4, 5], 0), "{refused:?}");
        }
        assert_eq!(held_by(&scene, acme).await.len(), 2);
        assert_eq!(held_by(&scene, lea).await.len(), 0, "an import moves no licence");
        let by_product = import(&scene.desk, &scene.actor(scene.cast.lucas()).await, BOOKS, Run::Dry).await;
        assert!(matches!(by_product, Err(Error::Refused(Refusal::MayNot { .. }))));
        let by_customer = import(&scene.desk, &scene.dana().await, BOOKS, Run::Dry).await;
        assert!(matches!(by_customer, Err(Error::NotFound)), "for customers the desk does not exist");
    }

    async fn ent_1_a_table_is_taken_from_the_command_line(scene) {
        let acme = larkspur(&scene).await;
        let ask = async |text: &str, dry| {
            perform(&scene.desk, Request::ImportLicences { text: text.to_owned(), dry }).await
        };
        let would = ask(BOOKS, true).await;
        assert_eq!(would.words(), "2 licences would be added, none would be changed; none says the same already.");
        assert!(held_by(&scene, acme).await.is_empty());
        assert_eq!(ask(BOOKS, false).await.words(), "2 licences were added, none changed; none says the same already.");
        let refused = ask("key,organisation,plan\nSUB-3,acme.example,meadow\n", false).await;
        assert!(matches!(&refused, Response::Refused(why) if why.contains("Line 2: plan: ")), "{refused:?}");
    }

    async fn ent_1_a_table_is_tried_and_taken_on_the_desk_and_nothing_typed_is_lost(scene) {
        let acme = larkspur(&scene).await;
        let mut ines = Browser::of(&scene, scene.cast.ines()).await;
        let list = ines.get("/desk/organisations").await.text();
        assert!(list.contains("/desk/licences/import"), "{list}");
        let wrong = "key,organisation\nSUB-1,nowhere.example\n";
        let refused = ines.upload("/desk/licences/import", &[Part::text("text", wrong), Part::text("do", "import")]).await;
        let page = refused.text();
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("Line 2: no organisation has") && page.contains("SUB-1,nowhere.example"), "{page}");
        let utf_16: Vec<u8> = [0xFEFF].into_iter().chain(BOOKS.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let file = Part::file("file", "books.csv", &utf_16);
        let tried = ines.upload("/desk/licences/import", &[Part::text("text", ""), file, Part::text("do", "check")]).await;
        let page = tried.text();
        assert!(page.contains("2 licences would be added") && page.contains("Import it"), "{page}");
        assert!(held_by(&scene, acme).await.is_empty());
        let taken = ines.upload("/desk/licences/import", &[Part::text("text", BOOKS), Part::text("do", "import")]).await;
        assert!(taken.text().contains("2 licences were added"), "{}", taken.text());
        assert_eq!(held_by(&scene, acme).await.len(), 2);
        let sheet = Part::file("file", "books.xlsx", b"PK\x03\x04\x14\x00");
        let binary = ines.upload("/desk/licences/import", &[sheet, Part::text("do", "check")]).await.text();
        assert!(binary.contains("That is no text"), "{binary}");
    }
}
