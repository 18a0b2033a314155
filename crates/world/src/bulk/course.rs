//! The course of a request in a world of many: who files what and when, who answers, and where it stands at the end.
//! Most are over; a few thousand stand open. Each has three messages, unless it waits for its first.

use desk::{Desk, Result};
use jiff::SignedDuration;
use rules::{
    events::{Channel, Secrecy},
    instant::Instant,
    keys::TypeKey,
    policy::{Compiled, RequestType},
    tickets::AfterReply,
};
use std::{collections::BTreeMap, sync::Arc};

use super::{
    crowd::{Crowd, Customer},
    words,
};
use crate::{
    Filing,
    dice::Dice,
    form::{Files, Told, fill},
    life::Moments,
    texts::{self, Facts, Kind, Story},
};

/// How long the world goes back.
pub(super) const DAYS: i64 = 3 * 365;
/// Requests that stand open at the end: so many, but no more than one in five.
const STANDING: usize = 4_000;

/// Something that somebody does with a request.
#[derive(Clone, Debug)]
pub enum Step {
    File(Box<Filing>),
    /// The agent takes it.
    Take,
    Reply {
        body: String,
        after: AfterReply,
    },
    Answer(String),
    /// The agent hands it to the developers.
    HandOver,
}

/// All that people do with one request, in order.
#[derive(Clone, Debug)]
pub struct Course {
    pub customer: Customer,
    pub agent: rules::ids::PersonId,
    pub steps: Vec<(Instant, Step)>,
}

/// Where a request stands at the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Over,
    Unanswered,
    Ours,
    Theirs,
    WithDevelopers,
}

/// What courses are made from.
#[derive(Debug)]
pub struct Script {
    pub crowd: Crowd,
    pub(super) policy: Arc<Compiled>,
    until: Instant,
    stories: Vec<Story>,
    said: Vec<String>,
    /// When each is filed and where it ends, in the order of filing.
    plan: Vec<(Instant, End)>,
}

/// Courses that are made, and written, together.
const BATCH: usize = 5_000;

impl Script {
    /// Has people come, and plans what they file up to `until`.
    pub async fn write(desk: &Desk, until: Instant, requests: usize) -> Result<Self> {
        let policy = desk.policy().await?;
        let crowd = Crowd::gather(desk, requests).await?;
        let stories = texts::stories();
        let said = words::said(&stories);
        Ok(Self { crowd, policy, until, stories, said, plan: plan(until, requests) })
    }

    pub fn batches(&self) -> usize {
        self.plan.len().div_ceil(BATCH)
    }

    pub fn until(&self) -> Instant {
        self.until
    }

    /// The courses of a batch, from 0, in the order of filing. The same batch is the same every time.
    pub fn courses(&self, batch: usize) -> Vec<Course> {
        let mut dice = Dice::new(batch as u64 + 1);
        let plan = self.plan.chunks(BATCH).nth(batch).unwrap_or_default();
        plan.iter().map(|(filed, end)| self.course(*filed, *end, &mut dice)).collect()
    }

    fn course(&self, filed: Instant, end: End, dice: &mut Dice) -> Course {
        let (filing, secret) = self.filing(dice);
        // Some customers file much more than others.
        let reach = self.crowd.customers.len() / (1 + dice.below(8));
        let customer = self.crowd.customers[dice.below(reach.max(1))];
        let agent = if secret { self.crowd.security } else { self.crowd.agents[dice.below(self.crowd.agents.len())] };
        let course = Course { customer, agent, steps: vec![(filed, Step::File(Box::new(filing)))] };
        let moments = Moments { policy: &self.policy, until: self.until };
        let mut acting = Acting { course, moments, said: &self.said, dice };
        match end {
            End::Unanswered => acting.nobody_answers(),
            _ => acting.somebody_answers(end),
        }
        let mut course = acting.course;
        course.steps.retain(|(at, _)| *at <= self.until);
        course
    }

    /// A form without files, of some type, and whether it is a security report.
    fn filing(&self, dice: &mut Dice) -> (Filing, bool) {
        let policy = self.policy.policy();
        loop {
            let (key, entry) = self.some_type(dice);
            let kind = Kind::of(&key, entry);
            let stories: Vec<&Story> = self.stories.iter().filter(|story| story.kind == kind).collect();
            let Some(story) = dice.one_of(&stories) else { continue };
            let facts = Facts::draw(policy, dice);
            let subject = facts.fill(dice.one_of(&story.subjects).map_or("", String::as_str));
            let details: BTreeMap<_, _> =
                story.details.iter().map(|(key, text)| (key.clone(), facts.fill(text))).collect();
            let body = facts.fill(&story.body);
            let area = story.area.as_deref();
            let told = Told { subject: &subject, body: &body, details: &details, area, files: Files::Required };
            let mut filing = fill(policy, &key, told, dice);
            if dice.in_percent(30) {
                filing.filled.wish = dice.one_of(&policy.allowed(&key, None)).map(|wish| (*wish).clone());
            }
            if filing.files.is_empty() {
                return (filing, entry.secrecy == Secrecy::Security);
            }
        }
    }

    fn some_type(&self, dice: &mut Dice) -> (TypeKey, &RequestType) {
        let on_portal =
            |entry: &RequestType| entry.channels.as_ref().is_none_or(|channels| channels.contains(&Channel::Portal));
        let offered = self.policy.policy().offered(None);
        let offered: Vec<_> = offered.into_iter().filter(|(_, entry)| on_portal(entry)).collect();
        let all: usize = offered.iter().map(|(key, entry)| Kind::of(key, entry).weight()).sum();
        let mut left = dice.below(all);
        let chosen = offered.iter().find(|(key, entry)| {
            let weight = Kind::of(key, entry).weight();
            let is_it = left < weight;
            left = left.saturating_sub(weight);
            is_it
        });
        chosen.map(|(key, entry)| ((*key).clone(), *entry)).expect("a checked policy has types")
    }
}

/// Most are filed over the years and are over; those that stand came in the last days.
fn plan(until: Instant, requests: usize) -> Vec<(Instant, End)> {
    let mut dice = Dice::new(0);
    let standing = STANDING.min(requests / 5);
    let ago = |dice: &mut Dice, days: i64| {
        until.plus(-SignedDuration::from_micros(dice.between(60_000_000, days * 24 * 3_600_000_000)))
    };
    let mut plan = Vec::with_capacity(requests);
    for at in 0..requests {
        let (days, end) = match at {
            at if at >= standing => (DAYS, End::Over),
            at => match at % 20 {
                0..8 => (4, End::Unanswered),
                8..14 => (9, End::Ours),
                14..18 => (9, End::Theirs),
                _ => (9, End::WithDevelopers),
            },
        };
        plan.push((ago(&mut dice, days), end));
    }
    plan.sort_by_key(|(filed, _)| *filed);
    plan
}

struct Acting<'a> {
    course: Course,
    moments: Moments<'a>,
    said: &'a [String],
    dice: &'a mut Dice,
}

impl Acting<'_> {
    /// The customer asks again and again; half of them are taken by somebody.
    fn nobody_answers(&mut self) {
        if self.dice.in_percent(50) {
            self.staff(5, 90, Step::Take);
        }
        for _ in 0..self.dice.below(4) {
            let body = self.body();
            self.customer(Step::Answer(body));
        }
    }

    fn somebody_answers(&mut self, end: End) {
        self.staff(3, 90, Step::Take);
        // Now and then it takes longer than the reference policy's eight hours.
        let longest = if self.dice.in_percent(4) { 900 } else { 300 };
        let first = if end == End::WithDevelopers { AfterReply::KeepState } else { AfterReply::Wait };
        self.reply(longest, first);
        let body = self.body();
        self.customer(Step::Answer(body));
        match end {
            End::Ours | End::Unanswered => {
                let body = self.body();
                self.customer(Step::Answer(body));
            }
            End::Theirs => self.reply(240, AfterReply::Wait),
            End::WithDevelopers => {
                self.reply(240, AfterReply::KeepState);
                self.staff(2, 60, Step::HandOver);
            }
            End::Over => self.reply(240, AfterReply::Solve),
        }
    }

    fn reply(&mut self, longest: i64, after: AfterReply) {
        let body = self.body();
        self.staff(5, longest, Step::Reply { body, after });
    }

    fn body(&mut self) -> String {
        words::body(self.said, self.moments.policy.policy(), self.dice)
    }

    fn last(&self) -> Instant {
        self.course.steps.last().map_or(self.moments.until, |(at, _)| *at)
    }

    /// Within so many minutes of working time.
    fn staff(&mut self, from: i64, to: i64, step: Step) {
        let at = self.moments.worked(self.last(), self.dice.between(from, to));
        // People do not press at the stroke of the minute, and no two at the same instant.
        let at = at.plus(SignedDuration::from_micros(self.dice.between(1_000, 59_000_000)));
        self.course.steps.push((at, step));
    }

    fn customer(&mut self, step: Step) {
        let at = self.last().plus(SignedDuration::from_micros(self.dice.between(900_000_000, 80_000_000_000)));
        self.course.steps.push((at, step));
    }
}
