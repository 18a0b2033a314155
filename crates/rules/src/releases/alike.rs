//! Which of many short texts are most like a subject: by the words that they share, the rarer the heavier. A guess, to be shown
//! first and to be looked at; it decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::search::{forms, words};

/// Bytes of a text that are looked at.
const READ: usize = 2000;
/// What every text says.
const SAYS_NOTHING: [&str; 62] = [
    "the", "a", "an", "and", "or", "of", "in", "on", "to", "at", "by", "for", "from", "with", "without", "is", "are",
    "was", "were", "be", "been", "it", "its", "that", "this", "when", "where", "if", "no", "not", "now", "more", "any",
    "all", "after", "before", "while", "can", "cannot", "does", "do", "has", "have", "again", "longer", "fixed", "fix",
    "bug", "der", "die", "das", "und", "oder", "nicht", "ist", "bei", "mit", "ein", "eine", "wenn", "im", "zu",
];

/// How much a text is like the subject.
#[derive(Clone, Debug, PartialEq)]
pub struct Alike {
    /// Which of the texts.
    pub at: usize,
    /// 0 where they share nothing.
    pub weight: f64,
    /// The words of the text that the subject has too, as they stand there, each once.
    pub shared: Vec<String>,
}

/// All texts, the most alike first; those that are equally alike stay in their order.
pub fn alike(subject: &str, texts: &[&str]) -> Vec<Alike> {
    let wanted: BTreeSet<String> = said(subject).into_iter().flat_map(|(_, forms)| forms).collect();
    let read: Vec<Vec<(&str, Vec<String>)>> = texts.iter().map(|text| said(text)).collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for text in &read {
        let all: BTreeSet<&str> = text.iter().flat_map(|(_, forms)| forms).map(String::as_str).collect();
        all.into_iter().for_each(|form| *seen.entry(form).or_default() += 1);
    }
    let weight = |form: &str| rarity(texts.len(), seen.get(form).copied().unwrap_or(0));
    let one = |(at, text): (usize, &Vec<(&str, Vec<String>)>)| {
        let mut found = Alike { at, weight: 0.0, shared: Vec::new() };
        let mut counted = BTreeSet::new();
        for (written, forms) in text {
            let heaviest =
                forms.iter().filter(|form| wanted.contains(*form)).max_by(|a, b| weight(a).total_cmp(&weight(b)));
            let Some(form) = heaviest.filter(|form| counted.insert(form.as_str())) else { continue };
            found.weight += weight(form);
            found.shared.push((*written).to_owned());
        }
        found
    };
    let mut all: Vec<Alike> = read.iter().enumerate().map(one).collect();
    all.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    all
}

/// The words of a text that say something, with their forms.
fn said(text: &str) -> Vec<(&str, Vec<String>)> {
    let text = &text[..text.floor_char_boundary(READ)];
    let all = words(text).map(|found| (found.written, forms(found.written)));
    all.filter(|(_, forms)| forms.first().is_some_and(|form| !SAYS_NOTHING.contains(&form.as_str()))).collect()
}

/// Of a word that so many of all texts have; a word of all still counts a little.
fn rarity(all: usize, with_it: usize) -> f64 {
    let (all, with_it) = (u32::try_from(all).unwrap_or(u32::MAX), u32::try_from(with_it).unwrap_or(u32::MAX));
    (1.0 + f64::from(all) / f64::from(with_it.max(1))).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bug_1_what_is_most_like_the_subject_comes_first() {
        let texts = [
            "The launch page is faster",
            "A launch with 10,000 results can be closed again",
            "Exports to CSV no longer lose the last line (BUG-311)",
            "Launches are sorted by date",
        ];
        let found = alike("Exporting a launch to CSV loses lines", &texts);
        assert_eq!(found[0].at, 2);
        assert_eq!(found[0].shared, ["Exports", "CSV", "lose", "line"]);
        assert!(found[0].weight > found[1].weight && found[1].weight > 0.0);
        let none = alike("???", &texts);
        assert_eq!(none.iter().map(|it| it.at).collect::<Vec<_>>(), [0, 1, 2, 3], "as they stood");
        assert!(none.iter().all(|it| it.weight == 0.0));
    }

    #[test]
    fn bug_1_a_word_that_all_have_counts_less_than_a_rare_one() {
        let texts = ["launch export", "launch import", "launch webhook", "launch quota"];
        let found = alike("a launch without a webhook", &texts);
        assert_eq!(found[0].at, 2);
        let rarities: Vec<usize> = found.iter().map(|it| it.at).collect();
        assert_eq!(rarities, [2, 0, 1, 3]);
        assert!(alike("webhook", &[]).is_empty());
    }
}
