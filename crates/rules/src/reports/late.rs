//! Why a first response was late, read off its clock.

use jiff::SignedDuration;

use crate::{
    events::TargetKind,
    instant::Instant,
    sla::{Change, Clock, Loss, Standing, judge},
};

/// What there is to say of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WhyLate {
    /// A message that was sent in time and does not count.
    pub lost: Option<Loss>,
    /// How long after the due instant the answer came that counts; `None`: not yet.
    pub answered_after: Option<SignedDuration>,
    /// Nothing is owed any more.
    pub is_over: bool,
}

/// Why the first response that was due then is late; `None` where none of these clocks is.
pub fn why_late(clocks: &[Clock], due: Instant, now: Instant) -> Option<WhyLate> {
    clocks.iter().filter(|clock| clock.kind == TargetKind::FirstResponse).find_map(|clock| {
        let (answered, is_over) = match judge(clock, now) {
            Standing::Breached { due: at, answered } if at == due => (answered.map(|it| it.at), false),
            Standing::EndedLate { due: at, .. } if at == due => (None, true),
            _ => return None,
        };
        let lost = clock.lines.iter().rev().find_map(|line| match line.change {
            Change::Lost { pressed, why, .. } if pressed <= due => Some(why),
            _ => None,
        });
        Some(WhyLate { lost, answered_after: answered.map(|at| at.since(due)), is_over })
    })
}
