//! Draws a strip. Late, soon and done differ by colour and by shape: a late strip is filled to its end and
//! ends in a cross-bar, an answer is a disc, a change a diamond, a stop two bars.

use std::fmt::Write;

use rules::instant::Instant;

use super::{Mark, MarkKind, Size, State, Strip, geometry::Layout, sentence};
use crate::time::{Watch, length};

/// The width of a character of a label, at most, in the sans at 11 pixels.
const CHARACTER: f64 = 6.4;
const BETWEEN_LABELS: f64 = 8.0;
/// Up to here the weekday must do where it is clear.
const NARROW: f64 = 450.0;

pub(super) fn draw(watch: &Watch<'_>, strip: &Strip<'_>, size: Size) -> String {
    let (width, height, bar) = match size {
        Size::List => (112.0, 11, Bar { top: 1.0, height: 9.0, hatch_inset: 1.0, break_width: 9.0 }),
        Size::Full { width } => {
            (f64::from(width), 66, Bar { top: 30.0, height: 14.0, hatch_inset: 1.0, break_width: 34.0 })
        }
    };
    let layout = Layout::of(strip, width, bar.break_width);
    let mut drawn = String::new();
    open(&mut drawn, (width, height), &sentence(watch, strip));
    let colour = if size == Size::List && strip.state == State::Running { "var(--ink)" } else { colour(strip.state) };
    ruler(&mut drawn, strip, &layout, &bar, (strip.progress(watch.now), colour));
    marks(&mut drawn, strip, &layout, &bar);
    if matches!(size, Size::Full { .. }) {
        ticks(&mut drawn, &layout);
        let due_starts = ends(&mut drawn, watch, strip, &layout);
        below(&mut drawn, watch, &layout, due_starts);
    }
    drawn.push_str("</svg>");
    drawn
}

struct Bar {
    top: f64,
    height: f64,
    hatch_inset: f64,
    break_width: f64,
}

/// Writing into a string does not fail.
macro_rules! put {
    ($drawn:expr, $($text:tt)*) => { let _ = write!($drawn, $($text)*); };
}

fn open(drawn: &mut String, (width, height): (f64, u8), name: &str) {
    put!(
        drawn,
        r#"<svg class="strip" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{}">"#,
        escaped(name)
    );
}

fn ruler(drawn: &mut String, strip: &Strip<'_>, layout: &Layout, bar: &Bar, (progress, colour): (Instant, &str)) {
    let reached = layout.x(progress);
    for segment in layout.runs() {
        let (left, width) = (segment.left, segment.right - segment.left);
        if !segment.open {
            let (top, height) = (bar.top + bar.hatch_inset, bar.height - 2.0 * bar.hatch_inset);
            let (left, width) = (left + 1.0, (width - 2.0).max(0.5));
            put!(drawn, r#"<rect x="{left:.1}" y="{top}" width="{width:.1}" height="{height}" fill="url(#closed)"/>"#);
            continue;
        }
        let (top, height, frame) = (bar.top + 0.5, bar.height - 1.0, (width - 1.0).max(0.2));
        put!(
            drawn,
            r#"<rect x="{:.1}" y="{top}" width="{frame:.1}" height="{height}" rx="2" fill="var(--wash)" stroke="var(--edge)" stroke-width=".8"/>"#,
            left + 0.5
        );
        let filled = reached.min(segment.right) - left;
        if filled > 0.0 {
            let (top, height) = (bar.top, bar.height);
            put!(
                drawn,
                r#"<rect x="{left:.1}" y="{top}" width="{filled:.1}" height="{height}" rx="2" fill="{colour}"/>"#
            );
        }
    }
    if strip.state == State::Late {
        let (x, top, height) = (layout.width - 3.0, bar.top - 1.0, bar.height + 2.0);
        put!(drawn, r#"<rect x="{x:.1}" y="{top}" width="3" height="{height}" fill="{colour}"/>"#);
    }
}

fn colour(state: State) -> &'static str {
    match state {
        State::Running | State::UnderWay { .. } => "var(--accent)",
        State::Soon => "var(--soon)",
        State::Late => "var(--late)",
        State::Answered { .. } => "var(--done)",
        State::Stopped { .. } => "var(--wait)",
    }
}

/// Each with an edge of paper, so that it is seen on the filled bar too.
fn marks(drawn: &mut String, strip: &Strip<'_>, layout: &Layout, bar: &Bar) {
    let answered = match strip.state {
        State::Answered { at } => Some(Mark { at, kind: MarkKind::Response }),
        State::Running | State::Soon | State::Late | State::UnderWay { .. } | State::Stopped { .. } => None,
    };
    let known = strip.marks.iter().copied();
    for mark in known.chain(answered.filter(|answer| !strip.marks.contains(answer))) {
        let (radius, middle) = (bar.height / 2.0 - 0.5, bar.top + bar.height / 2.0);
        let x = layout.x(mark.at).clamp(radius + 0.5, layout.width - radius - 0.5);
        let edge = r#"stroke="var(--paper)" stroke-width="1""#;
        match mark.kind {
            MarkKind::Response => {
                put!(drawn, r#"<circle cx="{x:.1}" cy="{middle}" r="{radius}" fill="var(--done)" {edge}/>"#);
            }
            MarkKind::Change => {
                let (left, right) = (x - radius, x + radius);
                let (top, bottom) = (middle - radius, middle + radius);
                put!(
                    drawn,
                    r#"<path d="M{x:.1} {top}L{right:.1} {middle}L{x:.1} {bottom}L{left:.1} {middle}z" fill="var(--ink)" {edge}/>"#
                );
            }
            MarkKind::Stop => {
                let (left, right) = (x - 3.0, x + 1.0);
                let (top, height) = (bar.top + 1.0, bar.height - 2.0);
                for x in [left, right] {
                    put!(
                        drawn,
                        r#"<rect x="{x:.1}" y="{top}" width="2.5" height="{height}" fill="var(--wait)" {edge}/>"#
                    );
                }
            }
        }
    }
}

fn ticks(drawn: &mut String, layout: &Layout) {
    for x in &layout.ticks {
        put!(drawn, r#"<line x1="{x:.1}" x2="{x:.1}" y1="44" y2="47" stroke="var(--edge)"/>"#);
    }
}

/// When each piece of open time begins, as far as there is room before `limit`.
fn below(drawn: &mut String, watch: &Watch<'_>, layout: &Layout, limit: f64) {
    let mut taken = f64::NEG_INFINITY;
    let runs = layout.runs();
    let days = runs.first().zip(runs.last()).map(|(first, last)| last.to.since(first.from).as_hours() / 24);
    let dates = layout.width > NARROW || days.is_none_or(|days| days > 5);
    for (at, segment) in runs.iter().enumerate().filter(|(at, segment)| segment.open || *at == 0) {
        let said = if dates { watch.moment(segment.from) } else { watch.weekday_time(segment.from) };
        let x = segment.left + 1.0;
        let end = x + said.chars().count() as f64 * CHARACTER;
        if (at > 0 && x < taken + BETWEEN_LABELS) || end > limit {
            continue;
        }
        taken = end;
        label(drawn, Label { x, y: 61, anchor: "start", colour: "var(--ink-3)", weight: 400, said: &said });
    }
}

/// "now" and "due" over the ruler, each at its line; where they would meet, "due" stands below. Says how far
/// from the left the row below is free.
fn ends(drawn: &mut String, watch: &Watch<'_>, strip: &Strip<'_>, layout: &Layout) -> f64 {
    let late = strip.late_by(watch.now);
    let (key, colour) = match strip.state {
        State::Answered { .. } => ("strip-was-due", "var(--ink-3)"),
        State::Late if late.is_zero() => ("strip-was-due", colour(strip.state)),
        State::Late => ("strip-late-by", colour(strip.state)),
        state => ("strip-due", colour(state)),
    };
    let when = watch.soon(strip.due);
    let due = watch.lang.say(key, &[("when", when.into()), ("late", length(watch.lang, late).into())]);
    let due_starts = layout.width - due.chars().count() as f64 * CHARACTER;
    let meets = standing(drawn, watch, strip, layout).is_some_and(|now_ends| now_ends + BETWEEN_LABELS > due_starts);
    let end = layout.width - 1.0;
    let ((from, to), y) = if meets { ((27, 51), 61) } else { ((23, 47), 20) };
    put!(drawn, r#"<line x1="{end}" x2="{end}" y1="{from}" y2="{to}" stroke="{colour}" stroke-width="1.8"/>"#);
    label(drawn, Label { x: end, y, anchor: "end", colour, weight: 600, said: &due });
    if meets { due_starts - BETWEEN_LABELS } else { layout.width }
}

/// Where the clock stands, with its label; where that ends. Nothing before filing and after due.
fn standing(drawn: &mut String, watch: &Watch<'_>, strip: &Strip<'_>, layout: &Layout) -> Option<f64> {
    let (key, at) = match strip.state {
        State::Answered { at } => ("strip-answer", at),
        State::UnderWay { at } => ("strip-on-its-way", at),
        State::Running | State::Soon | State::Late | State::Stopped { .. } => ("strip-now", watch.now),
    };
    if at >= strip.due || at < strip.filed {
        return None;
    }
    let used = length(watch.lang, strip.used(at).used);
    let (x, said) = (layout.x(at), watch.lang.say(key, &[("used", used.into())]));
    put!(drawn, r#"<line x1="{x:.1}" x2="{x:.1}" y1="23" y2="47" stroke="var(--ink)" stroke-width="1.6"/>"#);
    let half = said.chars().count() as f64 * CHARACTER / 2.0;
    let middle = x.max(half).min(layout.width - half);
    label(drawn, Label { x: middle, y: 20, anchor: "middle", colour: "var(--ink)", weight: 600, said: &said });
    Some(middle + half)
}

struct Label<'a> {
    x: f64,
    y: u8,
    anchor: &'a str,
    colour: &'a str,
    weight: u16,
    said: &'a str,
}

fn label(drawn: &mut String, label: Label<'_>) {
    let Label { x, y, anchor, colour, weight, said } = label;
    put!(
        drawn,
        r#"<text x="{x:.1}" y="{y}" font-size="11" text-anchor="{anchor}" fill="{colour}" font-weight="{weight}" font-family="var(--sans)">{}</text>"#,
        escaped(said)
    );
}

/// Text as it stands in an attribute or between tags.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
