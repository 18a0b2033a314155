//! Conditions of the filter language as a query of the index, which holds the same facts (`rules::query::Tokens`), and the
//! place behind a row in an order.

use std::ops::Bound;

use rules::{
    instant::Instant,
    query::{Condition, Moment, Order, Query as Asked, Test},
    search::{Typed, forms, words},
};
use tantivy::{
    Term,
    query::{BooleanQuery, Occur, PhraseQuery, Query, RangeQuery},
    schema::Field,
};

use super::{
    fields::Fields,
    find::{fact, silent, term},
};
use crate::ticket_lists::After;

type Clause = (Occur, Box<dyn Query>);

/// All that is asked for besides words that are to be found.
pub(super) fn all_of(fields: &Fields, texts: &[Field], asked: &Asked) -> Vec<Clause> {
    let conditions = asked.conditions.iter().map(|it| condition(fields, it));
    let without = without(texts, &asked.without).map(|it| (Occur::MustNot, it));
    let phrases = asked.phrases.iter().map(|it| (Occur::Must, phrase(texts, it)));
    conditions.chain(without).chain(phrases).collect()
}

fn condition(fields: &Fields, condition: &Condition) -> Clause {
    let query = silent(test(fields, &condition.test));
    (if condition.not { Occur::MustNot } else { Occur::Must }, query)
}

fn test(fields: &Fields, test: &Test) -> Box<dyn Query> {
    match test {
        Test::AnyOf(tokens) => match &tokens[..] {
            [token] => fact(fields.fact, token),
            tokens => Box::new(BooleanQuery::union(tokens.iter().map(|it| fact(fields.fact, it)).collect())),
        },
        Test::Beginning(beginning) => {
            let term = |text: &str| Term::from_field_text(fields.fact, text);
            // No text stands behind a beginning and before this but what begins so.
            let end = format!("{beginning}\u{10FFFF}");
            Box::new(RangeQuery::new(Bound::Included(term(beginning)), Bound::Excluded(term(&end))))
        }
        Test::Within { moment, from, until } => {
            let term = |at: &Instant| Term::from_field_i64(field_of(fields, *moment), at.micros());
            let from = from.as_ref().map_or(Bound::Unbounded, |at| Bound::Included(term(at)));
            let until = until.as_ref().map_or(Bound::Unbounded, |at| Bound::Excluded(term(at)));
            Box::new(RangeQuery::new(from, until))
        }
        // Nobody was looked up, so nobody is meant.
        Test::Named { .. } => Box::new(tantivy::query::EmptyQuery),
    }
}

fn field_of(fields: &Fields, moment: Moment) -> Field {
    match moment {
        Moment::Filed => fields.filed,
        Moment::Updated => fields.updated,
        Moment::StateSince => fields.since,
        Moment::Due => fields.due,
    }
}

fn without<'a>(texts: &'a [Field], typed: &'a Typed) -> impl Iterator<Item = Box<dyn Query>> + 'a {
    typed.words.iter().flat_map(move |word| texts.iter().map(move |field| term(*field, &word.forms[0])))
}

/// The words of a phrase behind each other, in one of the texts.
fn phrase(texts: &[Field], phrase: &str) -> Box<dyn Query> {
    let written = words(phrase).enumerate();
    let forms: Vec<(usize, String)> =
        written.filter_map(|(at, word)| Some((at, forms(word.written).into_iter().next()?))).collect();
    let in_text = |field: &Field| -> Box<dyn Query> {
        match &forms[..] {
            [] => Box::new(tantivy::query::EmptyQuery),
            [(_, one)] => term(*field, one),
            several => {
                let terms = several.iter().map(|(at, form)| (*at, Term::from_field_text(*field, form)));
                Box::new(PhraseQuery::new_with_offset(terms.collect()))
            }
        }
    };
    Box::new(BooleanQuery::union(texts.iter().map(in_text).collect()))
}

/// What stands behind a row in this order.
pub(super) fn behind(fields: &Fields, order: Order, after: After) -> Box<dyn Query> {
    let number = |field: Field, value: i64| Term::from_field_u64(field, value.unsigned_abs());
    let at = |field: Field, value: i64| Term::from_field_i64(field, value);
    let id = |is_more: bool| range(number(fields.ticket, after.id.0), is_more);
    let by = |field: Field, is_more: bool| or_equal(at(field, after.at), is_more, id(is_more));
    match order {
        Order::Filed => by(fields.filed, false),
        Order::FiledFirst => by(fields.filed, true),
        Order::Best | Order::Updated => by(fields.updated, false),
        Order::UpdatedFirst => by(fields.updated, true),
        Order::Queue => or_equal(number(fields.bucket, after.bucket), true, by(fields.queue_at, true)),
    }
}

/// More than a value, or equal to it and behind by what comes next.
fn or_equal(value: Term, is_more: bool, next: Box<dyn Query>) -> Box<dyn Query> {
    let equal = RangeQuery::new(Bound::Included(value.clone()), Bound::Included(value.clone()));
    let equal = BooleanQuery::intersection(vec![Box::new(equal), next]);
    Box::new(BooleanQuery::union(vec![range(value, is_more), Box::new(equal)]))
}

fn range(value: Term, is_more: bool) -> Box<dyn Query> {
    let bound = Bound::Excluded(value);
    Box::new(if is_more { RangeQuery::new(bound, Bound::Unbounded) } else { RangeQuery::new(Bound::Unbounded, bound) })
}
