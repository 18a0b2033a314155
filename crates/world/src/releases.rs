//! What the vendor of the world has released: a line that is not supported any more, one with a hotfix, one release that was
//! withdrawn, and the latest, which has not reached all of the cloud.

use desk::{
    Actor, Desk, Error, Result, Run,
    releases::{NotDone, ToRollOut, ToWithdraw, import, roll_out, today, withdraw},
};
use jiff::{ToSpan, civil::Date};
use rules::releases::{
    Change, Note, Range, Release, Requirement, Version,
    import::{Drafted, as_json},
};

/// A release: its version, how many days ago it came, how many more it is supported, what is said of it, and its notes.
type Told = (&'static str, i64, Option<i64>, &'static str, &'static [(Change, &'static str)]);

/// The latest one, which is what everybody in the world runs.
const LATEST: &str = "5.12.1";

const RELEASES: [Told; 8] = [
    ("5.9.2", 390, Some(-60), "", &[(Change::Fixed, "Test plans keep the order in which their cases were added.")]),
    (
        "5.10",
        300,
        Some(20),
        "Launches can be compared side by side.",
        &[
            (Change::Added, "Two launches can be compared, case by case."),
            (
                Change::Changed,
                "Trees of more than 10,000 cases open in a moment, since branches are read as they are opened.",
            ),
            (Change::Fixed, "Webhooks are sent again after a restart of the server."),
            (Change::Fixed, "Names of custom fields may hold a slash."),
        ],
    ),
    (
        "5.11",
        190,
        Some(175),
        "Dashboards load twice as fast, and launches can be archived.",
        &[
            (Change::Added, "Launches can be archived by tag and by age."),
            (Change::Added, "The API pages through results by a cursor."),
            (Change::Deprecated, "The first version of the API of launches; it goes with 6.0."),
            (Change::Fixed, "Attachments of skipped tests are shown in the report."),
            (Change::Fixed, "A launch with 10,000 results can be closed again."),
        ],
    ),
    (
        "5.11.4",
        110,
        Some(175),
        "",
        &[
            (Change::Fixed, "Exports to CSV no longer lose their last line."),
            (Change::Fixed, "Imported test cases keep their links to issues."),
            (Change::Security, "Links to attachments end with the session of who opened them."),
        ],
    ),
    (
        "5.11.4-hotfix.1",
        96,
        Some(175),
        "For servers whose people sign in by LDAP.",
        &[(Change::Fixed, "Sign-in with nested LDAP groups works again; it failed for members of more than one.")],
    ),
    (
        "5.12",
        24,
        None,
        "Test cases have reviews.",
        &[
            (
                Change::Added,
                "Test cases can be reviewed before they are used: who has to look, what changed, and who agreed.",
            ),
            (Change::Changed, "The server needs PostgreSQL 14 or newer."),
            (Change::Fixed, "Reruns are counted once in the statistics of a test plan."),
            (Change::Fixed, "Screenshots larger than 20 MB are shown."),
        ],
    ),
    (
        LATEST,
        3,
        Some(365),
        "Results are kept while a launch is closed and imported at once, and exports to CSV are whole.",
        &[
            (Change::Fixed, "Results that arrive while their launch is being closed are kept."),
            (Change::Fixed, "Exports to CSV are whole again where a comment holds a line break."),
            (Change::Fixed, "Attachments that were uploaded twice are cleaned up at night."),
            (Change::Security, "The password of a mail server is no longer written into the log at start."),
        ],
    ),
    (
        "5.13-rc.1",
        1,
        None,
        "A preview, for whoever likes to try it.",
        &[(Change::Added, "Dashboards can be shared by link.")],
    ),
];

/// Publishes what there is, for a policy whose product has these versions; others have released nothing.
pub async fn release(desk: &Desk) -> Result<()> {
    let compiled = desk.policy().await?;
    if compiled.policy().versions.as_ref().is_none_or(|versions| versions.example != LATEST) {
        return Ok(());
    }
    let today = today(desk).await?;
    let drafts: Vec<Drafted> = RELEASES.iter().map(|told| Drafted::of(&released(today, told))).collect();
    import(desk, &Actor::COMMAND, &as_json(&drafts), Run::Real).await.map_err(broken)?;
    let taken_back = ToWithdraw {
        version: "5.12".to_owned(),
        why: "Results that arrive while their launch is being closed are lost.".to_owned(),
        instead: Some(LATEST.to_owned()),
    };
    withdraw(desk, &Actor::COMMAND, &taken_back, Run::Real).await.map_err(broken)?;
    let instances = &compiled.policy().product.instances;
    for instance in instances {
        reach(desk, "5.11.4", instance).await?;
    }
    // The first one has it already.
    match instances.first() {
        Some(first) => reach(desk, LATEST, first).await,
        None => Ok(()),
    }
}

async fn reach(desk: &Desk, version: &str, instance: &str) -> Result<()> {
    let asked = ToRollOut { version: version.to_owned(), instance: instance.to_owned() };
    roll_out(desk, &Actor::COMMAND, &asked, Run::Real).await.map(drop).map_err(broken)
}

fn broken(why: NotDone) -> Error {
    match why {
        NotDone::Error(error) => error,
        NotDone::NotTaken(why) => Error::broken(format!("the world's releases were not taken: {why:?}")),
    }
}

fn released(today: Date, (version, ago, supported, summary, notes): &Told) -> Release {
    let version = Version::read(version).expect("the world's versions read");
    let day = today.saturating_sub(ago.days());
    Release {
        supported_until: supported.map(|days| today.saturating_add(days.days())),
        summary: (*summary).to_owned(),
        notes: notes.iter().map(|(change, text)| Note::new(*change, *text)).collect(),
        runs_on: if version.is_hotfix() { vec![] } else { runs_on() },
        ..Release::new(version, day)
    }
}

fn runs_on() -> Vec<Requirement> {
    let range = |written: &str| Some(Range::read(written).expect("the world's ranges read"));
    vec![
        Requirement { what: "PostgreSQL".to_owned(), required: range(">= 14 < 18"), recommended: range("16.x") },
        Requirement { what: "RabbitMQ".to_owned(), required: range(">= 3.12"), recommended: None },
    ]
}
