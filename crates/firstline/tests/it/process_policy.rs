//! The policy on the command line of a desk: applied to a running server and to a stopped one, shown, refused.

use super::process::Home;

const REFERENCE: &str = include_str!("../../../../policies/allure-testops.toml");

/// The reference policy with another target, as a file of the home.
fn faster(home: &Home) -> String {
    let text = REFERENCE.replace("8 working hours", "6 working hours");
    std::fs::write(home.path("faster.toml"), &text).unwrap();
    text
}

#[test]
fn pol_3_a_running_server_takes_a_policy_and_says_what_it_changes() {
    let home = Home::new();
    let text = faster(&home);
    let _server = home.serve();
    assert_eq!(home.run(&["policy", "show"]).out.trim_end(), REFERENCE.trim_end());
    let said = home.run(&["policy", "apply", "faster.toml"]);
    assert!(said.well, "{said:?}");
    assert!(said.out.contains("warning: it is closed on holidays, but no date is listed"), "{said:?}");
    assert!(said.out.contains("Version 2 is stored and in force. Against version 1, in force since "), "{said:?}");
    let change = "targets.1.first_response was: 8 working hours\ntargets.1.first_response is: 6 working hours\n";
    assert!(said.out.ends_with(change), "{said:?}");
    assert_eq!(home.run(&["policy", "show"]).out.trim_end(), text.trim_end());
}

#[test]
fn pol_3_a_stopped_desk_takes_it_too() {
    let home = Home::new();
    let text = faster(&home);
    let said = home.run(&["policy", "apply", "faster.toml"]);
    assert!(said.well && said.out.contains("Version 2 is stored and in force."), "{said:?}");
    assert_eq!(home.run(&["policy", "show"]).out.trim_end(), text.trim_end());
}

#[test]
fn pol_3_no_version_is_in_force_before_it_was_applied() {
    let home = Home::new();
    let past = home.run(&["policy", "apply", "faster.toml", "--from", "2020-01-01T00:00:00Z"]);
    assert!(!past.well && past.error.contains("faster.toml"), "a file that is not there is named first: {past:?}");
    faster(&home);
    let past = home.run(&["policy", "apply", "faster.toml", "--from", "2020-01-01T00:00:00Z"]);
    assert!(!past.well, "{past:?}");
    assert!(past.error.contains("firstline: 2020-01-01T00:00:00Z has passed: it is "), "{past:?}");
    assert!(past.error.contains("leave --from away, or name an instant to come"), "{past:?}");
    let coming = home.run(&["policy", "apply", "faster.toml", "--from", "2999-01-01T00:00:00Z"]);
    assert!(coming.out.contains("in force from 2999-01-01T00:00:00Z on"), "{coming:?}");
    assert_eq!(home.run(&["policy", "show"]).out.trim_end(), REFERENCE.trim_end(), "until then the first one holds");
}

#[test]
fn pol_1_a_faulty_policy_is_refused_as_check_refuses_it() {
    let home = Home::new();
    std::fs::write(home.path("bad.toml"), REFERENCE.replace("[types.question]", "[types.question]\nmood = 1")).unwrap();
    let applied = home.run(&["policy", "apply", "bad.toml"]);
    assert!(!applied.well);
    assert_eq!(applied.out, home.run(&["policy", "check", "bad.toml"]).out);
    assert!(applied.out.contains("`types.question` has no `mood`"), "{applied:?}");
    let empty = Home::empty();
    std::fs::copy(home.path("bad.toml"), empty.path("bad.toml")).unwrap();
    let ada = "Ada <ada@vendor.example>";
    let init = ["init", "--base-url", "http://127.0.0.1:1", "--administrator", ada, "--policy", "bad.toml"];
    let refused = empty.run(&init);
    assert!(!refused.well && refused.out == applied.out, "{refused:?}");
    assert!(!empty.path("firstline.toml").exists() && !empty.path("data").exists(), "nothing was made");
    let nowhere = Home::empty().run(&["policy", "show"]);
    assert!(!nowhere.well && nowhere.error.contains("run `firstline init`"), "{nowhere:?}");
}

#[test]
fn pol_3_the_same_file_again_changes_nothing_and_is_not_stored() {
    let home = Home::new();
    faster(&home);
    home.run(&["policy", "apply", "faster.toml"]);
    let again = home.run(&["policy", "apply", "faster.toml"]);
    assert!(
        again.well && again.out.contains("Nothing changed: this is word for word version 2, in force since "),
        "{again:?}"
    );
    let later = home.run(&["policy", "apply", "faster.toml", "--from", "2999-01-01T00:00:00Z"]);
    assert!(later.out.contains("Version 3 is stored and in force from 2999-01-01T00:00:00Z on."), "{later:?}");
    let later = home.run(&["policy", "apply", "faster.toml", "--from", "2999-01-01T00:00:00Z"]);
    assert!(later.well && later.out.contains("Nothing changed: this is word for word version 3"), "{later:?}");
}

#[test]
fn a_policy_is_not_called_good_before_there_is_a_desk_for_it() {
    let nowhere = Home::empty();
    faster(&nowhere);
    let refused = nowhere.run(&["policy", "apply", "faster.toml"]);
    assert!(!refused.well && refused.out.is_empty() && refused.error.contains("run `firstline init`"), "{refused:?}");
}
