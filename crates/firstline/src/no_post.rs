//! The postman of a desk whose mail is not set up yet: every mail waits until it is.

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
        Err(SendFault::NotSetUp)
    }
}
