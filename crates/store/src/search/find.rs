//! A search: the words that were typed, the conditions beside them and the reader's scope, as one query.

use std::collections::BTreeSet;

use rules::{
    access::{Scope, Staff},
    events::Secrecy,
    ids::{OrganisationId, PersonId, PolicyVersionId, TicketId},
    query::{Query as Asked, Test},
    search::{Typed, forms, words},
};
use tantivy::{
    DocAddress, Score, Searcher, Term,
    collector::TopDocs,
    query::{AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption},
};

use super::{
    conditions::all_of,
    fields::{ENTITY_NUMBER, Fields, KIND_PASSAGE, KIND_TICKET, PASSAGE, TICKET},
    named::{KIND_ORGANISATION, KIND_PERSON, Named},
    scope::{of_lines, secrecy, seen},
    shelf::Shelf,
    terms::{Word, look_up},
};
use crate::Result;

type Clause = (Occur, Box<dyn Query>);

/// A word in a subject counts so much more.
const SUBJECT: Score = 2.0;
/// In an index of more documents than this, a word that is in a great part of them is left out where others say more.
const LARGE: u64 = 10_000;
/// Where not all words have to be there, this is large: what stands almost everywhere is none of the half that suffices.
const LARGE_FOR_SOME: u64 = 50;
/// Words that are asked for, at most: the rarest.
const ASKED: usize = 6;

/// What is looked for, and by whom.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub typed: Typed,
    pub of: WantedOf,
    pub breadth: Breadth,
    /// Of the best, so many are left out before: those of the pages before.
    pub offset: usize,
    pub limit: usize,
}

#[derive(Clone, Debug)]
pub enum WantedOf {
    /// Requests that this scope sees, in these of their texts.
    Requests { scope: Box<Scope>, within: Texts, asked: Box<Asked> },
    /// Requests of an organisation that are open to all staff and share words, one of them in both subjects, without what only
    /// staff read (REQ-11).
    Alike { organisation: OrganisationId, subject: Typed },
    /// Passages of the policy.
    Passages,
    /// People by name or address; for staff.
    People,
    /// Organisations by name or domain; for staff.
    Organisations,
}

/// Which texts of a request are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    All,
    /// Without what only staff read of it.
    Public,
    Subjects,
}

/// How many of the words have to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Breadth {
    All,
    Half,
    Two,
}

/// What was found, the best first.
#[derive(Clone, Debug, Default)]
pub struct Found {
    pub hits: Vec<Hit>,
    /// Under which forms: what a page marks.
    pub forms: BTreeSet<String>,
    /// Whose passages were looked through.
    pub policy: Option<PolicyVersionId>,
    /// One of the words is written nowhere as it was typed: what was probably meant was found.
    pub is_guess: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hit {
    Ticket(TicketId),
    /// The passage of that number (`Policy`).
    Passage(usize),
    Named(Named),
}

pub(super) fn find(shelf: &Shelf, wanted: &Wanted) -> Result<Found> {
    let (searcher, fields) = (shelf.searcher(), shelf.fields);
    let policy = shelf.mark().policy;
    let texts = texts(&fields, &wanted.of);
    let typed = &wanted.typed.words;
    let mut words = typed.iter().map(|word| look_up(&searcher, &texts, word)).collect::<Result<Vec<Word>>>()?;
    let is_unknown = words.iter().any(|word| word.meant.is_empty());
    // A word of one request alone makes nothing alike.
    let is_alike = matches!(wanted.of, WantedOf::Alike { .. });
    words.retain(|word| !word.meant.is_empty() && (!is_alike || word.frequency > 1));
    let phrases = phrases(&wanted.of);
    if words.is_empty() && phrases.is_empty() || is_unknown && wanted.breadth == Breadth::All {
        return Ok(Found { policy, ..Found::default() });
    }
    let Some(together) = together(&searcher, (&fields, &texts), &wanted.of)? else {
        return Ok(Found { policy, ..Found::default() });
    };
    let is_guess = words.iter().any(Word::is_guess);
    let meant = words.iter().flat_map(|word| &word.meant).map(|meant| meant.text.clone());
    let forms = meant.chain(phrases.iter().flat_map(|phrase| forms_of(phrase))).collect();
    let asked = telling(words, of_sort(&searcher, &fields, wanted)?);
    let needed = match wanted.breadth {
        Breadth::All => asked.len(),
        Breadth::Half => asked.len().div_ceil(2),
        Breadth::Two => asked.len().min(2),
    };
    let mut clauses = may_be_found(&fields, &texts, &wanted.of);
    clauses.extend(together.into_iter().map(|query| (Occur::Must, silent(query))));
    clauses.extend(asked.iter().map(|word| (Occur::Should, among(&fields, &wanted.of, one_of(&fields, &texts, word)))));
    let query = BooleanQuery::with_minimum_required_clauses(clauses, needed);
    let top = searcher
        .search(&query, &TopDocs::with_limit(wanted.limit.max(1)).and_offset(wanted.offset).order_by_score())?;
    let hit = |(_, at)| hit(&searcher, &wanted.of, at).transpose();
    let hits = top.into_iter().filter_map(hit).collect::<Result<Vec<Hit>>>()?;
    Ok(Found { hits, forms, policy, is_guess })
}

/// All requests that a question means, with all of its words, behind a place; none where the index does not know one of them.
pub(super) fn requests(
    (searcher, fields): (&Searcher, &Fields),
    scope: &Scope,
    within: Texts,
    asked: &Asked,
    behind: Option<Box<dyn Query>>,
) -> Result<Option<BooleanQuery>> {
    let texts = texts_for(fields, within);
    let words = asked.typed.words.iter().map(|word| look_up(searcher, &texts, word)).collect::<Result<Vec<Word>>>()?;
    if words.iter().any(|word| word.meant.is_empty()) {
        return Ok(None);
    }
    let words = telling(words, (searcher.num_docs(), LARGE));
    let one = |asked: &Asked| {
        let mut clauses = seen(fields, scope);
        clauses.extend(all_of(fields, &texts, asked));
        clauses.extend(words.iter().map(|word| (Occur::Must, silent(one_of(fields, &texts, word)))));
        if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        clauses.extend(behind.as_ref().map(|behind| (Occur::Must, silent(behind.box_clone()))));
        BooleanQuery::new(clauses)
    };
    Ok(Some(match &parted(asked)[..] {
        [whole] => one(whole),
        parts => BooleanQuery::union(parts.iter().map(|part| Box::new(one(part)) as Box<dyn Query>).collect()),
    }))
}

/// Into so many questions a question is parted, at most.
const PARTS: usize = 8;

/// A question of several facts as one of each: the few that stand at a place and have this fact are found by leaping from one to
/// the next, which among all that have any of several is slow.
fn parted(asked: &Asked) -> Vec<Asked> {
    let several = asked.conditions.iter().enumerate().find_map(|(at, condition)| match &condition.test {
        Test::AnyOf(facts) if !condition.not && (2..=PARTS).contains(&facts.len()) => Some((at, facts)),
        _ => None,
    });
    let Some((at, facts)) = several else { return vec![asked.clone()] };
    let part = |fact: &String| {
        let mut part = asked.clone();
        part.conditions[at].test = Test::AnyOf(vec![fact.clone()]);
        part
    };
    facts.iter().map(part).collect()
}

/// Who may find it, and which of that is asked for.
fn may_be_found(fields: &Fields, texts: &[Field], of: &WantedOf) -> Vec<Clause> {
    match of {
        WantedOf::Passages => vec![(Occur::Must, silent(fact(fields.kind, KIND_PASSAGE)))],
        WantedOf::People => vec![(Occur::Must, silent(fact(fields.kind, KIND_PERSON)))],
        WantedOf::Organisations => vec![(Occur::Must, silent(fact(fields.kind, KIND_ORGANISATION)))],
        WantedOf::Alike { organisation, .. } => vec![
            (Occur::Must, silent(number(fields.organisation, organisation.0))),
            (Occur::Must, silent(secrecy(fields, Secrecy::Open))),
        ],
        WantedOf::Requests { scope, asked, .. } => {
            let mut clauses = seen(fields, scope);
            clauses.extend(all_of(fields, texts, asked));
            clauses
        }
    }
}

fn texts(fields: &Fields, of: &WantedOf) -> Vec<Field> {
    match of {
        WantedOf::Requests { within, .. } => texts_for(fields, *within),
        WantedOf::Alike { .. } | WantedOf::Passages => texts_for(fields, Texts::Public),
        WantedOf::People | WantedOf::Organisations => vec![fields.names],
    }
}

fn texts_for(fields: &Fields, within: Texts) -> Vec<Field> {
    match within {
        Texts::All => vec![fields.public, fields.internal],
        Texts::Public => vec![fields.public],
        Texts::Subjects => vec![fields.subject],
    }
}

fn phrases(of: &WantedOf) -> &[String] {
    match of {
        WantedOf::Requests { asked, .. } => &asked.phrases,
        WantedOf::Alike { .. } | WantedOf::Passages | WantedOf::People | WantedOf::Organisations => &[],
    }
}

fn forms_of(phrase: &str) -> impl Iterator<Item = String> {
    words(phrase).filter_map(|word| forms(word.written).into_iter().next())
}

/// What has to be there besides: in the subject of what looks alike, a word of this one's. `None` where no other request has one.
fn together(
    searcher: &Searcher,
    (fields, texts): (&Fields, &[Field]),
    of: &WantedOf,
) -> Result<Option<Vec<Box<dyn Query>>>> {
    let WantedOf::Alike { subject, .. } = of else { return Ok(Some(vec![])) };
    let words = subject.words.iter().map(|word| look_up(searcher, texts, word)).collect::<Result<Vec<Word>>>()?;
    let shared: Vec<Word> = words.into_iter().filter(|word| !word.meant.is_empty() && word.frequency > 1).collect();
    if shared.is_empty() {
        return Ok(None);
    }
    let rarest = telling(shared, (searcher.num_docs(), LARGE));
    let forms = rarest.iter().flat_map(|word| &word.meant);
    let any = forms.map(|meant| term(fields.subject, &meant.text)).collect();
    Ok(Some(vec![Box::new(BooleanQuery::union(any))]))
}

/// How many documents a word could be in, and from how many on one tells nothing that is almost everywhere.
fn of_sort(searcher: &Searcher, fields: &Fields, wanted: &Wanted) -> Result<(u64, u64)> {
    match (&wanted.of, wanted.breadth) {
        (WantedOf::Requests { .. }, Breadth::Half | Breadth::Two) => {
            let requests = searcher.doc_freq(&Term::from_field_text(fields.kind, KIND_TICKET))?;
            Ok((requests, LARGE_FOR_SOME))
        }
        _ => Ok((searcher.num_docs(), LARGE)),
    }
}

/// The rarest words; in a large index what is almost everywhere tells nothing, where there is another word.
fn telling(mut words: Vec<Word>, (documents, large): (u64, u64)) -> Vec<Word> {
    words.sort_by_key(|word| word.frequency);
    let mut asked = Vec::new();
    for word in words {
        let is_everywhere = documents > large && word.frequency > documents / 5;
        if asked.is_empty() || asked.len() < ASKED && !is_everywhere {
            asked.push(word);
        }
    }
    asked
}

/// A word among the few documents that are asked, where they are few. Of words of which some have to be there, Tantivy walks all
/// documents of each, whatever else has to be there; for a word among few it leaps from one of them to the next.
fn among(fields: &Fields, of: &WantedOf, word: Box<dyn Query>) -> Box<dyn Query> {
    let few = match of {
        WantedOf::Alike { organisation, .. } => number(fields.organisation, organisation.0),
        WantedOf::Requests { scope, .. } if scope.staff == Staff::None => of_lines(fields, scope),
        WantedOf::Requests { .. } | WantedOf::Passages | WantedOf::People | WantedOf::Organisations => return word,
    };
    Box::new(BooleanQuery::intersection(vec![silent(few), word]))
}

/// Any form of a word in any of the texts; better in the subject.
fn one_of(fields: &Fields, texts: &[Field], word: &Word) -> Box<dyn Query> {
    let mut any: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for meant in &word.meant {
        for field in texts {
            any.push((Occur::Should, worth(term(*field, &meant.text), meant.worth)));
        }
        if !texts.contains(&fields.subject) {
            any.push((Occur::Should, worth(term(fields.subject, &meant.text), SUBJECT * meant.worth)));
        }
    }
    Box::new(BooleanQuery::new(any))
}

pub(super) fn fact(field: Field, value: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

pub(super) fn number(field: Field, value: i64) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_u64(field, value.unsigned_abs()), IndexRecordOption::Basic))
}

pub(super) fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

fn worth(query: Box<dyn Query>, worth: Score) -> Box<dyn Query> {
    if worth == 1.0 { query } else { Box::new(BoostQuery::new(query, worth)) }
}

/// Decides what is found, and nothing about its order.
pub(super) fn silent(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn hit(searcher: &Searcher, of: &WantedOf, at: DocAddress) -> Result<Option<Hit>> {
    let fast = searcher.segment_reader(at.segment_ord).fast_fields();
    let read = |field: &str| Ok::<_, crate::Error>(fast.u64(field)?.first(at.doc_id));
    let id = |field: &str| read(field)?.map(i64::try_from).transpose().map_err(crate::Error::broken);
    Ok(match of {
        WantedOf::Requests { .. } | WantedOf::Alike { .. } => id(TICKET)?.map(|id| Hit::Ticket(TicketId(id))),
        WantedOf::Passages => read(PASSAGE)?.and_then(|number| usize::try_from(number).ok()).map(Hit::Passage),
        WantedOf::People => id(ENTITY_NUMBER)?.map(|id| Hit::Named(Named::Person(PersonId(id)))),
        WantedOf::Organisations => id(ENTITY_NUMBER)?.map(|id| Hit::Named(Named::Organisation(OrganisationId(id)))),
    })
}
