//! `firstline backup` and `firstline restore` beside a server that runs, and what they say when it cannot be.

use std::{
    io::{BufRead, BufReader, Write},
    os::unix::net::UnixListener,
};

use super::process::{Home, get, mode};

#[test]
fn a_running_server_is_backed_up_and_the_folder_is_its_owners_alone() {
    let home = Home::new();
    let server = home.serve();
    let said = home.run(&["backup", "saved"]);
    assert!(said.well && said.out.contains("requests: 0, people: 1, attached files: 0"), "{said:?}");
    assert!(said.out.contains("keep firstline.toml yourself"), "{said:?}");
    assert_eq!(get(&server.address, "/support").0, 200, "it serves on");
    for (name, rights) in [("saved", "700"), ("saved/secret.key", "600")] {
        assert_eq!(mode(&home.path(name)), rights, "{name}");
    }
    let again = home.run(&["backup", "saved"]);
    assert!(
        !again.well && again.error.contains("saved holds a backup already; name a folder that is empty"),
        "{again:?}"
    );
    let tried = home.run(&["restore", "saved", "--verify"]);
    assert!(tried.well && tried.out.contains("a backup of SQLite as of 2"), "{tried:?}");
    let over = home.run(&["restore", "saved"]);
    assert!(!over.well && over.error.contains("data is not empty"), "{over:?}");
}

#[test]
fn a_backup_that_only_the_server_sees_is_none() {
    let home = Home::new();
    // A service with a /tmp of its own.
    let listener = UnixListener::bind(home.path("data/socket")).unwrap();
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = String::new();
        BufReader::new(stream.try_clone().unwrap()).read_line(&mut asked).unwrap();
        stream.write_all(b"{\"done\":\"Backed up.\"}\n").unwrap();
    });
    let said = home.run(&["backup", "saved"]);
    assert!(!said.well && said.error.contains("it sees another folder under that name"), "{said:?}");
    server.join().unwrap();
}

#[test]
fn a_desk_that_was_lost_serves_again() {
    let home = Home::new();
    assert!(home.run(&["backup", "saved"]).well, "also while nobody serves");
    std::fs::rename(home.path("data"), home.path("lost")).unwrap();
    let restored = home.run(&["restore", "saved"]);
    assert!(restored.well && restored.out.ends_with("All is well; start `firstline serve`.\n"), "{restored:?}");
    assert_eq!(mode(&home.path("data")), "700");
    assert_eq!(mode(&home.path("data/secret.key")), "600");
    let key = |folder: &str| std::fs::read(home.path(folder).join("secret.key")).unwrap();
    assert_eq!(key("data"), key("lost"), "links that are under way go on leading somewhere");
    let server = home.serve();
    assert_eq!(get(&server.address, "/support").0, 200);
}

#[test]
fn a_backup_that_broke_off_is_recognised() {
    let home = Home::new();
    home.run(&["backup", "saved"]);
    std::fs::remove_file(home.path("saved/manifest.json")).unwrap();
    let refused = home.run(&["restore", "saved", "--verify"]);
    assert!(!refused.well && refused.error.contains("no backup, or one that broke off before its end"), "{refused:?}");
    let again = home.run(&["backup", "saved"]);
    assert!(!again.well && again.error.contains("saved is not empty; name a folder that is"), "{again:?}");
    std::fs::write(home.path("saved/manifest.json"), "{\"format\": 1").unwrap();
    let refused = home.run(&["restore", "saved", "--verify"]);
    assert!(!refused.well && refused.error.contains("it is damaged: it does not read as JSON"), "{refused:?}");
    let nowhere = home.run(&["restore", "nowhere", "--verify"]);
    assert!(!nowhere.well && nowhere.error.contains("nowhere is no folder"), "{nowhere:?}");
}

#[test]
fn a_restore_that_broke_off_is_no_desk() {
    let home = Home::new();
    home.run(&["backup", "saved"]);
    // The mark that a restore puts down first and takes away last.
    std::fs::write(home.path("data/restoring"), "").unwrap();
    let refused = home.run(&["serve"]);
    assert!(!refused.well && refused.error.contains("data holds a restore that broke off; empty it"), "{refused:?}");
}

#[test]
fn a_list_of_erasures_that_is_none_is_refused_before_anything_is_made() {
    let home = Home::new();
    home.run(&["backup", "saved"]);
    std::fs::rename(home.path("data"), home.path("lost")).unwrap();
    std::fs::write(home.path("list"), "2026-11-20T16:40:00Z 17\nDana\n").unwrap();
    let refused = home.run(&["restore", "saved", "--erasures", "list"]);
    assert!(!refused.well && refused.error.contains("list, line 2: this is no erasure"), "{refused:?}");
    assert!(!home.path("data").exists());
}

#[test]
fn a_backup_of_a_newer_release_is_refused() {
    let home = Home::new();
    home.run(&["backup", "saved"]);
    let newer = std::fs::read_to_string(home.path("saved/manifest.json")).unwrap();
    std::fs::write(home.path("saved/manifest.json"), newer.replace("m0001_first", "m9999_later")).unwrap();
    let refused = home.run(&["restore", "saved", "--verify"]);
    assert!(
        !refused.well && refused.error.contains("steps that this one (0.1.0) does not know: m9999_later"),
        "{refused:?}"
    );
}
