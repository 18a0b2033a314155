//! A text read as a question. Any text can be read: what is no condition is words, and a condition that makes no sense is
//! a fault that says where and why.

use jiff::tz::TimeZone;

use super::{
    Condition, Fault, Field, Hint, LONGEST, MOST, Moment, Order, Query, Takes, Test, Why, facts,
    fields::{self, FIELDS, values},
    lex::{Piece, What, alternatives, pieces},
    moments::within,
};
use crate::{
    ids::PersonId,
    instant::Instant,
    policy::{Policy, nearest},
    search::Typed,
};

/// By whom, when and under which policy a text is read.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    pub policy: &'a Policy,
    pub me: PersonId,
    pub now: Instant,
    /// In which days begin.
    pub zone: TimeZone,
}

pub fn read(text: &str, reader: &Reader<'_>) -> Result<Query, Fault> {
    if text.len() > LONGEST {
        return Err(Fault { why: Why::TooLong, at: text.floor_char_boundary(LONGEST)..text.len() });
    }
    let (mut query, mut words, mut without) = (Query::default(), vec![], vec![]);
    let mut last_open = false;
    for piece in pieces(text)? {
        if query.conditions.len() == MOST {
            return Err(Fault { why: Why::TooMany, at: piece.at });
        }
        last_open = piece.at.end == text.len() && matches!(piece.what, What::Word(_));
        match piece.what {
            What::Word(word) if piece.not => without.push(word),
            What::Word(word) => words.push(word),
            What::Phrase(phrase) if piece.not => without.push(phrase),
            What::Phrase(phrase) => query.phrases.extend(says_something(phrase)),
            What::Pair { name, value } if fields::named(name).is_some_and(|it| it.name == "sort") => {
                query.sort = Some(sort(value, &piece, reader.policy)?)
            }
            What::Pair { name, value } => match named(name, reader.policy) {
                Some(named) => query.conditions.push(condition(&named, value, &piece, reader)?),
                None => {
                    query.hints.extend(hint(name, value, &piece));
                    words.push(&text[piece.at.start + usize::from(piece.not)..piece.at.end]);
                }
            },
        }
    }
    // A space behind the last word closes it: nobody goes on typing it.
    let tail = if last_open { "" } else { " " };
    query.typed = Typed::read(&format!("{}{tail}", words.join(" ")));
    query.without = Typed::read(&format!("{} ", without.join(" ")));
    if query.sort == Some(Order::Queue) && !query.is_of_the_queue() {
        return Err(Fault { why: Why::NotInQueue, at: 0..text.len() });
    }
    Ok(query)
}

fn says_something(phrase: &str) -> Option<String> {
    let phrase = phrase.trim();
    crate::search::words(phrase).next().map(|_| phrase.to_owned())
}

/// What a name means.
enum Named {
    Field(Field),
    /// A question of the policy's forms.
    Detail(String),
}

fn named(name: &str, policy: &Policy) -> Option<Named> {
    if let Some(field) = fields::named(name) {
        return Some(Named::Field(field));
    }
    let key = name.strip_prefix("detail.").unwrap_or(name).to_ascii_lowercase();
    policy.details.contains(key.as_str()).then_some(Named::Detail(key))
}

/// A name that is almost a field's.
fn hint(name: &str, value: &str, piece: &Piece<'_>) -> Option<Hint> {
    if value.is_empty() || value.starts_with('/') {
        return None;
    }
    let meant = nearest(&name.to_ascii_lowercase(), FIELDS.iter().map(|it| it.name))?;
    Some(Hint { written: name.to_owned(), meant, at: piece.at.clone() })
}

fn condition(named: &Named, value: &str, piece: &Piece<'_>, reader: &Reader<'_>) -> Result<Condition, Fault> {
    let fault = |why| Fault { why, at: piece.at.clone() };
    let test = match named {
        Named::Detail(key) => detail(key, value),
        Named::Field(field) if value.is_empty() => Err(Why::NoValue { field: *field }),
        Named::Field(field) => test(*field, value, reader),
    };
    Ok(Condition { not: piece.not, test: test.map_err(fault)?, at: piece.at.clone() })
}

fn test(field: Field, value: &str, reader: &Reader<'_>) -> Result<Test, Why> {
    match field.takes {
        Takes::Word => any_of(field, value, reader),
        Takes::Ordered => ordered(field, value, reader.policy),
        Takes::Moment(moment) => moment_of(field, moment, value, reader),
        Takes::Organisation | Takes::Person | Takes::Staff | Takes::Team => names(field, value, reader),
    }
}

/// `version:5.12`, `version:5.*`.
fn detail(key: &str, value: &str) -> Result<Test, Why> {
    let field = facts::detail_field(key);
    if let Some(beginning) = value.strip_suffix('*') {
        return Ok(Test::Beginning(facts::token(&field, &facts::compared(beginning))));
    }
    Ok(Test::AnyOf(alternatives(value).into_iter().map(|it| facts::token(&field, &facts::compared(it))).collect()))
}

fn any_of(field: Field, value: &str, reader: &Reader<'_>) -> Result<Test, Why> {
    let mut tokens = vec![];
    for written in alternatives(value) {
        let word = known(field.name, written, reader.policy)?;
        match (field.name, word.as_str()) {
            ("is", "late") => return late(field, value, reader),
            ("is", "mine") => tokens.push(facts::token("agent", &reader.me.to_string())),
            _ => tokens.push(facts::token(field.name, &word)),
        }
    }
    if tokens.is_empty() { Err(Why::NoValue { field }) } else { Ok(Test::AnyOf(tokens)) }
}

/// Being late depends on now, so it stands alone.
fn late(field: Field, value: &str, reader: &Reader<'_>) -> Result<Test, Why> {
    if alternatives(value).len() > 1 {
        let known = vec!["late".to_owned()];
        return Err(Why::UnknownValue { field: field.name, written: value.to_owned(), meant: None, known });
    }
    Ok(Test::Within { moment: Moment::Due, from: None, until: Some(reader.now) })
}

/// `priority:>=high`: high and what is above it. The policy has the highest first.
fn ordered(field: Field, value: &str, policy: &Policy) -> Result<Test, Why> {
    let all = values(field.name, policy);
    let signs = [">=", "<=", ">", "<"];
    let Some((sign, rest)) = signs.into_iter().find_map(|sign| Some((sign, value.strip_prefix(sign)?))) else {
        let words = alternatives(value).into_iter().map(|it| known(field.name, it, policy));
        let words = words.collect::<Result<Vec<String>, Why>>()?;
        let tokens: Vec<String> = words.iter().map(|word| facts::token(field.name, word)).collect();
        return if tokens.is_empty() { Err(Why::NoValue { field }) } else { Ok(Test::AnyOf(tokens)) };
    };
    let bound = known(field.name, super::lex::unquoted(rest).unwrap_or(rest), policy)?;
    let place = all.iter().position(|it| it.written == bound).unwrap_or(0);
    let meant = all.iter().enumerate().filter(|(at, _)| match sign {
        ">=" => *at <= place,
        ">" => *at < place,
        "<=" => *at >= place,
        _ => *at > place,
    });
    Ok(Test::AnyOf(meant.map(|(_, it)| facts::token(field.name, &it.written)).collect()))
}

/// The value that is meant, as it is written in facts.
fn known(name: &'static str, written: &str, policy: &Policy) -> Result<String, Why> {
    let all = values(name, policy);
    if let Some(found) = all.iter().find(|it| it.is_meant_by(written)) {
        return Ok(found.written.clone());
    }
    if written.starts_with(['<', '>', '=']) {
        let field = fields::named(name).unwrap_or(FIELDS[0]);
        return Err(Why::NoOrder { field });
    }
    let known: Vec<String> = all.into_iter().map(|it| it.written).collect();
    let meant = nearest(&written.to_lowercase(), known.iter().map(String::as_str)).map(str::to_owned);
    Err(Why::UnknownValue { field: name, written: written.to_owned(), meant, known })
}

fn moment_of(field: Field, moment: Moment, value: &str, reader: &Reader<'_>) -> Result<Test, Why> {
    if moment == Moment::Due && value == "late" {
        return late(field, value, reader);
    }
    within(field, moment, value, reader)
}

/// `me` and `none` are known here; the rest has to be looked up.
fn names(field: Field, value: &str, reader: &Reader<'_>) -> Result<Test, Why> {
    let names: Vec<&str> = alternatives(value);
    if names.is_empty() {
        return Err(Why::NoValue { field });
    }
    let own = |name: &&str| match (field.takes, *name) {
        (Takes::Person | Takes::Staff, "me") => Some(facts::token(field.name, &reader.me.to_string())),
        (Takes::Organisation | Takes::Staff | Takes::Team, "none") => Some(facts::token(field.name, facts::NONE)),
        _ => None,
    };
    let known: Vec<String> = names.iter().filter_map(own).collect();
    let names: Vec<String> = names.iter().filter(|it| own(it).is_none()).map(|it| (*it).to_owned()).collect();
    Ok(if names.is_empty() { Test::AnyOf(known) } else { Test::Named { field, names, known } })
}

fn sort(value: &str, piece: &Piece<'_>, policy: &Policy) -> Result<Order, Fault> {
    let known = known("sort", value, policy).map_err(|why| Fault { why, at: piece.at.clone() })?;
    Ok(match known.as_str() {
        "due" => Order::Queue,
        "-updated" => Order::UpdatedFirst,
        "filed" => Order::Filed,
        "-filed" => Order::FiledFirst,
        _ => Order::Updated,
    })
}
