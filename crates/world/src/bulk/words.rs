//! What is written in a world of many: the book's texts, put together to the length that messages have, and a word that
//! stands in one message of a hundred.

use rules::policy::Policy;

use crate::{
    dice::Dice,
    texts::{Facts, Story},
};

/// A word that one message of a hundred has and no story does.
pub const RARE: &str = "quixotry";

/// What is said in the book's stories.
pub(super) fn said(stories: &[Story]) -> Vec<String> {
    stories.iter().flat_map(|story| &story.talk).map(|(_, words)| words.clone()).collect()
}

/// A message: mostly a few sentences, now and then a page; four hundred characters in the middle.
pub(super) fn body(said: &[String], policy: &Policy, dice: &mut Dice) -> String {
    let facts = Facts::draw(policy, dice);
    let parts = 1 + dice.below(3) * usize::from(dice.in_percent(70)) + dice.below(6) * usize::from(dice.in_percent(10));
    let mut text = String::new();
    for _ in 0..parts {
        let part = dice.one_of(said).expect("the book says something");
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        text.push_str(&facts.fill(part));
    }
    if dice.in_percent(1) {
        text.push_str("\n\nThe log calls it ");
        text.push_str(RARE);
        text.push('.');
    }
    text
}
