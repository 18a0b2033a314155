//! Shows that a table is read whole or not at all, whatever program wrote it.

use proptest::prelude::*;

use super::*;

const TABLE: &str = "Name;Note\r\nacme;Größe L\r\n\r\n;;;;\r\n7;\"Team; \"\"large\"\"\"\r\n";

type Names = Vec<(String, String)>;

/// Reads a table of names, each with a note.
fn read(text: &str) -> Result<Names, Vec<(usize, Misshapen)>> {
    let missing = |columns: &[&str]| (!columns.contains(&"name")).then_some("name");
    let table = Table::read(text, &["name", "note"], missing);
    let lines = table.and_then(|table| {
        let field = |row: Row<'_>, column| row.text(column).unwrap_or_default().to_owned();
        table.lines(|row| Ok((field(row, "name"), field(row, "note"))), |_| None::<()>, |(), _| Misshapen::Empty)
    });
    lines.map_err(|all| all.into_iter().map(|it| (it.line, it.why)).collect())
}

fn faults(text: &str) -> Vec<(usize, Misshapen)> {
    read(text).expect_err("it is wrong")
}

#[test]
fn a_table_is_read_by_the_names_of_its_columns_and_empty_lines_are_none() {
    let rows = |text: &str| read(text).expect("it is whole");
    let expected = [("acme", "Größe L"), ("7", "Team; \"large\"")].map(|(name, note)| (name.into(), note.into()));
    assert_eq!(rows(TABLE), expected);
    for separator in [',', ';', '\t'] {
        let text = "note;NAME\n;acme".replace(';', &separator.to_string());
        assert_eq!(rows(&text), [("acme".to_owned(), String::new())], "{text}");
    }
    assert_eq!(rows("name\n"), [], "a table without lines");
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
    assert_eq!(text(b"\xEF\xBB\xBFname,\xFF"), Err(NoText::Broken), "no UTF-8, although it says so");
    assert_eq!(text(b"PK\x03\x04"), Err(NoText::Binary), "a spreadsheet itself");
    assert_eq!(text(&vec![b'a'; FILE_BYTES + 1]), Err(NoText::TooLarge));
}

#[test]
fn a_first_line_that_names_no_columns_is_refused() {
    assert_eq!(faults(""), [(1, Misshapen::Empty)]);
    assert_eq!(faults("\n \n"), [(1, Misshapen::Empty)]);
    assert_eq!(faults("note\n"), [(1, Misshapen::ColumnMissing { name: "name" })]);
    let twice = Misshapen::ColumnTwice { name: "name".to_owned() };
    let unknown = Misshapen::NoSuchColumn { name: "Ends on".to_owned() };
    assert_eq!(faults("\nname,NAME,Ends on\n"), [(2, twice), (2, unknown)]);
}

#[test]
fn half_a_file_is_refused_where_it_breaks_off() {
    assert_eq!(faults("name,note\nacme,\"7"), [(2, Misshapen::NotARecord(NoRecord::Unclosed))]);
    let cut_off = Misshapen::FieldCount { fields: 1, columns: 2 };
    assert_eq!(faults("name,note\nacme,7\nbeta"), [(3, cut_off)]);
    for stray in ["name,note\nacme,\"\"b", "name,note\nacme,a\"b", "name,note\nacme,\"a\"b"] {
        assert_eq!(faults(stray), [(2, Misshapen::NotARecord(NoRecord::StrayQuote))]);
    }
}

#[test]
fn what_a_spreadsheet_would_run_is_refused() {
    let formula = |column, text: &str| Misshapen::Formula { column, text: text.to_owned() };
    assert_eq!(
        faults("name,note\n=1+1, @acme\na,-4\na,b=c\n"),
        [(2, formula("name", "=1+1")), (2, formula("note", "@acme")), (3, formula("note", "-4"))]
    );
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
        let mut text = format!("name{separator}note");
        for (name, note) in &rows {
            text.push_str(&format!("{end}{}{separator}{}", quoted(name), quoted(&format!("E{note}"))));
        }
        let expected: Names =
            rows.iter().map(|(name, note)| (name.trim().to_owned(), format!("E{note}").trim().to_owned())).collect();
        prop_assert_eq!(read(&text), Ok(expected));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let Ok(text) = text(&bytes) else { return Ok(()) };
        for text in [format!("name,note\n{text}"), text] {
            prop_assert!(read(&text).err().is_none_or(|faults| !faults.is_empty()));
        }
    }
}
