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
    let _server = home.serve();
    let unknown = home.run(&["licence", "list", "7"]);
    assert!(!unknown.well && unknown.error.contains("the number or the domain 7"), "{unknown:?}");
}
