//! A text written by clicks: conditions put into it, in the place of those of the same field.

use super::{
    Fault,
    fields::named,
    lex::{Piece, What, closing, pieces, unquoted},
};

/// A field and what was chosen for it; nothing takes the condition out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice<'a> {
    pub field: &'a str,
    pub value: &'a str,
}

/// What a text says of a field, as a form shows it to be changed: without the quotation marks around it. The first where it
/// says several.
pub fn written(text: &str, field: &str) -> Option<String> {
    let of = |piece: Piece<'_>| match piece.what {
        What::Pair { name, value } if !piece.not && is_same(field, name) => Some(bare(value).to_owned()),
        _ => None,
    };
    pieces(text).ok()?.into_iter().find_map(of)
}

fn bare(value: &str) -> &str {
    unquoted(value).unwrap_or(value)
}

/// The text with these conditions. What is turned round by a dash stays as it is, and what was not changed stays as written,
/// with what else the text says of that field.
pub fn build(text: &str, choices: &[Choice<'_>]) -> Result<String, Fault> {
    let mut parts: Vec<String> = vec![];
    let (mut placed, mut unchanged) = (vec![false; choices.len()], vec![false; choices.len()]);
    for piece in pieces(text)? {
        let written = &text[piece.at.clone()];
        let What::Pair { name, value } = piece.what else {
            parts.push(written.to_owned());
            continue;
        };
        let of = choices.iter().position(|it| !piece.not && is_same(it.field, name));
        match of {
            None => parts.push(written.to_owned()),
            Some(at) if unchanged[at] || !placed[at] && bare(value) == choices[at].value.trim() => {
                (placed[at], unchanged[at]) = (true, true);
                parts.push(written.to_owned());
            }
            Some(at) if placed[at] => {}
            Some(at) => {
                placed[at] = true;
                parts.extend(condition(&choices[at]));
            }
        }
    }
    let added = choices.iter().zip(placed).filter(|(_, placed)| !placed);
    parts.extend(added.filter_map(|(choice, _)| condition(choice)));
    Ok(parts.join(" "))
}

fn is_same(field: &str, name: &str) -> bool {
    named(name).map_or(name, |it| it.name) == field
}

fn condition(choice: &Choice<'_>) -> Option<String> {
    let value = choice.value.trim().replace('"', "");
    if value.is_empty() {
        return None;
    }
    let parts = |letter: char| letter.is_whitespace() || letter == ',';
    // A quotation mark at its beginning would begin a phrase.
    let is_plain = !value.contains(parts) && !value.starts_with(|letter| closing(letter).is_some());
    Some(if is_plain { format!("{}:{value}", choice.field) } else { format!("{}:\"{value}\"", choice.field) })
}
