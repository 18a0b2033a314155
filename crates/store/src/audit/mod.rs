//! The audit: entries in the order of commits, each with the hash of the one before. Append only; the database refuses anything
//! else. What an entry says and how its hash is counted is `rules::audit`'s.

mod proof;

pub use proof::{Verdict, verify};
use rules::{
    audit::{About, Act, Area, Chained, Head, Link, Of, hash},
    events::{ActorKind, By},
    ids::PersonId,
    instant::Instant,
};

use crate::{
    Error, Handle, Result, Tx,
    engine::{Row, ToValue, slots, values, word},
};

/// Appends an entry; the head that it makes. One transaction writes at a time, so nobody comes in between.
pub async fn append(tx: &Tx, (at, by): (Instant, By), act: &Act) -> Result<Head> {
    let before = head(tx).await?;
    let text = serde_json::to_string(act).map_err(Error::broken)?;
    let number = before.number + 1;
    let hash = hash(&Link { number, at, by, act: &text, previous: &before.hash });
    tx.run(
        "INSERT INTO audit (number, at, actor_kind, actor_id, area, act, previous, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        values![number, at, by.kind, by.person, act.area(), text, before.hash, hash],
    )
    .await?;
    for About { of, number: thing } in act.about(by) {
        let sql = "INSERT INTO audit_about (thing, thing_id, at, number) VALUES ($1, $2, $3, $4)";
        tx.run(sql, values![of, thing, at, number]).await?;
    }
    Ok(Head { number, hash })
}

/// The last entry; that of an empty chain where there is none.
pub async fn head(conn: &Handle) -> Result<Head> {
    let read = |row: &Row<'_>| Ok(Head { number: row.get("number")?, hash: row.get("hash")? });
    let sql = "SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1";
    Ok(conn.maybe(sql, values![], read).await?.unwrap_or_default())
}

/// An entry as it is kept, whatever it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub number: i64,
    pub at: Instant,
    pub actor_kind: String,
    pub actor_id: Option<PersonId>,
    pub area: String,
    /// JSON of an `Act`.
    pub act: String,
    pub previous: String,
    pub hash: String,
}

impl Kept {
    /// Who did it; none where that is no word of ours any more.
    pub fn by(&self) -> Option<By> {
        let kind: ActorKind = serde_json::from_value(self.actor_kind.clone().into()).ok()?;
        Some(By { kind, person: self.actor_id })
    }

    /// What was done; none where it does not read any more.
    pub fn act(&self) -> Option<Act> {
        serde_json::from_str(&self.act).ok()
    }

    /// As it goes into the chain.
    pub fn chained(&self) -> Option<Chained<'_>> {
        let Self { number, at, act, previous, hash, .. } = self;
        let link = Link { number: *number, at: *at, by: self.by()?, act, previous };
        Some(Chained { link, hash })
    }

    /// Whether it is kept under what it is about.
    pub fn is_in_its_area(&self) -> bool {
        self.act().is_some_and(|act| word(&act.area()) == self.area)
    }
}

const KEPT: &str = "SELECT a.number, a.at, a.actor_kind, a.actor_id, a.area, a.act, a.previous, a.hash FROM";

fn kept(row: &Row<'_>) -> Result<Kept> {
    Ok(Kept {
        number: row.get("number")?,
        at: row.instant("at")?,
        actor_kind: row.get("actor_kind")?,
        actor_id: row.maybe_id("actor_id", PersonId)?,
        area: row.get("area")?,
        act: row.get("act")?,
        previous: row.get("previous")?,
        hash: row.get("hash")?,
    })
}

/// The entries after a number, in order.
pub async fn after(conn: &Handle, number: i64, limit: i64) -> Result<Vec<Kept>> {
    conn.rows(&format!("{KEPT} audit a WHERE a.number > $1 ORDER BY a.number LIMIT {limit}"), values![number], kept)
        .await
}

/// The hash of one entry.
pub async fn hash_of(conn: &Handle, number: i64) -> Result<Option<String>> {
    conn.maybe("SELECT hash FROM audit WHERE number = $1", values![number], |row| row.get("hash")).await
}

/// By what these entries are found: their number, and each thing.
pub async fn filed(conn: &Handle, numbers: &[i64]) -> Result<Vec<(i64, String, i64)>> {
    if numbers.is_empty() {
        return Ok(vec![]);
    }
    let sql = format!("SELECT number, thing, thing_id FROM audit_about WHERE number IN ({})", slots(1, numbers.len()));
    let parameters = numbers.iter().map(ToValue::to_value).collect();
    conn.rows(&sql, parameters, |row| Ok((row.get("number")?, row.get("thing")?, row.get("thing_id")?))).await
}

/// As `filed` would tell it of an entry.
pub fn would_file(about: &About) -> (String, i64) {
    (word(&about.of), about.number)
}

/// How many lines there are by which entries are found.
pub async fn count_filed(conn: &Handle) -> Result<i64> {
    conn.one("SELECT COUNT(*) AS n FROM audit_about", values![], |row| row.get("n")).await
}

/// Which entries are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Who did it, or to whom it was done.
    pub person: Option<PersonId>,
    pub thing: Option<(Of, i64)>,
    pub area: Option<Area>,
    /// At it or later.
    pub from: Option<Instant>,
    /// Earlier than it.
    pub until: Option<Instant>,
}

/// Where a list goes on: after an entry, by instant and number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// The newest first, those before this one.
    Before(Option<(Instant, i64)>),
    /// The oldest first, those after this one.
    After(Option<(Instant, i64)>),
}

/// A page of the entries that are wanted.
pub async fn list(conn: &Handle, wanted: &Wanted, from: From, limit: i64) -> Result<Vec<Kept>> {
    let mut things = vec![];
    things.extend(wanted.person.map(|person| (Of::Person, person.0)));
    things.extend(wanted.thing);
    let mut parameters: Vec<sea_orm::Value> = vec![];
    let mut slot = |value: sea_orm::Value| {
        parameters.push(value);
        format!("${}", parameters.len())
    };
    let (table, key, mut said) = match things.first() {
        None => ("audit a", "a", vec![]),
        Some((of, id)) => {
            let found = format!("b.thing = {} AND b.thing_id = {}", slot(of.to_value()), slot(id.to_value()));
            ("audit_about b JOIN audit a ON a.number = b.number", "b", vec![found])
        }
    };
    if let Some((of, id)) = things.get(1) {
        let (of, id) = (slot(of.to_value()), slot(id.to_value()));
        said.push(format!(
            "EXISTS (SELECT 1 FROM audit_about c WHERE c.thing = {of} AND c.thing_id = {id} AND c.at = b.at AND c.number = b.number)"
        ));
    }
    if let Some(area) = wanted.area {
        said.push(format!("a.area = {}", slot(area.to_value())));
    }
    let (direction, low, high) = match from {
        From::Before(cursor) => ("DESC", None, cursor),
        From::After(cursor) => ("ASC", cursor, None),
    };
    // Before every entry of an instant stands number 0.
    let lowest = low.or(wanted.from.map(|from| (from, 0)));
    let highest = high.or(wanted.until.map(|until| (until, 0)));
    if let Some((at, number)) = lowest {
        let (at, number) = (slot(at.to_value()), slot(number.to_value()));
        said.push(format!("({key}.at, {key}.number) > ({at}, {number})"));
    }
    if let Some((at, number)) = highest {
        let (at, number) = (slot(at.to_value()), slot(number.to_value()));
        said.push(format!("({key}.at, {key}.number) < ({at}, {number})"));
    }
    match from {
        From::Before(Some(_)) => said.extend(wanted.from.map(|from| format!("{key}.at >= {}", slot(from.to_value())))),
        From::After(Some(_)) => said.extend(wanted.until.map(|until| format!("{key}.at < {}", slot(until.to_value())))),
        From::Before(None) | From::After(None) => {}
    }
    let condition = if said.is_empty() { String::new() } else { format!(" WHERE {}", said.join(" AND ")) };
    let sql =
        format!("{KEPT} {table}{condition} ORDER BY {key}.at {direction}, {key}.number {direction} LIMIT {limit}");
    conn.rows(&sql, parameters, kept).await
}
