//! Browsers that show notifications while the desk is closed, and the keys by which push services know the desk.

use rules::{
    ids::{PersonId, PushDeviceId, PushKeyId, SessionId},
    instant::Instant,
};

use crate::{
    Handle, Result, Tx,
    engine::{Row, values},
};

/// A key of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    pub number: PushKeyId,
    pub public: Vec<u8>,
    /// The private part, sealed.
    pub sealed: Vec<u8>,
}

/// A browser of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    pub id: PushDeviceId,
    pub person: PersonId,
    pub session: SessionId,
    pub endpoint: String,
    pub public: Vec<u8>,
    pub secret: Vec<u8>,
    /// The key to which it was bound.
    pub key: PushKeyId,
    /// What the browser says of itself.
    pub agent: String,
    pub created_at: Instant,
    /// When a push service took something for it last.
    pub used_at: Option<Instant>,
}

/// A browser about to be kept.
#[derive(Clone, Copy, Debug)]
pub struct NewDevice<'a> {
    pub person: PersonId,
    pub session: SessionId,
    pub endpoint: &'a str,
    pub public: &'a [u8],
    pub secret: &'a [u8],
    pub key: PushKeyId,
    pub agent: &'a str,
    pub now: Instant,
}

/// The key that is in use.
pub async fn newest_key(conn: &Handle) -> Result<Option<Key>> {
    let sql = "SELECT number, public, sealed FROM push_key ORDER BY number DESC LIMIT 1";
    conn.maybe(sql, values![], |row| {
        Ok(Key { number: row.id("number", PushKeyId)?, public: row.get("public")?, sealed: row.get("sealed")? })
    })
    .await
}

/// Keeps a key; where another node was faster, its own stands.
pub async fn add_key(tx: &Tx, key: &Key, now: Instant) -> Result<()> {
    let sql = "INSERT INTO push_key (number, public, sealed, made_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
    tx.run(sql, values![key.number, &key.public, &key.sealed, now]).await.map(drop)
}

/// Keeps a browser. It is one person's, and a session has one: what stood there before gives way.
pub async fn put(tx: &Tx, new: NewDevice<'_>) -> Result<PushDeviceId> {
    let others = "DELETE FROM push_device WHERE session_id = $1 AND endpoint <> $2";
    tx.run(others, values![new.session, new.endpoint]).await?;
    let of_others = "DELETE FROM push_device WHERE endpoint = $1 AND person_id <> $2";
    tx.run(of_others, values![new.endpoint, new.person]).await?;
    tx.insert(
        "INSERT INTO push_device (person_id, session_id, endpoint, public, secret, key_number, agent, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (endpoint) DO UPDATE SET session_id = excluded.session_id, \
         public = excluded.public, secret = excluded.secret, key_number = excluded.key_number, agent = excluded.agent \
         RETURNING id",
        values![new.person, new.session, new.endpoint, new.public, new.secret, new.key, new.agent, new.now],
    )
    .await
    .map(PushDeviceId)
}

const DEVICE: &str = "SELECT id, person_id, session_id, endpoint, public, secret, key_number, agent, created_at, used_at \
                      FROM push_device";

fn device(row: &Row<'_>) -> Result<Device> {
    Ok(Device {
        id: row.id("id", PushDeviceId)?,
        person: row.id("person_id", PersonId)?,
        session: row.id("session_id", SessionId)?,
        endpoint: row.get("endpoint")?,
        public: row.get("public")?,
        secret: row.get("secret")?,
        key: row.id("key_number", PushKeyId)?,
        agent: row.get("agent")?,
        created_at: row.instant("created_at")?,
        used_at: row.maybe_instant("used_at")?,
    })
}

/// A person's browsers, the one that was named first first.
pub async fn of(conn: &Handle, person: PersonId) -> Result<Vec<Device>> {
    conn.rows(&format!("{DEVICE} WHERE person_id = $1 ORDER BY id"), values![person], device).await
}

/// The browser of a session.
pub async fn of_session(conn: &Handle, session: SessionId) -> Result<Option<Device>> {
    conn.maybe(&format!("{DEVICE} WHERE session_id = $1"), values![session], device).await
}

pub async fn get(conn: &Handle, id: PushDeviceId) -> Result<Option<Device>> {
    conn.maybe(&format!("{DEVICE} WHERE id = $1"), values![id], device).await
}

/// Forgets one of a person's browsers; `false` where it is not theirs or already gone.
pub async fn remove(tx: &Tx, person: PersonId, id: PushDeviceId) -> Result<bool> {
    Ok(tx.run("DELETE FROM push_device WHERE id = $1 AND person_id = $2", values![id, person]).await? > 0)
}

/// Forgets a browser that is not reached there any more; one that was renewed meanwhile stays.
pub async fn gone(tx: &Tx, id: PushDeviceId, endpoint: &str) -> Result<()> {
    tx.run("DELETE FROM push_device WHERE id = $1 AND endpoint = $2", values![id, endpoint]).await.map(drop)
}

/// A push service took something for it.
pub async fn used(tx: &Tx, id: PushDeviceId, now: Instant) -> Result<()> {
    tx.run("UPDATE push_device SET used_at = $2 WHERE id = $1", values![id, now]).await.map(drop)
}

/// A browser has another session now: of the same person, its notifications go on.
pub async fn follow(tx: &Tx, person: PersonId, (before, after): (SessionId, SessionId)) -> Result<()> {
    let sql = "UPDATE push_device SET session_id = $3 WHERE session_id = $2 AND person_id = $1";
    tx.run(sql, values![person, before, after]).await.map(drop)
}

/// Forgets all browsers of a person.
pub async fn remove_all(tx: &Tx, person: PersonId) -> Result<u64> {
    tx.run("DELETE FROM push_device WHERE person_id = $1", values![person]).await
}

/// Whether somebody wants the subjects of requests on their devices.
pub async fn shows_subjects(conn: &Handle, person: PersonId) -> Result<bool> {
    let sql = "SELECT person_id FROM push_subjects WHERE person_id = $1";
    Ok(conn.maybe(sql, values![person], |row| row.id("person_id", PersonId)).await?.is_some())
}

pub async fn show_subjects(tx: &Tx, person: PersonId, wanted: bool) -> Result<()> {
    let sql = if wanted {
        "INSERT INTO push_subjects (person_id) VALUES ($1) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM push_subjects WHERE person_id = $1"
    };
    tx.run(sql, values![person]).await.map(drop)
}
