//! Accounts: signing up, the link, the password, sessions, and the limits that guard them.

use desk::{
    Actor, Error,
    people::{
        Browser, Credentials, Entered, NewPassword, SignUp, ask_reset, challenge, enter, reset, sessions, sign_in,
        sign_out_everywhere, sign_up, verify,
    },
};
use jiff::SignedDuration;
use rules::{
    ids::PersonId,
    people::captcha::{CaptchaRefusal, solve},
    refusal::{Fault, Refusal},
};
use testkit::{Scene, on_both};
use world::PASSWORD;

const BROWSER: Browser<'static> = Browser { network: "203.0.113.7", agent: "Firefox", session: None, known: None };

fn visitor() -> Actor {
    Actor::Visitor { network: "203.0.113.7".to_owned() }
}

/// Fills the form in, with a proof that took no work.
fn form(scene: &Scene, name: &str, address: &str) -> SignUp {
    let proof = world::proof(&scene.desk).expect("the proof holds");
    SignUp { name: name.to_owned(), address: address.to_owned(), proof }
}

/// Signs up and follows the link.
async fn joins(scene: &Scene, name: &str, address: &str) -> Entered {
    sign_up(&scene.desk, &visitor(), form(scene, name, address)).await.unwrap();
    scene.settle().await;
    let link = scene.mail.link(address).expect("the link arrived");
    verify(&scene.desk, NewPassword { link, password: PASSWORD.to_owned() }, BROWSER).await.unwrap()
}

async fn organisations(scene: &Scene, person: PersonId) -> Vec<(String, bool)> {
    let memberships = store::organisations::memberships(scene.desk.store.read(), person).await.unwrap();
    memberships.into_iter().map(|it| (it.organisation.name.clone(), it.organisation.confirmed_at.is_some())).collect()
}

on_both! {
    async fn reg_1_mila_signs_up_follows_the_link_and_is_in(scene) {
        let proof = solve(&challenge(&scene.desk)).expect("a challenge has a solution");
        let filled = SignUp { name: "Mila Novak".to_owned(), address: "mila@acme.example".to_owned(), proof };
        sign_up(&scene.desk, &visitor(), filled).await.unwrap();
        scene.settle().await;
        let link = scene.mail.link("mila@acme.example").expect("the link arrived");
        let new = NewPassword { link, password: PASSWORD.to_owned() };
        let entered = verify(&scene.desk, new, BROWSER).await.unwrap();
        let actor = enter(&scene.desk, &entered.token, BROWSER).await.unwrap();
        assert_eq!(actor.signed().unwrap().name, "Mila Novak");
        let pair = Credentials { address: "MILA@Acme.Example".to_owned(), password: PASSWORD.to_owned() };
        assert_eq!(sign_in(&scene.desk, pair, BROWSER).await.unwrap().person, entered.person);
    }

    async fn reg_1_a_proof_is_good_once(scene) {
        let first = form(&scene, "Mila Novak", "mila@acme.example");
        let again = SignUp { address: "other@acme.example".to_owned(), ..first.clone() };
        sign_up(&scene.desk, &visitor(), first).await.unwrap();
        let refused = sign_up(&scene.desk, &visitor(), again).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::Proof(CaptchaRefusal::Used)))));
    }

    async fn reg_1_a_link_works_once_and_for_a_day(scene) {
        sign_up(&scene.desk, &visitor(), form(&scene, "Mila Novak", "mila@acme.example")).await.unwrap();
        sign_up(&scene.desk, &visitor(), form(&scene, "Otto Falk", "otto@acme.example")).await.unwrap();
        scene.settle().await;
        let link = scene.mail.link("mila@acme.example").unwrap();
        let new = NewPassword { link, password: PASSWORD.to_owned() };
        verify(&scene.desk, new.clone(), BROWSER).await.unwrap();
        assert!(matches!(verify(&scene.desk, new, BROWSER).await, Err(Error::Refused(Refusal::LinkUsed))));
        scene.advance(SignedDuration::from_hours(24)).await;
        let late = NewPassword { link: scene.mail.link("otto@acme.example").unwrap(), password: PASSWORD.to_owned() };
        assert!(matches!(verify(&scene.desk, late, BROWSER).await, Err(Error::Refused(Refusal::LinkExpired))));
        let forged = NewPassword { link: "x".repeat(43), password: PASSWORD.to_owned() };
        assert!(matches!(verify(&scene.desk, forged, BROWSER).await, Err(Error::Refused(Refusal::LinkUnknown))));
    }

    async fn reg_1_a_weak_password_is_refused_and_the_link_still_works(scene) {
        sign_up(&scene.desk, &visitor(), form(&scene, "Mila Novak", "mila@acme.example")).await.unwrap();
        scene.settle().await;
        let link = scene.mail.link("mila@acme.example").unwrap();
        let weak = NewPassword { link: link.clone(), password: "acme2026".to_owned() };
        let Err(Error::Invalid(faults)) = verify(&scene.desk, weak, BROWSER).await else { panic!("it was taken") };
        assert!(matches!(faults[0].fault, Fault::WeakPassword { .. }));
        verify(&scene.desk, NewPassword { link, password: PASSWORD.to_owned() }, BROWSER).await.unwrap();
    }

    async fn reg_2_a_registered_address_gets_the_same_answer_and_another_mail(scene) {
        let known = sign_up(&scene.desk, &visitor(), form(&scene, "Dana", "DANA@acme.example")).await.unwrap();
        let new = sign_up(&scene.desk, &visitor(), form(&scene, "Mila", "mila@acme.example")).await.unwrap();
        scene.settle().await;
        assert_eq!((known.domain(), known.to_string().len()), (new.domain(), new.to_string().len()));
        assert_eq!(scene.mails(scene.cast.dana()), ["Already registered"]);
        assert_eq!(scene.mail.of("mila@acme.example"), ["Verification"]);
    }

    async fn reg_2_a_wrong_pair_never_says_which_half_is_wrong(scene) {
        let dana = Credentials { address: "dana@acme.example".to_owned(), password: "not-her-password-9".to_owned() };
        let nobody = Credentials { address: "nobody@acme.example".to_owned(), ..dana.clone() };
        assert!(matches!(sign_in(&scene.desk, dana, BROWSER).await, Err(Error::Refused(Refusal::WrongPair))));
        assert!(matches!(sign_in(&scene.desk, nobody, BROWSER).await, Err(Error::Refused(Refusal::WrongPair))));
    }

    async fn reg_2_the_sixth_guess_has_to_wait(scene) {
        let guess = |n: usize| Credentials { address: "dana@acme.example".to_owned(), password: format!("guess-{n}") };
        for n in 0..5 {
            assert!(matches!(sign_in(&scene.desk, guess(n), BROWSER).await, Err(Error::Refused(_))));
        }
        let right = Credentials { address: "dana@acme.example".to_owned(), password: PASSWORD.to_owned() };
        let Err(Error::Limited { until }) = sign_in(&scene.desk, right.clone(), BROWSER).await else {
            panic!("it was not limited")
        };
        scene.stage.clock.set(until);
        sign_in(&scene.desk, right, BROWSER).await.unwrap();
    }

    async fn reg_3_a_disposable_address_is_refused_and_a_public_one_stands_alone(scene) {
        let refused = sign_up(&scene.desk, &visitor(), form(&scene, "Max", "max@mailinator.com")).await;
        assert!(matches!(refused, Err(Error::Refused(Refusal::DisposableDomain { .. }))));
        let alone = joins(&scene, "Oskar Nyberg", "oskar@gmail.com").await;
        assert!(organisations(&scene, alone.person).await.is_empty());
    }

    async fn reg_4_the_second_person_of_a_domain_joins_the_first(scene) {
        let mila = joins(&scene, "Mila Novak", "mila@lab.acme.example").await;
        assert_eq!(organisations(&scene, mila.person).await, [("Acme Robotics".to_owned(), true)]);
    }

    async fn reg_5_the_first_person_of_an_unknown_domain_opens_an_unconfirmed_organisation(scene) {
        let wes = joins(&scene, "Wes Tanaka", "wes@halfmoon.example").await;
        let opened = organisations(&scene, wes.person).await;
        assert_eq!(opened.len(), 1);
        assert!(!opened[0].1, "it waits for an agent");
        let june = joins(&scene, "June Park", "june@halfmoon.example").await;
        assert_eq!(organisations(&scene, june.person).await, opened);
    }

    async fn reg_6_a_new_password_ends_the_other_sessions(scene) {
        let before = joins(&scene, "Mila Novak", "mila@acme.example").await;
        ask_reset(&scene.desk, &visitor(), "mila@acme.example").await.unwrap();
        scene.settle().await;
        let link = scene.mail.link("mila@acme.example").unwrap();
        let new = NewPassword { link, password: "slate-orchard-violin-83".to_owned() };
        let after = reset(&scene.desk, new, BROWSER).await.unwrap();
        assert!(matches!(enter(&scene.desk, &before.token, BROWSER).await.unwrap(), Actor::Visitor { .. }));
        assert!(matches!(enter(&scene.desk, &after.token, BROWSER).await.unwrap(), Actor::Person(_)));
        scene.settle().await;
        assert_eq!(scene.mail.of("mila@acme.example").last().map(String::as_str), Some("Password changed"));
    }

    async fn reg_2_asking_for_a_reset_says_the_same_for_an_unknown_address(scene) {
        ask_reset(&scene.desk, &visitor(), "nobody@acme.example").await.unwrap();
        scene.settle().await;
        assert!(scene.mail.of("nobody@acme.example").is_empty());
    }

    async fn reg_6_sign_out_everywhere_ends_every_session(scene) {
        let first = joins(&scene, "Mila Novak", "mila@acme.example").await;
        let pair = Credentials { address: "mila@acme.example".to_owned(), password: PASSWORD.to_owned() };
        let second = sign_in(&scene.desk, pair, BROWSER).await.unwrap();
        let actor = enter(&scene.desk, &second.token, BROWSER).await.unwrap();
        assert_eq!(sessions(&scene.desk, &actor).await.unwrap().len(), 2);
        sign_out_everywhere(&scene.desk, &actor).await.unwrap();
        for token in [first.token, second.token] {
            assert!(matches!(enter(&scene.desk, &token, BROWSER).await.unwrap(), Actor::Visitor { .. }));
        }
    }

    async fn an_idle_session_expires(scene) {
        let entered = joins(&scene, "Mila Novak", "mila@acme.example").await;
        scene.advance(SignedDuration::from_hours(24 * 14)).await;
        assert!(matches!(enter(&scene.desk, &entered.token, BROWSER).await.unwrap(), Actor::Visitor { .. }));
        assert!(matches!(enter(&scene.desk, "no token at all", BROWSER).await.unwrap(), Actor::Visitor { .. }));
    }
}
