//! What `firstline policy` prints.

use std::fs;

use super::*;

fn printed(command: Policy) -> (String, bool) {
    let mut terminal = Terminal { out: Vec::new() };
    let code = run(command, &mut terminal).expect("the command ran");
    (String::from_utf8(terminal.out).expect("text"), code == ExitCode::SUCCESS)
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies").join(name)
}

/// A policy in a folder of its own.
fn written(source: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("policy.toml");
    fs::write(&file, source).expect("written");
    (folder, file)
}

#[test]
fn pol_1_check_says_what_is_wrong_and_ends_with_one() {
    let source = fs::read_to_string(sample("allure-testops.toml")).expect("the sample");
    let (_folder, file) = written(&source.replace("default = \"low\" }", "default = \"hgh\" }"));
    let (said, well) = printed(Policy::Check { file, open: false, config: None });
    assert!(!well);
    assert!(said.contains("`hgh` is named here") && said.contains("did you mean `high`?"), "{said}");
    assert!(said.trim_end().ends_with("1 fault, so it is no policy yet"), "{said}");
}

#[test]
fn hrs_4_check_lists_warnings_and_ends_well() {
    let (said, well) = printed(Policy::Check { file: sample("allure-testops.toml"), open: false, config: None });
    assert!(well);
    assert!(said.contains("warning: it is closed on holidays, but no date is listed"), "{said}");
    assert!(said.contains("good, with 1 warning; its hash is "), "{said}");
}

#[test]
fn pln_1_explain_prints_which_line_won() {
    let (said, well) = printed(Policy::Explain {
        file: sample("larkspur.toml"),
        plan: Some("orchard".to_owned()),
        request_type: Some("incident".to_owned()),
        priority: Some("s2".to_owned()),
    });
    assert!(well);
    assert_eq!(
        said,
        "incident, s2, plan orchard\n  \
         first_response: 90 working minutes, by line 3 of [[plans.orchard.targets]], for its type and priority\n  \
         reopened_response: 4 working hours, by line 1 of [[plans.orchard.targets]], for everything\n  \
         next_response: 1 support day, by line 1 of [[plans.orchard.targets]], for everything\n  \
         calendar: graz, by the calendar of `hours`\n"
    );
}

#[test]
fn explain_refuses_a_plan_that_is_not_there_and_names_those_that_are() {
    let mut terminal = Terminal { out: Vec::new() };
    let command = Policy::Explain {
        file: sample("larkspur.toml"),
        plan: Some("meadow".to_owned()),
        request_type: None,
        priority: None,
    };
    let error = run(command, &mut terminal).expect_err("there is no such plan");
    assert_eq!(error.to_string(), "the policy has no plan `meadow`; it has: seedling, hedge, orchard");
}

#[test]
fn diff_says_in_words_what_changed() {
    let source = fs::read_to_string(sample("allure-testops.toml")).expect("the sample");
    let (_folder, new) = written(&source.replace("8 working hours", "6 working hours"));
    let (said, _) = printed(Policy::Diff { old: sample("allure-testops.toml"), new });
    assert_eq!(said, "targets.1.first_response was: 8 working hours\ntargets.1.first_response is: 6 working hours\n");
    let same = sample("larkspur.toml");
    assert_eq!(printed(Policy::Diff { old: same.clone(), new: same }).0, "nothing changed\n");
}

#[test]
fn pol_2_render_prints_the_support_page() {
    let page = |html: bool| {
        let form = Form { markdown: !html, html };
        printed(Policy::Render { file: sample("larkspur.toml"), form }).0
    };
    assert!(page(false).contains("## When we are here"));
    assert!(page(true).contains("<h2>When we are here</h2>"));
}

#[test]
fn pol_5_schema_is_json_that_names_every_table() {
    let (said, _) = printed(Policy::Schema);
    let schema: serde_json::Value = serde_json::from_str(&said).expect("JSON");
    assert!(schema["properties"]["calendars"].is_object());
}
