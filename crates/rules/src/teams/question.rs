//! What a team's question may ask: what a request is from its first instant on.

use crate::query::{Fault, Query, Takes, Test, Why};

/// What is known of a request when it is filed, and does not change by what people do with it.
const FIELDS: [&str; 5] = ["type", "priority", "org", "plan", "channel"];
const MARKS: [&str; 2] = ["is=confidential", "is=security"];

/// Whether a team can take requests by this question. Words, people, moments and whose turn it is cannot be asked for: a
/// team takes each request once, as it comes in.
pub fn takes(asked: &Query, written: &str) -> Result<(), Fault> {
    if asked.looks_for_words() || !asked.has_no_words() {
        return Err(Fault { why: Why::NotOfATeam, at: 0..written.len() });
    }
    match asked.conditions.iter().find(|it| !is_lasting(&it.test)) {
        Some(condition) => Err(Fault { why: Why::NotOfATeam, at: condition.at.clone() }),
        None => Ok(()),
    }
}

fn is_lasting(test: &Test) -> bool {
    match test {
        Test::AnyOf(tokens) => tokens.iter().all(|token| {
            let field = token.split('=').next().unwrap_or_default();
            FIELDS.contains(&field) || field.starts_with("detail.") || MARKS.contains(&token.as_str())
        }),
        Test::Beginning(_) => true,
        Test::Within { .. } => false,
        Test::Named { field, .. } => field.takes == Takes::Organisation,
    }
}
