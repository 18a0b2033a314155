//! Clocks: this machine's against the last thing that happened and against the database server's. Deadlines are counted
//! in UTC, so zones are only shown.

use jiff::{SignedDuration, tz::TimeZone};
use rules::instant::Instant;
use store::Store;

use super::Finding;
use crate::{config::Config, ports::SystemClock, wire};

/// How far two clocks may be apart.
const APART: SignedDuration = SignedDuration::from_secs(5);

/// `server` is the database server's clock and zone, if it has one.
pub(super) async fn look(config: &Config, server: Option<(Instant, String)>) -> Vec<Finding> {
    let now = desk::ports::Clock::now(&SystemClock);
    let last = async {
        let conn = Store::look(&wire::place(config)).ok()?;
        let last = store::events::last_recorded(&conn).await.ok()?;
        conn.close().await.ok()?;
        last
    };
    let mut findings = vec![against_the_last(last.await, now)];
    findings.extend(server.map(|(at, zone)| against_the_server(at, &zone, now)));
    findings
}

fn against_the_last(last: Option<Instant>, now: Instant) -> Finding {
    let here = now.timestamp().to_zoned(TimeZone::system());
    let here = format!("it is {} by this machine", here.strftime("%F %T %:z"));
    match last {
        Some(last) if last > now => Finding::fail(
            "time",
            format!("{here}, and the last thing that happened is dated {last}, in the future"),
            "set this machine's clock right; until it has passed that instant, deadlines are off by as much",
        ),
        Some(last) => Finding::ok("time", format!("{here}; the last thing happened at {last}")),
        None => Finding::ok("time", format!("{here}; nothing has happened yet")),
    }
}

fn against_the_server(at: Instant, zone: &str, now: Instant) -> Finding {
    let apart = now.since(at).abs();
    let said =
        format!("the database server's clock is {:.1} s away from this one; its zone is {zone}", apart.as_secs_f64());
    if apart > APART {
        return Finding::warn("database time", said, "have both machines take their time from the same source (NTP)");
    }
    Finding::ok("database time", said)
}
