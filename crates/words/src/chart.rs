//! What was filed and answered over time, as SVG: two bars for each day or week, and a mark where something became late.
//! Filed is hatched, answered is filled, late is a cross, so that nothing hangs on a colour. Colours are the stylesheet's
//! variables; the accessible name says what it comes to, and the table beside it says all.

use std::fmt::Write;

use fluent_bundle::FluentValue;

use crate::{lang::Lang, strip::escaped};

/// One day or week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// "Fri 20 Nov".
    pub label: String,
    pub filed: u64,
    pub answered: u64,
    pub late: u64,
}

/// A chart of some width; `id` names its hatch and is unique on the page.
#[derive(Clone, Copy, Debug)]
pub struct Chart<'a> {
    pub bars: &'a [Bar],
    pub width: u32,
    pub id: &'a str,
}

const HEIGHT: f64 = 190.0;
const TOP: f64 = 22.0;
const BOTTOM: f64 = 160.0;
/// Room for the numbers of the scale.
const LEFT: f64 = 34.0;
/// What a label under the bars takes, at most.
const LABEL: f64 = 84.0;

/// Writing into a string does not fail.
macro_rules! put {
    ($drawn:expr, $($text:tt)*) => { let _ = write!($drawn, $($text)*); };
}

/// The sentence that it comes to.
pub fn sentence(lang: Lang, bars: &[Bar]) -> String {
    let sum = |count: fn(&Bar) -> u64| FluentValue::from(bars.iter().map(count).sum::<u64>().to_string());
    let arguments = [("filed", sum(|it| it.filed)), ("answered", sum(|it| it.answered)), ("late", sum(|it| it.late))];
    let busiest = bars.iter().rev().max_by_key(|it| it.filed).filter(|it| it.filed > 0);
    let said = lang.say("chart-sentence", &arguments);
    match busiest {
        Some(bar) => {
            let most = [("label", bar.label.as_str().into()), ("filed", FluentValue::from(bar.filed.to_string()))];
            format!("{said} {}", lang.say("chart-busiest", &most))
        }
        None => said,
    }
}

pub fn svg(lang: Lang, chart: Chart<'_>) -> String {
    let Chart { bars, width, id } = chart;
    let most = bars.iter().map(|it| it.filed.max(it.answered)).max().unwrap_or(0);
    let top = scale(most);
    let (right, mut drawn) = (f64::from(width), String::new());
    put!(
        drawn,
        r#"<svg class="chart" width="{width}" height="{HEIGHT}" viewBox="0 0 {width} {HEIGHT}" role="img" aria-label="{}">"#,
        escaped(&sentence(lang, bars))
    );
    put!(
        drawn,
        r#"<defs><pattern id="{id}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" stroke="var(--edge)" stroke-width="2"/></pattern></defs>"#
    );
    for part in [0, top / 2, top] {
        let y = height_of(part, top);
        put!(drawn, r#"<line x1="{LEFT}" y1="{y:.1}" x2="{right}" y2="{y:.1}" stroke="var(--line)"/>"#);
        put!(
            drawn,
            r#"<text x="{:.1}" y="{:.1}" text-anchor="end" fill="var(--ink-2)" font-size="11">{part}</text>"#,
            LEFT - 6.0,
            y + 4.0
        );
    }
    let step = (right - LEFT) / count(bars.len()).max(1.0);
    let every = (LABEL / step).ceil().max(1.0);
    for (at, bar) in bars.iter().enumerate() {
        let left = LEFT + step * count(at);
        column(&mut drawn, bar, (left, step), (top, id));
        if count(at) % every == 0.0 && left + LABEL <= right + step.max(20.0) {
            put!(
                drawn,
                r#"<text x="{:.1}" y="{:.1}" fill="var(--ink-2)" font-size="11">{}</text>"#,
                left + step * 0.14,
                BOTTOM + 18.0,
                escaped(&bar.label)
            );
        }
    }
    drawn.push_str("</svg>");
    drawn
}

fn column(drawn: &mut String, bar: &Bar, (left, step): (f64, f64), (top, id): (u64, &str)) {
    let width = (step * 0.36).max(1.0);
    let first = left + step * 0.14;
    let mut rise = |x: f64, value: u64, look: &str| {
        let y = height_of(value, top);
        if value > 0 {
            put!(drawn, r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{:.1}" {look}/>"#, BOTTOM - y);
        }
    };
    rise(first, bar.filed, &format!(r#"fill="url(#{id})" stroke="var(--edge)""#));
    rise(first + width, bar.answered, r#"fill="var(--accent)""#);
    if bar.late > 0 {
        let (x, y) = (first + width, height_of(bar.filed.max(bar.answered), top) - 9.0);
        put!(
            drawn,
            r#"<path d="M{:.1} {:.1}l6 6m0 -6l-6 6" stroke="var(--late)" stroke-width="2"/>"#,
            x - 3.0,
            y - 3.0
        );
    }
}

/// The top of the scale: an even number that is not below.
fn scale(most: u64) -> u64 {
    let mut unit = 2;
    while unit * 5 < most {
        unit *= if unit.to_string().starts_with('2') { 5 } else { 2 };
    }
    most.div_ceil(unit).max(1) * unit
}

#[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
fn height_of(value: u64, top: u64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * value as f64 / top.max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "a place in a picture")]
fn count(of: usize) -> f64 {
    of as f64
}

#[cfg(test)]
mod tests {
    use super::{Bar, Chart, scale, sentence, svg};
    use crate::lang::Lang;

    fn bar(label: &str, filed: u64, answered: u64, late: u64) -> Bar {
        Bar { label: label.into(), filed, answered, late }
    }

    #[test]
    fn its_name_says_what_it_comes_to() {
        let bars = [bar("Mon 2 Nov", 3, 1, 0), bar("Tue 3 Nov", 5, 6, 1)];
        assert_eq!(
            sentence(Lang::En, &bars),
            "8 filed, 7 first responses, 1 became late. Most were filed on Tue 3 Nov: 5."
        );
        assert_eq!(sentence(Lang::En, &[]), "0 filed, 0 first responses, 0 became late.");
        let drawn = svg(Lang::En, Chart { bars: &bars, width: 720, id: "days" });
        assert!(drawn.contains("aria-label=\"8 filed, 7 first") && !drawn.contains("style="), "{drawn}");
        assert_eq!(drawn.matches("<path").count(), 1, "one day had something late");
    }

    #[test]
    fn the_scale_is_even_and_never_below_what_it_shows() {
        for most in 0..3000 {
            let top = scale(most);
            assert!(top >= most && top.is_multiple_of(2) && top > 0, "{most}: {top}");
        }
    }
}
