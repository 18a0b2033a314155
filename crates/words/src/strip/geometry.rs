//! Where everything on a strip lies. One scale for all open time; a closed time is a break of fixed width,
//! however long it lasts. Where breaks would take more than two fifths of the width they get narrower, and
//! where even that is too much only the longest stay. Pure arithmetic: the same clock gives the same numbers.

use jiff::SignedDuration;
use rules::{calendar::Hours, instant::Instant};

use super::Strip;

/// The part of the width that breaks may take.
const BREAKS_SHARE: f64 = 0.4;
/// No break is narrower.
const NARROWEST_BREAK: f64 = 3.0;
/// No two ticks are nearer.
const NEAREST_TICKS: f64 = 12.0;

/// A strip laid out over a width.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    pub width: f64,
    /// In order, without gaps in time and without overlaps in width.
    pub segments: Vec<Segment>,
    /// The places of ticks, each a multiple of the step in open time.
    pub ticks: Vec<f64>,
}

/// A piece of the ruler.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Segment {
    pub from: Instant,
    pub to: Instant,
    pub open: bool,
    pub left: f64,
    pub right: f64,
}

impl Layout {
    /// `break_width` is what a break has where there is room.
    pub(super) fn of(strip: &Strip<'_>, width: f64, break_width: f64) -> Self {
        let times = kept(times(strip), width);
        let breaks = times.iter().filter(|time| !time.open).count();
        let break_width = break_width.min(width * BREAKS_SHARE / (breaks.max(1) as f64));
        let open: f64 = times.iter().filter(|time| time.open).map(Time::seconds).sum();
        let room = width - break_width * (breaks as f64);
        let scale = if open > 0.0 { room / open } else { 0.0 };
        let (mut left, mut segments) = (0.0, Vec::with_capacity(times.len()));
        for time in &times {
            let right = left + if time.open { time.seconds() * scale } else { break_width };
            segments.push(Segment { from: time.from, to: time.to, open: time.open, left, right });
            left = right;
        }
        let mut layout = Self { width, segments, ticks: Vec::new() };
        layout.ticks = layout.ticks_at(scale);
        layout
    }

    /// Where an instant lies; what is before filing or after due lies at the end.
    pub(super) fn x(&self, at: Instant) -> f64 {
        let Some(segment) = self.segments.iter().find(|segment| at < segment.to) else { return self.width };
        let whole = segment.to.since(segment.from).as_secs_f64();
        let part = (at.since(segment.from).as_secs_f64() / whole).clamp(0.0, 1.0);
        segment.left + (segment.right - segment.left) * part
    }

    /// Segments as they are drawn: open ones that meet where a break was dropped are one.
    pub(super) fn runs(&self) -> Vec<Segment> {
        let mut runs: Vec<Segment> = Vec::new();
        for &segment in &self.segments {
            match runs.last_mut() {
                Some(last) if last.open && segment.open => (last.to, last.right) = (segment.to, segment.right),
                _ => runs.push(segment),
            }
        }
        runs
    }

    /// Every two working hours, or a multiple where they would touch.
    fn ticks_at(&self, scale: f64) -> Vec<f64> {
        let mut step = 2.0 * 3_600.0;
        while scale > 0.0 && step * scale < NEAREST_TICKS {
            step *= 2.0;
        }
        let (mut passed, mut next, mut ticks) = (0.0, step, Vec::new());
        for segment in self.segments.iter().filter(|segment| segment.open) {
            let seconds = if scale > 0.0 { (segment.right - segment.left) / scale } else { 0.0 };
            while next < passed + seconds - 1.0 {
                ticks.push(segment.left + (next - passed) * scale);
                next += step;
            }
            passed += seconds;
        }
        ticks.retain(|&tick| tick < self.width - 1.0);
        ticks
    }
}

struct Time {
    from: Instant,
    to: Instant,
    open: bool,
}

impl Time {
    fn seconds(&self) -> f64 {
        self.to.since(self.from).as_secs_f64()
    }
}

/// Open and closed in turns; a wall clock knows no closed time.
fn times(strip: &Strip<'_>) -> Vec<Time> {
    let due = strip.due.max(strip.filed.plus(SignedDuration::from_micros(1)));
    if strip.length.is_wall_clock() {
        return vec![Time { from: strip.filed, to: due, open: true }];
    }
    let mut times: Vec<Time> = Vec::new();
    for stretch in strip.calendar.stretches(strip.filed, due) {
        add(&mut times, Time { from: stretch.from, to: stretch.to, open: stretch.hours == Hours::Open });
    }
    times
}

fn add(times: &mut Vec<Time>, time: Time) {
    match times.last_mut() {
        Some(last) if last.open == time.open => last.to = time.to,
        _ => times.push(time),
    }
}

/// Only the longest breaks, when more would not be seen. A dropped one has no width: its instants all lie
/// where it was.
fn kept(times: Vec<Time>, width: f64) -> Vec<Time> {
    let most = (width * BREAKS_SHARE / NARROWEST_BREAK) as usize;
    let mut lengths: Vec<SignedDuration> =
        times.iter().filter(|time| !time.open).map(|time| time.to.since(time.from)).collect();
    if lengths.len() <= most {
        return times;
    }
    lengths.sort_unstable();
    // All of one length stay or go, so that a strip does not show some nights and not others.
    let longest = lengths[lengths.len() - most - 1];
    times.into_iter().filter(|time| time.open || time.to.since(time.from) > longest).collect()
}
