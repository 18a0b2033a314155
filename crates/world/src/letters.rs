//! A postman who remembers the links that went out, so that people of the world can follow theirs.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use desk::ports::{About, Accepted, ComposeFault, Composed, Letter, Notice, Postman, SendFault};

/// Carries letters by another postman.
#[derive(Debug)]
pub struct Letters {
    by: Arc<dyn Postman>,
    links: Mutex<HashMap<String, String>>,
}

impl Letters {
    pub fn new(by: Arc<dyn Postman>) -> Self {
        Self { by, links: Mutex::default() }
    }

    /// The link that was composed last for an address.
    pub fn link_to(&self, address: &str) -> Option<String> {
        self.links.lock().expect("nothing panics while it holds this").get(address).cloned()
    }
}

#[async_trait::async_trait]
impl Postman for Letters {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        if let About::Verification { link, .. } | About::PasswordReset { link, .. } = &notice.about {
            let mut links = self.links.lock().expect("nothing panics while it holds this");
            links.insert(notice.to.address.clone(), link.clone());
        }
        self.by.compose(notice)
    }

    async fn send(&self, letter: Letter<'_>) -> Result<Accepted, SendFault> {
        self.by.send(letter).await
    }
}
