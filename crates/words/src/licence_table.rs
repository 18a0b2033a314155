//! What is wrong with a table of licences, by line, and what came of it.

use rules::{
    entitlement::import::{COLUMNS, LineFault, Why},
    policy::Policy,
};

use crate::{
    lang::Lang,
    refusal::fault,
    table::{first, misshapen, of_line},
};

/// What is wrong, a sentence each; the first hundred, and how many more there are.
pub fn faults(lang: Lang, policy: &Policy, all: &[LineFault]) -> Vec<String> {
    first(lang, all, "table-more", |it| fault_of(lang, policy, it))
}

/// What is wrong in one line, a sentence.
pub fn fault_of(lang: Lang, policy: &Policy, it: &LineFault) -> String {
    let say = |key: &str, with: &[(&str, &str)]| {
        let with: Vec<_> = with.iter().map(|(name, value)| (*name, (*value).into())).collect();
        lang.say(key, &with)
    };
    let why = match &it.why {
        Why::Shape(why) => misshapen(lang, why, &COLUMNS),
        Why::KeyMissing => say("table-key-missing", &[]),
        Why::OrganisationMissing => say("table-organisation-missing", &[]),
        Why::KeyTwice { key, first } => {
            lang.say("table-key-twice", &[("key", key.as_str().into()), ("first", first.to_string().into())])
        }
        Why::Field(wrong) => format!("{}: {}", wrong.field, fault(lang, policy, &wrong.fault)),
        Why::NoSuchOrganisation { organisation } => say("table-no-organisation", &[("organisation", organisation)]),
        Why::KeyOfAnother { key, organisation } => {
            say("table-key-of-another", &[("key", key), ("organisation", organisation)])
        }
    };
    of_line(lang, it.line, why)
}

/// What came of a table without a fault, or would: how many were added, were changed, and say the same.
pub fn came(lang: Lang, is_dry: bool, [added, changed, same]: [usize; 3]) -> String {
    let key = if is_dry { "table-would" } else { "table-done" };
    lang.say(key, &[("added", added.into()), ("changed", changed.into()), ("same", same.into())])
}

#[cfg(test)]
mod tests {
    use rules::{
        refusal::{Fault, FieldFault},
        table::Misshapen,
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
            Why::Shape(Misshapen::Empty),
            Why::KeyMissing,
            Why::OrganisationMissing,
            Why::KeyTwice { key: text(), first: 2 },
            Why::Field(field),
            Why::NoSuchOrganisation { organisation: "acme.example".to_owned() },
            Why::KeyOfAnother { key: text(), organisation: "Nordlicht".to_owned() },
        ];
        for why in all {
            let said = faults(Lang::En, &larkspur(), &[LineFault { line: 1204, why: why.clone() }]);
            assert!(said[0].starts_with("Line 1204: ") && said[0].ends_with('.'), "{why:?}: {said:?}");
            assert!(!said[0].contains("table-"), "{said:?}");
        }
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
