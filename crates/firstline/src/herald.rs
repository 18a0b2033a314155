//! The words of what is pushed, in the desk's language.

use desk::ports::{Herald, PushWords, Pushed};
use words::{lang::Lang, push};

#[derive(Clone, Copy, Debug, Default)]
pub struct Spoken(Lang);

impl Herald for Spoken {
    fn words(&self, about: &Pushed) -> PushWords {
        let (title, body) = match about {
            Pushed::Notice { kind, ticket, subject } => {
                (push::title(self.0, *kind, *ticket), subject.clone().unwrap_or_default())
            }
            Pushed::Opening { came, due } => push::opening(self.0, *came, *due),
            Pushed::Test => push::test(self.0),
        };
        PushWords { title, body }
    }
}
