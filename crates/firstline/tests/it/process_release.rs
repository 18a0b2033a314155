//! Releases on the command line, of a running server and of a stopped desk.

use super::process::Home;

const CHANGELOG: &str = "# Changelog\n\n## [5.12.1] - 2026-01-05\n\n### Fixed\n\n- Exports are whole (BUG-311)\n";

#[test]
fn bug_1_a_release_is_published_while_the_desk_serves_and_while_it_does_not() {
    let home = Home::new();
    let notes = home.path("CHANGELOG.md");
    std::fs::write(&notes, CHANGELOG).unwrap();
    let notes = notes.to_str().unwrap();
    let empty = home.run(&["release", "list"]);
    assert!(empty.well && empty.out.contains("No release is known"), "{empty:?}");
    let tried = home.run(&["release", "publish", "5.12.1", "--notes", notes, "--dry-run"]);
    assert!(tried.well && tried.out.contains("5.12.1 of 2026-01-05 would be published"), "{tried:?}");
    let published = home.run(&["release", "publish", "5.12.1", "--notes", notes, "--supported-until", "2099-12-31"]);
    assert!(published.well && published.out.contains("Published 5.12.1"), "{published:?}");
    let _server = home.serve();
    let again = home.run(&["release", "publish", "5.12.1", "--notes", notes]);
    assert!(again.well && again.out.contains("nothing changed"), "{again:?}");
    let json = home.run(&["release", "publish", "5.12.1", "--notes", notes, "--json"]);
    assert!(json.well && json.out.contains("\"unchanged\":[\"5.12.1\"]"), "{json:?}");
    let missing = home.run(&["release", "publish", "5.13", "--notes", notes]);
    assert!(!missing.well && missing.error.contains("nothing in it is about 5.13"), "{missing:?}");
    let until = home.run(&["release", "publish", "5.12.1", "--supported-until", "soon"]);
    assert!(!until.well && until.error.contains("write a day as 2027-03-31, or none"), "{until:?}");
    let nowhere = home.run(&["release", "rollout", "5.12.1", "--to", "mars1"]);
    assert!(!nowhere.well && nowhere.error.contains("nothing was done: There is no instance"), "{nowhere:?}");
    let back = home.run(&["release", "withdraw", "5.12.1", "--because", "It loses results."]);
    assert!(back.well && back.out.contains("Withdrew 5.12.1."), "{back:?}");
    let list = home.run(&["release", "list"]);
    assert!(
        list.well && list.out.contains("withdrawn on") && list.out.contains("supported until 2099-12-31"),
        "{list:?}"
    );
}
