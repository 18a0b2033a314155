//! Programs bring tables of licences with a token that an administrator made (ENT-1): what is taken, what is refused and how, and
//! what is left of it in the audit.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use desk::{
    Actor,
    licences::held,
    programs::{self, NewToken},
    tickets,
};
use rules::{
    audit::Act,
    ids::{ApiTokenId, OrganisationId},
    programs::Permit,
    refusal::Refusal,
};
use serde_json::Value;
use testkit::{Browser, Scene, browser::Answer, on_both};

const BOOKS: &str = "key;organisation;seats;through\nSUB-1;acme.example;40;2027-03-31\n";

/// What a program sends; no cookies, no headers of a browser.
async fn brings(scene: &Scene, token: Option<&str>, query: &str, table: &str) -> Answer {
    let mut request = Request::post(format!("/api/licences/import{query}")).header(header::CONTENT_TYPE, "text/csv");
    if let Some(token) = token {
        request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
    }
    Browser::visitor(scene).send(request.body(Body::from(table.to_owned())).unwrap()).await
}

fn said(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("no JSON: {}", answer.text()))
}

async fn made(scene: &Scene) -> (ApiTokenId, String) {
    let ada = scene.actor(scene.cast.ada()).await;
    let new = NewToken { name: "Books".into(), permit: Permit::LicencesImport };
    let made = programs::make(&scene.desk, &ada, new).await.unwrap();
    (made.id, made.text)
}

async fn acme(scene: &Scene) -> OrganisationId {
    scene.dana().await.signed().unwrap().organisations[0].0
}

async fn seats(scene: &Scene) -> Vec<Option<u32>> {
    let held = held(&scene.desk, &Actor::DESK, acme(scene).await).await.unwrap();
    held.iter().filter(|it| it.terms.external_key.is_some()).map(|it| it.terms.seats).collect()
}

on_both! {
    async fn ent_1_a_program_tries_a_table_brings_it_and_brings_it_again(scene) {
        let (token, text) = made(&scene).await;
        let tried = brings(&scene, Some(&text), "?dry_run=1", BOOKS).await;
        assert_eq!(tried.status, StatusCode::OK, "{}", tried.text());
        assert_eq!(said(&tried), serde_json::json!({ "dry_run": true, "added": 1, "changed": 0, "same": 0 }));
        assert!(seats(&scene).await.is_empty(), "only tried");
        let before = crate::audit::head(&scene).await;
        let taken = said(&brings(&scene, Some(&text), "", BOOKS).await);
        assert_eq!((&taken["dry_run"], &taken["added"]), (&Value::Bool(false), &Value::from(1)));
        assert_eq!(seats(&scene).await, [Some(40)]);
        let kept = store::audit::after(scene.desk.store.read(), before.number, 9).await.unwrap();
        let acts: Vec<Act> = kept.iter().map(|kept| kept.act().unwrap()).collect();
        assert!(matches!(acts.as_slice(), [Act::TokenUsed { token: used }, Act::LicenceSet { .. }] if *used == token), "{acts:?}");
        assert_eq!(kept[1].by().unwrap().person, None);
        let licence = held(&scene.desk, &Actor::DESK, acme(&scene).await).await.unwrap().pop().unwrap().id;
        let page = format!("/desk/organisations/{}/licences/{licence}", acme(&scene).await);
        let page = Browser::of(&scene, scene.cast.ines()).await.get(&page).await.text();
        assert!(page.contains("A program, by the token “Books”"), "{page}");
        let again = said(&brings(&scene, Some(&text), "?dry_run=0", BOOKS).await);
        assert_eq!((&again["added"], &again["same"]), (&Value::from(0), &Value::from(1)));
        assert_eq!(crate::audit::head(&scene).await.number, before.number + 2, "what changes nothing leaves nothing");
    }

    async fn ent_1_what_is_wrong_with_a_table_is_said_by_its_lines_and_nothing_is_taken(scene) {
        let (_, text) = made(&scene).await;
        let table = format!("{BOOKS}SUB-2;nowhere.example;12;\nSUB-3;acme.example;many;\n");
        let refused = brings(&scene, Some(&text), "", &table).await;
        assert_eq!((refused.status, refused.header("content-type")), (StatusCode::UNPROCESSABLE_ENTITY, "application/problem+json"));
        let said = said(&refused);
        let lines: Vec<_> = said["faults"].as_array().unwrap().iter().map(|it| it["line"].as_i64().unwrap()).collect();
        assert!(lines.contains(&4) && said["status"] == 422 && said["title"] == "The table was not taken", "{said}");
        assert!(seats(&scene).await.is_empty());
        let unknown = brings(&scene, Some(&text), "?dryrun=1", BOOKS).await;
        assert_eq!(unknown.status, StatusCode::BAD_REQUEST, "a trial that was misspelt is not made real");
        let why = serde_json::from_slice::<Value>(&unknown.body).unwrap()["detail"].clone();
        assert_eq!(why, "There is no parameter “dryrun” here. There is one: dry_run. Nothing was imported.");
        for (path, status) in [("/api/licences/imports", StatusCode::NOT_FOUND), ("/api/licences/import", StatusCode::METHOD_NOT_ALLOWED)] {
            let mut program = Browser::visitor(&scene);
            program.headers.push(("authorization", format!("Bearer {text}")));
            let answer = program.get(path).await;
            assert_eq!((answer.status, answer.header("content-type")), (status, "application/problem+json"));
            assert!(!answer.text().contains("page") && !answer.text().contains("button"), "{}", answer.text());
        }
        let slip = brings(&scene, Some(&text), "?dry_run=ture", BOOKS).await;
        assert_eq!(slip.status, StatusCode::BAD_REQUEST, "a slip makes no trial real");
        assert!(seats(&scene).await.is_empty());
    }

    async fn a_token_that_opens_nothing_hears_so_in_json(scene) {
        let (id, text) = made(&scene).await;
        let forged = rules::programs::written(&[9; 32]);
        for token in [None, Some("nonsense"), Some(forged.as_str())] {
            let refused = brings(&scene, token, "", BOOKS).await;
            assert_eq!((refused.status, refused.header("content-type")), (StatusCode::UNAUTHORIZED, "application/problem+json"), "{token:?}");
            assert!(refused.header("www-authenticate").starts_with("Bearer"));
            assert!(said(&refused)["detail"].as_str().unwrap().contains("Authorization: Bearer"), "{}", refused.text());
        }
        let mut ada = Browser::of(&scene, scene.cast.ada()).await;
        ada.post(&format!("/desk/tokens/{id}/revocation"), &[]).await;
        assert_eq!(brings(&scene, Some(&text), "", BOOKS).await.status, StatusCode::UNAUTHORIZED, "revoked");
        assert_eq!(ada.post(&format!("/desk/tokens/{id}/revocation"), &[]).await.status, StatusCode::NOT_FOUND);
        assert!(seats(&scene).await.is_empty());
        assert_eq!(ada.post("/api/licences/import", &[]).await.status, StatusCode::UNAUTHORIZED, "a browser's session is no token");
    }

    async fn a_program_that_does_not_stop_is_slowed_and_guesses_too(scene) {
        let (_, text) = made(&scene).await;
        let mut last = StatusCode::OK;
        for _ in 0..31 {
            last = brings(&scene, Some(&text), "?dry_run=1", BOOKS).await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        for _ in 0..31 {
            last = brings(&scene, Some("firstline_guess"), "", BOOKS).await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    }

    async fn an_administrator_makes_a_token_sees_it_once_and_revokes_it(scene) {
        let mut ada = Browser::of(&scene, scene.cast.ada()).await;
        let answer = ada.post("/desk/tokens", &[("name", "  Books,\n every night "), ("permit", "licences.import")]).await;
        assert_eq!(answer.status, StatusCode::OK);
        let page = answer.text();
        let at = page.find("firstline_").unwrap();
        let text = page[at..at + "firstline_".len() + 64].to_owned();
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert_eq!(brings(&scene, Some(&text), "?dry_run=1", BOOKS).await.status, StatusCode::OK);
        let listed = ada.get("/desk/tokens").await.text();
        assert!(listed.contains("Books, every night") && !listed.contains(&text) && !listed.contains("never"), "{listed}");
        assert_eq!(ada.post("/desk/tokens", &[("name", " "), ("permit", "licences.import")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        let theo = programs::tokens(&scene.desk, &scene.theo().await).await;
        assert!(matches!(theo, Err(desk::Error::Refused(Refusal::MayNot { .. }))));
        assert!(ada.get("/desk/audit?area=programs").await.text().contains("made token"));
    }

    async fn a_token_for_what_nobody_knows_is_not_made(scene) {
        let ada = scene.actor(scene.cast.ada()).await;
        let mut browser = Browser::of(&scene, scene.cast.ada()).await;
        for permit in ["", "everything", "Licences.import"] {
            let answer = browser.post("/desk/tokens", &[("name", "Books"), ("permit", permit)]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{permit}");
        }
        assert_eq!(programs::tokens(&scene.desk, &ada).await.unwrap().len(), 0);
        browser.post("/desk/tokens", &[("name", "Wall"), ("permit", "requests.read")]).await;
        let made = programs::tokens(&scene.desk, &ada).await.unwrap();
        assert_eq!(made.iter().map(|it| it.token.permit).collect::<Vec<_>>(), [Permit::RequestsRead]);
    }

    async fn vis_2_a_program_that_reads_asks_as_the_desk_does_and_sees_what_all_staff_see(scene) {
        let (dana, ines, theo) = (scene.dana().await, scene.ines().await, scene.theo().await);
        let bug = scene.files(&dana, "bug", "Launches stay open").await;
        let question = scene.files(&dana, "question", "Where are dashboards kept").await;
        let secret = scene.files(&dana, "bug", "Tokens are readable").await;
        let to = tickets::Conversion { to: "security".into(), reason: String::new() };
        tickets::convert(&scene.desk, &theo, secret, to).await.unwrap();
        scene.settle().await;
        desk::search::catch_up(&scene.desk).await.unwrap();
        let ada = scene.actor(scene.cast.ada()).await;
        let new = NewToken { name: "The wall".into(), permit: Permit::RequestsRead };
        let token = programs::make(&scene.desk, &ada, new).await.unwrap().text;
        let asks = async |query: &str| reads(&scene, &token, query).await;
        let all = asks("").await;
        assert_eq!(all.status, StatusCode::OK, "{}", all.text());
        assert_eq!(numbers(&said(&all)), [question.0, bug.0], "no security report");
        let one = said(&asks("?q=type%3Abug").await);
        assert_eq!(numbers(&one), [bug.0]);
        let told = &one["requests"][0];
        assert_eq!((&told["subject"], &told["turn"], &told["late"]), (&"Launches stay open".into(), &"ours".into(), &false.into()));
        assert!(told["filed_at"].as_str().unwrap().ends_with('Z') && told["due_at"].is_string(), "{told}");
        assert_eq!(one["complete"], true);
        // It is nobody, and what it does not see it does not count either.
        assert_eq!(numbers(&said(&asks("?q=agent%3Ame").await)), [0_i64; 0]);
        for words in [secret.to_string(), "readable".to_owned(), "type%3Asecurity".to_owned()] {
            assert!(!numbers(&said(&asks(&format!("?q={words}")).await)).contains(&secret.0), "{words}");
        }
        for (query, part) in [("?q=type%3Anone-such", "none-such"), ("?q=a&page=2", "page"), ("?after=x", "next")] {
            let refused = asks(query).await;
            assert_eq!((refused.status, refused.header("content-type")), (StatusCode::BAD_REQUEST, "application/problem+json"));
            assert!(refused.text().contains(part), "{}", refused.text());
        }
        // A token is good for one thing.
        assert_eq!(brings(&scene, Some(&token), "", BOOKS).await.status, StatusCode::UNAUTHORIZED);
        let (_, books) = made(&scene).await;
        assert_eq!(reads(&scene, &books, "").await.status, StatusCode::UNAUTHORIZED);
        let assigned = tickets::Assignment { to: Some(ines.signed().unwrap().person) };
        tickets::assign(&scene.desk, &theo, bug, assigned).await.unwrap();
        assert_eq!(said(&asks("?q=agent%3Aines").await)["requests"][0]["number"], bug.0, "as it is now");
    }
}

async fn reads(scene: &Scene, token: &str, query: &str) -> Answer {
    let request =
        Request::get(format!("/api/requests{query}")).header(header::AUTHORIZATION, format!("Bearer {token}"));
    Browser::visitor(scene).send(request.body(Body::empty()).unwrap()).await
}

fn numbers(answer: &Value) -> Vec<i64> {
    answer["requests"].as_array().unwrap().iter().map(|it| it["number"].as_i64().unwrap()).collect()
}
