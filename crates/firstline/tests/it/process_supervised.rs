//! What systemd hears of a serving desk: a socket is bound in its place.

use std::{os::unix::net::UnixDatagram, time::Duration};

use super::process::Home;

/// What is said next.
fn hears(socket: &UnixDatagram) -> String {
    let mut bytes = [0; 1024];
    let length = socket.recv(&mut bytes).unwrap();
    String::from_utf8(bytes[..length].to_vec()).unwrap()
}

#[test]
fn a_desk_says_that_it_is_ready_alive_and_about_to_stop() {
    let home = Home::new();
    let socket = UnixDatagram::bind(home.path("notify")).unwrap();
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut command = home.command(&["serve"]);
    command.env("NOTIFY_SOCKET", home.path("notify")).env("WATCHDOG_USEC", "200000");
    let server = home.serve_by(command);
    assert_eq!(hears(&socket), format!("READY=1\nSTATUS=Serving on {}", server.address));
    for _ in 0..3 {
        assert_eq!(hears(&socket), "WATCHDOG=1");
    }
    server.signal("TERM");
    let mut last = hears(&socket);
    while last == "WATCHDOG=1" {
        last = hears(&socket);
    }
    assert_eq!(last, "STOPPING=1");
    assert!(server.ended());
}

#[test]
fn a_socket_that_is_not_there_is_named() {
    let home = Home::new();
    let output = home.command(&["serve"]).env("NOTIFY_SOCKET", "/nowhere/notify").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("NOTIFY_SOCKET names /nowhere/notify"), "{said}");
}
