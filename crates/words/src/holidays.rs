//! What is said of calendar files and of days that were taken into the policy (PLN-6).

use rules::holidays::ics::{Fault, Why};

use crate::lang::Lang;

/// Each line of a calendar file that cannot be taken, why, and what to do.
pub fn faults(lang: Lang, faults: &[Fault]) -> Vec<String> {
    let said = |fault: &Fault| {
        let why = lang.say(why(fault.why), &[]);
        lang.say("ics-fault", &[("line", fault.line.to_string().into()), ("why", why.into())])
    };
    faults.iter().map(said).collect()
}

/// How many days came and went.
pub fn taken(lang: Lang, added: usize, removed: usize) -> String {
    lang.say("holidays-taken", &[("added", added.into()), ("removed", removed.into())])
}

fn why(why: Why) -> &'static str {
    match why {
        Why::TooLarge => "ics-too-large",
        Why::NotText => "ics-not-text",
        Why::NoCalendar => "ics-no-calendar",
        Why::CutOff => "ics-cut-off",
        Why::WrongEnd => "ics-wrong-end",
        Why::NoProperty => "ics-no-property",
        Why::NoDate => "ics-no-date",
        Why::NotAllDay => "ics-not-all-day",
        Why::Length => "ics-length",
        Why::NoName => "ics-no-name",
        Why::Repeats => "ics-repeats",
        Why::TooMany => "ics-too-many",
    }
}
