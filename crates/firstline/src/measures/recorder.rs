//! Keeps what is counted, and writes it as lines. Small on purpose: the exporter for this facade brings twenty crates for
//! summaries, listeners and expiry that nobody asks for here.

use std::{
    collections::BTreeMap,
    fmt::Write,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use metrics::{Counter, Gauge, HistogramFn, Key, KeyName, Metadata, SharedString, Unit};

/// Upper ends of the buckets, in seconds.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// A figure's name and its labels as they are written: `{kind="mail"}`.
type Series = (String, String);

/// All counters and histograms of the process. Gauges are read when the page is written, so nobody sets one here.
#[derive(Debug, Default)]
pub(crate) struct Recorder {
    counters: Mutex<BTreeMap<Series, Arc<AtomicU64>>>,
    histograms: Mutex<BTreeMap<Series, Arc<Histogram>>>,
}

#[derive(Debug, Default)]
struct Histogram {
    /// How many fell into each bucket and no lower one; the last is for what is beyond all.
    counts: [AtomicU64; BUCKETS.len() + 1],
    micros: AtomicU64,
}

impl HistogramFn for Histogram {
    fn record(&self, seconds: f64) {
        let bucket = BUCKETS.iter().position(|end| seconds <= *end).unwrap_or(BUCKETS.len());
        self.counts[bucket].fetch_add(1, Ordering::Relaxed);
        self.micros.fetch_add((seconds * 1e6).round() as u64, Ordering::Relaxed);
    }
}

impl metrics::Recorder for Recorder {
    // What a figure means stands in `names`.
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(Arc::clone(held(&self.counters).entry(series(key)).or_default()))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> metrics::Histogram {
        metrics::Histogram::from_arc(Arc::clone(held(&self.histograms).entry(series(key)).or_default()))
    }
}

impl Recorder {
    /// The names of all that was counted.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = held(&self.counters).keys().map(|(name, _)| name.clone()).collect();
        names.extend(held(&self.histograms).keys().map(|(name, _)| name.clone()));
        names.dedup();
        names
    }

    /// Writes the lines of one figure.
    pub(super) fn write(&self, name: &str, out: &mut String) {
        for ((_, labels), count) in held(&self.counters).iter().filter(|((known, _), _)| known == name) {
            line(out, name, labels, count.load(Ordering::Relaxed));
        }
        for ((_, labels), histogram) in held(&self.histograms).iter().filter(|((known, _), _)| known == name) {
            histogram.write(name, labels, out);
        }
    }
}

impl Histogram {
    fn write(&self, name: &str, labels: &str, out: &mut String) {
        let mut count = 0;
        let ends = BUCKETS.iter().map(ToString::to_string).chain(["+Inf".to_owned()]);
        for (end, own) in ends.zip(&self.counts) {
            count += own.load(Ordering::Relaxed);
            let rest = labels.trim_start_matches('{').trim_end_matches('}');
            let comma = if rest.is_empty() { "" } else { "," };
            line(out, &format!("{name}_bucket"), &format!("{{{rest}{comma}le=\"{end}\"}}"), count);
        }
        line(out, &format!("{name}_sum"), labels, self.micros.load(Ordering::Relaxed) as f64 / 1e6);
        line(out, &format!("{name}_count"), labels, count);
    }
}

pub(super) fn line(out: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    // Writing to a text does not fail.
    let _ = writeln!(out, "{name}{labels} {value}");
}

/// Labels as they are written, in the order given; nothing for none.
pub(super) fn labels<'a>(labels: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let escaped = |value: &str| value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    let written: Vec<String> = labels.map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    if written.is_empty() { String::new() } else { format!("{{{}}}", written.join(",")) }
}

fn series(key: &Key) -> Series {
    (key.name().to_owned(), labels(key.labels().map(|label| (label.key(), label.value()))))
}

fn held<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_hold_all_that_is_below_their_end() {
        let histogram = Histogram::default();
        for seconds in [0.0004, 0.001, 0.3, 99.0] {
            histogram.record(seconds);
        }
        let mut page = String::new();
        histogram.write("wait", "{part=\"a\"}", &mut page);
        assert!(page.starts_with("wait_bucket{part=\"a\",le=\"0.001\"} 2\n"), "{page}");
        assert!(page.contains("wait_bucket{part=\"a\",le=\"0.5\"} 3\n"), "{page}");
        assert!(page.ends_with("le=\"+Inf\"} 4\nwait_sum{part=\"a\"} 99.3014\nwait_count{part=\"a\"} 4\n"), "{page}");
    }

    #[test]
    fn a_label_cannot_end_its_line() {
        assert_eq!(labels([("a", "x\"} 1\nb\\")].into_iter()), "{a=\"x\\\"} 1\\nb\\\\\"}");
    }
}
