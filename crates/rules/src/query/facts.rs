//! What a request is, as conditions ask for it: words of the form `type=bug`, and moments. The search index holds the same
//! words, so what it finds is what is meant here.

use std::collections::BTreeSet;

use super::Moment;
use crate::{
    events::{Channel, Secrecy, State},
    ids::{OrganisationId, PersonId, TeamId},
    instant::Instant,
    keys::{DetailKey, PlanKey, PriorityKey, TypeKey},
    tickets::{Bucket, QueuePlace, Whose},
};

/// Characters of an answer to a form's question that are compared, at most.
const COMPARED: usize = 100;

pub(super) const NEEDS_ANSWER: &str = "needs-answer";
/// What stands before the key of a form's question.
pub(super) const DETAIL: &str = "detail.";
/// In the place of what a request has not: `agent=none`.
pub(super) const NONE: &str = "none";

/// A request as conditions see it.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    pub request_type: &'a TypeKey,
    pub priority: &'a PriorityKey,
    pub state: State,
    pub state_since: Instant,
    pub whose: Whose,
    pub channel: Channel,
    pub plan: Option<&'a PlanKey>,
    pub secrecy: Secrecy,
    pub organisation: Option<OrganisationId>,
    pub requester: PersonId,
    pub agent: Option<PersonId>,
    pub team: Option<TeamId>,
    pub queue: Option<QueuePlace>,
    pub filed_at: Instant,
    pub updated_at: Instant,
    pub is_escalated: bool,
    pub is_merged: bool,
    pub details: &'a [(DetailKey, String)],
}

/// A request's facts as words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens(BTreeSet<String>);

impl Tokens {
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    pub(super) fn has(&self, token: &str) -> bool {
        self.0.contains(token)
    }

    pub(super) fn has_beginning(&self, beginning: &str) -> bool {
        self.0.range(beginning.to_owned()..).next().is_some_and(|token| token.starts_with(beginning))
    }
}

impl Facts<'_> {
    pub fn tokens(&self) -> Tokens {
        let id = |id: Option<i64>| id.map_or_else(|| NONE.to_owned(), |id| id.to_string());
        let mut all = BTreeSet::from([
            token("type", self.request_type.as_str()),
            token("priority", self.priority.as_str()),
            token("state", state(self.state)),
            token("channel", channel(self.channel)),
            token("plan", self.plan.map_or(NONE, PlanKey::as_str)),
            token("org", &id(self.organisation.map(|it| it.0))),
            token("from", &self.requester.to_string()),
            token("agent", &id(self.agent.map(|it| it.0))),
            token("team", &id(self.team.map(|it| it.0))),
        ]);
        // What is over waits for nobody (TRN-1).
        all.extend((!self.state.is_over()).then(|| token("turn", whose(self.whose))));
        let marks = [
            ("open", !self.state.is_over()),
            ("done", self.state.is_over()),
            (NEEDS_ANSWER, self.queue.is_some()),
            ("unassigned", self.agent.is_none()),
            ("escalated", self.is_escalated),
            ("merged", self.is_merged),
            ("confidential", self.secrecy == Secrecy::Confidential),
            ("security", self.secrecy == Secrecy::Security),
        ];
        all.extend(marks.into_iter().filter(|(_, holds)| *holds).map(|(mark, _)| token("is", mark)));
        all.extend(self.details.iter().map(|(key, answer)| token(&detail_field(key.as_str()), &compared(answer))));
        Tokens(all)
    }

    /// When that was, where it was.
    pub fn at(&self, moment: Moment) -> Option<Instant> {
        match moment {
            Moment::Filed => Some(self.filed_at),
            Moment::Updated => Some(self.updated_at),
            Moment::StateSince => Some(self.state_since),
            Moment::Due => self.queue.filter(|place| place.bucket == Bucket::Due).map(|place| place.at),
        }
    }
}

pub(super) fn token(field: &str, value: &str) -> String {
    format!("{field}={value}")
}

/// The field of a form's question in the language of facts: a policy may call a question as a field is called.
pub(super) fn detail_field(key: &str) -> String {
    format!("{DETAIL}{key}")
}

/// An answer as it is compared: without capitals, spaces at its ends and what is too long.
pub(super) fn compared(answer: &str) -> String {
    let answer: String = answer.trim().chars().take(COMPARED).collect();
    answer.to_lowercase()
}

pub(super) fn state(state: State) -> &'static str {
    match state {
        State::New => "new",
        State::Open => "open",
        State::WaitingForCustomer => "waiting",
        State::WithDevelopers => "developers",
        State::ToConfirm => "to-confirm",
        State::Solved => "solved",
        State::Closed => "closed",
    }
}

pub(super) fn whose(whose: Whose) -> &'static str {
    match whose {
        Whose::Ours => "ours",
        Whose::Theirs => "theirs",
    }
}

pub(super) const CHANNELS: [Channel; 7] =
    [Channel::Portal, Channel::Desk, Channel::Mail, Channel::Api, Channel::Chat, Channel::Phone, Channel::Import];

pub(super) fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Portal => "portal",
        Channel::Desk => "desk",
        Channel::Mail => "mail",
        Channel::Api => "api",
        Channel::Chat => "chat",
        Channel::Phone => "phone",
        Channel::Import => "import",
    }
}
