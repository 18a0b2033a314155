//! The two postmen: one hands mails to a server, the other leaves them where the desk keeps them.

use desk::ports::{Accepted, ComposeFault, Composed, Letter, Notice, Postman, SendFault};

use crate::{
    compose::Composer,
    smtp::{Connections, SetupFault, Smtp},
};

/// Sends through a mail server.
#[derive(Debug)]
pub struct SmtpPost {
    composer: Composer,
    connections: Connections,
}

impl SmtpPost {
    /// Checks the settings without connecting.
    pub fn new(composer: Composer, smtp: Smtp) -> Result<Self, SetupFault> {
        Ok(Self { composer, connections: Connections::new(smtp)? })
    }
}

#[async_trait::async_trait]
impl Postman for SmtpPost {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        self.composer.compose(notice)
    }

    async fn send(&self, letter: Letter<'_>) -> Result<Accepted, SendFault> {
        self.connections.send(letter).await
    }
}

/// Composes as ever and accepts everything without sending it anywhere: the demo shows what the desk kept.
#[derive(Clone, Debug)]
pub struct KeptPost {
    composer: Composer,
}

impl KeptPost {
    pub fn new(composer: Composer) -> Self {
        Self { composer }
    }
}

#[async_trait::async_trait]
impl Postman for KeptPost {
    fn compose(&self, notice: &Notice) -> Result<Composed, ComposeFault> {
        self.composer.compose(notice)
    }

    async fn send(&self, _letter: Letter<'_>) -> Result<Accepted, SendFault> {
        Ok(Accepted { answer: "kept here, sent to nobody".to_owned() })
    }
}
