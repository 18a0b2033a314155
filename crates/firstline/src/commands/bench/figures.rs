//! Figures: samples become percentiles, percentiles a table and JSON.

use std::{collections::BTreeMap, fmt, path::Path, time::Duration};

use anyhow::Context;

/// How long things took.
#[derive(Clone, Debug, Default)]
pub(super) struct Samples(Vec<Duration>);

impl Samples {
    pub(super) fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    pub(super) fn append(&mut self, others: Samples) {
        self.0.extend(others.0);
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// In milliseconds, the one that so many of a hundred do not exceed; the nearest rank.
    pub(super) fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted.get(rank - 1).map_or(0.0, |took| took.as_secs_f64() * 1000.0)
    }
}

/// What a section found, by name; the unit stands at the end of the name.
#[derive(Clone, Debug, Default)]
pub(super) struct Figures(serde_json::Map<String, serde_json::Value>);

impl Figures {
    pub(super) fn add(&mut self, name: &str, value: f64) {
        // Four digits that count; the rest is noise.
        let digits = 3 - value.abs().max(1e-9).log10().floor().clamp(-6.0, 3.0) as i32;
        let scale = 10f64.powi(digits);
        self.0.insert(name.to_owned(), ((value * scale).round() / scale).into());
    }

    /// p50 and p99 of something.
    pub(super) fn percentiles(&mut self, what: &str, samples: &Samples) {
        self.add(&format!("{what}p50_ms"), samples.percentile(50));
        self.add(&format!("{what}p99_ms"), samples.percentile(99));
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, value)) in self.0.iter().enumerate() {
            let end = if at + 1 < self.0.len() { "\n" } else { "" };
            write!(f, "  {name:<28} {value:>12}{end}")?;
        }
        Ok(())
    }
}

/// All that was found on one world.
#[derive(Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Report {
    requests: usize,
    sections: BTreeMap<String, serde_json::Map<String, serde_json::Value>>,
}

impl Report {
    /// What was found before.
    pub(super) fn read(file: &Path) -> anyhow::Result<Self> {
        match std::fs::read_to_string(file) {
            Ok(text) => {
                serde_json::from_str(&text).with_context(|| format!("{} holds no figures; remove it", file.display()))
            }
            Err(_) => Ok(Self::default()),
        }
    }

    pub(super) fn take(&mut self, section: &str, figures: Figures) {
        self.sections.insert(section.to_owned(), figures.0);
    }

    pub(super) fn write(&mut self, file: &Path, requests: usize) -> anyhow::Result<()> {
        self.requests = requests;
        let text = serde_json::to_string_pretty(self)?;
        std::fs::write(file, text + "\n").with_context(|| format!("{} cannot be written", file.display()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_the_nearest_rank() {
        let mut samples = Samples::default();
        (1..=200).rev().for_each(|ms| samples.add(Duration::from_millis(ms)));
        assert_eq!((samples.percentile(50), samples.percentile(99)), (100.0, 198.0));
        assert_eq!(Samples::default().percentile(99), 0.0);
    }

    #[test]
    fn a_figure_keeps_four_digits() {
        let mut figures = Figures::default();
        figures.add("small_ms", 0.012_345_67);
        figures.add("large", 123_456.7);
        assert_eq!(figures.0["small_ms"], 0.01235);
        assert_eq!(figures.0["large"], 123_457.0);
    }
}
