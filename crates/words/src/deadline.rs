//! How a deadline came about, line by line and as one sentence, in the same words for customer and agent
//! (FRT-6). Which target applies and what changed it is `rules::sla`'s; here is what lies between two instants.

mod counted;
mod worked;

#[cfg(test)]
mod tests;

use rules::{
    calendar::{Calendar, Length},
    instant::Instant,
};

use crate::time::{Watch, length};

/// A length that began at an instant, and when it is used up.
#[derive(Clone, Copy, Debug)]
pub struct Deadline<'a> {
    pub calendar: &'a Calendar,
    pub filed: Instant,
    pub length: Length,
    pub due: Instant,
}

/// "filed Fri 20 Nov 16:40", "1 h 20 min on Friday", "weekend", .., "due Tue 24 Nov 14:40". The watch shows
/// the calendar's zone, by which its days are counted; whoever wants another says it beside.
pub fn lines(watch: &Watch<'_>, deadline: &Deadline<'_>) -> Vec<String> {
    let desk = desk_watch(watch, deadline);
    let mut lines = vec![desk.lang.say("deadline-filed", &[("when", desk.moment(deadline.filed).into())])];
    lines.extend(path(&desk, deadline));
    lines.push(desk.lang.say("deadline-due", &[("when", desk.moment(deadline.due).into())]));
    lines
}

/// "1 h 20 min on Friday, weekend, Monday is a holiday, 6 h 40 min on Tuesday: due Tue 24 Nov 14:40 UTC".
pub fn sentence(watch: &Watch<'_>, deadline: &Deadline<'_>) -> String {
    let desk = desk_watch(watch, deadline);
    let due = desk.in_zone(desk.moment(deadline.due));
    let path = path(&desk, deadline).join(", ");
    if path.is_empty() {
        return desk.lang.say("deadline-due", &[("when", due.into())]);
    }
    desk.lang.say("deadline-sentence", &[("path", path.into()), ("when", due.into())])
}

/// Everything between filing and due.
fn path(desk: &Watch<'_>, deadline: &Deadline<'_>) -> Vec<String> {
    match deadline.length {
        Length::WorkingTime { .. } | Length::SupportDays { .. } => worked::path(desk, deadline),
        Length::WorkingDays { days, until } => counted::path(desk, deadline, days, until),
        Length::WallClock { .. } => {
            let whole = length(desk.lang, deadline.due.since(deadline.filed));
            vec![desk.lang.say("deadline-wall-clock", &[("length", whole.into())])]
        }
    }
}

fn desk_watch<'a>(watch: &Watch<'_>, deadline: &Deadline<'a>) -> Watch<'a> {
    Watch { lang: watch.lang, zone: deadline.calendar.zone(), now: watch.now }
}
