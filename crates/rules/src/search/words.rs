//! The words of a text, and the forms under which each is found. An identifier, a version or a name with dots and dashes
//! is one word and each of its parts too; letters of scripts without spaces are words by themselves.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};
use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

/// Bytes of a form, at most: what is longer is no word that anybody types.
const LONGEST: usize = 64;

/// A word where it stands in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'t> {
    /// Bytes from the beginning of the text.
    pub at: usize,
    pub written: &'t str,
}

/// The words of a text in the order in which they begin: a whole with its parts behind it.
pub fn words(text: &str) -> impl Iterator<Item = Found<'_>> {
    runs(text).flat_map(|run| {
        let parts: Vec<Found<'_>> = parts(run).collect();
        let is_whole = matches!(&parts[..], [one] if one.written.len() == run.written.len());
        let whole = (!is_whole && run.written.len() <= LONGEST && joined(run.written)).then_some(run);
        let of_several = !is_whole;
        whole.into_iter().chain(parts.into_iter().filter(move |part| !of_several || says_something(part.written)))
    })
}

/// A part of an identifier by itself: a single digit of a version, or the "s" behind an apostrophe, finds nothing.
fn says_something(part: &str) -> bool {
    let mut letters = part.chars();
    letters.next().is_some_and(|letter| stands_alone(letter) || letters.next().is_some())
}

/// Whether letters are held together by something: scripts without spaces are long runs of words.
fn joined(run: &str) -> bool {
    run.contains(joins) && !run.contains(stands_alone)
}

/// Stretches of letters and digits, with what joins them inside.
fn runs(text: &str) -> impl Iterator<Item = Found<'_>> {
    let mut letters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = letters.find(|(_, letter)| letter.is_alphanumeric())?;
        let mut end = start + text[start..].chars().next().map_or(0, char::len_utf8);
        while let Some((at, letter)) = letters.peek().copied() {
            let follows = text[at + letter.len_utf8()..].chars().next();
            let goes_on = letter.is_alphanumeric()
                || marks(letter)
                || joins(letter) && follows.is_some_and(char::is_alphanumeric);
            if !goes_on {
                break;
            }
            letters.next();
            end = at + letter.len_utf8();
        }
        Some(Found { at: start, written: &text[start..end] })
    })
}

/// What is between the joints of a run; a letter that stands alone is a part.
fn parts(run: Found<'_>) -> impl Iterator<Item = Found<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = &run.written[from..];
        let skipped = rest.find(|letter: char| !joins(letter))?;
        let begin = from + skipped;
        let mut letters = run.written[begin..].char_indices();
        let (_, first) = letters.next()?;
        let end = match stands_alone(first) {
            true => begin + first.len_utf8(),
            false => letters
                .find(|(_, letter)| joins(*letter) || stands_alone(*letter))
                .map_or(run.written.len(), |(at, _)| begin + at),
        };
        from = end;
        Some(Found { at: run.at + begin, written: &run.written[begin..end] })
    })
}

fn joins(letter: char) -> bool {
    matches!(letter, '.' | '_' | '-' | '\'' | '’')
}

/// Accents that stand behind their letter.
fn marks(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

/// Chinese and Japanese write no spaces: each letter is a word.
fn stands_alone(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The forms of a word: how it is written, without case and accents, and then its stems in the languages of its script,
/// as far as they differ. Empty for what nobody types.
pub fn forms(written: &str) -> Vec<String> {
    if written.len() > LONGEST {
        return vec![];
    }
    let lower = lowered(written);
    let mut forms = vec![plain(&lower)];
    if lower.chars().all(char::is_alphabetic) {
        for stem in stemmers(&lower).iter().map(|language| Stemmer::new(*language).stem(&lower).into_owned()) {
            let stem = plain(&stem);
            if !stem.is_empty() && !forms.contains(&stem) {
                forms.push(stem);
            }
        }
    }
    forms.retain(|form| !form.is_empty() && form.len() <= 2 * LONGEST);
    forms
}

fn lowered(written: &str) -> String {
    if written.is_ascii() {
        return written.to_ascii_lowercase();
    }
    ComposingNormalizerBorrowed::new_nfkc().normalize(&written.to_lowercase()).into_owned()
}

/// Without accents: "Störung" and "Storung", "ёлка" and "елка" are the same.
fn plain(lower: &str) -> String {
    if lower.is_ascii() {
        return lower.replace('\u{27}', "");
    }
    let apart: Cow<'_, str> = DecomposingNormalizerBorrowed::new_nfkd().normalize(lower);
    let bare: String = apart.chars().filter(|letter| !marks(*letter) && *letter != '’').collect();
    bare.replace('ß', "ss")
}

/// Whose endings are taken off.
fn stemmers(word: &str) -> &'static [Algorithm] {
    match word.chars().next() {
        Some('\u{400}'..='\u{4ff}') => &[Algorithm::Russian],
        Some('a'..='z' | '\u{df}'..='\u{24f}') => &[Algorithm::English, Algorithm::German],
        _ => &[],
    }
}
