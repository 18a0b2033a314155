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
    for separator in [',', '\t'] {
        let text = "key;organisation;plan\nSUB-1;acme.example;hedge".replace(';', &separator.to_string());
        assert_eq!(taken(&text).len(), 1, "{text}");
    }
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
fn a_table_is_read_in_every_encoding_that_spreadsheets_write() {
    let utf_16 = |order: fn(u16) -> [u8; 2]| TABLE.encode_utf16().flat_map(order).collect::<Vec<u8>>();
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(TABLE);
    let cases: [(&str, Vec<u8>); 7] = [
        ("utf-8", TABLE.into()),
        ("utf-8 with a mark", [b"\xEF\xBB\xBF", TABLE.as_bytes()].concat()),
        ("utf-16le", utf_16(u16::to_le_bytes)),
        ("utf-16be", utf_16(u16::to_be_bytes)),
        ("utf-16le with a mark", [b"\xFF\xFE".to_vec(), utf_16(u16::to_le_bytes)].concat()),
        ("utf-16be with a mark", [b"\xFE\xFF".to_vec(), utf_16(u16::to_be_bytes)].concat()),
        ("windows-1252", windows.into_owned()),
    ];
    for (name, bytes) in cases {
        assert_eq!(text(&bytes).as_deref(), Ok(TABLE), "{name}");
    }
    let mut cut = [b"\xFF\xFE".to_vec(), utf_16(u16::to_le_bytes)].concat();
    cut.pop();
    assert_eq!(text(&cut), Err(NoText::Broken), "half a character");
    assert_eq!(text(b"\xEF\xBB\xBFkey,\xFF"), Err(NoText::Broken), "no UTF-8, although it says so");
    assert_eq!(text(b"PK\x03\x04"), Err(NoText::Binary), "a spreadsheet itself");
    assert_eq!(text(&vec![b'a'; FILE_BYTES + 1]), Err(NoText::TooLarge));
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
    let formula = |column, text: &str| Why::Formula { column, text: text.to_owned() };
    let expected = [
        (3, Why::KeyTwice { key: "SUB-1".to_owned(), first: 2 }),
        (4, Why::KeyMissing),
        (5, Why::OrganisationMissing),
        (5, wrong("seats", Fault::NotACount { text: "many".to_owned() })),
        (5, wrong("through", Fault::NotADate { text: "31.3.2027".to_owned() })),
        (6, Why::FieldCount { fields: 3, columns: 4 }),
        (7, formula("key", "=1+1")),
        (7, formula("organisation", "@acme")),
        (8, formula("seats", "-4")),
        (8, wrong("seats", Fault::NotACount { text: "-4".to_owned() })),
    ];
    assert_eq!(faults(text), expected);
}

#[test]
fn a_first_line_that_names_no_columns_is_refused() {
    let missing = |name| vec![(1, Why::ColumnMissing { name })];
    assert_eq!(faults(""), [(1, Why::Empty)]);
    assert_eq!(faults("\n \n"), [(1, Why::Empty)]);
    assert_eq!(faults("key,plan\n"), missing("organisation"));
    assert_eq!(faults("organisation\n"), missing("key"));
    let twice = Why::ColumnTwice { name: "key".to_owned() };
    let unknown = Why::NoSuchColumn { name: "Ends on".to_owned() };
    assert_eq!(faults("\nkey,KEY,Ends on\n"), [(2, twice), (2, unknown)]);
}

#[test]
fn half_a_file_is_refused_where_it_breaks_off() {
    let unclosed = |line| vec![(line, Why::NotARecord(NoRecord::Unclosed))];
    assert_eq!(faults("key,organisation\nSUB-1,\"acme"), unclosed(2));
    assert_eq!(faults("key,organisation\nSUB-1,acme.example\nSUB-2"), [(3, Why::FieldCount { fields: 1, columns: 2 })]);
    for stray in ["key,organisation\nSUB-1,\"\"b", "key,organisation\nSUB-1,a\"b", "key,organisation\nSUB-1,\"a\"b"] {
        assert_eq!(faults(stray), [(2, Why::NotARecord(NoRecord::StrayQuote))]);
    }
}

/// A field as a program would write it that quotes always.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        rows in prop::collection::vec(("[A-Za-z0-9][^\\p{Cc}]{0,12}", "[^\\p{Cc}]{0,12}"), 0..8),
        separator in prop::sample::select(vec![',', ';', '\t']),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let mut text = format!("key{separator}organisation{separator}edition");
        for (at, (key, edition)) in rows.iter().enumerate() {
            text.push_str(end);
            let key = quoted(&format!("{key}{at}"));
            text.push_str(&format!("{key}{separator}7{separator}{}", quoted(&format!("E{edition}"))));
        }
        let policy = policy();
        let read = lines(&text, &policy).unwrap();
        let expected: Vec<(String, String)> = rows
            .iter()
            .enumerate()
            .map(|(at, (key, edition))| (format!("{key}{at}").trim().to_owned(), format!("E{edition}").trim().to_owned()))
            .collect();
        let found: Vec<(String, String)> =
            read.into_iter().map(|line| (line.terms.external_key.unwrap(), line.terms.edition)).collect();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn any_bytes_are_read_or_refused_and_no_line_is_lost(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let Ok(text) = text(&bytes) else { return Ok(()) };
        match lines(&text, &policy()) {
            Ok(lines) => prop_assert!(lines.iter().all(|line| line.terms.external_key.is_some())),
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }
}
