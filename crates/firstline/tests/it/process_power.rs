//! A disk that refuses a sync under a serving desk: the process is the real one, its disk breaks when a file appears.

use std::{
    fs::{self, File},
    process::Command,
};

use super::process::{Home, Server, ask, get};

/// A desk on a disk that is broken while the file `broken` is there.
fn on_a_dying_disk(home: &Home) -> Server {
    let library = home.path("broken_disk.so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/broken_disk.c");
    let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).arg("-ldl").status();
    assert!(built.unwrap().success());
    let mut command = home.command(&["serve"]);
    command.env("LD_PRELOAD", library).env("BROKEN_DISK", home.path("broken"));
    home.serve_by(command)
}

fn sign_in(server: &Server) -> super::process::Whole {
    ask(&server.address, "POST /sign-in", "", "address=dana%40acme.example&password=a-secret-of-hers")
}

#[test]
fn a_refused_sync_is_answered_by_nobody_and_ends_writing_until_a_new_start() {
    let home = Home::new();
    let mut server = on_a_dying_disk(&home);
    let added = home.run(&["staff", "add", "Theo <theo@vendor.example>", "--grant", "agent"]);
    assert!(added.well, "{added:?}");
    assert!(sign_in(&server).status < 500);
    assert!(server.health("/metrics").1.contains("\nfirstline_writes 1\n"));

    File::create(home.path("broken")).unwrap();
    let refused = sign_in(&server);
    assert_eq!(refused.status, 503, "{}", refused.body);
    assert!(!refused.body.contains("a-secret-of-hers"));
    server.logs("the disk did not take the log");
    let lost = home.run(&["staff", "add", "Nele <nele@vendor.example>", "--grant", "agent"]);
    assert!(!lost.well, "nothing is acknowledged that no disk has: {lost:?}");

    fs::remove_file(home.path("broken")).unwrap();
    assert_eq!(sign_in(&server).status, 503, "the sync that succeeds now may lack what the refused one lost");
    let (status, page) = get(&server.address, "/support");
    assert!(status == 200 && page.contains("nothing can be sent or changed here"), "reading goes on, under a banner");
    assert!(server.health("/metrics").1.contains("\nfirstline_writes 0\n"));
    server.signal("TERM");
    assert!(server.ended(), "it stops as ever");

    let server = home.serve();
    assert!(sign_in(&server).status < 500, "a new start writes again");
    let again = home.run(&["staff", "add", "Theo <theo@vendor.example>", "--grant", "agent"]);
    assert!(again.well && again.out.contains("Theo"), "what was acknowledged is there: {again:?}");
}
