//! A small stage: a policy with two versions, and a request that things happen to, in the order told.
//! Dana files it, Ines answers, Theo leads. Times are `fri 16:40`, in the week of Monday 23 November 2026.

use std::sync::{Arc, LazyLock};

use crate::{
    calendar::{Calendar, Length},
    events::{
        ActorKind, Audience, Author, Because, By, Channel, ClockFrom, Entry, Event, Hand, Opened, Posted, Secrecy,
        State, TargetKind, TicketEvent, Via,
    },
    ids::{MessageId, PersonId, PolicyVersionId, Seq, TicketId},
    instant::Instant,
    keys::PriorityKey,
    sla::{About, Aim, Change, Clock, Standing, Terms, Versions, clocks},
};

pub(crate) const DANA: PersonId = PersonId(1);
pub(crate) const OMAR: PersonId = PersonId(2);
pub(crate) const INES: PersonId = PersonId(100);
pub(crate) const FIRST: PolicyVersionId = PolicyVersionId(1);
pub(crate) const SECOND: PolicyVersionId = PolicyVersionId(2);
/// The version that has no targets at all.
pub(crate) const SILENT: PolicyVersionId = PolicyVersionId(3);

/// `mon 08:00` to `sun 23:59:59.5`, or `+mon 08:00` for the week after; UTC.
pub(crate) fn at(when: &str) -> Instant {
    let (week, when) = when.strip_prefix('+').map_or((0, when), |rest| (7, rest));
    let (day, time) = when.split_once(' ').expect("a day and a time");
    let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let day = 23 + week + days.iter().position(|known| *known == day).expect("a day of the week");
    let (month, day) = if day > 30 { (12, day - 30) } else { (11, day) };
    let time = if time.len() == 5 { format!("{time}:00") } else { time.to_owned() };
    format!("2026-{month:02}-{day:02}T{time}Z").parse().expect("an instant")
}

/// Monday to Friday 08:00 to 18:00 UTC.
pub(crate) static OFFICE: LazyLock<Calendar> = LazyLock::new(|| {
    let day = serde_json::json!([["08:00", "18:00"]]);
    let slots = serde_json::json!({"mon": day, "tue": day, "wed": day, "thu": day, "fri": day});
    let spec = serde_json::json!({"zone": "UTC", "slots": slots, "holidays": []});
    Calendar::build(&serde_json::from_value(spec).expect("readable")).expect("sound")
});

/// First response: 8 h; high 4 h, urgent 2 h; feature requests none; `later` is a priority without a target;
/// `partner` is best effort, `early` in the first version only; `vip` has a next response of 4 h, and `told` an update
/// every 10 h, for migrations without a first response. The second version gives twice the time.
pub(crate) struct Policy {
    factor: u32,
    stops: bool,
}

impl Policy {
    /// One whose clocks do not stop for missing details, with so many times the hours of the first version.
    pub(crate) fn without_stops(factor: u32) -> Self {
        Self { factor, stops: false }
    }
}

impl Terms for Policy {
    fn aim(&self, kind: TargetKind, of: &About) -> Option<Aim<'_>> {
        let hours = match (kind, of.request_type.as_str(), of.priority.as_str()) {
            (_, "feature", _) | (_, _, "later") => return None,
            (TargetKind::FirstResponse, "migration", _) if is_plan(of, "told") => return None,
            (TargetKind::FirstResponse, "migration", _) => 16,
            (TargetKind::FirstResponse, _, "urgent") => 2,
            (TargetKind::FirstResponse, _, "high") => 4,
            (TargetKind::FirstResponse, ..) => 8,
            (TargetKind::NextResponse, ..) if is_plan(of, "vip") => 4,
            (TargetKind::Update, ..) if is_plan(of, "told") => 10,
            (TargetKind::Update, ..) if is_plan(of, "hourly") => 1,
            _ => return None,
        };
        let minutes = hours * 60 * self.factor;
        let length = if is_plan(of, "wall") { Length::WallClock { minutes } } else { Length::WorkingTime { minutes } };
        let best_effort = is_plan(of, "partner") || is_plan(of, "early") && self.factor == 1;
        (self.factor > 0).then_some(Aim { calendar: &OFFICE, length, best_effort })
    }

    fn has_regions(&self) -> bool {
        false
    }

    fn has_updates(&self) -> bool {
        self.factor > 0
    }

    fn rank(&self, priority: &PriorityKey) -> Option<usize> {
        ["urgent", "high", "medium", "low", "later"].iter().position(|known| *known == priority.as_str())
    }

    fn stops_for_missing_details(&self) -> bool {
        self.stops
    }

    fn warn_percents(&self) -> &[u8] {
        &[50, 80]
    }
}

fn is_plan(of: &About, plan: &str) -> bool {
    of.plan.as_ref().is_some_and(|it| it.as_str() == plan)
}

/// The versions that are kept: the second is in force from Thursday 00:00.
pub(crate) struct Book;

impl Versions for Book {
    fn terms(&self, version: PolicyVersionId) -> Option<Arc<dyn Terms>> {
        let factor = match version {
            FIRST => 1,
            SECOND => 2,
            SILENT => 0,
            _ => return None,
        };
        Some(Arc::new(Policy { factor, stops: true }))
    }

    fn in_force(&self, instant: Instant) -> Option<PolicyVersionId> {
        Some(if instant < at("thu 00:00") { FIRST } else { SECOND })
    }
}

/// What a request began with, for those who want another one.
pub(crate) fn opened() -> Opened {
    Opened {
        request_type: "bug".into(),
        requester: DANA,
        reseller: None,
        organisation: None,
        wish: "medium".into(),
        priority: "medium".into(),
        plan: None,
        region: None,
        channel: Channel::Portal,
        terms: FIRST,
        clock_from: ClockFrom::At(at("mon 10:00")),
        secrecy: Secrecy::Open,
    }
}

/// A request and its history.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) history: Vec<Entry>,
}

impl Request {
    /// Filed by Dana, medium, at `when`.
    pub(crate) fn filed(when: &str) -> Self {
        Self::opened(when, Opened { clock_from: ClockFrom::At(at(when)), ..opened() })
    }

    pub(crate) fn filed_as(when: &str, request_type: &str, priority: &str) -> Self {
        let clock_from = ClockFrom::At(at(when));
        Self::opened(
            when,
            Opened { request_type: request_type.into(), priority: priority.into(), clock_from, ..opened() },
        )
    }

    pub(crate) fn on_plan(when: &str, plan: &str) -> Self {
        Self::opened(when, Opened { plan: Some(plan.into()), clock_from: ClockFrom::At(at(when)), ..opened() })
    }

    pub(crate) fn opened(when: &str, opened: Opened) -> Self {
        Self { history: Vec::new() }.then(when, TicketEvent::Opened(opened))
    }

    pub(crate) fn then(self, when: &str, event: TicketEvent) -> Self {
        self.then_by(when, By::person(INES), event)
    }

    pub(crate) fn then_by(mut self, when: &str, by: By, event: TicketEvent) -> Self {
        let instant = at(when);
        self.history.push(Entry {
            seq: Seq(i64::try_from(self.history.len()).expect("few events") + 1),
            event: Event::Ticket(TicketId(1), event),
            by,
            occurred_at: instant,
            recorded_at: instant,
            cause: None,
            depth: 0,
        });
        self
    }

    /// Dana writes.
    pub(crate) fn dana_writes(self, when: &str) -> Self {
        let message = self.next_message();
        let posted = Posted { author: Author::Customer(DANA), ..written(message) };
        self.then_by(when, By::person(DANA), TicketEvent::Posted(posted))
    }

    /// Ines presses send; nothing has arrived yet. Messages are numbered from 1.
    pub(crate) fn ines_sends(self, when: &str) -> Self {
        let message = self.next_message();
        self.then(when, TicketEvent::Posted(written(message)))
    }

    /// Ines presses send, and it arrives in Dana's mail at once.
    pub(crate) fn ines_answers(self, when: &str) -> Self {
        let message = self.next_message();
        self.ines_sends(when).arrives(when, message.0)
    }

    pub(crate) fn ines_answers_at(mut self, instant: Instant) -> Self {
        let before = self.history.len();
        self = self.ines_answers("mon 10:00");
        self.history[before..].iter_mut().for_each(|entry| (entry.occurred_at, entry.recorded_at) = (instant, instant));
        self
    }

    /// Something else is posted, and arrives at once.
    pub(crate) fn posted(self, when: &str, by: ActorKind, change: impl FnOnce(&mut Posted)) -> Self {
        let mut posted = written(self.next_message());
        change(&mut posted);
        let message = posted.message.0;
        self.then_by(when, By { kind: by, person: None }, TicketEvent::Posted(posted)).arrives(when, message)
    }

    /// The desk asks Dana for her logs.
    pub(crate) fn desk_asks_for_logs(self, when: &str) -> Self {
        self.posted(when, ActorKind::Rule, |posted| {
            (posted.author, posted.hand) = (Author::Machine, Hand::Automatic);
            posted.missing = vec!["logs".into()];
        })
    }

    pub(crate) fn arrives(self, when: &str, message: i64) -> Self {
        self.then(when, TicketEvent::Delivered { message: MessageId(message), to: DANA, via: Via::Smtp })
    }

    pub(crate) fn seen_in_portal(self, when: &str, message: i64) -> Self {
        self.then(when, TicketEvent::Delivered { message: MessageId(message), to: DANA, via: Via::Portal })
    }

    pub(crate) fn refused(self, when: &str, message: i64) -> Self {
        self.then(when, TicketEvent::DeliveryRefused { message: MessageId(message), to: DANA })
    }

    pub(crate) fn bounces(self, when: &str, message: i64) -> Self {
        self.then(when, TicketEvent::Bounced { message: MessageId(message), to: DANA, hard: true })
    }

    pub(crate) fn ruled_out(self, when: &str, message: i64) -> Self {
        self.then(when, TicketEvent::Ruled { message: MessageId(message) })
    }

    pub(crate) fn decided(self, when: &str, from: &str, to: &str) -> Self {
        self.then(when, TicketEvent::PriorityDecided { from: from.into(), to: to.into() })
    }

    pub(crate) fn converted(self, when: &str, from: &str, to: &str) -> Self {
        self.then(when, TicketEvent::Converted { from: from.into(), to: to.into(), priority: "medium".into() })
    }

    pub(crate) fn state(self, when: &str, from: State, to: State, because: Because) -> Self {
        self.then(when, TicketEvent::StateChanged { from, to, because })
    }

    pub(crate) fn recomputed(self, when: &str, terms: PolicyVersionId) -> Self {
        self.then(when, TicketEvent::Recomputed { terms })
    }

    pub(crate) fn clocks(&self) -> Vec<Clock> {
        clocks(&self.history, &Book).expect("the versions are kept")
    }

    /// The only clock.
    pub(crate) fn clock(&self) -> Clock {
        let [clock] = <[Clock; 1]>::try_from(self.clocks()).expect("one clock");
        clock
    }

    /// How the only clock stands, in a word.
    pub(crate) fn stands(&self) -> String {
        stands(&self.clock().standing)
    }

    fn next_message(&self) -> MessageId {
        let posted = |entry: &&Entry| matches!(entry.event, Event::Ticket(_, TicketEvent::Posted(_)));
        MessageId(i64::try_from(self.history.iter().filter(posted).count()).expect("few messages") + 1)
    }
}

fn written(message: MessageId) -> Posted {
    Posted {
        message,
        author: Author::Staff(INES),
        audience: Audience::Public,
        hand: Hand::Written,
        channel: Channel::Desk,
        substance: true,
        missing: Vec::new(),
        bulk: None,
    }
}

/// `met by 1 at wed 10:00`.
pub(crate) fn stands(standing: &Standing) -> String {
    let answer = |answer: &crate::sla::Answer| format!("by {} at {}", answer.message, shown(answer.at));
    match standing {
        Standing::Running => "running".to_owned(),
        Standing::Stopped { left } => format!("stopped with {} min left", left.as_mins()),
        Standing::UnderWay { message, pressed } => format!("under way: {message} at {}", shown(*pressed)),
        Standing::Met(it) => format!("met {}", answer(it)),
        Standing::Breached { due, answered: None } => format!("late from {}", shown(*due)),
        Standing::Breached { due, answered: Some(it) } => format!("late from {}, answered {}", shown(*due), answer(it)),
        Standing::Suspended => "suspended".to_owned(),
        Standing::EndedWithoutResult { at } => format!("ended at {}", shown(*at)),
        Standing::EndedLate { due, at } => format!("late from {}, ended at {}", shown(*due), shown(*at)),
        Standing::MovedTo { survivor } => format!("moved to {survivor}"),
    }
}

/// `tue 10:00`, as [`at`] reads it.
pub(crate) fn shown(instant: Instant) -> String {
    let time = jiff::tz::TimeZone::UTC.to_datetime(instant.timestamp());
    let week = if instant >= at("+mon 00:00") { "+" } else { "" };
    format!("{week}{}", time.strftime("%a %H:%M").to_string().to_lowercase())
}

pub(crate) fn due(clock: &Clock) -> String {
    clock.due.map_or_else(|| "never".to_owned(), shown)
}

/// The words of the lines, with their instants.
pub(crate) fn told(clock: &Clock) -> Vec<String> {
    clock.lines.iter().map(|line| format!("{} {}", shown(line.at), told_change(&line.change))).collect()
}

fn told_change(change: &Change) -> String {
    let by = |due: &Option<Instant>| due.map_or_else(|| "never".to_owned(), shown);
    match change {
        Change::Started { terms, due } => format!("started under {terms}, due {}", by(due)),
        Change::Priority { from, to, before, after } => format!("{from} -> {to}, {} -> {}", by(before), by(after)),
        Change::Escalated { before, after } => format!("escalated, {} -> {}", by(before), by(after)),
        Change::EscalationEnded { before, after } => format!("not escalated, {} -> {}", by(before), by(after)),
        Change::Converted { from, to, before, after } => format!("{from} => {to}, {} -> {}", by(before), by(after)),
        Change::Suspended { request_type, .. } => format!("suspended as {request_type}"),
        Change::Unsuspended { request_type, due, .. } => format!("back as {request_type}, due {}", by(due)),
        Change::Stopped { message, left } => format!("stopped by {message}, {} min left", left.as_mins()),
        Change::Resumed { due } => format!("resumed, due {}", by(due)),
        Change::Sent { message } => format!("sent {message}"),
        Change::Answered(answer) => format!("answered by {}", answer.message),
        Change::Lost { message, pressed, why } => format!("lost {message} of {}: {why:?}", shown(*pressed)),
        Change::Recomputed { terms, before, after } => format!("under {terms}, {} -> {}", by(before), by(after)),
        Change::Breached { .. } => "late".to_owned(),
        Change::Withdrawn => "withdrawn".to_owned(),
        Change::MovedTo { survivor } => format!("moved to {survivor}"),
        Change::Returned { from } => format!("back from {from}"),
    }
}
