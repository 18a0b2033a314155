//! How the desk stands, for who looks after it: what it keeps, works off, mails and finds by. Reads only.

use rules::{
    access::Action,
    health::{Found, Index, Mail, Room, Writing},
    instant::Instant,
};
use store::{Standing, jobs, outgoing, search};

use crate::{Actor, Desk, Result, actor::Signed, work};

/// Mails whose ends are looked at.
const MAILS: i64 = 50;

/// Everything that was found, in the order in which one thing stands on another.
pub async fn show(desk: &Desk, actor: &Actor) -> Result<Vec<Found>> {
    let signed = actor.staff(Action::ReadJobs)?;
    let conn = desk.store.read();
    let now = desk.now();
    let steps = store::copy::steps(conn).await?;
    let waiting = jobs::waiting(conn, now).await?;
    let (data, log) = store::figures::bytes(&desk.store).await?;
    let policies = desk.policies().await?;
    let in_force = policies.at(now)?;
    Ok(vec![
        Found::Writing(match desk.standing() {
            Standing::Writes => Writing::Kept,
            Standing::Full => Writing::Full,
            Standing::Stopped => Writing::Stopped,
        }),
        Found::Room(desk.room().map(|room| Room { free: room.free, size: room.size, is_low: room.is_low() })),
        Found::Backup { last: store::upkeep::last(conn, BACKUP).await? },
        Found::Database { engine: store::health::version(conn).await?, bytes: data + log },
        Found::Schema { fits: steps == store::copy::known_steps(), step: steps.last().cloned().unwrap_or_default() },
        Found::Work { waiting: waiting.all, oldest: waiting.oldest, parked: waiting.parked },
        Found::Mail(mail(desk, signed, actor).await?),
        Found::Search(index(desk).await?),
        Found::Policy { product: in_force.policy.policy().product.name.clone(), since: in_force.from },
        Found::Release { version: env!("CARGO_PKG_VERSION").to_owned() },
    ])
}

const BACKUP: &str = "backup";

/// A backup was written whole.
pub async fn note_backup(desk: &Desk, at: Instant) -> Result<()> {
    let tx = desk.store.begin().await?;
    store::upkeep::note(&tx, BACKUP, at).await?;
    Ok(tx.commit().await?)
}

/// Faults are said as far as the reader may know of the mails that met them.
async fn mail(desk: &Desk, signed: &Signed, actor: &Actor) -> Result<Mail> {
    let conn = desk.store.read();
    let newest = outgoing::newest(conn, None, MAILS).await?;
    let taken = newest.iter().filter(|mail| mail.outcome.as_deref() == Some("sent"));
    let mut found = Mail { taken_at: taken.filter_map(|mail| mail.outcome_at).max(), ..Mail::default() };
    if rules::access::may(signed.grants, Action::ReadMails) {
        let outbox = work::outbox(desk, actor, None).await?;
        let failing: Vec<_> = outbox.waiting.iter().filter(|mail| mail.fault.is_some()).collect();
        found.failing = failing.len();
        found.fault = failing.first().and_then(|mail| mail.fault.clone());
        found.parked = outbox.parked.len();
    }
    Ok(found)
}

async fn index(desk: &Desk) -> Result<Index> {
    Ok(match desk.store.search().standing() {
        (search::Standing::Absent, _) | (_, None) => Index::Absent,
        (search::Standing::Building { upto }, _) => Index::Building { upto },
        (search::Standing::Ready, Some(mark)) => {
            Index::Behind(store::events::last(desk.store.read()).await?.0 - mark.seq.0)
        }
    })
}
