//! `firstline doctor`: what administrators read when something is not as it should be.

use std::os::unix::fs::PermissionsExt;

use testkit::on_both;

use super::{backup::Beside, process::Home};

#[test]
fn a_sound_desk_is_well_while_it_serves_and_while_not() {
    let home = Home::new();
    for (line, is_served) in [("ok   server           it runs and is ready", true), ("none runs on this folder", false)]
    {
        let server = is_served.then(|| home.serve());
        let said = home.run(&["doctor"]);
        assert!(said.well && said.out.contains(line), "{said:?}");
        assert!(said.out.contains("ok   durability       journal_mode = wal, synchronous = 1"), "{said:?}");
        assert!(said.out.contains("ok   policy           version 1, of Allure TestOps"), "{said:?}");
        assert!(said.out.ends_with("It works; 1 to look at.\n") && said.out.contains("warn mail"), "{said:?}");
        drop(server);
    }
}

#[test]
fn what_is_wrong_is_said_with_what_to_do() {
    let home = Home::new();
    let open =
        |name: &str, mode| std::fs::set_permissions(home.path(name), std::fs::Permissions::from_mode(mode)).unwrap();
    open("data", 0o755);
    open("data/secret.key", 0o644);
    let smtp = "[smtp]\nhost = \"localhost\"\nport = 1\nfrom = \"support@vendor.example\"\nfrom_name = \"Vendor\"\n";
    home.configure("# [smtp]\n", smtp);
    let said = home.run(&["doctor"]);
    assert!(!said.well && said.out.ends_with("2 failed, 1 to look at.\n"), "{said:?}");
    for words in
        ["warn data folder      data is open to others (755)", "now: run chmod 600 data/secret.key", "fail mail"]
    {
        assert!(said.out.contains(words), "{words}: {said:?}");
    }
    let json: serde_json::Value = serde_json::from_str(&home.run(&["doctor", "--json"]).out).unwrap();
    assert_eq!(json["well"], false);
    let key = json["findings"].as_array().unwrap().iter().find(|finding| finding["what"] == "secret key").unwrap();
    assert_eq!((&key["verdict"], &key["now"]), (&"fail".into(), &"run chmod 600 data/secret.key".into()));
}

#[test]
fn no_configuration_and_no_folder_are_findings_too() {
    let nothing = Home::empty().run(&["doctor"]);
    assert!(!nothing.well && nothing.out.contains("fail configuration    run `firstline init`"), "{nothing:?}");
    let home = Home::new();
    home.configure("data_dir = \"data\"", "data_dir = \"nowhere\"");
    let said = home.run(&["doctor"]);
    assert!(!said.well && said.out.contains("fail data folder      nowhere is not there"), "{said:?}");
    assert!(!home.path("nowhere").exists(), "looking makes nothing");
}

#[test]
fn a_damaged_database_is_found() {
    let home = Home::new();
    let file = home.path("data/db/firstline.db");
    let mut bytes = std::fs::read(&file).unwrap();
    // The second page and those behind it; the first says that it is a database.
    bytes[4096..16 * 4096].fill(0x5a);
    std::fs::write(&file, bytes).unwrap();
    let said = home.run(&["doctor"]);
    assert!(!said.well && said.out.contains("fail database"), "{said:?}");
}

on_both! {
    async fn the_database_says_how_it_is(scene) {
        scene.files(&scene.dana().await, "bug", "Launches do not close").await;
        let said = Beside::new().run(scene.desk.store.place(), &["doctor", "--json"]);
        let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let find = |what: &str| {
            let all = json["findings"].as_array().unwrap();
            all.iter().find(|finding| finding["what"] == what).unwrap_or_else(|| panic!("{what}: {json:#}")).clone()
        };
        assert_eq!(find("database")["verdict"], "ok");
        assert_eq!(find("schema")["verdict"], "ok");
        // The story's time may lie before or behind this machine's.
        assert!(find("time")["why"].as_str().unwrap().contains("2026-11-16T08:00:00Z"), "{json:#}");
        if let store::Place::Postgres { url, .. } = scene.desk.store.place() {
            assert_eq!(find("durability")["verdict"], "fail", "the server of the tests runs with fsync off");
            assert_eq!(find("database time")["verdict"], "ok");
            let gone = format!("{url}_that_is_not_there");
            let gone = store::Place::Postgres { url: gone, folder: scene.folder.path().to_owned() };
            let said = Beside::new().run(&gone, &["doctor"]);
            assert!(!said.well && said.out.contains("fail database"), "{said:?}");
        }
    }
}
