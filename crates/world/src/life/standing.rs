//! What stands at the end, so that every page has something to show: requests due within the hour, late ones, and one
//! in each state.

use desk::tickets::Decided;
use jiff::SignedDuration;
use rules::{events::State, instant::Instant, tickets::AfterReply};

use super::{
    course::{Act, Begun, Casting, Course, Own},
    moments::Left,
    teams::PLATFORM,
};
use crate::texts::{Kind, Voice};

/// The requests that stand at the end.
pub(super) fn courses(casting: &mut Casting<'_>) -> Vec<Course> {
    let mut courses = Vec::new();
    let clocks = [
        (Kind::Question, Left::Minutes(12)),
        (Kind::Trouble, Left::Minutes(34)),
        (Kind::Trouble, Left::Minutes(55)),
        (Kind::Defect, Left::Minutes(190)),
        (Kind::Trouble, Left::LateMinutes(45)),
        (Kind::Weakness, Left::Minutes(240)),
        (Kind::Trouble, Left::LateMinutes(20)),
    ];
    for (at, (kind, left)) in clocks.into_iter().enumerate() {
        courses.extend(unanswered(casting, kind, left).map(|mut begun| {
            if at % 2 == 1 {
                let taken = begun.filed.plus(SignedDuration::from_mins(9));
                begun.add(taken, Act::Take);
            }
            begun.course
        }));
    }
    courses.extend(in_states(casting));
    courses
}

/// Filed early enough to have just so much left, and not answered.
fn unanswered(casting: &mut Casting<'_>, kind: Kind, left: Left) -> Option<Begun> {
    let (request_type, kind) = casting.types().into_iter().find(|(_, of)| *of == kind)?;
    let customer = casting.some_customer_with_a_clock(&request_type);
    let plan = casting.plan_of(customer).cloned();
    let default = casting.moments.policy.policy().default_wish(&request_type, plan.as_ref())?;
    let filed = casting.moments.filed_with((&request_type, plan.as_ref()), &default, left)?;
    Some(casting.begin(&request_type, kind, (customer, filed)))
}

/// Dana's own, and one in each state that people bring about.
fn in_states(casting: &mut Casting<'_>) -> Vec<Course> {
    let hours_ago = |hours: i64| casting.moments.until.plus(-SignedDuration::from_hours(hours));
    let times = [hours_ago(74), hours_ago(98), hours_ago(120), hours_ago(170), hours_ago(220), hours_ago(300)];
    let mut courses = Vec::new();
    let mut begun = |kind: Kind, filed: Instant| {
        let (request_type, kind) = casting.types().into_iter().find(|(_, of)| *of == kind)?;
        let dana = casting.place_of(casting.cast.dana().person);
        let mut begun = casting.begin(&request_type, kind, (dana, filed));
        begun.course.agent = casting.place_of(casting.cast.ines().person);
        begun.course.own = Own::Stays;
        let taken = casting.moments.worked(filed, 20);
        begun.add(taken, Act::Take);
        let answered = casting.moments.worked(filed, 75);
        Some((begun, answered))
    };
    let waiting = begun(Kind::Trouble, times[0]);
    let developers = begun(Kind::Defect, times[4]);
    let solved = begun(Kind::Question, times[1]);
    let ours = begun(Kind::Trouble, times[2]);
    let ruled = begun(Kind::Trouble, times[3]);
    let reopened = begun(Kind::Question, times[5]);
    let until = casting.moments.until;
    courses.extend(waiting.map(|(begun, at)| waits(begun, at)));
    courses.extend(developers.map(|(begun, at)| with_developers(begun, at)));
    courses.extend(solved.map(|(begun, at)| replied(begun, at, AfterReply::Solve).course));
    courses.extend(ours.map(|(begun, at)| ours_again(begun, at)));
    courses.extend(ruled.map(|(begun, at)| ruled_out(begun, at)));
    courses.extend(reopened.map(|(begun, at)| comes_back(begun, at, until)));
    courses.extend(held(casting));
    courses
}

fn words(begun: &Begun, voice: Voice) -> String {
    let found = begun.story.talk.iter().find(|(of, _)| *of == voice);
    begun.facts.fill(found.map_or("Could you tell us more about it?", |(_, words)| words))
}

fn replied(mut begun: Begun, at: Instant, after: AfterReply) -> Begun {
    let text = words(&begun, Voice::Staff);
    begun.add(at, Act::Reply { text, after });
    begun
}

fn waits(begun: Begun, at: Instant) -> Course {
    replied(begun, at, AfterReply::Wait).course
}

fn with_developers(begun: Begun, at: Instant) -> Course {
    let mut begun = replied(begun, at, AfterReply::KeepState);
    let reason = "Accepted; the product team has it.";
    begun.add(at.plus(SignedDuration::from_mins(14)), Act::Move { to: State::WithDevelopers, reason });
    begun.course
}

fn ours_again(begun: Begun, at: Instant) -> Course {
    let mut begun = replied(begun, at, AfterReply::Wait);
    let text = words(&begun, Voice::Customer);
    begun.add(at.plus(SignedDuration::from_hours(3)), Act::Answer(text));
    begun.course
}

/// A reply that promised to look and no more: the lead rules that it was no first response (FRT-2).
fn ruled_out(mut begun: Begun, at: Instant) -> Course {
    let text = "We have your request and look into it.".to_owned();
    begun.add(at, Act::Reply { text, after: AfterReply::KeepState });
    let reason = "It neither tries an answer nor asks for anything.";
    begun.add(at.plus(SignedDuration::from_hours(1)), Act::Rule(reason));
    let mut begun = replied(begun, at.plus(SignedDuration::from_hours(20)), AfterReply::KeepState);
    let priority = begun.wish.clone();
    let reason = String::new();
    begun.add(at.plus(SignedDuration::from_hours(21)), Act::Decide(Decided { priority, reason }));
    begun.course
}

/// Solved, and reopened by the customer this week (FRT-5); Ines hands it to those who know installations.
fn comes_back(begun: Begun, at: Instant, until: Instant) -> Course {
    let mut begun = replied(begun, at, AfterReply::Solve);
    let text = "Sorry to open it again: since the last upgrade it is back. Has something changed?".to_owned();
    begun.add(until.plus(-SignedDuration::from_mins(95)), Act::Answer(text));
    let note =
        "It is back since their upgrade, so it is no question any more. Could one of you look at their installation?";
    begun.add(until.plus(-SignedDuration::from_mins(71)), Act::HandTo { team: PLATFORM, note });
    begun.course
}

/// A reply that was just sent and can still be taken back.
fn held(casting: &mut Casting<'_>) -> Option<Course> {
    let (request_type, kind) = casting.types().into_iter().find(|(_, of)| *of == Kind::Question)?;
    let until = casting.moments.until;
    let customer = casting.some_customer_with_a_clock(&request_type);
    let mut begun = casting.begin(&request_type, kind, (customer, until.plus(-SignedDuration::from_mins(52))));
    begun.course.agent = casting.place_of(casting.cast.ines().person);
    begun.course.own = Own::Stays;
    begun.add(until.plus(-SignedDuration::from_mins(5)), Act::Take);
    let text = words(&begun, Voice::Staff);
    begun.add(until, Act::Reply { text, after: AfterReply::KeepState });
    Some(begun.course)
}
