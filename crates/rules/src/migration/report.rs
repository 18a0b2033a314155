//! The report that the migration tool writes of a dry run: JSON, made on the customer's machine and sent along with a
//! request, so nothing in it is believed beyond its shape. docs/migration-report.md describes it.

use serde::Deserialize;

use super::tidy;
use crate::instant::Instant;

/// Bytes of a report, at most: the tool counts losses, it does not list them.
pub const MOST_BYTES: usize = 1 << 20;
/// The form of report that is read.
const FORM: u32 = 1;
/// Kinds of loss that are kept.
const LOSSES: usize = 50;
/// A number beyond this was not counted by anybody.
const MOST: u64 = 1_000_000_000;

/// What a report says, as far as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The tool's version.
    pub tool: String,
    /// The system that it read, and which version of it where it says so.
    pub system: String,
    pub system_version: Option<String>,
    pub made_at: Instant,
    pub totals: Totals,
    /// What cannot come along as it is, the most frequent first.
    pub losses: Vec<Loss>,
}

/// How many there are of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// Test cases that it found, and of these those that come along whole, with losses, and not at all.
    pub cases: u64,
    pub whole: u64,
    pub with_losses: u64,
    pub left_out: u64,
    /// Automated ones, which need no moving.
    pub automated: u64,
    pub shared_steps: u64,
    pub attachments: u64,
    pub attachment_bytes: u64,
}

/// Something that does not come along as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    pub what: String,
    pub cases: u64,
}

/// Why something is no report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoReport {
    /// It does not call itself one: any other JSON, or none.
    Another,
    /// It does, and its form is a newer or unknown one.
    Form(u64),
    /// It does, and it is broken: what of it.
    Broken(String),
}

#[derive(Deserialize)]
struct Marked {
    firstline_migration_report: u64,
}

#[derive(Deserialize)]
struct Written {
    tool: Tool,
    source: Source,
    made_at: String,
    totals: Totals,
    #[serde(default)]
    losses: Vec<WrittenLoss>,
}

#[derive(Deserialize)]
struct Tool {
    version: String,
}

#[derive(Deserialize)]
struct Source {
    system: String,
    version: Option<String>,
}

#[derive(Deserialize)]
struct WrittenLoss {
    what: String,
    cases: u64,
}

impl Report {
    /// Reads one.
    pub fn read(bytes: &[u8]) -> Result<Self, NoReport> {
        if bytes.len() > MOST_BYTES {
            return Err(NoReport::Another);
        }
        let marked: Marked = serde_json::from_slice(bytes).map_err(|_| NoReport::Another)?;
        if marked.firstline_migration_report != u64::from(FORM) {
            return Err(NoReport::Form(marked.firstline_migration_report));
        }
        let broken = |why: serde_json::Error| NoReport::Broken(why.to_string());
        Self::of(serde_json::from_slice(bytes).map_err(broken)?)
    }

    fn of(written: Written) -> Result<Self, NoReport> {
        let missing = |what: &str| NoReport::Broken(format!("`{what}` says nothing"));
        let made_at = written.made_at.parse().map_err(|_| missing("made_at"))?;
        let mut losses: Vec<Loss> = written.losses.into_iter().filter_map(Loss::of).collect();
        losses.sort_by(|a, b| b.cases.cmp(&a.cases).then_with(|| a.what.cmp(&b.what)));
        losses.truncate(LOSSES);
        Ok(Self {
            tool: tidy(&written.tool.version).ok_or_else(|| missing("tool.version"))?,
            system: tidy(&written.source.system).ok_or_else(|| missing("source.system"))?,
            system_version: written.source.version.as_deref().and_then(tidy),
            made_at,
            totals: written.totals.checked()?,
            losses,
        })
    }
}

impl Loss {
    fn of(written: WrittenLoss) -> Option<Self> {
        Some(Self { what: tidy(&written.what)?, cases: written.cases.min(MOST) })
    }
}

impl Totals {
    /// The parts come to the whole, or the tool counted wrong.
    fn checked(self) -> Result<Self, NoReport> {
        let counts = [self.cases, self.whole, self.with_losses, self.left_out, self.automated, self.shared_steps];
        if counts.into_iter().chain([self.attachments]).any(|count| count > MOST) {
            return Err(NoReport::Broken("`totals` holds a number that nobody counted".to_owned()));
        }
        if self.whole + self.with_losses + self.left_out != self.cases {
            return Err(NoReport::Broken(
                "`totals.whole`, `with_losses` and `left_out` do not come to `cases`".to_owned(),
            ));
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn written() -> Value {
        json!({
            "firstline_migration_report": 1,
            "tool": { "version": "2.4.0" },
            "source": { "system": "TestRail", "version": "8.0.3" },
            "made_at": "2026-11-20T16:40:00Z",
            "totals": { "cases": 1200, "whole": 1100, "with_losses": 80, "left_out": 20, "automated": 300,
                "shared_steps": 12, "attachments": 340, "attachment_bytes": 73_400_320_u64 },
            "losses": [{ "what": "coloured text", "cases": 12 }, { "what": "nested tables", "cases": 68 }],
        })
    }

    fn read(value: &Value) -> Result<Report, NoReport> {
        Report::read(value.to_string().as_bytes())
    }

    #[test]
    fn req_6_a_report_of_a_dry_run_says_how_many_cases_come_along() {
        let report = read(&written()).expect("it is one");
        assert_eq!((report.system.as_str(), report.system_version.as_deref()), ("TestRail", Some("8.0.3")));
        assert_eq!((report.totals.cases, report.totals.left_out), (1200, 20));
        assert_eq!(report.losses[0], Loss { what: "nested tables".to_owned(), cases: 68 });
    }

    #[test]
    fn req_6_any_other_json_is_no_report_and_a_broken_one_says_why() {
        assert_eq!(read(&json!({ "cases": 3 })), Err(NoReport::Another));
        assert_eq!(Report::read(b"\xff{"), Err(NoReport::Another));
        let changed = |pointer: &str, to: Value| {
            let mut value = written();
            *value.pointer_mut(pointer).expect("it is there") = to;
            read(&value)
        };
        assert_eq!(changed("/firstline_migration_report", json!(2)), Err(NoReport::Form(2)));
        for (pointer, to, why) in [
            ("/totals/whole", json!(1), "do not come to `cases`"),
            ("/totals/attachments", json!(u64::MAX), "nobody counted"),
            ("/totals/cases", json!(-1), "invalid value"),
            ("/made_at", json!("yesterday"), "`made_at` says nothing"),
            ("/tool/version", json!(""), "`tool.version` says nothing"),
            ("/source", json!("TestRail"), "invalid type"),
        ] {
            match changed(pointer, to) {
                Err(NoReport::Broken(said)) => assert!(said.contains(why), "{pointer}: {said}"),
                other => panic!("{pointer}: {other:?}"),
            }
        }
    }

    #[test]
    fn req_6_what_a_report_says_of_losses_is_bounded() {
        let mut value = written();
        let many = (0..500).map(|n| json!({ "what": format!("loss\n{n} {}", "x".repeat(500)), "cases": n }));
        value["losses"] = many.collect();
        let losses = read(&value).expect("it is one").losses;
        assert!(losses.len() == LOSSES && losses.iter().all(|loss| loss.what.len() <= 80 && !loss.what.contains('\n')));
        assert_eq!(Report::read(&vec![b' '; MOST_BYTES + 1]), Err(NoReport::Another));
    }

    proptest! {
        #[test]
        fn req_6_no_bytes_make_the_reader_fall(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = Report::read(&bytes);
        }

        #[test]
        fn req_6_whatever_one_field_becomes_the_parts_come_to_the_whole(
            field in prop::sample::select(vec!["cases", "whole", "with_losses", "left_out", "attachments"]),
            count in any::<u64>(),
        ) {
            let mut value = written();
            value["totals"][field] = json!(count);
            if let Ok(report) = read(&value) {
                let Totals { cases, whole, with_losses, left_out, .. } = report.totals;
                prop_assert_eq!(whole + with_losses + left_out, cases);
            }
        }
    }
}
