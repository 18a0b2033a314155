//! Shows that a table of licences is read whole or not at all, whatever program wrote it.

use proptest::prelude::*;

use super::*;
use crate::{entitlement::Kind, refusal::Fault};

fn policy() -> Policy {
    Policy::parse(include_str!("../../../../../policies/larkspur.toml")).expect("it holds together").policy
}

const TABLE: &str = "Key;Organisation;Plan;Through;Edition\r\n\
    SUB-1;acme.example;hedge;2027-03-31;Größe L\r\n\r\n;;;;\r\n\
    SUB-2;7;;;\"Team; \"\"large\"\"\"\r\n";

fn taken(text: &str) -> Vec<Line> {
    lines(text, &policy()).expect("it is whole")
}

fn faults(text: &str) -> Vec<(usize, Why)> {
    let faults = lines(text, &policy()).expect_err("it is wrong");
    faults.into_iter().map(|fault| (fault.line, fault.why)).collect()
}

#[test]
fn a_table_is_read_by_the_names_of_its_columns() {
    let policy = policy();
    let columns = vec!["key", "organisation", "plan", "through", "edition"];
    let expected = [
        Line {
            columns: columns.clone(),
            line: 2,
            organisation: "acme.example".to_owned(),
            terms: Terms {
                external_key: Some("SUB-1".to_owned()),
                plan: Some("hedge".into()),
                through: Some(jiff::civil::date(2027, 3, 31)),
                edition: "Größe L".to_owned(),
                ..Terms::plain(&policy)
            },
        },
        Line {
            columns,
            line: 5,
            organisation: "7".to_owned(),
            terms: Terms {
                external_key: Some("SUB-2".to_owned()),
                edition: "Team; \"large\"".to_owned(),
                ..Terms::plain(&policy)
            },
        },
    ];
    assert_eq!(taken(TABLE), expected, "empty lines are none");
    assert_eq!(expected[0].terms.kind, Kind::Paid);
    assert_eq!(taken("key,organisation\n"), [], "a table without licences");
}

#[test]
fn what_a_table_has_no_column_for_stays_as_it_is() {
    let policy = policy();
    let known = Terms {
        external_key: Some("SUB-1".to_owned()),
        product: "Orrery".to_owned(),
        edition: "Team".to_owned(),
        deployment: Some("hosted".into()),
        plan: Some("hedge".into()),
        kind: Kind::Partner,
        seats: Some(40),
        through: Some(jiff::civil::date(2027, 3, 31)),
    };
    assert_eq!(taken("key,organisation\nSUB-1,7")[0].over(&known), known);
    let all = "key,organisation,kind,plan,deployment,product,edition,seats,through\nSUB-1,7,,,,,,,";
    let nothing = Terms { external_key: known.external_key.clone(), ..Terms::plain(&policy) };
    assert_eq!(taken(all)[0].over(&known), nothing, "an empty field says that there is none");
}

#[test]
fn what_is_wrong_is_said_of_every_line() {
    let text = "key,organisation,seats,through\n\
        SUB-1,acme.example,4,2027-03-31\n\
        SUB-1,acme.example,4,2027-03-31\n\
        ,acme.example,4,\n\
        SUB-2,,many,31.3.2027\n\
        SUB-3,acme.example,4\n\
        =1+1,@acme,4,\n\
        \"\nSUB-4\",acme.example,-4,";
    let wrong = |field: &str, fault| Why::Field(FieldFault { field: field.to_owned(), fault });
    let formula = |column, text: &str| Why::Shape(Misshapen::Formula { column, text: text.to_owned() });
    let expected = [
        (3, Why::KeyTwice { key: "SUB-1".to_owned(), first: 2 }),
        (4, Why::KeyMissing),
        (5, Why::OrganisationMissing),
        (5, wrong("seats", Fault::NotACount { text: "many".to_owned() })),
        (5, wrong("through", Fault::NotADate { text: "31.3.2027".to_owned() })),
        (6, Why::Shape(Misshapen::FieldCount { fields: 3, columns: 4 })),
        (7, formula("key", "=1+1")),
        (7, formula("organisation", "@acme")),
        (8, formula("seats", "-4")),
        (8, wrong("seats", Fault::NotACount { text: "-4".to_owned() })),
    ];
    assert_eq!(faults(text), expected);
}

#[test]
fn a_table_without_keys_or_organisations_is_refused() {
    let missing = |name| vec![(1, Why::Shape(Misshapen::ColumnMissing { name }))];
    assert_eq!(faults("key,plan\n"), missing("organisation"));
    assert_eq!(faults("organisation\n"), missing("key"));
}

proptest! {
    #[test]
    fn any_table_is_read_or_refused_and_no_line_is_lost(text in "(?s).{0,200}") {
        match lines(&format!("key,organisation,seats\n{text}"), &policy()) {
            Ok(lines) => prop_assert!(lines.iter().all(|line| line.terms.external_key.is_some())),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
