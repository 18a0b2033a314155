//! What `firstline explain deadline` prints, to the instant.

use super::*;

/// The answer to a command line, or the refusal.
fn explain(arguments: &str) -> String {
    use clap::Parser;
    #[derive(clap::Parser)]
    struct Asked {
        #[command(flatten)]
        deadline: Deadline,
    }
    let asked = match Asked::try_parse_from(["deadline"].into_iter().chain(arguments.split_whitespace())) {
        Ok(asked) => asked.deadline,
        Err(refused) => return refused.to_string(),
    };
    let mut terminal = Terminal { out: Vec::new() };
    match run(asked, &mut terminal) {
        Ok(_) => String::from_utf8(terminal.out).expect("text"),
        Err(refused) => format!("{refused:#}"),
    }
}

fn sample(name: &str) -> String {
    format!("--policy {}/../../policies/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn frt_6_a_deadline_is_explained_line_by_line() {
    assert_eq!(
        explain("--filed 2026-11-20T16:40:00Z --type bug --priority high"),
        "type       bug\n\
         priority   high\n\
         plan       none\n\
         target     8 working hours, by line 1 of [[targets]], for everything\n\
         calendar   desk (UTC), by the calendar of `hours`\n\
         \n  \
         filed Fri 20 Nov 16:40\n  \
         1 h 20 min on Friday\n  \
         weekend\n  \
         6 h 40 min on Monday\n  \
         due Mon 23 Nov 14:40\n\
         \n\
         Mon 23 Nov 14:40 UTC = 2026-11-23T14:40:00Z\n"
    );
}

#[test]
fn what_is_not_given_is_chosen_and_said() {
    let said = explain("--filed 2026-11-23T06:30:00+01:00");
    assert!(
        said.starts_with("type       question, since none was given\npriority   low, since none was given\n"),
        "{said}"
    );
    assert!(said.ends_with("Mon 23 Nov 16:00 UTC = 2026-11-23T16:00:00Z\n"), "{said}");
}

#[test]
fn pln_1_a_plans_line_wins_and_is_named_with_both_clocks() {
    let plan = "--plan orchard --type incident --priority s2";
    let said = explain(&format!("--filed 2026-11-20T15:40:00Z {plan} {}", sample("larkspur.toml")));
    insta::assert_snapshot!(said);
}

#[test]
fn frt_1_a_type_without_a_clock_says_so() {
    let said = explain("--filed 2026-11-20T16:40:00Z --type feature");
    assert!(
        said.ends_with("target     none: the policy gives `feature` no clock, so no answer is ever late\n"),
        "{said}"
    );
    let json: Value =
        serde_json::from_str(&explain("--filed 2026-11-20T16:40:00Z --type feature --json")).expect("JSON");
    assert_eq!((&json["due"], &json["lines"]), (&Value::Null, &json!([])));
}

#[test]
fn pln_2_the_next_word_is_told_from_the_answer_on() {
    let asked = format!(
        "--filed 2026-11-23T10:00:00Z --plan orchard --type incident --priority s1 {}",
        sample("larkspur.toml")
    );
    let said = explain(&asked);
    let (_, updates) = said.split_once("updates    ").expect("they are promised");
    assert!(updates.starts_with("2 wall-clock hours, by line "), "{said}");
    assert!(said.contains("answered at the last moment, the next word is due Mon 23 Nov "), "{said}");
    assert!(said.ends_with(" = 2026-11-23T12:30:00Z\n"), "{said}");
    let answered = explain(&format!("{asked} --answered 2026-11-23T10:05:00Z"));
    assert!(answered.contains("answered then, the next word is due"), "{answered}");
    assert!(answered.ends_with(" = 2026-11-23T12:05:00Z\n"), "{answered}");
    let json: Value = serde_json::from_str(&explain(&format!("{asked} --json"))).expect("JSON");
    assert_eq!((&json["update"]["from"], &json["update"]["due"]), (&json["due"], &json!("2026-11-23T12:30:00Z")));
    assert!(!explain("--filed 2026-11-20T16:40:00Z --type bug").contains("updates"), "the reference promises none");
}

#[test]
fn programs_read_the_same_as_json() {
    let json: Value = serde_json::from_str(&explain("--filed 2026-11-20T16:40:00Z --type bug --json")).expect("JSON");
    assert_eq!(json["due"], "2026-11-23T14:40:00Z");
    assert_eq!(json["sentence"], "1 h 20 min on Friday, weekend, 6 h 40 min on Monday: due Mon 23 Nov 14:40 UTC");
    assert_eq!(json["assumed"], json!(["priority"]));
    assert_eq!((&json["zone"], &json["target"]), (&json!("UTC"), &json!("8 working hours")));
}

#[test]
fn what_does_not_exist_is_refused_with_what_does() {
    let filed = "--filed 2026-11-20T16:40:00Z";
    let larkspur = sample("larkspur.toml");
    insta::assert_snapshot!(
        [
            format!("{filed} --type bugs"),
            format!("{filed} --priority p1"),
            format!("{filed} --plan gold"),
            format!("{filed} --plan gold {larkspur}"),
            format!("{filed} --type question --priority urgent"),
            "--filed 2026-11-20 --type bug".to_owned(),
            "--filed 2026-11-20T16:40 --type bug".to_owned(),
            "--type bug".to_owned(),
            format!("{filed} --policy nowhere.toml"),
        ]
        .map(|arguments| explain(&arguments).replace(env!("CARGO_MANIFEST_DIR"), "."))
        .join("\n---\n")
    );
}

#[test]
fn the_example_of_the_help_is_what_the_program_answers() {
    let command = <Deadline as clap::Args>::augment_args(clap::Command::new("deadline"));
    let batch = command.get_arguments().find(|argument| argument.get_id() == "batch").expect("there is --batch");
    let help = batch.get_long_help().expect("it has an example").to_string();
    let examples: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
    let (question, answer) = (examples[0].replace('\n', ""), examples[1]);
    let mut answers = Vec::new();
    super::super::batch::run(question.as_bytes(), &mut answers).expect("it is answered");
    assert_eq!(String::from_utf8(answers).expect("text").trim_end(), answer);
}
