//! The filter language: `type:bug priority:>=high org:acme turn:ours due:<2h "stack overflow"`, as the search box, views
//! and programs read it. It decides what a text asks for and whether a request is meant by it; who may see a request is
//! `access`'s, and words are looked for by the search index.
//!
//! Conditions are alternatives between commas and hold together otherwise; a dash before one turns it round. What has a
//! name of its own (an organisation, a person) is looked up by the desk in between: [`Query::names`], then
//! [`Query::resolve`].

mod complete;
mod facts;
mod fields;
mod lex;
mod moments;
mod parse;
mod whole;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub use complete::{Completion, Offer, complete};
pub use facts::{Facts, Tokens};
pub use fields::{FIELDS, Field, Takes};
pub use parse::{Reader, read};
pub use whole::{Choice, build, written};

use crate::{ids::PersonId, instant::Instant, search::Typed};

/// Bytes of a text that are read, and conditions in it, at most.
pub const LONGEST: usize = 1_000;
pub const MOST: usize = 40;

/// What a text asks for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    pub conditions: Vec<Condition>,
    /// Words that have to be there, and such that may not.
    pub typed: Typed,
    pub without: Typed,
    /// Words that have to stand behind each other, as they were written.
    pub phrases: Vec<String>,
    /// As was asked for; see [`Query::order`].
    pub sort: Option<Order>,
    /// The people whom it names by an address or a name, once they were looked up.
    pub people: Vec<PersonId>,
    /// What looks like a condition and is none: it is looked for as words.
    pub hints: Vec<Hint>,
}

/// What a request has to be, or not to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub not: bool,
    pub test: Test,
    /// Where it stands in the text, in bytes.
    pub at: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// It has one of these facts, written as [`Tokens`] writes them.
    AnyOf(Vec<String>),
    /// It has a fact that begins so.
    Beginning(String),
    /// A moment of it lies in here: from the first instant, up to and without the second.
    Within { moment: Moment, from: Option<Instant>, until: Option<Instant> },
    /// One of these, by names that nobody has looked up yet, or by what is known of it.
    Named { field: Field, names: Vec<String>, known: Vec<String> },
}

/// A moment of a request that can be asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    Filed,
    Updated,
    /// Since when it is in its state.
    StateSince,
    /// When its clock is due, in "needs an answer" (TRN-2).
    Due,
}

/// In which order requests stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The best match first.
    Best,
    /// As in "needs an answer": late, then due, then the longest ours (TRN-2).
    Queue,
    /// The latest change first, or last.
    Updated,
    UpdatedFirst,
    /// The newest first, or last: by when they were filed, which for what was split off or brought from elsewhere is long
    /// before it was written here.
    Filed,
    FiledFirst,
}

/// What was probably meant otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    pub written: String,
    pub meant: &'static str,
    pub at: Range<usize>,
}

/// Why a text is no question, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub why: Why,
    pub at: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing stands behind the colon.
    NoValue {
        field: Field,
    },
    /// None of what the field knows; the one that was probably meant, and all that there are.
    UnknownValue {
        field: &'static str,
        written: String,
        meant: Option<String>,
        known: Vec<String>,
    },
    /// `type:>bug`: this has no order.
    NoOrder {
        field: Field,
    },
    /// Neither a date nor a length of time.
    NotATime {
        field: Field,
        written: String,
    },
    /// `due:..`: a range without an end.
    NoEnds {
        field: Field,
    },
    /// Nobody and nothing is called so.
    NobodyCalled {
        field: Field,
        written: String,
    },
    /// So many are called so that it says too little.
    TooManyCalled {
        field: Field,
        written: String,
    },
    /// A quotation mark that nothing closes.
    OpenQuote,
    /// `sort:due` without `is:needs-answer`.
    NotInQueue,
    /// A team takes requests by what they are; this asks for something else (`teams::takes`).
    NotOfATeam,
    /// More than [`LONGEST`] bytes, or more than [`MOST`] conditions.
    TooLong,
    TooMany,
}

impl Query {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty() && self.has_no_words()
    }

    pub fn has_no_words(&self) -> bool {
        !self.looks_for_words() && self.without.is_empty()
    }

    /// The order that was asked for; else the best match where there are words, the queue's where only what is in it is
    /// meant, and the latest change otherwise.
    pub fn order(&self) -> Order {
        self.sort.unwrap_or(if self.looks_for_words() {
            Order::Best
        } else if self.is_of_the_queue() {
            Order::Queue
        } else {
            Order::Updated
        })
    }

    /// Whether all that it means stands in "needs an answer".
    pub fn is_of_the_queue(&self) -> bool {
        self.conditions.iter().any(|it| !it.not && it.test.is_of_the_queue())
    }

    /// Whether it looks for words: those that may not be there are no such.
    pub fn looks_for_words(&self) -> bool {
        !self.typed.is_empty() || !self.phrases.is_empty()
    }

    /// Between which instants that moment lies of all that it means: the first of them, and the first behind the last.
    pub fn between(&self, asked: Moment) -> (Option<Instant>, Option<Instant>) {
        let mut all = (None, None);
        for condition in self.conditions.iter().filter(|it| !it.not) {
            let Test::Within { moment, from, until } = condition.test else { continue };
            if moment == asked {
                all = (all.0.max(from), [all.1, until].into_iter().flatten().min());
            }
        }
        all
    }

    /// The same question about every time: without what it asks of that moment.
    pub fn at_any(mut self, asked: Moment) -> Self {
        self.conditions.retain(|it| it.not || !matches!(it.test, Test::Within { moment, .. } if moment == asked));
        self
    }

    /// Whether it asks for answers to a form's questions.
    pub fn asks_details(&self) -> bool {
        self.conditions.iter().any(|it| it.test.asks_details())
    }

    /// What has to be looked up: each field with a name.
    pub fn names(&self) -> impl Iterator<Item = (Field, &str)> {
        self.conditions
            .iter()
            .filter_map(Condition::names)
            .flat_map(|(field, names)| names.iter().map(move |name| (field, name.as_str())))
    }

    /// Puts in the place of each name those who are called so; `ids` says who, or why not.
    pub fn resolve(mut self, ids: impl Fn(Field, &str) -> Result<Vec<i64>, Why>) -> Result<Self, Fault> {
        for condition in &mut self.conditions {
            let Test::Named { field, names, known } = &condition.test else { continue };
            let mut all = known.clone();
            for name in names {
                let found = ids(*field, name).map_err(|why| Fault { why, at: condition.at.clone() })?;
                if matches!(field.takes, Takes::Person | Takes::Staff) {
                    self.people.extend(found.iter().copied().map(PersonId));
                }
                all.extend(found.into_iter().map(|id| facts::token(field.name, &id.to_string())));
            }
            condition.test = Test::AnyOf(all);
        }
        Ok(self)
    }

    /// Whether a request is meant by all of the conditions. Names have been looked up.
    pub fn means(&self, facts: &Facts<'_>) -> bool {
        let tokens = facts.tokens();
        self.conditions.iter().all(|it| it.test.holds(facts, &tokens) != it.not)
    }
}

impl Condition {
    fn names(&self) -> Option<(Field, &[String])> {
        match &self.test {
            Test::Named { field, names, .. } => Some((*field, names)),
            Test::AnyOf(_) | Test::Beginning(_) | Test::Within { .. } => None,
        }
    }
}

impl Test {
    fn is_of_the_queue(&self) -> bool {
        match self {
            Test::AnyOf(tokens) => tokens == &[facts::token("is", facts::NEEDS_ANSWER)],
            Test::Within { moment, .. } => *moment == Moment::Due,
            Test::Beginning(_) | Test::Named { .. } => false,
        }
    }

    fn asks_details(&self) -> bool {
        match self {
            Test::AnyOf(tokens) => tokens.iter().any(|token| token.starts_with(facts::DETAIL)),
            Test::Beginning(_) => true,
            Test::Within { .. } | Test::Named { .. } => false,
        }
    }

    fn holds(&self, facts: &Facts<'_>, tokens: &Tokens) -> bool {
        match self {
            Test::AnyOf(any) => any.iter().any(|token| tokens.has(token)),
            Test::Beginning(beginning) => tokens.has_beginning(beginning),
            Test::Within { moment, from, until } => facts
                .at(*moment)
                .is_some_and(|at| from.is_none_or(|from| at >= from) && until.is_none_or(|until| at < until)),
            // Nobody was looked up, so nobody is meant.
            Test::Named { .. } => false,
        }
    }
}
