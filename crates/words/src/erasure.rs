//! The list by which an erasure proves itself: every place that was looked at, and how much went there (PRV-1).

use crate::lang::Lang;

/// A line for each place.
pub fn places<'a>(lang: Lang, looked: impl IntoIterator<Item = (&'a str, u64)>) -> Vec<(String, u64)> {
    looked.into_iter().map(|(place, rows)| (lang.say(&format!("erased-{place}"), &[]), rows)).collect()
}
