//! What the commands say when something is not as it should be: in plain words, with what to do, and nothing made.

use std::process::Stdio;

use super::process::Home;

const REFERENCE: &str = include_str!("../../../../policies/allure-testops.toml");
const ADA: &str = "Ada <ada@vendor.example>";
const AT: &str = "http://127.0.0.1:8080";

#[test]
fn an_init_that_is_refused_makes_nothing_and_can_be_given_again() {
    let home = Home::empty();
    for (url, administrator, why) in [
        (AT, "Ada <ada@@vendor.example>", "There is more than one @ in it"),
        (AT, "Ada ada@vendor.example", "write the person as \"Name <address>\""),
        (AT, "<ada@vendor.example>", "the name before <ada@vendor.example> is missing"),
        ("help.example.com", ADA, "the address must begin with https:// (or http:// on this machine)"),
        ("https://help.example.com/desk", ADA, "write it as https://help.example.com"),
    ] {
        let refused = home.run(&["init", "--base-url", url, "--administrator", administrator]);
        assert!(!refused.well && refused.error.contains(why), "{refused:?}");
        assert!(!refused.error.contains("FieldFault") && !refused.error.contains("TOML"), "{refused:?}");
        assert!(!home.path("firstline.toml").exists() && !home.path("data").exists(), "{refused:?}");
    }
    let nowhere = ["init", "--base-url", AT, "--administrator", ADA, "--config", "etc/firstline.toml"];
    let refused = home.run(&nowhere);
    assert!(!refused.well && refused.error.contains("etc is no folder"), "{refused:?}");
    assert!(!home.path("data").exists());
    let made = home.run(&["init", "--base-url", "http://127.0.0.1:8080/", "--administrator", ADA]);
    assert!(made.well && made.out.contains("Added Ada <ada@vendor.example>: administrator, lead, agent."), "{made:?}");
}

#[test]
fn staff_add_says_what_it_did_with_whom() {
    let home = Home::new();
    let wrong = home.run(&["staff", "add", "Ines <ines@@vendor.example>", "--grant", "agent"]);
    assert!(!wrong.well && wrong.error.contains("There is more than one @ in it"), "{wrong:?}");
    let no_grant = home.run(&["staff", "add", "Ines <ines@vendor.example>", "--grant", "boss"]);
    assert!(!no_grant.well && no_grant.error.contains("there are agent, lead, product"), "{no_grant:?}");
    let new = home.run(&["staff", "add", "Ines <ines@vendor.example>", "--grant", "agent"]);
    assert!(new.well, "{new:?}");
    let said = "Added Ines <ines@vendor.example>: agent. They set their password here, within 24 hours: http";
    assert!(new.out.starts_with(said), "{new:?}");
    let again = home.run(&["staff", "add", "I. <ines@vendor.example>", "--grant", "agent", "--grant", "lead"]);
    let said = "Set the grants of Ines <ines@vendor.example>, who was here already: agent, lead. They set their";
    assert!(again.out.starts_with(said), "{again:?}");
}

#[test]
fn a_file_that_is_none_is_refused_with_what_to_do() {
    let home = Home::new();
    std::fs::create_dir(home.path("folder")).unwrap();
    let utf16: Vec<u8> = "\u{feff}language = \"en\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(home.path("utf16.toml"), utf16).unwrap();
    for (file, why) in [
        ("folder", "folder is a folder; name the file in it"),
        ("utf16.toml", "utf16.toml is written in UTF-16; save it as UTF-8 in your editor"),
        ("nothing.toml", "nothing.toml is not there; check its name, and the folder that you are in"),
    ] {
        for command in [
            &["policy", "check", file][..],
            &["policy", "explain", file],
            &["policy", "diff", file, file],
            &["policy", "render", file],
            &["policy", "apply", file],
            &["explain", "address", "dana@acme.example", "--policy", file],
            &["explain", "deadline", "--filed", "2026-11-20T16:40:00Z", "--policy", file],
            &["serve", "--config", file],
            &["demo", "--data", "demo", "--listen", "127.0.0.1:0", "--policy", file],
        ] {
            let refused = home.run(command);
            assert!(!refused.well && refused.error.contains(why), "{command:?}: {refused:?}");
            assert!(!refused.error.contains("os error"), "{refused:?}");
        }
    }
    let mut batch = home.command(&["explain", "deadline", "--batch"]);
    let folder = std::fs::File::open(home.path("folder")).unwrap();
    let refused = batch.stdin(Stdio::from(folder)).output().unwrap();
    let error = String::from_utf8(refused.stderr).unwrap();
    assert!(!refused.status.success() && error.contains("standard input is a folder; "), "{error}");
}

#[test]
fn options_are_refused_with_how_they_are_written() {
    let home = Home::empty();
    let late = home.run(&["explain", "deadline", "--filed", "9999-12-31T23:59:59Z"]);
    assert!(late.error.contains("take one from -9999-01-03T00:00:00Z to 9999-12-30T22:00:00Z"), "{late:?}");
    for end in ["-009999-01-03T00:00:00Z", "9999-12-30T22:00:00Z"] {
        let filed = format!("--filed={end}");
        assert!(!home.run(&["explain", "deadline", &filed]).error.contains("take one from"), "{end} is taken");
    }
    let bare = home.run(&["explain", "deadline", "--filed", "2026-11-20"]);
    assert!(bare.error.contains("write a date, a time and the offset"), "{bare:?}");
    let port = home.run(&["demo", "--listen", "8080"]);
    assert!(port.error.contains("write an address of this machine and a port"), "{port:?}");
}

#[test]
fn whoever_stops_reading_is_told_nothing() {
    let home = Home::empty();
    std::fs::write(home.path("policy.toml"), REFERENCE).unwrap();
    for command in [&["policy", "explain", "policy.toml"][..], &["policy", "schema"]] {
        let mut child = home.command(command).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
        assert_eq!(ended.status.code(), Some(141));
    }
}

#[test]
fn a_log_in_a_file_has_no_colours() {
    let home = Home::new();
    let log = std::fs::File::create(home.path("log")).unwrap();
    let mut serve = home.command(&["serve"]);
    let mut child = serve.env("FIRSTLINE_LOG", "text").stdout(Stdio::piped()).stderr(log).spawn().unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut line).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let log = std::fs::read_to_string(home.path("log")).unwrap();
    assert!(log.contains("serving") && !log.contains('\u{1b}'), "{log:?}");
}
