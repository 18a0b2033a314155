//! What a letter to those whom a bug affects may name: Jinja, as texts for replies are, checked before it is sent to anybody.

use serde::Serialize;

use crate::templates::{Fault, Named, fill_with};

/// What is known of its reader, and of the bug.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Letter {
    pub reader: Named,
    /// Without a name where they belong to none.
    pub organisation: Named,
    pub sender: Named,
    /// Theirs that have the bug, with commas; empty where that is our cloud.
    pub version: String,
    /// The version with the fix that is theirs; empty where there is none.
    pub fix: String,
    /// It exists, and their licence ended before it.
    pub needs_licence: bool,
    pub bug: LetterBug,
    pub product: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LetterBug {
    /// "BUG-311".
    pub name: String,
    pub title: String,
}

/// Whether it can be filled in for anybody.
///
/// # Errors
/// Why not, with the line.
pub fn check_letter(text: &str) -> Result<(), Fault> {
    let named = Letter {
        reader: Named::of("Dana Whitlock"),
        organisation: Named::of("Acme"),
        sender: Named::of("Theo Lindqvist"),
        version: "5.11, 5.12.1".to_owned(),
        fix: "5.12.2".to_owned(),
        needs_licence: false,
        bug: LetterBug { name: "BUG-311".to_owned(), title: "…".to_owned() },
        product: "…".to_owned(),
    };
    fill_with(text, &named)?;
    let none = Letter { organisation: Named::default(), version: String::new(), fix: String::new(), ..named };
    fill_with(text, &none)?;
    fill_with(text, &Letter { needs_licence: true, ..none }).map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_2_a_letter_names_what_is_known_of_its_reader_and_nothing_else() {
        let text = "Dear {{ reader.first }},\n{% if version %}{{ version }}{% else %}our cloud{% endif %} has {{ bug.title }}.\n\
                    {% if fix %}Please install {{ fix }}.{% elif needs_licence %}A licence makes the fix yours.{% endif %}";
        assert_eq!(check_letter(text), Ok(()));
        let dana = Letter { reader: Named::of("Dana Whitlock"), version: "5.12.1".into(), ..Letter::default() };
        assert!(fill_with(text, &dana).expect("it fills").starts_with("Dear Dana,\n5.12.1 has"));
        for unknown in [
            "{{ requester.name }}",
            "{{ reader.address }}",
            "{{ fix",
            "{% for a in range(99999) %}{% for b in range(999) %}x{% endfor %}{% endfor %}",
        ] {
            assert!(check_letter(unknown).is_err(), "{unknown}");
        }
    }
}
