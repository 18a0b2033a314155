//! What is owed to each device: a job each, by ids, in the transaction of its cause.

use rules::{
    ids::{PersonId, PushDeviceId, TicketId},
    notices::Notice,
};
use serde::{Deserialize, Serialize};

use crate::{Result, scribe::Scribe};

/// The kind of job that pushes.
pub(crate) const KIND: &str = "push";

/// One thing for one device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Ordered {
    pub device: PushDeviceId,
    pub what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub(super) enum What {
    Notice {
        kind: Notice,
        ticket: TicketId,
    },
    /// `opened`: microseconds.
    Opening {
        opened: i64,
        came: i64,
        due: i64,
    },
    Test,
}

/// Owes somebody's devices that they are told of a request.
pub(crate) async fn order(scribe: &mut Scribe<'_>, to: PersonId, (kind, ticket): (Notice, TicketId)) -> Result<()> {
    let at = scribe.now.micros();
    let key =
        format!("{}/{ticket}/{at}", serde_json::to_string(&kind).map_err(crate::Error::broken)?.trim_matches('"'));
    each(scribe, to, (&key, What::Notice { kind, ticket })).await.map(drop)
}

/// Owes somebody's devices that they are told how the day begins.
pub(crate) async fn order_opening(
    scribe: &mut Scribe<'_>,
    to: PersonId,
    opened: i64,
    (came, due): (i64, i64),
) -> Result<()> {
    let key = format!("opening/{opened}");
    each(scribe, to, (&key, What::Opening { opened, came, due })).await.map(drop)
}

/// How many devices were owed it.
pub(super) async fn each(scribe: &mut Scribe<'_>, to: PersonId, (key, what): (&str, What)) -> Result<usize> {
    let devices = store::push::of(&scribe.tx, to).await?;
    for device in &devices {
        let (key, now) = (format!("{KIND}/{}/{key}", device.id), scribe.now);
        scribe.enqueue(KIND, &key, &Ordered { device: device.id, what }, now).await?;
    }
    Ok(devices.len())
}
