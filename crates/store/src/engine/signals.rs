//! What nodes call out to each other: PostgreSQL's NOTIFY, heard on a connection of its own. Nothing is kept: who does not
//! listen misses it, and who relies on what is written looks by itself from time to time.

use std::time::Duration;

use sqlx::postgres::{PgListener, PgPoolOptions};

use super::{Place, Store, open, values};
use crate::{Result, dialect};

/// The channel of all nodes of a database.
const CHANNEL: &str = "firstline";
/// Bytes of a call; PostgreSQL takes less than 8000.
const LONGEST: usize = 4000;
/// How long a connection to listen may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Hears what nodes call out, one's own calls too.
#[derive(Debug)]
pub struct Calls(PgListener);

impl Calls {
    /// The next call, or `None` when some may have been missed, since the connection broke and is there again.
    pub async fn next(&mut self) -> Result<Option<String>> {
        Ok(self.0.try_recv().await?.map(|call| call.payload().to_owned()))
    }
}

impl Store {
    /// Calls out to every node that listens. The embedded database has one.
    pub async fn call(&self, words: &str) -> Result<()> {
        let Some(statement) = dialect::call(self.reader.backend()) else { return Ok(()) };
        if words.len() > LONGEST {
            return Err(crate::Error::broken("a call to other nodes is short"));
        }
        self.reader.rows(statement, values![CHANNEL, words], |_| Ok(())).await.map(drop)
    }

    /// Listens for what nodes call out; `None` where there is only one.
    pub async fn calls(&self) -> Result<Option<Calls>> {
        let Place::Postgres { url, .. } = &*self.place else { return Ok(None) };
        let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(PATIENCE);
        let pool = pool.connect_with(open::postgres(url)?).await?;
        let mut listener = PgListener::connect_with(&pool).await?;
        listener.listen(CHANNEL).await?;
        Ok(Some(Calls(listener)))
    }
}
