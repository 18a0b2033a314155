//! What a person types into a search box, or as a subject, read as words to find. Any text can be read; what is made of
//! it has a bounded size.

use super::words::{forms, words};

/// Bytes that are read, and words that are looked for, at most.
pub const LONGEST: usize = 500;
const MOST: usize = 12;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Different words, in the order in which they were typed.
    pub words: Vec<TypedWord>,
    /// The number of a request, where nothing else was typed: "17", "#17".
    pub number: Option<i64>,
}

/// A word to find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypedWord {
    /// How it is written, then its stems. Never empty.
    pub forms: Vec<String>,
    /// Whether somebody may still be typing it: what it begins is found as well.
    pub is_open: bool,
}

impl Typed {
    /// Reads it. Words that stand in every sentence are left out where there are others.
    pub fn read(text: &str) -> Self {
        let text = &text[..text.floor_char_boundary(LONGEST)];
        let end = text.len();
        let mut typed = Typed { words: vec![], number: number(text) };
        for found in wanted(text) {
            let forms = forms(found.written);
            let is_open = found.at + found.written.len() == end;
            if forms.is_empty() || typed.words.len() == MOST {
                continue;
            }
            match typed.words.iter_mut().find(|word| word.forms[0] == forms[0]) {
                Some(known) => known.is_open |= is_open,
                None => typed.words.push(TypedWord { forms, is_open }),
            }
        }
        if typed.words.iter().any(says_something) {
            typed.words.retain(says_something);
        }
        typed
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Not one of the words that hold a sentence together, in English, German or Russian.
fn says_something(word: &TypedWord) -> bool {
    const HOLD_TOGETHER: &str = " a an and are as at be by can do does for from has have how i if in is it its my not of on or our \
        that the there this to was we what when where which why will with you your \
        als auch auf aus bei bin das dem den der die ein eine es fur hat ich im ist kann mit nach nicht oder sich sie sind \
        und unser von was wenn wer wie wir wird wo zu zum zur \
        в во и из к как на не но о от по при с со у что это я мы вы ";
    !HOLD_TOGETHER.contains(&format!(" {} ", word.forms[0]))
}

/// A version or an identifier is looked for whole; what dashes and dots join otherwise, by its parts: others write it
/// with a space.
fn wanted(text: &str) -> impl Iterator<Item = super::Found<'_>> {
    let mut whole_until = 0;
    words(text).filter(move |found| {
        if found.at < whole_until {
            return false;
        }
        let is_joined = found.written.contains(['.', '_', '-', '\'', '’']);
        if is_joined && is_one_thing(found.written) {
            whole_until = found.at + found.written.len();
            return true;
        }
        !is_joined
    })
}

/// A version, a number with a dot, or a name with underscores.
fn is_one_thing(written: &str) -> bool {
    written.contains('_') || written.starts_with(|letter: char| letter.is_ascii_digit())
}

fn number(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.strip_prefix('#').unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|number| is_number && *number > 0)
}
