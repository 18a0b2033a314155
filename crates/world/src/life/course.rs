//! The course of a request: who files it and when, who takes it, how fast, and how it goes on and ends.

use desk::tickets::Decided;
use jiff::SignedDuration;
use rules::{
    access::Grant,
    entitlement::may_file,
    events::{Channel, State},
    instant::Instant,
    keys::{PlanKey, PriorityKey, TypeKey},
    policy::{Policy, RequestType},
    tickets::AfterReply,
};

use super::moments::Moments;
use crate::{
    Cast, Filing,
    dice::Dice,
    form::{Files, Told, fill},
    texts::{Facts, Kind, Story, Voice},
};

/// Something that somebody does with a request.
#[derive(Clone, Debug)]
pub(super) enum Act {
    File(Box<Filing>),
    /// The agent takes it.
    Take,
    Note(String),
    Reply {
        text: String,
        after: AfterReply,
    },
    /// A reply that is taken back within its hold.
    Slip(String),
    /// The customer writes.
    Answer(String),
    Decide(Decided),
    /// The agent gives it to a team, with a word about why.
    HandTo {
        team: &'static str,
        note: &'static str,
    },
    Move {
        to: State,
        reason: &'static str,
    },
    /// The customer looks at it.
    Look,
    /// The customer closes it.
    Close,
    /// The lead rules that the last reply was no first response.
    Rule(&'static str),
}

/// Whether its agent is the one whom a team gives it to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Own {
    /// Who gets it goes on with it.
    GivesWay,
    /// It is the story of this agent.
    Stays,
}

/// All that happens to one request, in order.
#[derive(Clone, Debug)]
pub(super) struct Course {
    /// Places in the cast.
    pub customer: usize,
    pub agent: usize,
    pub own: Own,
    pub steps: Vec<(Instant, Act)>,
}

/// What courses are made from.
#[derive(Debug)]
pub(super) struct Casting<'a> {
    pub cast: &'a Cast,
    pub moments: Moments<'a>,
    pub stories: &'a [Story],
    pub dice: &'a mut Dice,
}

/// A request about to take its course.
pub(super) struct Begun {
    pub course: Course,
    pub story: Story,
    pub facts: Facts,
    pub wish: PriorityKey,
    pub request_type: TypeKey,
    pub filed: Instant,
}

/// A request that is filed then and goes as requests go.
pub(super) fn lived(casting: &mut Casting<'_>, filed: Instant) -> Course {
    let (request_type, kind) = casting.some_type();
    let customer = casting.some_customer(&request_type);
    let mut begun = casting.begin(&request_type, kind, (customer, filed));
    let Some(answered) = casting.take_and_answer(&mut begun) else { return begun.course };
    casting.talk_on(&mut begun, answered);
    begun.course
}

impl Casting<'_> {
    fn policy(&self) -> &Policy {
        self.moments.policy.policy()
    }

    /// The types that can be filed on the portal, with what they are for.
    pub(super) fn types(&self) -> Vec<(TypeKey, Kind)> {
        let on_portal =
            |entry: &RequestType| entry.channels.as_ref().is_none_or(|channels| channels.contains(&Channel::Portal));
        let offered = self.policy().offered(None).into_iter().filter(|(_, entry)| on_portal(entry));
        offered.map(|(key, entry)| (key.clone(), Kind::of(key, entry))).collect()
    }

    fn some_type(&mut self) -> (TypeKey, Kind) {
        let types = self.types();
        let all: usize = types.iter().map(|(_, kind)| kind.weight()).sum();
        let mut left = self.dice.below(all);
        for (key, kind) in &types {
            if left < kind.weight() {
                return (key.clone(), *kind);
            }
            left -= kind.weight();
        }
        types.first().cloned().expect("a checked policy has types")
    }

    /// Files it: who, with which story, as which wish.
    pub(super) fn begin(&mut self, request_type: &TypeKey, kind: Kind, (customer, filed): (usize, Instant)) -> Begun {
        let stories: Vec<&Story> = self.stories.iter().filter(|story| story.kind == kind).collect();
        let story = (*self.dice.one_of(&stories).expect("there are stories of each kind")).clone();
        let facts = Facts::draw(self.moments.policy.policy(), self.dice);
        let subject = facts.fill(self.dice.one_of(&story.subjects).map_or("", String::as_str));
        let details = story.details.iter().map(|(key, text)| (key.clone(), facts.fill(text))).collect();
        let body = facts.fill(&story.body);
        let told = Told {
            subject: &subject,
            body: &body,
            details: &details,
            area: story.area.as_deref(),
            files: Files::Generous,
        };
        let policy = self.moments.policy.policy();
        let mut filing = fill(policy, request_type, told, self.dice);
        let wish = self.wish(request_type, customer);
        filing.filled.wish = Some(wish.clone());
        let course = Course {
            customer,
            agent: self.some_agent(kind),
            own: Own::GivesWay,
            steps: vec![(filed, Act::File(Box::new(filing)))],
        };
        Begun { course, story, facts, wish, request_type: request_type.clone(), filed }
    }

    fn wish(&mut self, request_type: &TypeKey, customer: usize) -> PriorityKey {
        let policy = self.moments.policy.policy();
        let plan = self.plan_of(customer);
        let (allowed, default) = (policy.allowed(request_type, plan), policy.default_wish(request_type, plan));
        match (self.dice.in_percent(30), self.dice.one_of(&allowed), default) {
            (false, _, Some(default)) => default,
            (_, Some(other), _) => (*other).clone(),
            (_, None, Some(default)) => default,
            (_, None, None) => PriorityKey::from(""),
        }
    }

    pub(super) fn plan_of(&self, customer: usize) -> Option<&PlanKey> {
        self.cast.all()[customer].entitled.plan.as_ref()
    }

    /// Somebody who may file it.
    fn some_customer(&mut self, request_type: &TypeKey) -> usize {
        let policy = self.moments.policy.policy();
        let may_file = |member: &crate::Member| {
            may_file(policy, request_type, Channel::Portal, &member.entitled).is_ok() && !member.is_staff()
        };
        let places: Vec<usize> = self.places(may_file);
        // Dana files more than others: she leads testing for the largest customer.
        if self.dice.in_percent(9) {
            return self.place_of(self.cast.dana().person);
        }
        *self.dice.one_of(&places).expect("there are customers")
    }

    /// Somebody to whom an answer is promised for it; Dana where it is to nobody.
    pub(super) fn some_customer_with_a_clock(&mut self, request_type: &TypeKey) -> usize {
        for _ in 0..100 {
            let customer = self.some_customer(request_type);
            let plan = self.plan_of(customer);
            let wish = self.policy().default_wish(request_type, plan);
            if wish.is_some_and(|wish| self.moments.aim((request_type, plan), &wish).is_some()) {
                return customer;
            }
        }
        self.place_of(self.cast.dana().person)
    }

    fn some_agent(&mut self, kind: Kind) -> usize {
        let agents = self.places(|member| member.grants.contains(&Grant::Agent));
        match kind {
            Kind::Weakness => self.place_of(self.cast.jana().person),
            _ if self.dice.in_percent(25) => self.place_of(self.cast.ines().person),
            _ => *self.dice.one_of(&agents).expect("there are agents"),
        }
    }

    fn places(&self, fits: impl Fn(&crate::Member) -> bool) -> Vec<usize> {
        self.cast.all().iter().enumerate().filter(|(_, member)| fits(member)).map(|(at, _)| at).collect()
    }

    pub(super) fn place_of(&self, person: rules::ids::PersonId) -> usize {
        self.cast.all().iter().position(|member| member.person == person).unwrap_or(0)
    }

    /// How soon the first answer comes, as a part of what is promised: mostly soon, now and then in the last
    /// minutes, seldom late.
    fn pace(&mut self) -> i64 {
        match self.dice.below(100) {
            0..4 => self.dice.between(104, 210),
            4..9 => self.dice.between(93, 100),
            9..12 => self.dice.between(75, 93),
            _ => 2 + self.dice.between(0, 9) * self.dice.between(0, 9),
        }
    }

    /// The agent takes it and answers first; when. `None` when nobody ever answers, as with ideas.
    fn take_and_answer(&mut self, begun: &mut Begun) -> Option<Instant> {
        let first_words = begun.story.talk.iter().position(|(voice, _)| *voice == Voice::Staff)?;
        let of = (&begun.request_type, self.plan_of(begun.course.customer));
        let promise = self.moments.promise(of, &begun.wish, begun.filed);
        let pace = self.pace();
        let at = promise.fraction(pace);
        let taken = promise.fraction((pace - 8).max(1)).max(begun.filed.plus(MINUTE));
        begun.add(taken, Act::Take);
        let mut now = self.decide(begun, taken.plus(MINUTE));
        for turn in 0..first_words {
            let note = Act::Note(begun.facts.fill(&begun.story.talk[turn].1));
            begun.add(now, note);
            now = now.plus(MINUTE);
        }
        if self.dice.in_percent(3) {
            begun.add(now, Act::Slip("Sent too early, this is meant for".to_owned()));
            now = now.plus(MINUTE);
        }
        Some(at.max(now.plus(MINUTE)))
    }

    /// PRI-2: now and then the agent decides another priority, and says why.
    fn decide(&mut self, begun: &mut Begun, at: Instant) -> Instant {
        let others: Vec<PriorityKey> = self
            .policy()
            .allowed(&begun.request_type, None)
            .into_iter()
            .filter(|key| **key != begun.wish)
            .cloned()
            .collect();
        let Some(other) = self.dice.one_of(&others).cloned().filter(|_| self.dice.in_percent(14)) else { return at };
        let rank = |key| self.moments.policy.policy().rank_of(key);
        let reason = if rank(&other) < rank(&begun.wish) {
            "More people are affected than the form says, and there is no way around that holds."
        } else {
            "There is a way around, and work goes on meanwhile."
        };
        begun.add(at, Act::Decide(Decided { priority: other, reason: reason.to_owned() }));
        at.plus(MINUTE)
    }

    /// The conversation from the first answer on.
    fn talk_on(&mut self, begun: &mut Begun, answered: Instant) {
        let talk = begun.story.talk.clone();
        let first = talk.iter().position(|(voice, _)| *voice == Voice::Staff).unwrap_or(0);
        let silent = self.dice.in_percent(7);
        let mut now = answered;
        for (at, (voice, words)) in talk.iter().enumerate().skip(first) {
            let words = begun.facts.fill(words);
            let next = talk.get(at + 1).map(|(voice, _)| *voice);
            match voice {
                Voice::Staff if silent && next == Some(Voice::Customer) => {
                    // The customer never comes back; the timers do the rest (REQ-9).
                    begun.add(now, Act::Reply { text: words, after: AfterReply::Wait });
                    return;
                }
                Voice::Staff => {
                    let after = self.after(begun, next);
                    begun.add(now, Act::Reply { text: words, after });
                    if self.dice.in_percent(55) {
                        begun.add(now.plus(SignedDuration::from_mins(11)), Act::Look);
                    }
                    now = self.moments.customer(now.plus(SignedDuration::from_mins(12)), self.dice);
                }
                Voice::Customer => {
                    begun.add(now, Act::Answer(words));
                    let minutes = self.dice.between(4, 330);
                    now = self.moments.worked(now.plus(MINUTE), minutes);
                }
                Voice::Note => {
                    begun.add(now, Act::Note(words));
                    now = now.plus(MINUTE);
                }
            }
        }
        self.end(begun, now);
    }

    fn after(&mut self, begun: &Begun, next: Option<Voice>) -> AfterReply {
        match next {
            Some(_) if self.dice.in_percent(65) => AfterReply::Wait,
            Some(_) => AfterReply::KeepState,
            None if begun.story.kind == Kind::Defect => AfterReply::KeepState,
            None => AfterReply::Solve,
        }
    }

    /// How it ends: developers have it, the customer closes it, or it is solved and rests.
    fn end(&mut self, begun: &mut Begun, now: Instant) {
        let last = begun.story.talk.last().map(|(voice, _)| *voice);
        if begun.story.kind == Kind::Defect && self.dice.in_percent(70) {
            let at = self.moments.worked(now, self.dice.between(5, 60));
            begun.add(at, Act::Move { to: State::WithDevelopers, reason: "Accepted; the product team has it." });
            let back = self.moments.worked(at.plus(SignedDuration::from_hours(24 * self.dice.between(3, 40))), 30);
            let text = begun.facts.fill(
                "The release with the fix is out. Please upgrade when it suits you, and write here should you still see it.",
            );
            begun.add(back, Act::Reply { text, after: AfterReply::Solve });
        } else if last == Some(Voice::Customer) {
            let at = self.moments.worked(now, self.dice.between(2, 90));
            let closes = self.dice.in_percent(40);
            let act =
                if closes { Act::Close } else { Act::Move { to: State::Solved, reason: "It works for the customer." } };
            begun.add(at, act);
        } else if self.dice.in_percent(20) {
            begun.add(now, Act::Answer("Thank you, that answers it.".to_owned()));
            let at = self.moments.worked(now, self.dice.between(5, 120));
            begun.add(at, Act::Move { to: State::Solved, reason: "Nothing is open any more." });
        }
    }
}

pub(super) const MINUTE: SignedDuration = SignedDuration::from_mins(1);

impl Begun {
    /// The next step, never before the one that it follows.
    pub(super) fn add(&mut self, at: Instant, act: Act) {
        let last = self.course.steps.last().map_or(self.filed, |(at, _)| *at);
        self.course.steps.push((at.max(last.plus(SignedDuration::from_secs(20))), act));
    }
}
