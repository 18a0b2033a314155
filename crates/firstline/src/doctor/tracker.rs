//! The tracker with whose issues bugs are mirrored: whether its name leads to where the desk may go, and how it answered last. The server asks
//! it every hour; nothing is sent from here.

use desk::ports::{Outside, OutsideFault};
use jiff::SignedDuration;
use rules::{instant::Instant, outgoing::Target, tracker::Fault};
use store::{Store, tracker::Tracker};
use words::{lang::Lang, tracker as said};

use super::Finding;
use crate::{config::Config, outgoing::Web, ports::SystemClock, wire};

/// How long it may be that its changes were not read.
const PATIENCE: SignedDuration = SignedDuration::from_hours(3);

pub(super) async fn look(config: &Config) -> Option<Finding> {
    let conn = Store::look(&wire::place(config)).ok()?;
    let tracker = store::tracker::get(&conn).await;
    // It was only read from.
    let _ = conn.close().await;
    let tracker = tracker.ok()??;
    let reached = reach(config, &tracker.base_url).await;
    Some(judge(&tracker, reached, desk::ports::Clock::now(&SystemClock)))
}

async fn reach(config: &Config, base_url: &str) -> Result<(), Fault> {
    let target = Target::read(base_url).map_err(|_| Fault::BadAddress)?;
    let host = target.host().to_string();
    let web = Web::of(&config.outgoing).map_err(|why| Fault::Away { host: host.clone(), why: why.to_string() })?;
    web.look(&target).await.map_err(|fault| match fault {
        OutsideFault::Private => Fault::Private { host },
        OutsideFault::Failed(why) => Fault::Away { host, why },
        OutsideFault::NotSetUp => Fault::NotSetUp,
    })
}

fn judge(tracker: &Tracker, reached: Result<(), Fault>, now: Instant) -> Finding {
    const NOW: &str = "press “Try it” under “Tracker” on the desk, which says what to do";
    let place = format!("{} at {}", tracker.repository, tracker.base_url);
    if let Some(fault) = reached.err().as_ref().or(tracker.fault.as_ref()) {
        return Finding::fail("tracker", format!("{place}: {}", said::fault(Lang::En, fault)), NOW);
    }
    match tracker.read_at {
        Some(at) if now.since(at) <= PATIENCE => {
            Finding::ok("tracker", format!("{place}; its changes were read at {at}"))
        }
        Some(at) => Finding::warn("tracker", format!("{place}; its changes were read last at {at}"), NOW),
        None => Finding::warn("tracker", format!("{place}; its changes were never read"), "see that the server runs"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn bug_5_the_doctor_says_how_the_tracker_answered_last() {
        let at = |hours| Instant::from_micros(0).unwrap().plus(SignedDuration::from_hours(hours));
        let tracker = Tracker {
            base_url: "https://api.github.com".into(),
            repository: "acme/shop".into(),
            token: vec![],
            secret: vec![],
            secret_before: None,
            set_by: rules::ids::PersonId(1),
            set_at: at(0),
            heard_at: None,
            forged: 0,
            forged_at: None,
            read_upto: None,
            read_at: Some(at(9)),
            fault: None,
        };
        assert_eq!(judge(&tracker, Ok(()), at(10)).verdict, Verdict::Ok);
        assert_eq!(judge(&tracker, Ok(()), at(20)).verdict, Verdict::Warn);
        assert_eq!(judge(&Tracker { read_at: None, ..tracker.clone() }, Ok(()), at(10)).verdict, Verdict::Warn);
        let host = || "api.github.com".to_owned();
        let private = judge(&tracker, Err(Fault::Private { host: host() }), at(10));
        assert!(private.verdict == Verdict::Fail && private.why.contains("outgoing.networks"), "{private:?}");
        let token = Tracker { fault: Some(Fault::TokenUnknown { host: host() }), ..tracker };
        assert!(judge(&token, Ok(()), at(10)).why.contains("401"));
    }
}
