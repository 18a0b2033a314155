//! A backup of a desk that is in use, restored into an empty place on both engines: everything is there, whoever was
//! erased since is gone again, and what is wrong with a backup is said.

use std::path::{Path, PathBuf};

use desk::{Actor, people::erase};
use rules::ids::PersonId;
use store::{
    Place, Store,
    erasures::{Erasure, Whom},
};
use testkit::{Engine, Scene, on_both};

use super::process::{Home, Said};

/// The binary beside a scene, which goes on holding its database open.
pub(crate) struct Beside {
    home: Home,
}

impl Beside {
    pub(crate) fn new() -> Self {
        Self { home: Home::empty() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path(name)
    }

    /// Runs a command on a place.
    pub(crate) fn run(&self, place: &Place, arguments: &[&str]) -> Said {
        self.run_given(place, arguments, "")
    }

    /// The same, with something on standard input.
    pub(crate) fn run_given(&self, place: &Place, arguments: &[&str], input: &str) -> Said {
        let given = self.path("input");
        std::fs::write(&given, input).unwrap();
        let mut command = self.home.command(arguments);
        command.stdin(std::fs::File::open(&given).unwrap());
        command.env("FIRSTLINE_BASE_URL", "https://help.desk.example").env("FIRSTLINE_DATA_DIR", place.folder());
        if let Place::Postgres { url, .. } = place {
            command.env("FIRSTLINE_DATABASE", url);
        }
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { out: text(output.stdout), error: text(output.stderr), well: output.status.success() }
    }

    /// Backs a scene up into `backup`.
    pub(crate) fn backup(&self, scene: &Scene) -> Said {
        let said = self.run(scene.desk.store.place(), &["backup", "backup"]);
        assert!(said.well, "{said:?}");
        said
    }

    /// An empty place of the same engine.
    pub(crate) async fn empty(&self, like: &Place) -> Place {
        let engine = if matches!(like, Place::Folder(_)) { Engine::Sqlite } else { Engine::Postgres };
        engine.place(&self.path("restored")).await
    }
}

async fn a_busy_week(scene: &Scene) {
    let dana = scene.dana().await;
    let bug = scene.files(&dana, "bug", "Launches do not\tclose \\N\nat all").await;
    scene.files(&scene.actor(scene.cast.ravi()).await, "question", "Which role may only read?").await;
    scene.replies(&scene.ines().await, bug, "We look into it. Ünïcode \\. too").await;
    scene.advance(jiff::SignedDuration::from_hours(30)).await;
}

fn flip(file: &Path) {
    let mut bytes = std::fs::read(file).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(file, bytes).unwrap();
}

on_both! {
    async fn a_restored_desk_is_the_one_that_was_backed_up(scene) {
        a_busy_week(&scene).await;
        let beside = Beside::new();
        let said = beside.backup(&scene);
        assert!(said.out.contains("requests: 2, people: "), "{said:?}");
        assert!(said.out.contains("It holds secret.key"), "{said:?}");
        assert!(beside.path("backup/policies/1.toml").exists());
        let place = beside.empty(scene.desk.store.place()).await;
        let tried = beside.run(&place, &["restore", "backup", "--verify"]);
        assert!(tried.well && tried.out.ends_with("This backup is whole.\n"), "{tried:?}");
        assert!(!place.folder().exists(), "trying it makes nothing");

        let restored = beside.run(&place, &["restore", "backup"]);

        assert!(restored.well && restored.out.contains("of 2 requests anew from "), "{restored:?}");
        assert!(restored.out.contains("No list of erasures from after the backup was at hand"), "{restored:?}");
        let store = Store::open(&place).await.unwrap();
        let (old, new) = (scene.desk.store.read(), store.read());
        for id in store::tickets::all(old).await.unwrap() {
            let (was, is) = (store::bulk::read(old, id).await.unwrap(), store::bulk::read(new, id).await.unwrap());
            assert_eq!(format!("{was:?}"), format!("{is:?}"));
            for file in store::attachments::of_ticket(new, id).await.unwrap() {
                assert!(store.blobs().holds(&file.blob).await.unwrap());
            }
        }
        // The next number is one that nobody had.
        let tx = store.begin().await.unwrap();
        let next = store::people::insert(&tx, "Pim", scene.desk.now()).await.unwrap();
        assert!(scene.cast.all().iter().all(|member| member.person < next));
    }

    async fn prv_1_who_was_erased_since_is_erased_again(scene) {
        a_busy_week(&scene).await;
        let beside = Beside::new();
        beside.backup(&scene);
        let dana = scene.cast.dana().person;
        erase(&scene.desk, &Actor::DESK, dana).await.unwrap();
        let list = scene.folder.path().join("erasures.log");
        let text = std::fs::read_to_string(&list).unwrap();
        assert_eq!(text, format!("{} {dana}\n", scene.desk.now()), "an instant and a number, nothing else");
        let place = beside.empty(scene.desk.store.place()).await;

        let restored = beside.run(&place, &["restore", "backup", "--erasures", list.to_str().unwrap()]);

        assert!(restored.well && restored.out.contains("Erased one person again"), "{restored:?}");
        let store = Store::open(&place).await.unwrap();
        let person = store::people::get(store.read(), dana).await.unwrap();
        assert!(person.erased_at.is_some() && person.name.is_empty(), "{person:?}");
        assert_eq!(std::fs::read_to_string(place.folder().join("erasures.log")).unwrap(), text);
    }

    async fn prv_1_a_number_that_was_given_again_is_somebody_elses(scene) {
        let dana = scene.cast.dana().person;
        let arrived = store::people::get(scene.desk.store.read(), dana).await.unwrap().created_at;
        let before = Erasure { whom: Whom::Person(dana), at: arrived.plus(jiff::SignedDuration::from_secs(-1)) };
        let unknown = Erasure { whom: Whom::Person(PersonId(4711)), at: scene.desk.now() };
        let again = desk::people::erase_again(&scene.desk, &[before, unknown]).await.unwrap();
        assert!(again.is_empty());
        let at_once = Erasure { whom: Whom::Person(dana), at: arrived };
        assert_eq!(desk::people::erase_again(&scene.desk, &[at_once]).await.unwrap(), [Whom::Person(dana)]);
    }

    async fn a_clock_that_is_kept_otherwise_than_its_events_tell_is_found(scene) {
        a_busy_week(&scene).await;
        let ticket = store::tickets::all(scene.desk.store.read()).await.unwrap()[0];
        let tx = scene.desk.store.begin().await.unwrap();
        store::sla::replace(&tx, ticket, &[]).await.unwrap();
        tx.commit().await.unwrap();
        let beside = Beside::new();
        beside.backup(&scene);
        let place = beside.empty(scene.desk.store.place()).await;
        let tried = beside.run(&place, &["restore", "backup", "--verify"]);
        assert!(!tried.well, "{tried:?}");
        assert!(tried.out.contains(&format!("wrong: request {ticket}: its clocks are kept as []; its events tell [")), "{tried:?}");
    }

    async fn a_damaged_backup_is_named_file_by_file_and_restores_nothing(scene) {
        a_busy_week(&scene).await;
        let beside = Beside::new();
        beside.backup(&scene);
        let manifest = std::fs::read_to_string(beside.path("backup/manifest.json")).unwrap();
        let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
        let hash = manifest["blobs"][0]["sha256"].as_str().unwrap();
        let blob = format!("blobs/kept/{}/{}", &hash[..2], &hash[2..]);
        let database = manifest["files"][0]["path"].as_str().unwrap();
        flip(&beside.path(&format!("backup/{blob}")));
        flip(&beside.path(&format!("backup/{database}")));
        std::fs::remove_file(beside.path("backup/secret.key")).unwrap();
        let place = beside.empty(scene.desk.store.place()).await;
        for arguments in [&["restore", "backup", "--verify"][..], &["restore", "backup"]] {
            let refused = beside.run(&place, arguments);
            assert!(!refused.well, "{refused:?}");
            for wrong in [
                format!("wrong: {blob} holds something else than was written"),
                format!("wrong: {database} holds something else than was written"),
                "wrong: secret.key is gone".to_owned(),
            ] {
                assert!(refused.out.contains(&wrong), "{wrong}: {refused:?}");
            }
            assert!(!place.folder().exists());
        }
    }

    async fn nothing_is_restored_over_something_else(scene) {
        a_busy_week(&scene).await;
        let beside = Beside::new();
        beside.backup(&scene);
        let over = beside.run(scene.desk.store.place(), &["restore", "backup"]);
        assert!(!over.well && over.error.contains("is not empty: there is "), "{over:?}");
        if let Place::Postgres { url, .. } = scene.desk.store.place() {
            let place = Place::Postgres { url: url.clone(), folder: beside.path("restored") };
            let over = beside.run(&place, &["restore", "backup"]);
            assert!(!over.well && over.error.contains("the database has tables already"), "{over:?}");
            let other = beside.run(&Place::Folder(beside.path("other")), &["restore", "backup"]);
            assert!(other.error.contains("this backup is of PostgreSQL, and the configuration names SQLite"), "{other:?}");
        }
    }
}
