//! A desk whose database is a PostgreSQL server, from `init` on.

use store::Place;
use testkit::Engine;

use super::process::Home;

#[tokio::test]
async fn a_desk_is_made_and_served_in_the_database_that_a_file_names() {
    let home = Home::empty();
    let Place::Postgres { url, .. } = Engine::Postgres.place(&home.path("blobs")).await else {
        panic!("the engine is PostgreSQL")
    };
    std::fs::write(home.path("database"), format!("{url}\n")).unwrap();
    let with_database = |arguments: &[&str]| {
        let mut command = home.command(arguments);
        command.env("FIRSTLINE_DATABASE_FILE", "database");
        command
    };
    let ada = "Ada <ada@vendor.example>";
    let made =
        with_database(&["init", "--base-url", "http://127.0.0.1:8080", "--administrator", ada]).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    let shown = with_database(&["policy", "show"]).output().unwrap();
    assert!(String::from_utf8_lossy(&shown.stdout).contains("Allure TestOps"), "{shown:?}");
    assert!(!home.path("data").join("db").exists(), "nothing went to SQLite");
    let written = std::fs::read_to_string(home.path("firstline.toml")).unwrap();
    assert!(!written.contains(&url), "the password stays in its file");
}
