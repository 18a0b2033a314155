//! What administrators read when a configuration does not hold.

use std::path::Path;

use super::*;

fn environment(entries: &[(&str, &str)]) -> Environment {
    entries.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

const SOUND: &str = "base_url = \"https://help.example.com\"\ndata_dir = \"data\"\n";

fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("firstline.toml");
    std::fs::write(&file, text).unwrap();
    (folder, file)
}

/// The refusal of a file, as the terminal prints it.
fn refused(text: &str) -> String {
    let (folder, file) = written(text);
    let refused = format!("{:#}", Config::read(Some(&file), &vec![]).unwrap_err());
    refused.replace(&folder.path().display().to_string(), "")
}

#[test]
fn every_fault_of_the_file_names_its_place_and_what_exists() {
    let cases = [
        ("no TOML", format!("{SOUND}listen = 127.0.0.1:8080\n")),
        ("an unknown entry", format!("{SOUND}lisen = \"127.0.0.1:8080\"\n")),
        ("an unknown table", format!("{SOUND}[mail]\nhost = \"localhost\"\n")),
        ("an unknown entry of a table", format!("{SOUND}[smtp]\nhostname = \"localhost\"\n")),
        ("the same entry twice", format!("{SOUND}data_dir = \"other\"\n")),
        ("no address", format!("{SOUND}listen = \"localhost\"\n")),
        ("a number for a text", "base_url = 1\ndata_dir = \"data\"\n".to_owned()),
        ("a port that is none", format!("{SOUND}[smtp]\nport = 70000\n")),
        ("an unknown value", format!("{SOUND}[smtp]\nsecurity = \"ssl\"\n")),
        ("no scheme", "base_url = \"help.example.com\"\ndata_dir = \"data\"\n".to_owned()),
        ("a slash at the end", "base_url = \"https://help.example.com/\"\ndata_dir = \"data\"\n".to_owned()),
        ("a path", "base_url = \"https://example.com/help\"\ndata_dir = \"data\"\n".to_owned()),
        ("no proxy", format!("{SOUND}trusted_proxies = [\"proxy\"]\n")),
        ("no level", format!("{SOUND}log_level = \"loud=very\"\n")),
        ("nothing", String::new()),
        ("no folder", "base_url = \"https://help.example.com\"\n".to_owned()),
        ("no sender", format!("{SOUND}[smtp]\nhost = \"localhost\"\n")),
    ];
    let said = cases.map(|(name, text)| format!("## {name}\n{}\n", refused(&text)));
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn every_fault_of_the_environment_names_its_variable() {
    let cases = [
        ("FIRSTLINE_BASEURL", "https://help.example.com"),
        ("FIRSTLINE_BASE_URL", "help.example.com"),
        ("FIRSTLINE_LISTEN", "8080"),
        ("FIRSTLINE_SMTP_PORT", "smtp"),
        ("FIRSTLINE_SMTP_SECURITY", "ssl"),
        ("FIRSTLINE_TRUSTED_PROXIES", "10.0.0.1, proxy"),
        ("FIRSTLINE_SMTP_PASSWORD_FILE", "/nowhere/password"),
    ];
    let (_folder, file) = written(SOUND);
    let said = cases.map(|case| format!("{:#}", Config::read(Some(&file), &environment(&[case])).unwrap_err()));
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let refused = Config::read(Some(Path::new("nowhere.toml")), &vec![]).unwrap_err();
    assert!(format!("{refused:#}").starts_with("nowhere.toml is not there; "), "{refused:#}");
}

#[test]
fn the_environment_alone_is_enough_and_completes_the_file() {
    let smtp = [
        ("FIRSTLINE_SMTP_HOST", "localhost"),
        ("FIRSTLINE_SMTP_PORT", "25"),
        ("FIRSTLINE_SMTP_FROM", "support@example.com"),
        ("FIRSTLINE_SMTP_FROM_NAME", "Example support"),
        ("HOME", "/root"),
    ];
    let whole = [("FIRSTLINE_BASE_URL", "https://help.example.com"), ("FIRSTLINE_DATA_DIR", "/var/lib/firstline")];
    let config = Config::read(None, &environment(&[&whole[..], &smtp[..]].concat())).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.smtp.unwrap().port, 25);
    let (_folder, file) = written(&format!("{SOUND}[smtp]\nuser = \"support\"\n"));
    let config = Config::read(Some(&file), &environment(&smtp)).unwrap();
    let smtp = config.smtp.unwrap();
    assert_eq!((smtp.user.as_deref(), smtp.host.as_str()), (Some("support"), "localhost"));
}

#[test]
fn a_secret_can_lie_in_a_file_and_is_never_printed() {
    let (_folder, file) = written("postgres://desk:hunter2@localhost/desk\n");
    let entries = environment(&[
        ("FIRSTLINE_BASE_URL", "https://help.example.com"),
        ("FIRSTLINE_DATA_DIR", "data"),
        ("FIRSTLINE_DATABASE_FILE", file.to_str().unwrap()),
    ]);
    let config = Config::read(None, &entries).unwrap();
    assert_eq!(config.database.as_ref().unwrap().reveal(), "postgres://desk:hunter2@localhost/desk");
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn plain_http_beyond_this_machine_is_noticed() {
    let at = |url: &str| Config { base_url: url.to_owned(), ..Config::default() }.is_exposed();
    assert!(at("http://help.example.com"));
    assert!(!at("http://127.0.0.1:8080"));
    assert!(!at("https://help.example.com"));
}

#[test]
fn what_takes_a_new_start_is_named() {
    let old = Config::default();
    let new = Config {
        listen: "127.0.0.1:9090".parse().unwrap(),
        log: LogForm::Json,
        log_level: "debug".to_owned(),
        smtp: Some(SmtpConfig::default()),
        ..Config::default()
    };
    assert_eq!(old.needs_start(&new), ["listen", "log"]);
}
