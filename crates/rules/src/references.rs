//! What people refer to in what they write: requests by their number ("#4182"), colleagues by their name ("@Theo Brandt").
//! Whether the reader may see what is meant is `access`' to say, and who calls asks it.

use std::collections::BTreeSet;

use crate::ids::TicketId;

/// Digits of the longest number of a request.
const MOST_DIGITS: usize = 18;

/// A piece of what was written. All of them, one after the other, are the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Words(&'a str),
    /// "#4182" as it stands there.
    Request(&'a str, TicketId),
    /// "@Theo Brandt" as it stands there, and which of the names it is.
    Person(&'a str, usize),
}

/// Cuts a text at its references. A person is meant where "@" and one of the names follow each other, the longest that fits,
/// in capitals or not; neither begins or ends within a word, so that an address is none.
pub fn pieces<'a, N: AsRef<str>>(text: &'a str, names: &[N]) -> Vec<Piece<'a>> {
    let mut pieces = vec![];
    let (mut done, mut at) = (0, 0);
    let mut before = None;
    while let Some(letter) = text[at..].chars().next() {
        let begins = !before.is_some_and(|it: char| it.is_alphanumeric() || matches!(it, '_' | '&' | '#' | '@' | '/'));
        let found = if begins { reference(&text[at..], names) } else { None };
        let Some(piece) = found else {
            at += letter.len_utf8();
            before = Some(letter);
            continue;
        };
        if done < at {
            pieces.push(Piece::Words(&text[done..at]));
        }
        at += piece.text().len();
        before = piece.text().chars().next_back();
        done = at;
        pieces.push(piece);
    }
    if done < text.len() {
        pieces.push(Piece::Words(&text[done..]));
    }
    pieces
}

impl<'a> Piece<'a> {
    pub fn text(self) -> &'a str {
        match self {
            Piece::Words(text) | Piece::Request(text, _) | Piece::Person(text, _) => text,
        }
    }
}

/// The requests that a text may refer to.
pub fn requests(text: &str) -> BTreeSet<TicketId> {
    let number = |piece| if let Piece::Request(_, id) = piece { Some(id) } else { None };
    pieces(text, &[""; 0]).into_iter().filter_map(number).collect()
}

/// Which of the names a text calls, each once. What is quoted, and what is code, calls nobody.
pub fn called<N: AsRef<str>>(markdown: &str, names: &[N]) -> BTreeSet<usize> {
    let mut is_code = false;
    let mut called = BTreeSet::new();
    for line in markdown.lines() {
        let line = line.trim_start();
        if line.starts_with("```") || line.starts_with("~~~") {
            is_code = !is_code;
        } else if !is_code && !line.starts_with('>') {
            let name = |piece| if let Piece::Person(_, at) = piece { Some(at) } else { None };
            called.extend(pieces(line, names).into_iter().filter_map(name));
        }
    }
    called
}

fn reference<'a, N: AsRef<str>>(text: &'a str, names: &[N]) -> Option<Piece<'a>> {
    if let Some(rest) = text.strip_prefix('#') {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = rest[..digits].parse().ok().filter(|_| digits <= MOST_DIGITS && !rest.starts_with('0'))?;
        return ends(&rest[digits..]).then_some(Piece::Request(&text[..=digits], TicketId(number)));
    }
    let rest = text.strip_prefix('@')?;
    let fits = |name: &str| {
        let end = same_letters(rest, name)?;
        (!name.is_empty() && ends(&rest[end..])).then_some(end)
    };
    let all = names.iter().enumerate().filter_map(|(at, name)| Some((fits(name.as_ref())?, at)));
    // The longest; of two people of one name the first stands for both.
    let (end, at) = all.min_by_key(|(end, at)| (std::cmp::Reverse(*end), *at))?;
    Some(Piece::Person(&text[..=end], at))
}

/// Where in the text the name ends with which it begins, in capitals or not.
fn same_letters(text: &str, name: &str) -> Option<usize> {
    let mut letters = text.char_indices();
    for wanted in name.chars() {
        let (_, letter) = letters.next()?;
        if letter != wanted && !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(letters.offset())
}

fn ends(rest: &str) -> bool {
    !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAMES: [&str; 4] = ["Theo Brandt", "Theo", "Jana Öz", ""];

    fn told(text: &str) -> Vec<String> {
        let one = |piece| match piece {
            Piece::Words(_) => None,
            Piece::Request(text, TicketId(id)) => Some(format!("{text} is {id}")),
            Piece::Person(text, at) => Some(format!("{text} is {at}")),
        };
        pieces(text, &NAMES).into_iter().filter_map(one).collect()
    }

    #[test]
    fn numbers_of_requests_stand_alone() {
        assert_eq!(told("See #4182, (#7) and #12."), ["#4182 is 4182", "#7 is 7", "#12 is 12"]);
        assert_eq!(told("a#1 &#39; ##2 #3a #_ # #0 #04 /#5 #1234567890123456789"), [""; 0]);
        assert_eq!(requests("#2 then #1 and #2"), BTreeSet::from([TicketId(1), TicketId(2)]));
    }

    #[test]
    fn the_longest_name_is_meant_in_capitals_or_not() {
        assert_eq!(told("@Theo Brandt, look"), ["@Theo Brandt is 0"]);
        assert_eq!(told("@theo BRANDT: @theo?"), ["@theo BRANDT is 0", "@theo is 1"]);
        assert_eq!(told("@jana öz!"), ["@jana öz is 2"]);
        assert_eq!(told("me@Theo.example @Theodor @nobody @ @@Theo"), [""; 0]);
    }

    #[test]
    fn quotes_and_code_call_nobody() {
        let text = "> @Theo asked\n\n```\n@Theo\n```\n@Jana Öz knows";
        assert_eq!(called(text, &NAMES), BTreeSet::from([2]));
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in r"([#@][0-9]{0,3}|@Theo( Brandt)?|\PC| ){0,40}") {
            let whole: String = pieces(&text, &NAMES).into_iter().map(Piece::text).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
