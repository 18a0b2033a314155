//! What is made so that a route can name it: builds, simulations, bugs and reports of them.

use bytes::Bytes;
use desk::{
    Actor,
    bugs::{self, Accepted, Says},
};
use rules::{
    bugs::{
        Bug, Severity, Source,
        affected::{Choice, Holder, Lot, Recipient, Why},
    },
    events::State,
    ids::BugId,
};
use store::circulars::NewCircular;

use store::tracker::{NewComment, NewLink, NewTracker};

use super::{Knocking, Named, Names};

impl Knocking<'_> {
    /// A bug that everybody may read of.
    pub(super) async fn bug(&self) -> BugId {
        let desk = &self.house.scene.desk;
        let says = Says {
            title: "Exports lose a line".into(),
            public: true,
            said: "Exports lose their last line.".into(),
            ..Says::default()
        };
        let life = Bug::new(BugId(0), Severity::Major, Source::OwnTests);
        let tx = desk.store.begin().await.unwrap();
        let id = store::bugs::insert(&tx, &life, &says, (None, desk.now())).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A message about a bug, to its owner.
    pub(super) async fn circular(&self) -> i64 {
        let (desk, bug) = (&self.house.scene.desk, self.bug().await);
        let lead = self.house.actor(super::Role::Lead).await.unwrap();
        let (person, by) = (self.owner().signed().unwrap().person, lead.signed().unwrap().person);
        let text = bugs::Written { language: "en".into(), subject: "Exports".into(), body: "They lose a line.".into() };
        let (choice, form) = (Choice::default(), format!("{bug}"));
        let now = desk.now();
        let new = NewCircular { bug, form: &form, texts: &[text], choice: &choice, by, left_out: 0, now };
        let to = Recipient { person, holder: Holder::Person(person), why: Why::Themselves, lot: Lot::default() };
        let tx = desk.store.begin().await.unwrap();
        let id = store::circulars::insert(&tx, new, &[to]).await.unwrap();
        tx.commit().await.unwrap();
        id.0
    }

    /// A bug where a tracker is set up; with its issue, or with a comment.
    pub(super) async fn mirrored(&self) -> Named {
        let desk = &self.house.scene.desk;
        let bug = self.bug().await;
        let now = desk.now();
        let lead = self.house.actor(super::Role::Lead).await.unwrap().signed().unwrap().person;
        let tx = desk.store.begin().await.unwrap();
        let (base_url, repository) = ("https://api.github.com", "acme/shop");
        let new = NewTracker { base_url, repository, token: b"none", secret: b"none", by: lead, now };
        store::tracker::set(&tx, new).await.unwrap();
        if self.case.names == Names::Issue {
            let new = NewLink { bug, repository, issue: Some(bug.0), url: "https://x.example", by: Some(lead), now };
            store::tracker::insert(&tx, new).await.unwrap();
        }
        let new = NewComment { bug, by: Some(lead), body: "Seen.", public: false, reason: false, now };
        let other = store::tracker::add_comment(&tx, new).await.unwrap().0;
        tx.commit().await.unwrap();
        Named { id: bug.0, other, ..Named::default() }
    }

    /// A report: alone, in a bug, or asked to confirm its fix.
    pub(super) async fn report(&self) -> Named {
        let desk = &self.house.scene.desk;
        let id = self.request(&[]).await;
        if self.case.names == Names::ReportInBug {
            let new = Accepted::New { title: "Exports lose a line".into(), severity: Severity::Major };
            let lead = self.house.actor(super::Role::Lead).await.unwrap();
            bugs::accept(desk, &lead, id, new).await.unwrap();
        }
        if self.case.names == Names::ToConfirm {
            let tx = desk.store.begin().await.unwrap();
            store::tickets::set_state(&tx, id, State::ToConfirm, desk.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
        Named { id: id.0, ..Named::default() }
    }

    pub(super) async fn tool(&self) -> i64 {
        let content = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"a build"))]);
        // Each knock publishes one of its own.
        let version = format!("{:?}", self.house.scene.desk.draw::<8>());
        let new = desk::migration::NewBuild { version, platform: "any".to_owned(), name: "mover".to_owned() };
        desk::migration::add_tool(&self.house.scene.desk, &Actor::DESK, new, content).await.unwrap().0
    }

    pub(super) async fn simulation(&self) -> i64 {
        let desk = &self.house.scene.desk;
        let asked_by = self.actor.as_ref().unwrap_or(&self.house.other).signed().unwrap().person;
        let since = jiff::civil::date(2026, 11, 1);
        let new = store::simulations::NewSimulation { asked_by, source: "", since, total: 1, now: desk.now() };
        let tx = desk.store.begin().await.unwrap();
        let id = store::simulations::insert(&tx, new).await.unwrap();
        tx.commit().await.unwrap();
        id.0
    }
}
