//! A reader's scope as a condition on the index: the same that `rules::access::Scope::sees` checks, over facts. Who shows a
//! hit checks it again on its row, since an index is always a moment behind.

use std::ops::Bound;

use rules::{
    access::{Former, Scope, Staff},
    events::Secrecy,
};
use tantivy::{
    Term,
    query::{BooleanQuery, Occur, Query, RangeQuery},
};

use super::{
    fields::{Fields, NO_REQUEST},
    find::{fact, number, silent},
};
use crate::engine::word;

type Clause = (Occur, Box<dyn Query>);

/// Requests that the scope sees. Staff see almost all, so theirs says what they do not see: that is few, and most requests
/// need not be looked at for it.
pub(super) fn seen(fields: &Fields, scope: &Scope) -> Vec<Clause> {
    let hidden: &[Secrecy] = match scope.staff {
        Staff::None => return vec![(Occur::Must, silent(of_lines(fields, scope)))],
        Staff::Open => &[Secrecy::Confidential, Secrecy::Security],
        Staff::Confidential => &[Secrecy::Security],
        Staff::Security => &[],
    };
    let mut clauses = vec![(Occur::MustNot, fact(fields.kind, NO_REQUEST))];
    if !hidden.is_empty() {
        let hidden = hidden.iter().map(|it| secrecy(fields, *it)).collect();
        let mut all: Vec<Clause> = vec![(Occur::Must, Box::new(BooleanQuery::union(hidden)))];
        all.extend(own(fields, scope).into_iter().map(|it| (Occur::MustNot, it)));
        clauses.push((Occur::MustNot, Box::new(BooleanQuery::new(all))));
    }
    clauses
}

/// Line by line as `Scope` has them, of who is no staff.
pub(super) fn of_lines(fields: &Fields, scope: &Scope) -> Box<dyn Query> {
    let mut lines = own(fields, scope);
    for shared in &scope.colleagues {
        let mut all = vec![number(fields.organisation, shared.organisation.0), secrecy(fields, Secrecy::Open)];
        if let Some(from) = shared.filed_from {
            let from = Bound::Included(Term::from_field_i64(fields.filed, from.micros()));
            all.push(Box::new(RangeQuery::new(from, Bound::Unbounded)));
        }
        if let Some(reseller) = shared.filed_by {
            all.push(number(fields.reseller, reseller.0));
        }
        lines.push(Box::new(BooleanQuery::intersection(all)));
    }
    Box::new(BooleanQuery::union(lines))
}

fn own(fields: &Fields, scope: &Scope) -> Vec<Box<dyn Query>> {
    vec![number(fields.requester, scope.person.0), takes_part(fields, scope)]
}

/// Added to it, and its organisation not left since.
fn takes_part(fields: &Fields, scope: &Scope) -> Box<dyn Query> {
    let mut all = vec![(Occur::Must, number(fields.person, scope.person.0))];
    for Former { organisation, filed_before } in &scope.former {
        let mut kept: Vec<Box<dyn Query>> = vec![number(fields.organisation, organisation.0)];
        if let Some(at) = filed_before {
            let before = Bound::Excluded(Term::from_field_i64(fields.filed, at.micros()));
            kept.push(Box::new(RangeQuery::new(Bound::Unbounded, before)));
        }
        all.push((Occur::MustNot, Box::new(BooleanQuery::intersection(kept))));
    }
    Box::new(BooleanQuery::new(all))
}

pub(super) fn secrecy(fields: &Fields, secrecy: Secrecy) -> Box<dyn Query> {
    fact(fields.secrecy, &word(&secrecy))
}
