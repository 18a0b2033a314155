//! A postman that can be exchanged while the desk runs, so that new mail settings take effect without a new start.
//! What is on its way goes on with the postman that took it.

use std::sync::{Arc, PoisonError, RwLock};

use desk::ports::{Accepted, ComposeFault, Composed, Letter, Notice, Postman, SendFault};

/// Hands everything to the postman of now.
#[derive(Clone, Debug)]
pub(crate) struct Exchange(Arc<RwLock<Arc<dyn Postman>>>);

impl Exchange {
    pub(crate) fn new(postman: Arc<dyn Postman>) -> Self {
        Self(Arc::new(RwLock::new(postman)))
    }

    /// The next letter is this postman's.
    pub(crate) fn put(&self, postman: Arc<dyn Postman>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = postman;
    }

    fn now(&self) -> Arc<dyn Postman> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}

#[async_trait::async_trait]
impl Postman for Exchange {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        self.now().compose(notice)
    }

    async fn send(&self, letter: Letter<'_>) -> Result<Accepted, SendFault> {
        let postman = self.now();
        postman.send(letter).await
    }
}

#[cfg(test)]
mod tests {
    use desk::ports::{About, Recipient};

    use super::*;
    use crate::wire::kept_post;

    #[test]
    fn the_next_mail_is_the_new_postmans() {
        let notice = Notice {
            key: "password_changed/1".to_owned(),
            to: Recipient { name: "Dana".to_owned(), address: "dana@acme.example".to_owned(), zone: None },
            about: About::PasswordChanged { product: "Larkspur".to_owned() },
            thread: None,
            now: "2026-11-20T16:40:00Z".parse().unwrap(),
        };
        let exchange = Exchange::new(kept_post("Old support").unwrap());
        let desks = exchange.clone();
        let mail = || String::from_utf8(desks.compose(&notice).unwrap().bytes).unwrap();
        assert!(mail().contains("Old support"), "{}", mail());
        exchange.put(kept_post("New support").unwrap());
        assert!(mail().contains("New support") && !mail().contains("Old support"), "{}", mail());
    }
}
