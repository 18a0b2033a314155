//! The clock strip: a ruler of working time from "filed" over "now" to "due", as SVG. `geometry` decides
//! where everything lies, `svg` draws it, and the sentence is its accessible name. Colours are the
//! stylesheet's variables in presentation attributes, so that no style stands in the page; the hatch of closed time stands
//! once in a page, as a page has fifty strips.

mod geometry;
mod svg;

#[cfg(test)]
mod tests;

pub(crate) use svg::escaped;

use jiff::SignedDuration;
use rules::{
    calendar::{Calendar, Length, Used},
    instant::Instant,
};

use crate::time::{Watch, length};

/// A clock as a strip shows it.
#[derive(Clone, Debug)]
pub struct Strip<'a> {
    pub calendar: &'a Calendar,
    pub length: Length,
    /// What happened at its start.
    pub began: Began,
    pub filed: Instant,
    pub due: Instant,
    pub state: State,
    pub marks: &'a [Mark],
}

/// Stands once in every page that draws time: how closed time is hatched.
pub const HATCH: &str = r#"<svg class="aside-only" width="0" height="0" aria-hidden="true"><defs><pattern id="closed" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" stroke="var(--edge)" stroke-width="1.5"/></pattern></defs></svg>"#;

/// What the time is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Began {
    Filing,
    /// The customer wrote (FRT-5, FRT-7).
    Question,
    /// Our last word, or the request came back to us (PLN-2).
    Word,
}

/// How the clock stands at the watch's now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Running,
    /// Running, and warned of.
    Soon,
    /// Past due and unanswered.
    Late,
    Answered {
        at: Instant,
    },
    /// An answer was written at an instant, and is held or has not arrived yet: nothing is judged by it (FRT-3).
    UnderWay {
        at: Instant,
    },
    /// The clock stands still since an instant.
    Stopped {
        since: Instant,
    },
}

/// Something that happened on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub at: Instant,
    pub kind: MarkKind,
}

/// What a mark stands for; each has its own shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    /// A public answer: a disc.
    Response,
    /// Another priority or type: a diamond.
    Change,
    /// The clock was stopped: two bars.
    Stop,
}

/// How large it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 112 by 11, without words: for lists.
    List,
    /// 66 high, with ticks and labels: 610 or 660 on wide pages, 350 on a phone.
    Full { width: u16 },
}

/// The strip as one `<svg>` element.
pub fn svg(watch: &Watch<'_>, strip: &Strip<'_>, size: Size) -> String {
    svg::draw(watch, strip, size)
}

/// Its accessible name: "Filed Fri 20 Nov 16:40, 2 h 30 min of 8 h used, due Tue 24 Nov 14:40".
pub fn sentence(watch: &Watch<'_>, strip: &Strip<'_>) -> String {
    let progress = strip.progress(watch.now);
    let began = || ("began", strip.began(watch).into());
    let due = || ("due", watch.moment(strip.due).into());
    let used = || strip.used(progress);
    let said = |name, span| (name, length(watch.lang, span).into());
    match strip.state {
        State::Answered { at } if at > strip.due => {
            let late = said("late", strip.late_by(progress));
            watch.lang.say("strip-answered-late", &[began(), said("used", used().used), late])
        }
        State::Answered { .. } => watch.lang.say("strip-answered", &[began(), said("used", used().used), due()]),
        State::UnderWay { .. } => watch.lang.say("strip-under-way", &[began(), said("used", used().used), due()]),
        State::Late => match strip.late_by(progress) {
            none if none.is_zero() => watch.lang.say("strip-late-closed", &[began(), due()]),
            by => watch.lang.say("strip-late", &[began(), said("late", by), due()]),
        },
        State::Stopped { .. } => {
            let Used { used, whole } = used();
            watch.lang.say("strip-stopped", &[began(), said("used", used), said("whole", whole)])
        }
        State::Running | State::Soon => {
            let Used { used, whole } = used();
            watch.lang.say("strip-running", &[began(), said("used", used), said("whole", whole), due()])
        }
    }
}

impl Strip<'_> {
    fn began(&self, watch: &Watch<'_>) -> String {
        let what = match self.began {
            Began::Filing => "filing",
            Began::Question => "question",
            Began::Word => "word",
        };
        watch.lang.say("strip-began", &[("what", what.into()), ("when", watch.moment(self.filed).into())])
    }

    /// Until when the clock has run.
    fn progress(&self, now: Instant) -> Instant {
        match self.state {
            State::Answered { at } | State::UnderWay { at } => at,
            State::Stopped { since } => since,
            State::Running | State::Soon | State::Late => now,
        }
    }

    fn used(&self, progress: Instant) -> Used {
        let nothing = Used { used: SignedDuration::ZERO, whole: SignedDuration::ZERO };
        self.calendar.used(self.filed, progress, &self.length).unwrap_or(nothing)
    }

    /// In the unit of the length: open time, for a wall clock any time.
    fn late_by(&self, progress: Instant) -> SignedDuration {
        if self.length.is_wall_clock() {
            return progress.since(self.due).max(SignedDuration::ZERO);
        }
        self.calendar.elapsed(self.due, progress)
    }
}
