//! What may stand where somebody is typing: fields while no colon is there, values behind it.

use std::ops::Range;

use super::{
    FIELDS, Field, LONGEST, Takes,
    facts::NONE,
    fields::{self, values},
    lex::unquoted,
};
use crate::policy::Policy;

/// Offers, and which bytes of the text each would replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    pub at: Range<usize>,
    pub offers: Vec<Offer>,
    /// Whose names are to be offered besides, and how they begin.
    pub names: Option<(Field, String)>,
}

/// Something that could stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub text: String,
    /// What the policy calls it, where that is something else.
    pub name: Option<String>,
}

/// Offers at a place, for a reader of that language.
pub fn complete(text: &str, cursor: usize, policy: &Policy, language: &str) -> Option<Completion> {
    let cursor = text.floor_char_boundary(cursor.min(LONGEST));
    let start = start_of(text, cursor);
    let end = text[cursor..].find(char::is_whitespace).map_or(text.len(), |skip| cursor + skip);
    let dash = usize::from(text[start..cursor].starts_with('-'));
    let typed = &text[start + dash..cursor];
    let Some((name, value)) = typed.split_once(':') else {
        let offers = fields_beginning(typed, policy);
        return Some(Completion { at: start + dash..end, offers, names: None });
    };
    let last = value.rfind(',').map_or(0, |comma| comma + 1);
    let signs = value[last..].len() - value[last..].trim_start_matches(['<', '>', '=']).len();
    let beginning = &value[last + signs..];
    let at = start + dash + name.len() + 1 + last + signs..end;
    let Some(field) = fields::named(name) else {
        return Some(Completion { at, offers: choices(name, beginning, policy, language), names: None });
    };
    let names = matches!(field.takes, Takes::Organisation | Takes::Person | Takes::Staff | Takes::Team)
        .then(|| (field, unquoted(beginning).unwrap_or(beginning.trim_start_matches('"')).to_owned()));
    Some(Completion { at, offers: values_beginning(field, beginning, policy, language), names })
}

/// Where the piece begins in which the cursor stands: behind the last space that no quotation mark holds.
fn start_of(text: &str, cursor: usize) -> usize {
    let (mut start, mut is_open) = (0, false);
    for (at, letter) in text[..cursor].char_indices() {
        match letter {
            '"' => is_open = !is_open,
            it if it.is_whitespace() && !is_open => start = at + it.len_utf8(),
            _ => {}
        }
    }
    start
}

fn fields_beginning(typed: &str, policy: &Policy) -> Vec<Offer> {
    let typed = typed.to_ascii_lowercase();
    let details = policy.details.keys().map(|key| key.as_str());
    let known = FIELDS.iter().map(|it| it.name).chain(details.filter(|key| fields::named(key).is_none()));
    known.filter(|name| name.starts_with(&typed)).map(|name| Offer { text: format!("{name}:"), name: None }).collect()
}

fn values_beginning(field: Field, beginning: &str, policy: &Policy, language: &str) -> Vec<Offer> {
    if let Takes::Moment(_) = field.takes {
        return moments(field)
            .iter()
            .filter(|it| it.trim_start_matches(['<', '>']).starts_with(beginning))
            .map(|it| Offer { text: (*it).to_owned(), name: None })
            .collect();
    }
    let own: &[&str] = match field.takes {
        Takes::Person => &["me"],
        Takes::Staff => &["me", NONE],
        Takes::Team => &["mine", NONE],
        Takes::Organisation => &[NONE],
        Takes::Word | Takes::Ordered | Takes::Moment(_) => &[],
    };
    let begins = |text: &str| text.to_lowercase().starts_with(&beginning.to_lowercase());
    let own = own.iter().filter(|it| begins(it)).map(|it| Offer { text: (*it).to_owned(), name: None });
    let known = values(field.name, policy).into_iter().filter_map(|it| {
        let called = name_of(field.name, &it.written, policy, language);
        (begins(&it.written) || called.as_deref().is_some_and(begins))
            .then(|| Offer { name: called.filter(|name| *name != it.written), text: it.written })
    });
    own.chain(known).collect()
}

/// What can be chosen in a form's question.
fn choices(key: &str, beginning: &str, policy: &Policy, language: &str) -> Vec<Offer> {
    let key = key.strip_prefix("detail.").unwrap_or(key);
    let Some(detail) = policy.details.get(key) else { return vec![] };
    let begins = |text: &str| text.to_lowercase().starts_with(&beginning.to_lowercase());
    let all = detail.choices.iter().map(|(key, name)| (key.as_str(), name.say(language)));
    all.filter(|(key, name)| begins(key) || begins(name))
        .map(|(key, name)| Offer { text: key.to_owned(), name: Some(name.to_owned()) })
        .collect()
}

fn name_of(field: &str, written: &str, policy: &Policy, language: &str) -> Option<String> {
    let name = match field {
        "type" => &policy.types.get(written)?.name,
        "priority" => &policy.priorities.get(written)?.name,
        "plan" => &policy.plans.get(written)?.name,
        _ => return None,
    };
    Some(name.say(language).to_owned())
}

fn moments(field: Field) -> &'static [&'static str] {
    match field.name {
        "due" => &["<2h", "<1d", "today", "tomorrow", "late"],
        _ => &["today", "yesterday", "<7d", "<30d", ">30d"],
    }
}
