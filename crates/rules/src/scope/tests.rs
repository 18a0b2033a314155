//! Subjects as customers write them, against the lines of both policies.

use super::recognise;
use crate::policy::Policy;

const REFERENCE: &str = include_str!("../../../../policies/allure-testops.toml");
const LARKSPUR: &str = include_str!("../../../../policies/larkspur.toml");

fn recognised(source: &str, subject: &str) -> Option<String> {
    let policy = Policy::parse(source).unwrap().policy;
    recognise(&policy, subject).map(|(key, _)| key.to_string())
}

#[test]
fn sco_1_a_subject_is_recognised_by_the_words_of_an_entry() {
    let table = [
        ("Our Jenkins pipeline fails in the deploy stage", Some("ci_pipelines")),
        ("GitLab pipelines are red since Monday", Some("ci_pipelines")),
        ("How do I write a pytest test for Allure Report", Some("framework")),
        ("Code review of our automated tests", Some("test_code")),
        ("How to deploy RabbitMQ in a cluster", Some("third_party_deployment")),
        ("Backing up PostgreSQL: which schedule?", Some("third_party_operation")),
        ("Cannot sign in since this morning", None),
        ("Launches are slow", None),
        ("", None),
    ];
    for (subject, wanted) in table {
        assert_eq!(recognised(REFERENCE, subject).as_deref(), wanted, "{subject}");
    }
}

#[test]
fn sco_1_an_exception_is_covered_and_says_nothing() {
    let table = [
        ("Integration with our Jenkins pipeline does not upload results", None),
        ("Tuning PostgreSQL for Allure TestOps", None),
        ("PostgreSQL maintenance of our cluster", Some("third_party_operation")),
    ];
    for (subject, wanted) in table {
        assert_eq!(recognised(REFERENCE, subject).as_deref(), wanted, "{subject}");
    }
}

#[test]
fn sco_1_what_is_covered_needs_no_word_about_it() {
    assert_eq!(recognised(LARKSPUR, "The runners do not start"), None);
    assert_eq!(recognised(LARKSPUR, "Please mend our pipeline").as_deref(), Some("pipelines"));
    assert_eq!(recognised(LARKSPUR, "Training for new people").as_deref(), Some("training"));
}

/// Of two that are as long, the line that the policy has first.
#[test]
fn sco_1_the_longest_phrase_that_is_said_decides() {
    let more = "[scope.academy]\nname = \"Academy\"\nstand = \"not_covered\"\ntext = \"Its courses.\"\n\
                words = [\"training course\", \"our pipeline\"]\n\n[statistics]";
    let longer = LARKSPUR.replace("[statistics]", more);
    for (subject, wanted) in [
        ("A training course", "academy"),
        ("Training", "training"),
        ("Training for our pipeline", "pipelines"),
        ("Our pipeline", "pipelines"),
    ] {
        assert_eq!(recognised(&longer, subject).as_deref(), Some(wanted), "{subject}");
    }
}
