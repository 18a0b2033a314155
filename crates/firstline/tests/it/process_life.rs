//! A server's life: it is made, holds its folder, hears signals, is killed and comes back.

use std::{io::Write, net::TcpStream, os::unix::net::UnixStream};

use super::process::{Home, answer, get, mode};

#[test]
fn ada_makes_a_desk_and_its_secrets_are_hers_alone() {
    let home = Home::new();
    let again = home.run(&["init", "--base-url", "http://127.0.0.1:1", "--administrator", "Ada <ada@vendor.example>"]);
    assert!(!again.well && again.error.contains("firstline.toml is there already"), "{again:?}");
    assert_eq!(mode(&home.path("data/secret.key")), "600");
    std::process::Command::new("chmod").arg("640").arg(home.path("data/secret.key")).status().unwrap();
    let refused = home.run(&["serve"]);
    assert!(
        !refused.well && refused.error.contains("others can read data/secret.key; run chmod 600 on it"),
        "{refused:?}"
    );
}

#[test]
fn a_serving_desk_answers_people_and_whoever_watches_over_it() {
    let home = Home::new();
    let mut server = home.serve();
    assert_eq!(server.health("/healthz"), (200, "ok\n".to_owned()));
    assert_eq!(server.health("/readyz"), (200, "ok\n".to_owned()));
    let asked = home.run(&["health"]);
    assert!(asked.well && asked.out == "ready\n", "{asked:?}");
    let (status, page) = get(&server.address, "/support");
    assert!(status == 200 && page.contains("Allure TestOps"), "{status} {page}");
    assert_eq!(get(&server.address, "/healthz").0, 404, "health is not for the world");
    assert_eq!(mode(&home.path("data/socket")), "600");
    server.signal("TERM");
    assert!(server.ended());
    let asked = home.run(&["health"]);
    assert!(!asked.well && asked.error.contains("no server runs on data"), "{asked:?}");
}

#[test]
fn reg_1_sign_up_stands_at_the_top_of_every_page_of_the_portal() {
    let home = Home::new();
    let server = home.serve();
    for path in ["/", "/support", "/sign-in", "/sign-up", "/reset", "/nowhere"] {
        let (_, page) = get(&server.address, path);
        let header = page.split("</header>").next().unwrap_or_default();
        assert!(header.contains("href=\"/sign-up\""), "{path}: {header}");
    }
}

#[test]
fn two_processes_cannot_hold_one_folder() {
    let home = Home::new();
    let _server = home.serve();
    let second = home.run(&["serve"]);
    assert!(!second.well && second.error.contains("data is in use by another Firstline; stop that one"), "{second:?}");
}

#[test]
fn sigterm_lets_what_is_under_way_end_and_leaves_no_socket() {
    let home = Home::new();
    let server = home.serve();
    let mut slow = TcpStream::connect(&server.address).unwrap();
    let body = "address=dana%40acme.example&password=wrong";
    let address = &server.address;
    write!(
        slow,
        "POST /sign-in HTTP/1.1\r\nHost: {address}\r\nOrigin: http://127.0.0.1:8080\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .unwrap();
    slow.write_all(&body.as_bytes()[..10]).unwrap();
    // The server reads connections in their order, so it has read the head of the first one by now.
    assert_eq!(get(address, "/support").0, 200);
    server.signal("TERM");
    server.logs("stopping");
    slow.write_all(&body.as_bytes()[10..]).unwrap();
    let (status, page) = answer(&mut slow);
    assert!(status < 500 && page.contains("</html>"), "{status} {page}");
    assert!(server.ended());
    assert!(!home.path("data/socket").exists());
}

#[test]
fn a_killed_server_leaves_a_socket_that_the_next_one_replaces() {
    let home = Home::new();
    let server = home.serve();
    server.signal("KILL");
    assert!(!server.ended());
    assert!(home.path("data/socket").exists(), "nobody was there to remove it");
    assert!(UnixStream::connect(home.path("data/socket")).is_err());
    let alone = home.run(&["policy", "show"]);
    assert!(alone.well, "a command opens the folder itself: {alone:?}");
    let server = home.serve();
    assert_eq!(get(&server.address, "/support").0, 200);
    assert!(UnixStream::connect(home.path("data/socket")).is_ok());
}

#[test]
fn sighup_takes_what_it_can_and_names_what_it_cannot() {
    let home = Home::new();
    home.configure("data_dir", "log_level = \"error\"\ndata_dir");
    let server = home.serve();
    home.configure("log_level = \"error\"", "log_level = \"info\"");
    home.configure("listen = \"127.0.0.1:0\"", "listen = \"127.0.0.1:1\"");
    let smtp = "[smtp]\nhost = \"localhost\"\nport = 1\nfrom = \"support@vendor.example\"\nfrom_name = \"Vendor\"\n";
    home.configure("# [smtp]\n", smtp);
    server.signal("HUP");
    assert!(server.logs("takes a new start").contains("\"entry\":\"listen\""));
    server.logs("the configuration was read again");
    home.configure("from_name = \"Vendor\"\n", "form_name = \"Vendor\"\n");
    server.signal("HUP");
    let line = server.logs("the configuration stays as it was");
    assert!(line.contains("unknown field `form_name`, expected one of `host`"), "{line}");
    assert_eq!(get(&server.address, "/support").0, 200);
}
