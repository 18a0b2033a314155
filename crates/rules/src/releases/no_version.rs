//! Why a text is no version, and what would be one: read out of the text itself where something in it is.

use std::fmt;

use super::{
    Version,
    version::{LONGEST, NUMBERS},
};

/// What is shown where nothing in the text helps.
const LIKE: &str = "5.12.1";
/// Words of the text that are looked at.
const LOOKED_AT: usize = 40;

/// A text that is no version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoVersion {
    /// As it was typed, cut to a line.
    pub written: String,
    pub why: NotOne,
    /// What to write instead; always a version.
    pub like: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotOne {
    Empty,
    TooLong,
    /// `1.2.3.4.5`: four are the most.
    TooManyNumbers,
    /// A number past what anybody counts to.
    TooLarge,
    /// `5,12`.
    Comma,
    /// A version stands in it, with more around it.
    MoreThanOne,
    NoNumber,
}

impl Version {
    /// The first version that stands in a text, whatever is around it: how other products print theirs.
    ///
    /// # Errors
    /// None stands in it.
    pub fn first_in(text: &str) -> Result<Self, NoVersion> {
        within(text).map(|(version, _)| version).ok_or_else(|| NoVersion::of(text))
    }
}

impl NoVersion {
    /// With this for an example, where nothing that was written makes one.
    pub(super) fn or_like(self, version: Option<&Version>) -> Self {
        match version.filter(|_| within(&self.written).is_none()) {
            Some(version) => Self { like: version.to_string(), ..self },
            None => self,
        }
    }

    pub(super) fn of(written: &str) -> Self {
        let said = written.trim();
        let found = within(said);
        let like = found.clone().map_or_else(|| LIKE.to_owned(), |(version, _)| version.to_string());
        let cut = said.char_indices().nth(LONGEST).map_or(said.len(), |(at, _)| at);
        Self { written: said[..cut].to_owned(), why: why(said, found.map(|(_, why)| why)), like }
    }
}

fn why(said: &str, found: Option<NotOne>) -> NotOne {
    let is_large = |number: &str| !number.is_empty() && number.parse::<u64>().is_err();
    match () {
        () if said.is_empty() => NotOne::Empty,
        () if said.len() > LONGEST => NotOne::TooLong,
        () if said.split(|c: char| !c.is_ascii_digit()).any(is_large) => NotOne::TooLarge,
        () => found.unwrap_or(NotOne::NoNumber),
    }
}

/// The first version that stands in a text, and what keeps the text from being it.
fn within(said: &str) -> Option<(Version, NotOne)> {
    said.split_whitespace().take(LOOKED_AT).find_map(|word| {
        let from = word.find(|c: char| c.is_ascii_digit())?;
        let bare = word[from..].trim_end_matches(|c: char| !c.is_alphanumeric());
        if let Some(version) = Version::read(bare) {
            return Some((version, NotOne::MoreThanOne));
        }
        let dotted = bare.replace(',', ".");
        if let Some(version) = Version::read(&dotted) {
            return Some((version, NotOne::Comma));
        }
        let numbers: Vec<&str> = bare.split(|c: char| !c.is_ascii_digit()).filter(|it| !it.is_empty()).collect();
        let why = if numbers.len() > NUMBERS { NotOne::TooManyNumbers } else { NotOne::MoreThanOne };
        let first = numbers.into_iter().take(NUMBERS).collect::<Vec<_>>().join(".");
        Version::read(&first).map(|version| (version, why))
    })
}

impl fmt::Display for NoVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no version ({:?}); write it like {}", self.written, self.why, self.like)
    }
}

impl std::error::Error for NoVersion {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn bug_1_what_is_no_version_is_refused_with_one_that_is() {
        for (written, why, like) in [
            ("", NotOne::Empty, "5.12.1"),
            ("five", NotOne::NoNumber, "5.12.1"),
            ("5,12", NotOne::Comma, "5.12"),
            ("5.12.1 or so", NotOne::MoreThanOne, "5.12.1"),
            ("about v5.12.1-hotfix.2, I think", NotOne::MoreThanOne, "5.12.1-hotfix.2"),
            ("5.12 and 5.13", NotOne::MoreThanOne, "5.12"),
            ("5..12", NotOne::MoreThanOne, "5.12"),
            ("1.2.3.4.5", NotOne::TooManyNumbers, "1.2.3.4"),
            ("99999999999999999999999.1", NotOne::TooLarge, "5.12.1"),
            (&"1".repeat(200), NotOne::TooLong, "5.12.1"),
        ] {
            let refused = Version::parse(written).expect_err("it is none");
            assert_eq!((refused.why, refused.like.as_str()), (why, like), "{written:?}");
        }
        assert_eq!(Version::parse("5,12").expect_err("it is none").written, "5,12");
    }

    proptest! {
        #[test]
        fn bug_1_what_is_to_be_written_instead_is_a_version(written in "([0-9.,]{1,9}|[a-z]{1,4}| |-){0,9}") {
            if let Err(refused) = Version::parse(&written) {
                prop_assert!(Version::read(&refused.like).is_some(), "{:?}", refused);
            }
        }
    }
}
