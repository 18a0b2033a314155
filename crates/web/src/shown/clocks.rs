//! Clocks on a page: the strip, the tag beside it, the explanation (FRT-6). The same for customers and agents.

use desk::tickets::Ticket;
use rules::{
    events::{State as RequestState, TargetKind},
    instant::Instant,
    policy::Compiled,
    sla::{About, Aim, Change, Clock, Origin, Standing, Terms, judge},
    tickets::Whose,
};
use words::{
    deadline::{self, Deadline},
    lang::Lang,
    strip::{self, Began, Mark, MarkKind, Size, State, Strip as Drawn},
    time::Watch,
};

use super::{
    Reading, Side,
    times::{ago, lasted, watch},
};
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        html::Safe,
        parts::{Signal, Strip, Tag},
    },
};

/// How a request stands, in a few words with a signal: "due 14:40", "48 min late", "ours for 1 h 10 min". What is late is
/// late by working time, as the strip says it; a turn lasts by the clock on the wall.
pub(crate) fn clock_tag(reading: Reading<'_>, ticket: &Ticket, clock: Option<&Clock>) -> Tag {
    let Reading { say, visit, now, .. } = reading;
    if ticket.state.is_over() {
        return Tag::new(Signal::Done, if ticket.merged_into.is_some() { "merged" } else { "solved" });
    }
    match clock.map(|clock| (clock, judge(clock, now))) {
        Some((clock, Standing::Breached { due, answered: None })) => {
            let late = say.compiled.aim(clock.kind, &clock.about).map(|aim| aim.calendar.elapsed(due, now));
            let late = late.filter(|late| late.as_mins() > 0);
            let late = late.map_or_else(|| "late".to_owned(), |late| format!("{} late", ago(late)));
            Tag::new(Signal::Late, format!("{}{late}", update(clock)))
        }
        Some((clock, Standing::Running | Standing::UnderWay { .. })) => {
            let Some(due) = clock.due else { return turn_tag(reading, ticket) };
            let signal = if is_soon(clock, now) { Signal::Soon } else { Signal::Plain };
            Tag::new(signal, format!("{}due {}", update(clock), watch(visit, now, |watch| watch.soon(due))))
        }
        _ => turn_tag(reading, ticket),
    }
}

/// PLN-2: what is due where it is no answer.
fn update(clock: &Clock) -> &'static str {
    if clock.kind == TargetKind::Update { "update " } else { "" }
}

fn is_soon(clock: &Clock, now: Instant) -> bool {
    clock.warnings.last().is_some_and(|warning| warning.at <= now)
}

fn turn_tag(reading: Reading<'_>, ticket: &Ticket) -> Tag {
    let since = lasted(reading.now.since(ticket.turn.since));
    match (reading.side, ticket.state, ticket.turn.whose) {
        (Side::Staff, RequestState::WithDevelopers, Whose::Theirs) => word_tag(reading, ticket),
        (Side::Customer, RequestState::WithDevelopers, Whose::Theirs) => {
            Tag::new(Signal::Plain, "our developers’ turn")
        }
        (Side::Staff, _, Whose::Ours) => {
            let signal = if waits_long(reading, ticket) { Signal::Soon } else { Signal::Plain };
            Tag::new(signal, format!("ours for {since}"))
        }
        (Side::Staff, _, Whose::Theirs) => Tag::new(Signal::Waiting, format!("theirs for {since}")),
        (Side::Customer, _, Whose::Ours) => Tag::new(Signal::Plain, format!("our turn for {since}")),
        (Side::Customer, _, Whose::Theirs) => Tag::new(Signal::Waiting, format!("your turn for {since}")),
    }
}

/// TRN-3: after the first response, longer than the policy's soft limit allows.
fn waits_long(reading: Reading<'_>, ticket: &Ticket) -> bool {
    let policy = reading.say.policy();
    // Nothing is promised of a type without a clock, so nothing of it waits too long (REQ-5).
    if policy.request_type(&ticket.request_type).is_some_and(|kind| kind.clock == rules::policy::Clock::None) {
        return false;
    }
    let limit = policy.waiting.soft_limit();
    reading.say.compiled.hours().elapsed(ticket.turn.since, reading.now) > limit
}

/// FRT-7: by when the next word is promised on what is with the developers.
fn word_tag(reading: Reading<'_>, ticket: &Ticket) -> Tag {
    let Reading { visit, now, .. } = reading;
    match (ticket.next_word_at, ticket.queue) {
        (Some(due), _) if due >= now => {
            Tag::new(Signal::Plain, format!("word by {}", watch(visit, now, |watch| watch.soon(due))))
        }
        (Some(_), _) | (None, Some(_)) => Tag::new(Signal::Late, "word promised, late"),
        (None, None) => Tag::new(Signal::Plain, "with developers"),
    }
}

/// The few pixels of a list; nothing where no clock waits for an answer.
pub(crate) fn list_strip(reading: Reading<'_>, ticket: &Ticket, clock: Option<&Clock>) -> Option<Safe> {
    let clock = clock.filter(|clock| clock.standing.is_unanswered() && !ticket.state.is_over())?;
    draw(&reading.say.compiled, clock, (reading.visit, reading.now), Size::List)
}

/// The strip of a request's page, in two widths.
pub(crate) async fn full_strip(
    app: &App,
    visit: &Visit,
    clock: Option<&Clock>,
    now: Instant,
) -> Result<Option<Strip>, Problem> {
    let Some(clock) = clock else { return Ok(None) };
    let policies = app.desk.policies().await?;
    let Some(kept) = policies.get(clock.terms) else { return Ok(None) };
    let broad = draw(&kept.policy, clock, (visit, now), BROAD);
    let slim = draw(&kept.policy, clock, (visit, now), SLIM);
    Ok(broad.map(|broad| Strip { broad, slim }))
}

const BROAD: Size = Size::Full { width: 660 };
const SLIM: Size = Size::Full { width: 350 };

/// Its times are the reader's, as all of a page but the explanation.
fn draw(terms: &Compiled, clock: &Clock, (visit, now): (&Visit, Instant), size: Size) -> Option<Safe> {
    let aim = terms.aim(clock.kind, &clock.about)?;
    let marks = marks(clock);
    let state = match judge(clock, now) {
        Standing::Breached { answered: None, .. } | Standing::EndedLate { .. } => State::Late,
        Standing::Met(answer) | Standing::Breached { answered: Some(answer), .. } => State::Answered { at: answer.at },
        Standing::UnderWay { pressed, .. } => State::UnderWay { at: pressed },
        Standing::Stopped { .. } => State::Stopped { since: clock.stops.last()?.from },
        Standing::Running if is_soon(clock, now) => State::Soon,
        Standing::Running => State::Running,
        Standing::Suspended | Standing::EndedWithoutResult { .. } | Standing::MovedTo { .. } => return None,
    };
    let drawn = Drawn {
        calendar: aim.calendar,
        length: clock.length,
        began: began(clock),
        filed: if clock.kind == TargetKind::Update { clock.counted_from } else { clock.started },
        due: clock.due?,
        state,
        marks: &marks,
    };
    Some(Safe::new(watch(visit, now, |watch| strip::svg(watch, &drawn, size))))
}

fn began(clock: &Clock) -> Began {
    match clock.origin {
        Origin::Filed | Origin::Absorbed(_) => Began::Filing,
        Origin::Reopened | Origin::CustomerMessage => Began::Question,
        Origin::Progress => Began::Word,
    }
}

fn marks(clock: &Clock) -> Vec<Mark> {
    let kind = |change: &Change| match change {
        Change::Answered(_) => Some(MarkKind::Response),
        Change::Priority { .. }
        | Change::Escalated { .. }
        | Change::EscalationEnded { .. }
        | Change::Converted { .. }
        | Change::Recomputed { .. } => Some(MarkKind::Change),
        Change::Stopped { .. } => Some(MarkKind::Stop),
        _ => None,
    };
    clock.lines.iter().filter_map(|line| Some(Mark { at: line.at, kind: kind(&line.change)? })).collect()
}

/// FRT-6 as HTML: how the deadline came about, in the desk's zone and the reader's, and what changed it.
pub(crate) async fn explanation(
    app: &App,
    visit: &Visit,
    clock: Option<&Clock>,
    now: Instant,
) -> Result<Option<Safe>, Problem> {
    let Some((clock, due)) = clock.and_then(|clock| Some((clock, clock.due?))) else { return Ok(None) };
    let policies = app.desk.policies().await?;
    let Some(kept) = policies.get(clock.terms) else { return Ok(None) };
    let Some(aim) = kept.policy.aim(clock.kind, &clock.about) else { return Ok(None) };
    let watch = Watch { lang: Lang::En, zone: aim.calendar.zone(), now };
    let deadline = Deadline { calendar: aim.calendar, filed: clock.counted_from, length: clock.length, due };
    let sentence = match clock.kind {
        TargetKind::Update => words::clock::update(&watch, clock, &deadline::sentence(&watch, &deadline)),
        _ => capital(&deadline::sentence(&watch, &deadline)),
    };
    let sentence = escaped(&sentence);
    let mut html = format!("<p>{sentence}{}</p>", theirs(&watch, visit, due));
    let changes = words::clock::changes(&watch, clock, kept.policy.policy());
    if !changes.is_empty() {
        let lines: Vec<_> = changes.iter().map(|line| format!("<li>{}</li>", escaped(line))).collect();
        html.push_str(&format!("<ul>{}</ul>", lines.join("")));
    }
    Ok(Some(Safe::new(html)))
}

/// ", 15:40 your time", where the reader's clock shows another.
fn theirs(watch: &Watch<'_>, visit: &Visit, due: Instant) -> String {
    let reader =
        visit.zone.as_ref().filter(|zone| zone.to_offset(due.timestamp()) != watch.zone.to_offset(due.timestamp()));
    reader.map_or_else(String::new, |zone| {
        let theirs = Watch { lang: watch.lang, zone, now: watch.now };
        format!(", {} your time", escaped(&theirs.soon(due)))
    })
}

/// A sentence begins with a capital.
pub(crate) fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What we aim for if it were sent now, as strip and words.
pub(crate) struct Promised {
    pub strip: Strip,
    pub words: Safe,
}

/// The strip and the explanation of a request that is not filed yet; `None` for a type without a clock.
pub(crate) fn promised(visit: &Visit, terms: &Compiled, about: &About, now: Instant) -> Option<Promised> {
    let Aim { calendar, length, .. } = terms.aim(TargetKind::FirstResponse, about)?;
    let due = calendar.due_by(now, &length).ok()?;
    let watch = Watch { lang: Lang::En, zone: calendar.zone(), now };
    let draw = |size| {
        let drawn =
            Drawn { calendar, length, began: Began::Filing, filed: now, due, state: State::Running, marks: &[] };
        Safe::new(self::watch(visit, now, |watch| strip::svg(watch, &drawn, size)))
    };
    let deadline = Deadline { calendar, filed: now, length, due };
    let lines = deadline::lines(&watch, &deadline);
    // Without "filed" and "due", which the first sentence says.
    let path = lines[1..lines.len() - 1].join(", ");
    let how = if path.is_empty() {
        String::new()
    } else {
        format!(" <span class=\"muted\">{}.</span>", escaped(&capital(&path)))
    };
    let words = format!(
        "We aim to answer by <b>{}</b>{}.{how}",
        escaped(&watch.in_zone(watch.moment(due))),
        theirs(&watch, visit, due),
    );
    Some(Promised { strip: Strip { broad: draw(BROAD), slim: Some(draw(SLIM)) }, words: Safe::new(words) })
}
