//! Whether the time of an answer tells if an address is registered (REG-2): each verb, for a known and an unknown address in
//! turn, on SQLite with a real disk. Prints medians as Markdown; `docs/security.md` keeps them.

use std::{
    io::Write,
    sync::Arc,
    time::{Duration, Instant},
};

use desk::{
    Actor, Desk, SecretMails, Settings,
    people::{Browser, Credentials, SignUp, ask_reset, sign_in, sign_up},
    policy::NewPolicy,
};
use jiff::SignedDuration;
use rules::people::SecretKey;
use store::{Place, Store};
use testkit::Mailboxes;
use world::{Cast, Stage};

const TIMES: usize = 40;
const POLICY: &str = include_str!("../../../policies/allure-testops.toml");

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "a measurement reads the clock")]
async fn main() {
    let folder = tempfile::TempDir::new().expect("there is room for a folder");
    let store = Store::open(&Place::Folder(folder.path().to_owned())).await.expect("the database opens");
    let stage = Stage::new("2026-11-16T08:00:00Z".parse().expect("an instant"), 1, Arc::new(Mailboxes::new()));
    let settings = Settings {
        base_url: "https://help.desk.example".to_owned(),
        secret_key: SecretKey::new(*b"a key for measuring, and only it"),
        secret_mails: SecretMails::Forget,
    };
    let desk = stage.desk(store, settings);
    let policy = NewPolicy { source: POLICY.to_owned(), from: None };
    desk::policy::apply(&desk, &Actor::DESK, policy).await.expect("the policy holds together");
    let cast = Cast::small(&desk, &stage).await.expect("the cast arrives");
    let mut out = std::io::stdout();
    writeln!(out, "| what | registered | unknown |\n|---|---|---|").expect("standard output");
    for what in ["a wrong password", "asking for a reset", "signing up"] {
        let mut taken = [vec![], vec![]];
        for n in 0..TIMES {
            for (which, address) in [cast.dana().address.clone(), format!("nobody-{n}@acme.example")].iter().enumerate()
            {
                // A day later nobody is limited.
                stage.clock.set(desk.now().plus(SignedDuration::from_hours(25)));
                let proof = world::proof(&desk).expect("the proof holds");
                let begun = Instant::now();
                once(&desk, what, address, proof).await;
                taken[which].push(begun.elapsed());
            }
        }
        let [known, unknown] = taken.map(median);
        writeln!(out, "| {what} | {known:.2} ms | {unknown:.2} ms |").expect("standard output");
    }
}

async fn once(desk: &Desk, what: &str, address: &str, proof: String) {
    let address = address.to_owned();
    let visitor = Actor::Visitor { network: "203.0.113.7".to_owned() };
    match what {
        "a wrong password" => {
            let pair = Credentials { address, password: "not-the-password-9".to_owned() };
            let from = Browser { network: "203.0.113.7", agent: "", session: None, known: None };
            sign_in(desk, pair, from).await.expect_err("the password is wrong");
        }
        "signing up" => {
            let form = SignUp { name: "Mila Novak".to_owned(), address, proof };
            sign_up(desk, &visitor, form).await.expect("the form is complete");
        }
        _ => drop(ask_reset(desk, &visitor, &address).await.expect("an address")),
    }
}

/// In milliseconds.
fn median(mut taken: Vec<Duration>) -> f64 {
    taken.sort_unstable();
    taken[taken.len() / 2].as_secs_f64() * 1000.0
}
