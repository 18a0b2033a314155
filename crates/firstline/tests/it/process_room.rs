//! A disk that fills up under a serving desk, and has room again. The disk is a small one in memory, in a namespace of
//! the server's own, so that it goes with the server.

use std::{
    fs::File,
    io::{ErrorKind, Write},
    path::PathBuf,
    process::Command,
};

use super::process::{Home, Server, ask, get};

const BANNER: &str = "For the moment nothing can be sent or changed here";

/// A desk whose data folder lies on a disk of 16 MiB.
fn on_a_small_disk(home: &Home) -> Server {
    home.configure("data_dir = \"data\"", "data_dir = \"disk/data\"");
    std::fs::create_dir(home.path("disk")).unwrap();
    let becomes = "mount -t tmpfs -o size=16m tmpfs disk && cp -a data disk/ && exec \"$0\" serve";
    let plain = home.command(&[]);
    let mut command = Command::new("unshare");
    command.args(["-rm", "sh", "-c", becomes]).arg(plain.get_program()).current_dir(plain.get_current_dir().unwrap());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    home.serve_by(command)
}

/// Takes all the room that is left; the file that takes it, as seen from here.
fn fill(home: &Home, server: &Server) -> PathBuf {
    let inside = home.path("disk/filler");
    let path = PathBuf::from(format!("/proc/{}/root{}", server.id(), inside.display()));
    let mut file = File::create(&path).unwrap();
    loop {
        match file.write_all(&[0x5a; 4096]) {
            Err(error) if error.kind() == ErrorKind::StorageFull => return path,
            written => written.unwrap(),
        }
    }
}

fn sign_in(server: &Server) -> super::process::Whole {
    ask(&server.address, "POST /sign-in", "", "address=dana%40acme.example&password=a-secret-of-hers")
}

/// Asks until the answer is as wanted, far more often than it takes.
fn until<T>(ask: impl Fn() -> T, is_wanted: impl Fn(&T) -> bool) -> T {
    for _ in 0..50_000 {
        let answer = ask();
        if is_wanted(&answer) {
            return answer;
        }
    }
    panic!("what was waited for never came");
}

#[test]
fn a_full_disk_says_so_gives_back_what_was_typed_and_ends_by_itself() {
    let home = Home::new();
    let mut server = on_a_small_disk(&home);
    assert!(!get(&server.address, "/support").1.contains(BANNER));
    let filler = fill(&home, &server);
    let refused = until(|| sign_in(&server), |answer| answer.status == 503);
    assert_eq!(refused.header("retry-after"), Some("60"));
    assert!(refused.body.contains("This cannot be taken just now"), "{}", refused.body);
    assert!(refused.body.contains("dana@acme.example") && !refused.body.contains("a-secret-of-hers"));
    let (status, page) = get(&server.address, "/support");
    assert!(status == 200 && page.contains(BANNER), "reading goes on, under a banner");
    assert!(server.health("/metrics").1.contains("\nfirstline_writes 0\n"));
    assert_eq!(server.health("/healthz").0, 200);
    std::fs::remove_file(filler).unwrap();
    until(|| get(&server.address, "/support").1, |page| !page.contains(BANNER));
    server.logs("there is room again");
    assert!(sign_in(&server).status < 500);
    assert!(server.health("/metrics").1.contains("\nfirstline_writes 1\n"));
}
