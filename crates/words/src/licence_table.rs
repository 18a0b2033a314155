//! What is wrong with a table of licences, by line, and what came of it.

use rules::{
    entitlement::import::{COLUMNS, FILE_BYTES, LineFault, NoRecord, NoText, Why},
    policy::Policy,
};

use crate::{lang::Lang, refusal::fault, size::limit};

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

/// What is wrong, a sentence each; the first hundred, and how many more there are.
pub fn faults(lang: Lang, policy: &Policy, all: &[LineFault]) -> Vec<String> {
    let mut said: Vec<String> = all.iter().take(SHOWN).map(|it| of_line(lang, policy, it)).collect();
    if let Some(more) = all.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        said.push(lang.say("table-more", &[("more", more.into())]));
    }
    said
}

/// What is wrong in one line, a sentence.
pub fn fault_of(lang: Lang, policy: &Policy, it: &LineFault) -> String {
    of_line(lang, policy, it)
}

fn of_line(lang: Lang, policy: &Policy, it: &LineFault) -> String {
    let say = |key: &str, with: &[(&str, &str)]| {
        let with: Vec<_> = with.iter().map(|(name, value)| (*name, (*value).into())).collect();
        lang.say(key, &with)
    };
    let why = match &it.why {
        Why::Empty => say("table-empty", &[("columns", &COLUMNS.join(", "))]),
        Why::NoSuchColumn { name } => say("table-no-column", &[("name", name), ("columns", &COLUMNS.join(", "))]),
        Why::ColumnTwice { name } => say("table-column-twice", &[("name", name)]),
        Why::ColumnMissing { name } => say("table-column-missing", &[("name", name)]),
        Why::NotARecord(NoRecord::Unclosed) => say("table-unclosed", &[]),
        Why::NotARecord(NoRecord::StrayQuote) => say("table-stray-quote", &[]),
        Why::FieldCount { fields, columns } => {
            lang.say("table-field-count", &[("fields", (*fields).into()), ("columns", (*columns).into())])
        }
        Why::KeyMissing => say("table-key-missing", &[]),
        Why::OrganisationMissing => say("table-organisation-missing", &[]),
        Why::KeyTwice { key, first } => {
            lang.say("table-key-twice", &[("key", key.as_str().into()), ("first", first.to_string().into())])
        }
        Why::Formula { column, text } => say("table-formula", &[("column", column), ("text", text)]),
        Why::Field(wrong) => format!("{}: {}", wrong.field, fault(lang, policy, &wrong.fault)),
        Why::NoSuchOrganisation { organisation } => say("table-no-organisation", &[("organisation", organisation)]),
        Why::KeyOfAnother { key, organisation } => {
            say("table-key-of-another", &[("key", key), ("organisation", organisation)])
        }
    };
    lang.say("table-line", &[("line", it.line.to_string().into()), ("why", why.into())])
}

/// What came of a table without a fault, or would: how many were added, were changed, and say the same.
pub fn came(lang: Lang, is_dry: bool, [added, changed, same]: [usize; 3]) -> String {
    let key = if is_dry { "table-would" } else { "table-done" };
    lang.say(key, &[("added", added.into()), ("changed", changed.into()), ("same", same.into())])
}

#[cfg(test)]
mod tests {
    use rules::{
        entitlement::import::lines,
        refusal::{Fault, FieldFault},
    };

    use super::*;

    fn larkspur() -> Policy {
        Policy::parse(include_str!("../../../policies/larkspur.toml")).unwrap().policy
    }

    #[test]
    fn every_fault_of_a_table_names_its_line_and_says_what_now() {
        let text = || "SUB-1".to_owned();
        let field = FieldFault { field: "seats".to_owned(), fault: Fault::NotACount { text: "many".to_owned() } };
        let all = [
            Why::Empty,
            Why::NoSuchColumn { name: "Ends".to_owned() },
            Why::ColumnTwice { name: "key".to_owned() },
            Why::ColumnMissing { name: "organisation" },
            Why::NotARecord(NoRecord::Unclosed),
            Why::NotARecord(NoRecord::StrayQuote),
            Why::FieldCount { fields: 3, columns: 4 },
            Why::KeyMissing,
            Why::OrganisationMissing,
            Why::KeyTwice { key: text(), first: 2 },
            Why::Formula { column: "edition", text: "=1+1".to_owned() },
            Why::Field(field),
            Why::NoSuchOrganisation { organisation: "acme.example".to_owned() },
            Why::KeyOfAnother { key: text(), organisation: "Nordlicht".to_owned() },
        ];
        for why in all {
            let said = faults(Lang::En, &larkspur(), &[LineFault { line: 1204, why: why.clone() }]);
            assert!(said[0].starts_with("Line 1204: ") && said[0].ends_with('.'), "{why:?}: {said:?}");
            assert!(!said[0].contains("table-"), "{said:?}");
        }
        for why in [NoText::TooLarge, NoText::Broken, NoText::Binary] {
            assert!(no_text(Lang::En, why).ends_with('.'), "{why:?}");
        }
    }

    #[test]
    fn of_many_faults_the_first_are_said_and_the_others_counted() {
        let text = format!("key,organisation{}", "\nSUB-1".repeat(130));
        let all = lines(&text, &larkspur()).unwrap_err();
        let said = faults(Lang::En, &larkspur(), &all);
        assert_eq!((said.len(), said[0].starts_with("Line 2: ")), (101, true), "{:?}", said[0]);
        assert!(said[100].contains(&(all.len() - 100).to_string()), "{}", said[100]);
    }

    #[test]
    fn what_came_of_a_table_is_counted() {
        assert_eq!(came(Lang::En, false, [1, 0, 2]), "One licence was added, none changed; 2 say the same already.");
        assert_eq!(
            came(Lang::En, true, [0, 3, 0]),
            "No licence would be added, 3 would be changed; none says the same already."
        );
    }
}
