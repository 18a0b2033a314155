//! One request's rows, told as the verbs would have left them: each step writes its events, what is due by itself in
//! between happens at its own instant, and clocks, turn and place are read off the history by the desk's own functions.
//! Numbers are the request's own here: from 1 in its journal, from 0 for its messages.

use desk::{
    Error, Policies, Result, clocks,
    mail::{Order, Telling, Told},
    tickets,
};
use jiff::SignedDuration;
use rules::{
    events::{
        Audience, Author, Because, By, Channel, ClockFrom, Entry, Event, Hand, Opened, Posted, Secrecy, State,
        TicketEvent, Via,
    },
    ids::{MessageId, PersonId, Seq, TicketId},
    instant::Instant,
    policy::Policy,
    tickets::{AfterReply, Move, Times, Turn, Whose, after_customer_message, after_staff_reply, is_announced},
};
use store::{
    bulk::Whole,
    messages::{Delivery, Message, Outcome},
    tickets::Ticket,
};

use super::course::{Course, Script, Step};
use crate::Filing;

/// What holds for every request.
#[derive(Clone, Copy, Debug)]
pub(super) struct House<'a> {
    pub script: &'a Script,
    pub policies: &'a Policies,
}

/// A request with its mails, before it has its numbers.
#[derive(Debug)]
pub(super) struct Lived {
    pub whole: Whole,
    /// What was sent, and when.
    pub orders: Vec<(Instant, Order)>,
}

/// Lives a course up to the end of its world.
pub(super) fn live(house: House<'_>, course: &Course) -> Result<Lived> {
    let Some((filed, Step::File(filing))) = course.steps.first() else {
        return Err(Error::broken("a course begins with its filing"));
    };
    let mut ledger = Ledger::open(house, course, *filed, filing)?;
    for (at, step) in &course.steps[1..] {
        ledger.pass_until(*at)?;
        ledger.step(*at, step)?;
    }
    ledger.pass_until(house.script.until())?;
    Ok(Lived { whole: ledger.whole, orders: ledger.orders })
}

struct Ledger<'a> {
    house: House<'a>,
    course: &'a Course,
    times: Times,
    hold: SignedDuration,
    whole: Whole,
    orders: Vec<(Instant, Order)>,
    /// Whether it is asked at the end how it went.
    asks: bool,
    /// Replies within their hold, the first to leave first.
    held: Vec<(Instant, MessageId)>,
}

/// What happens by itself.
enum Due {
    Mark,
    Remind,
    Timer(State),
    Mail,
}

impl<'a> Ledger<'a> {
    fn open(house: House<'a>, course: &'a Course, at: Instant, filing: &Filing) -> Result<Self> {
        let kept = house.policies.at(at)?;
        let policy = kept.policy.policy();
        let kind = policy.request_type(&filing.request_type).ok_or(Error::NotFound)?;
        let wish = filing.filled.wish.clone().unwrap_or_else(|| kind.priorities.default.clone());
        let opened = Opened {
            reseller: None,
            request_type: filing.request_type.clone(),
            requester: course.customer.person,
            organisation: course.customer.organisation,
            priority: policy.clamp(&filing.request_type, &wish),
            wish,
            plan: None,
            region: None,
            channel: Channel::Portal,
            terms: kept.id,
            clock_from: ClockFrom::At(at),
            secrecy: kind.secrecy,
        };
        let whole = Whole {
            ticket: row(&opened, &filing.filled.subject, at),
            product: policy.product.name.clone(),
            details: tickets::asked(policy, kind, &filing.filled),
            ticks: filing.filled.ticks.iter().cloned().collect(),
            messages: vec![],
            deliveries: vec![],
            journal: vec![],
            clocks: vec![],
            facts: vec![],
            mails: vec![],
        };
        let (times, hold, asks) = (policy.timers.times(), hold(policy), policy.replies.ask_rating);
        let mut ledger = Self { house, course, times, hold, asks, whole, orders: vec![], held: vec![] };
        let (to, secrecy) = (opened.requester, opened.secrecy);
        ledger.record(at, By::person(to), TicketEvent::Opened(opened));
        ledger.orders.push((at, Order::Receipt { ticket: TicketId(0), to }));
        if secrecy == Secrecy::Security {
            ledger.tell(at, Told::SecurityReport, house.script.crowd.security);
        }
        ledger.settle()?;
        Ok(ledger)
    }

    fn step(&mut self, at: Instant, step: &Step) -> Result<()> {
        let (agent, customer) = (self.course.agent, self.course.customer.person);
        match step {
            Step::File(_) => return Err(Error::broken("a request is filed once")),
            Step::Take => {
                self.whole.ticket.assignee = Some(agent);
                self.record(
                    at,
                    By::person(agent),
                    TicketEvent::Assigned { from: None, to: Some(agent), away_until: None, shared: None },
                );
            }
            Step::Reply { body, after } => self.reply(at, body, *after),
            Step::Answer(body) => {
                let ticket = &self.whole.ticket;
                let moved = after_customer_message(ticket.state, ticket.state_since, at, &self.times);
                let message = self.post(at, Author::Customer(customer), body);
                if let Move::To(to) = moved {
                    self.change_state(at, By::person(customer), (to, Because::CustomerReplied));
                }
                if let Some(to) = self.whole.ticket.assignee {
                    self.deliver(at, message, to);
                    self.orders.push((at, Order::CustomerReplied { ticket: TicketId(0), message, to }));
                }
            }
            Step::HandOver => self.change_state(at, By::person(agent), (State::WithDevelopers, Because::StaffDecided)),
        }
        self.settle()
    }

    fn reply(&mut self, at: Instant, body: &str, after: AfterReply) {
        let agent = self.course.agent;
        let message = self.post(at, Author::Staff(agent), body);
        if let Move::To(to) = after_staff_reply(self.whole.ticket.state, after) {
            self.change_state(at, By::person(agent), (to, Because::StaffReplied));
        }
        self.held.push((at.plus(self.hold), message));
    }

    /// What is due by then happens, each at its instant and in the order of the desk's schedule.
    fn pass_until(&mut self, until: Instant) -> Result<()> {
        while let Some((at, due)) = self.next_due().filter(|(at, _)| *at <= until) {
            match due {
                Due::Mark => {
                    for event in desk::sla::marks(&self.whole.journal, self.house.policies, at)? {
                        self.warn(at, &event);
                        self.record(at, By::rule(), event);
                    }
                }
                Due::Remind => self.remind(at),
                Due::Timer(to) => self.change_state(at, By::rule(), (to, Because::TimeRanOut)),
                Due::Mail => {
                    let (_, message) = self.held.remove(0);
                    let to = self.whole.ticket.requester;
                    self.orders.push((at, Order::Reply { ticket: TicketId(0), message, to }));
                    self.deliver(at, message, to);
                }
            }
            self.settle()?;
        }
        Ok(())
    }

    fn next_due(&self) -> Option<(Instant, Due)> {
        let ticket = &self.whole.ticket;
        let is_unreminded = ticket.reminded_at.is_none() && self.times.remind < self.times.solve;
        let timer = match ticket.state {
            State::WaitingForCustomer if is_unreminded => {
                Some((ticket.state_since.plus(self.times.remind), Due::Remind))
            }
            State::WaitingForCustomer => Some((ticket.state_since.plus(self.times.solve), Due::Timer(State::Solved))),
            State::Solved => Some((ticket.state_since.plus(self.times.close), Due::Timer(State::Closed))),
            _ => None,
        };
        let mark = self.whole.clocks.iter().filter_map(|clock| clock.mark_at).min().map(|at| (at, Due::Mark));
        let mail = self.held.first().map(|(at, _)| (*at, Due::Mail));
        // The first of those that come first.
        [mark, timer, mail].into_iter().flatten().min_by_key(|(at, _)| *at)
    }

    fn remind(&mut self, at: Instant) {
        let to = self.whole.ticket.requester;
        self.record(at, By::rule(), TicketEvent::Reminded);
        self.whole.ticket.reminded_at = Some(at);
        self.orders.push((at, Order::Reminded { ticket: TicketId(0), to }));
    }

    /// Who hears that a clock runs out (FRT-7).
    fn warn(&mut self, at: Instant, event: &TicketEvent) {
        let crowd = &self.house.script.crowd;
        let ticket = &self.whole.ticket;
        let to = match (ticket.state, ticket.assignee, ticket.secrecy) {
            (State::Closed, ..) => return,
            (_, Some(assignee), _) => assignee,
            (_, None, Secrecy::Security) => crowd.security,
            _ => crowd.lead,
        };
        let ticket = TicketId(0);
        self.orders.extend(match *event {
            TicketEvent::Warned { target, cycle, percent } => {
                Some((at, Order::Warned { ticket, to, percent, cycle, target }))
            }
            TicketEvent::Breached { target, cycle, .. } => Some((at, Order::Breached { ticket, to, cycle, target })),
            _ => None,
        });
    }

    fn post(&mut self, at: Instant, author: Author, body: &str) -> MessageId {
        let id = MessageId(i64::try_from(self.whole.messages.len()).unwrap_or(i64::MAX));
        let (by, channel, send_at) = match author {
            Author::Staff(person) => (By::person(person), Channel::Desk, at.plus(self.hold)),
            Author::Customer(person) => (By::person(person), Channel::Portal, at),
            Author::Machine => (By::rule(), Channel::Desk, at),
        };
        self.whole.messages.push(Message {
            id,
            ticket: TicketId(0),
            author,
            audience: Audience::Public,
            human: true,
            assisted: false,
            channel,
            body: body.trim().to_owned(),
            posted_at: at,
            send_at,
            taken_back_at: None,
            bulk: None,
        });
        let posted = Posted {
            message: id,
            author,
            audience: Audience::Public,
            hand: Hand::Written,
            channel,
            substance: true,
            missing: vec![],
            bulk: None,
        };
        self.record(at, by, TicketEvent::Posted(posted));
        id
    }

    fn deliver(&mut self, at: Instant, message: MessageId, to: PersonId) {
        let via = Via::Smtp;
        self.whole.deliveries.push(Delivery { message, to, via, outcome: Outcome::Arrived, at });
        self.record(at, By::rule(), TicketEvent::Delivered { message, to, via });
    }

    fn change_state(&mut self, at: Instant, by: By, (to, because): (State, Because)) {
        let from = self.whole.ticket.state;
        self.record(at, by, TicketEvent::StateChanged { from, to, because });
        let ticket = &mut self.whole.ticket;
        (ticket.state, ticket.state_since, ticket.reminded_at) = (to, at, None);
        if to == State::Closed && self.asks {
            self.tell(at, Told::AskRating, self.whole.ticket.requester);
        }
        let ticket = &self.whole.ticket;
        if is_announced(to, because) {
            let (ticket, to, state) = (TicketId(0), ticket.requester, to);
            self.orders.push((at, Order::StateChanged { ticket, to, state, because }));
        }
    }

    fn tell(&mut self, at: Instant, what: Told, to: PersonId) {
        let telling = Telling { what, ticket: TicketId(0), to, at: at.micros() };
        self.orders.push((at, Order::Told(telling)));
    }

    fn record(&mut self, at: Instant, by: By, event: TicketEvent) {
        let seq = Seq(i64::try_from(self.whole.journal.len() + 1).unwrap_or(i64::MAX));
        let event = Event::Ticket(TicketId(0), event);
        let entry = Entry { seq, event, by, occurred_at: at, recorded_at: at, cause: None, depth: 0 };
        self.whole.journal.push(entry);
        self.whole.ticket.updated_at = at;
    }

    /// Clocks, turn and place, as a commit tells them.
    fn settle(&mut self) -> Result<()> {
        let told = clocks::told(&self.whole.journal, self.house.policies)?;
        (self.whole.clocks, self.whole.facts) = (told.clocks, told.facts);
        (self.whole.ticket.turn, self.whole.ticket.queue) = (told.turn, told.queue);
        Ok(())
    }
}

fn hold(policy: &Policy) -> SignedDuration {
    SignedDuration::from_secs(i64::from(policy.replies.hold_seconds))
}

fn row(opened: &Opened, subject: &str, at: Instant) -> Ticket {
    Ticket {
        reseller: None,
        id: TicketId(0),
        request_type: opened.request_type.clone(),
        subject: subject.to_owned(),
        requester: opened.requester,
        organisation: opened.organisation,
        channel: opened.channel,
        parent: None,
        assignee: None,
        team: None,
        state: State::New,
        state_since: at,
        reminded_at: None,
        wish: opened.wish.clone(),
        priority: opened.priority.clone(),
        priority_decided: false,
        plan: None,
        terms: opened.terms,
        secrecy: opened.secrecy,
        filed_at: at,
        updated_at: at,
        turn: Turn { whose: Whose::Ours, since: at },
        queue: None,
        merged_into: None,
        next_word_at: None,
        scope_entry: None,
        escalated_at: None,
    }
}
