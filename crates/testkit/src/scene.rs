//! A desk with its people, at eight on a Monday morning.

use std::sync::Arc;

use desk::{Actor, Desk, SecretMails, Settings, policy::NewPolicy, ports::Postman, schedule};
use jiff::SignedDuration;
use rules::{ids::TicketId, instant::Instant, people::SecretKey};
use store::{Place, Store};
use tempfile::TempDir;
use world::{Cast, Filing, Member, Stage};

use crate::{Engine, Mailboxes};

/// Everything that a story needs.
#[derive(Debug)]
pub struct Scene {
    pub desk: Desk,
    pub stage: Stage,
    pub mail: Mailboxes,
    pub cast: Cast,
    pub folder: TempDir,
    settings: Settings,
    place: Place,
}

/// The reference policy.
const POLICY: &str = include_str!("../../../policies/allure-testops.toml");
/// A Monday, when the desk opens.
const START: &str = "2026-11-16T08:00:00Z";

impl Scene {
    /// With the small cast, the reference policy and empty mailboxes.
    pub async fn open(engine: Engine) -> Self {
        let mail = Mailboxes::new();
        let scene = Self::posting(engine, Arc::new(mail.clone())).await;
        for member in scene.cast.all() {
            mail.take(&member.address);
        }
        Self { mail, ..scene }
    }

    /// The same, with another postman; `mail` stays empty.
    pub async fn posting(engine: Engine, postman: Arc<dyn Postman>) -> Self {
        let folder = TempDir::new().expect("there is room for a folder");
        // A story's folder lasts as long as the story: nobody waits for the disk.
        let place = engine.place(folder.path()).await;
        let store = Store::open_unsynced(&place).await.expect("the database opens");
        // The people arrive over the weekend, so that the story begins on Monday.
        let stage = Stage::new(instant("2026-11-14T08:00:00Z"), 1, postman);
        let settings = Settings {
            base_url: "https://help.desk.example".to_owned(),
            secret_key: SecretKey::new(*b"a key for stories, and only them"),
            secret_mails: SecretMails::Forget,
        };
        let desk = stage.desk(store, settings.clone());
        let policy = NewPolicy { source: POLICY.to_owned(), from: None };
        desk::policy::apply(&desk, &Actor::DESK, policy).await.expect("the reference policy holds together");
        let cast = Cast::small(&desk, &stage).await.expect("the cast arrives");
        let scene = Self { desk, stage, mail: Mailboxes::new(), cast, folder, settings, place };
        scene.at(START).await;
        scene
    }

    /// Another node: a desk with connections of its own to the same PostgreSQL database.
    pub async fn node(&self) -> Desk {
        let store = Store::open_unsynced(&self.place).await.expect("the database opens once more");
        self.stage.desk(store, self.settings.clone())
    }

    /// Lets time pass up to an instant.
    pub async fn at(&self, instant_text: &str) {
        self.stage.pass_until(&self.desk, instant(instant_text)).await.expect("time passes");
    }

    /// Lets that much time pass.
    pub async fn advance(&self, length: SignedDuration) {
        self.stage.pass(&self.desk, length).await.expect("time passes");
    }

    /// Does what is due now.
    pub async fn settle(&self) {
        schedule::settle(&self.desk).await.expect("the desk settles");
    }

    pub async fn actor(&self, member: &Member) -> Actor {
        member.actor(&self.desk).await.expect("they are there")
    }

    /// Dana as an actor.
    pub async fn dana(&self) -> Actor {
        self.actor(self.cast.dana()).await
    }

    /// Ines as an actor.
    pub async fn ines(&self) -> Actor {
        self.actor(self.cast.ines()).await
    }

    /// Ravi, Dana's colleague, as an actor.
    pub async fn ravi(&self) -> Actor {
        self.actor(self.cast.ravi()).await
    }

    /// Theo as an actor.
    pub async fn theo(&self) -> Actor {
        self.actor(self.cast.theo()).await
    }

    /// A complete form of a type.
    pub async fn form(&self, request_type: &str, subject: &str) -> Filing {
        let policy = self.desk.policy().await.expect("a policy is in force");
        world::complete(policy.policy(), &request_type.into(), subject, "What happens, in a few words.")
    }

    /// The actor files a request of that type; its number.
    pub async fn files(&self, actor: &Actor, request_type: &str, subject: &str) -> TicketId {
        let filing = self.form(request_type, subject).await;
        let ticket = world::file(&self.desk, actor, filing).await.expect("the form is complete");
        self.settle().await;
        ticket
    }

    /// A member of staff replies; the state stays or opens.
    pub async fn replies(&self, actor: &Actor, ticket: TicketId, body: &str) -> desk::tickets::Replied {
        let answer = desk::tickets::Answer { text: world::text(body), after: rules::tickets::AfterReply::KeepState };
        let replied = desk::tickets::reply(&self.desk, actor, ticket, answer).await.expect("the reply is taken");
        self.settle().await;
        replied
    }

    /// What lies in somebody's mailbox, a line each.
    pub fn mails(&self, member: &Member) -> Vec<String> {
        self.mail.of(&member.address)
    }
}

fn instant(text: &str) -> Instant {
    text.parse().expect("an instant is written in RFC 3339")
}
