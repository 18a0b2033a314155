//! What is wrong with any table that somebody brings, by line.

use rules::table::{FILE_BYTES, Misshapen, NoRecord, NoText};

use crate::{lang::Lang, size::limit};

/// Faults that are shown; more are counted.
const SHOWN: usize = 100;

/// Why a file is no table.
pub fn no_text(lang: Lang, why: NoText) -> String {
    let key = match why {
        NoText::TooLarge => {
            return lang.say("table-too-large", &[("limit", limit(FILE_BYTES as u64).into())]);
        }
        NoText::Broken => "table-broken",
        NoText::Binary => "table-binary",
    };
    lang.say(key, &[])
}

/// The first hundred faults, a sentence each, and by `more` how many more there are.
pub(crate) fn first<Fault>(lang: Lang, all: &[Fault], more: &str, say: impl Fn(&Fault) -> String) -> Vec<String> {
    let mut said: Vec<String> = all.iter().take(SHOWN).map(say).collect();
    if let Some(others) = all.len().checked_sub(SHOWN).filter(|others| *others > 0) {
        said.push(lang.say(more, &[("more", others.into())]));
    }
    said
}

/// What is wrong in one line, a sentence.
pub(crate) fn of_line(lang: Lang, line: usize, why: String) -> String {
    lang.say("table-line", &[("line", line.to_string().into()), ("why", why.into())])
}

/// What is wrong with a table that has some of the columns.
pub(crate) fn misshapen(lang: Lang, why: &Misshapen, columns: &[&str]) -> String {
    let columns = ("columns", columns.join(", ").into());
    match why {
        Misshapen::Empty => lang.say("table-empty", &[columns]),
        Misshapen::NoSuchColumn { name } => lang.say("table-no-column", &[("name", name.trim().into()), columns]),
        Misshapen::ColumnTwice { name } => lang.say("table-column-twice", &[("name", name.as_str().into())]),
        Misshapen::ColumnMissing { name } => lang.say("table-column-missing", &[("name", (*name).into())]),
        Misshapen::NotARecord(NoRecord::Unclosed) => lang.say("table-unclosed", &[]),
        Misshapen::NotARecord(NoRecord::StrayQuote) => lang.say("table-stray-quote", &[]),
        Misshapen::FieldCount { fields, columns } => {
            lang.say("table-field-count", &[("fields", (*fields).into()), ("columns", (*columns).into())])
        }
        Misshapen::Formula { column, text } => {
            lang.say("table-formula", &[("column", (*column).into()), ("text", text.as_str().into())])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_table_names_its_line_and_says_what_now() {
        let all = [
            Misshapen::Empty,
            Misshapen::NoSuchColumn { name: "Ends".to_owned() },
            Misshapen::ColumnTwice { name: "key".to_owned() },
            Misshapen::ColumnMissing { name: "organisation" },
            Misshapen::NotARecord(NoRecord::Unclosed),
            Misshapen::NotARecord(NoRecord::StrayQuote),
            Misshapen::FieldCount { fields: 3, columns: 4 },
            Misshapen::Formula { column: "edition", text: "=1+1".to_owned() },
        ];
        for why in all {
            let said = of_line(Lang::En, 1204, misshapen(Lang::En, &why, &["key", "organisation"]));
            assert!(said.starts_with("Line 1204: ") && said.ends_with('.'), "{why:?}: {said:?}");
            assert!(said.len() > 40 && !said.contains("table-"), "{said:?}");
        }
        for why in [NoText::TooLarge, NoText::Broken, NoText::Binary] {
            assert!(no_text(Lang::En, why).ends_with('.'), "{why:?}");
        }
    }

    #[test]
    fn of_many_faults_the_first_are_said_and_the_others_counted() {
        let many: Vec<usize> = (0..130).collect();
        let said = |all: &[usize]| first(Lang::En, all, "table-more", ToString::to_string);
        assert_eq!((said(&many).len(), said(&many)[0].as_str()), (101, "0"));
        assert_eq!(said(&many)[100], "30 more faults are not shown.");
        assert_eq!(said(&many[..100]).len(), 100);
    }
}
