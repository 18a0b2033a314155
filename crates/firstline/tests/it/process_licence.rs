//! Licences on the command line, of a running server and of a stopped desk.

use super::process::Home;

#[test]
fn ent_1_a_licence_is_given_and_listed_while_the_desk_serves_and_while_it_does_not() {
    let home = Home::new();
    let unknown = home.run(&["licence", "give", "acme.example", "--through", "2027-03-31"]);
    assert!(!unknown.well, "{unknown:?}");
    let why = "nothing was done: no organisation has the number or the domain acme.example; give one of its domains";
    assert!(unknown.error.contains(why), "{unknown:?}");
    let date = home.run(&["licence", "give", "1", "--through", "31.3.2027"]);
    assert!(!date.well && date.error.contains("write a date as 2027-03-31"), "{date:?}");
    let kind = home.run(&["licence", "give", "1", "--kind", "free"]);
    assert!(!kind.well && kind.error.contains("they are paid, trial and partner"), "{kind:?}");
    let table = home.path("books.csv");
    std::fs::write(&table, b"key;organisation;edition\nSUB-1;acme.example;Gr\xF6\xDFe L\n").unwrap();
    let no_organisation = home.run(&["licence", "import", table.to_str().unwrap(), "--dry-run"]);
    let why = "Line 2: no organisation has the number or the domain acme.example";
    assert!(!no_organisation.well && no_organisation.error.contains(why), "{no_organisation:?}");
    let missing = home.run(&["licence", "import", "no-such.csv"]);
    assert!(!missing.well && missing.error.contains("is not there"), "{missing:?}");
    let _server = home.serve();
    let no_organisation = home.run(&["licence", "import", table.to_str().unwrap()]);
    assert!(!no_organisation.well && no_organisation.error.contains(why), "{no_organisation:?}");
    let unknown = home.run(&["licence", "list", "7"]);
    assert!(!unknown.well && unknown.error.contains("the number or the domain 7"), "{unknown:?}");
}
