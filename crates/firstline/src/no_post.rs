//! The postman of a desk whose mail is not set up yet: each mail is tried again with backoff, then parked and kept.

use desk::ports::{Accepted, ComposeFault, Composed, Letter, Notice, Postman, SendFault};
use mail::Composer;

#[derive(Debug)]
pub(crate) struct NoPost(Composer);

impl NoPost {
    pub(crate) fn new(composer: Composer) -> Self {
        Self(composer)
    }
}

#[async_trait::async_trait]
impl Postman for NoPost {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        self.0.compose(notice)
    }

    async fn send(&self, _: Letter<'_>) -> Result<Accepted, SendFault> {
        let answer =
            "mail is not set up: give [smtp] in firstline.toml before the tries of two days are over".to_owned();
        Err(SendFault::Deferred { answer })
    }
}
