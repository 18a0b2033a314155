//! What a world in these tests stands on.

use desk::{
    Actor, Desk, SecretMails, Settings,
    policy::NewPolicy,
    ports::{Accepted, ComposeFault, Composed, Letter, Notice, Postman, SendFault},
};
use rules::people::SecretKey;

/// Carries everything, and writes nothing but the name of what it is about.
#[derive(Debug)]
pub(crate) struct Carrier;

#[async_trait::async_trait]
impl Postman for Carrier {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        Ok(Composed {
            sender: "support@desk.example".to_owned(),
            recipient: notice.to.address.clone(),
            subject: notice.key.clone(),
            bytes: notice.key.clone().into_bytes(),
        })
    }

    async fn send(&self, _: Letter<'_>) -> Result<Accepted, SendFault> {
        Ok(Accepted { answer: "250 taken".to_owned() })
    }
}

pub(crate) fn settings() -> Settings {
    Settings {
        base_url: "https://help.example".to_owned(),
        secret_key: SecretKey::new(*b"a key for worlds, and only these"),
        secret_mails: SecretMails::Show,
    }
}

pub(crate) async fn apply(desk: &Desk, policy: &str) {
    desk::policy::apply(desk, &Actor::DESK, NewPolicy { source: policy.to_owned(), from: None }).await.unwrap();
}
