//! Words as Tantivy takes them: each under all of its forms (`rules::search`), at one place.

use std::collections::HashMap;

use rules::search::{forms, words};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

pub(super) const NAME: &str = "firstline";

/// Words whose forms are remembered: people write the same ones over and over.
const REMEMBERED: usize = 20_000;

#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    known: HashMap<String, Vec<String>>,
}

impl Words {
    fn forms(&mut self, written: &str) -> &[String] {
        if !self.known.contains_key(written) {
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            self.known.insert(written.to_owned(), forms(written));
        }
        &self.known[written]
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        let mut tokens = Vec::new();
        for (position, found) in words(text).enumerate() {
            let (from, to) = (found.at, found.at + found.written.len());
            for form in self.forms(found.written) {
                tokens.push(Token {
                    offset_from: from,
                    offset_to: to,
                    position,
                    text: form.clone(),
                    position_length: 1,
                });
            }
        }
        Stream { tokens, next: 0 }
    }
}

/// The tokens of one text.
#[derive(Debug)]
pub(super) struct Stream {
    tokens: Vec<Token>,
    next: usize,
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}
