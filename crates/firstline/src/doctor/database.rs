//! The database: whether it answers, is whole, has the schema of this program, and waits for its disk; and whether a
//! policy is in force in it.

use store::{Store, copy, health, health::Health};

use super::Finding;
use crate::{config::Config, ports::SystemClock, wire};

/// What it said is for those that ask no more where there is nothing to ask.
pub(super) async fn look(config: &Config) -> (Vec<Finding>, Option<Health>) {
    let place = wire::place(config);
    if !health::is_there(&place) {
        let why = format!("there is none in {} yet", config.data_dir.display());
        return (vec![Finding::fail("database", why, "run `firstline init`, or restore a backup")], None);
    }
    match health::ask(&place).await {
        Err(error) => {
            let now = "see that it runs, that `database` names it, and that this user may read it";
            (vec![Finding::fail("database", error.to_string(), now)], None)
        }
        Ok(health) => (vec![whole(&health), schema(&health), lasting(&health), policy(config).await], Some(health)),
    }
}

fn whole(health: &Health) -> Finding {
    match health.faults.first() {
        None if health.clock.is_some() => {
            Finding::ok("database", format!("{} answers; it looks after its tables itself", health.version))
        }
        None => Finding::ok("database", format!("{}; quick_check and foreign keys find nothing wrong", health.version)),
        Some(first) => Finding::fail(
            "database",
            format!("{}: {} faults; the first: {first}", health.version, health.faults.len()),
            "stop the server, keep a copy of the data folder, and restore the newest backup that verifies",
        ),
    }
}

fn schema(health: &Health) -> Finding {
    let (has, known) = (&health.steps, copy::known_steps());
    let newest = known.last().cloned().unwrap_or_default();
    if *has == known {
        return Finding::ok("schema", format!("{newest}, as this program wants it"));
    }
    if let Some(unknown) = has.iter().find(|step| !known.contains(step)) {
        return Finding::fail(
            "schema",
            format!("a newer release of Firstline changed it (step {unknown}), and this program does not start on it"),
            "start that release, or restore the copy from before its upgrade",
        );
    }
    let at = has.last().map_or("none", String::as_str);
    Finding::warn(
        "schema",
        format!("{at}; this program wants {newest}"),
        "nothing: the next start brings it up to date",
    )
}

/// What commits wait for. SQLite's own number for "the barrier syncs the log before anything is acknowledged" is 1.
fn lasting(health: &Health) -> Finding {
    let said: Vec<String> = health.lasting.iter().map(|(name, value)| format!("{name} = {value}")).collect();
    let said = said.join(", ");
    let wrong = health.lasting.iter().find(|(name, value)| match *name {
        "journal_mode" => value != "wal",
        "synchronous" => value == "0",
        "fsync" => value != "on",
        _ => false,
    });
    let commit = health.lasting.iter().find(|(name, value)| *name == "synchronous_commit" && value == "off");
    match (wrong, commit) {
        (Some((name, _)), _) => Finding::fail(
            "durability",
            format!("{said}: a power cut may take away what was acknowledged"),
            format!("set {name} back on the database"),
        ),
        (None, Some(_)) => Finding::ok("durability", format!("{said}; the desk asks for more on its own connections")),
        (None, None) if health.clock.is_some() => Finding::ok("durability", said),
        (None, None) => Finding::ok("durability", format!("{said}; each answer waits for a sync of the log")),
    }
}

async fn policy(config: &Config) -> Finding {
    let read = async {
        let conn = Store::look(&wire::place(config))?;
        let policies = desk::Policies::read(&conn).await;
        conn.close().await?;
        policies
    };
    let now = desk::ports::Clock::now(&SystemClock);
    match read.await {
        Err(error) => Finding::fail("policy", error.to_string(), "read the log, or restore a backup"),
        Ok(policies) => match policies.at(now) {
            Ok(kept) => {
                let product = &kept.policy.policy().product.name;
                Finding::ok("policy", format!("version {}, of {product}, in force since {}", kept.id, kept.from))
            }
            Err(_) => Finding::fail("policy", "none is in force", "run `firstline policy apply FILE`"),
        },
    }
}
