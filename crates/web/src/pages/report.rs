//! A report of a dry run beside a migration request (REQ-6).

use askama::Template;

use super::html::parts;

#[derive(Clone, Debug, Template)]
#[template(path = "parts/report.html")]
pub struct Report {
    /// The file that it came as.
    pub file: i64,
    pub name: String,
    pub said: Said,
}

#[derive(Clone, Debug)]
pub enum Said {
    /// "1200 test cases in TestRail 8.0.3", then each number with what it counts; by which tool, and when.
    Read { headline: String, counts: Vec<(String, String)>, made: String },
    /// Why it cannot be read.
    Unread(String),
}

parts!(Report);

impl Report {
    pub(crate) fn sample() -> Self {
        let count = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let counts = vec![
            count("come along whole", "1100"),
            count("with losses", "80"),
            count("not at all", "20"),
            count("nested tables", "68"),
        ];
        let (headline, made) = ("1200 test cases in TestRail 8.0.3".into(), "by tool 2.4.0, Fri 20 Nov 16:40".into());
        Self { file: 3, name: "report.json".into(), said: Said::Read { headline, counts, made } }
    }
}
