//! Looks a desk over: configuration, folder, database, disk, mail, queue, search, time, policy. Reads, and changes nothing but a
//! file that it writes to measure the disk. One file for each thing that is looked at; how findings are printed is the
//! command's.

mod configuration;
mod database;
mod disk;
mod folder;
mod mail;
mod queue;
mod search;
mod time;
mod tracker;

use serde::Serialize;

use crate::config::Config;

/// How it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Verdict {
    Ok,
    /// It works; somebody should know or do something.
    Warn,
    /// It does not work, or promises are not kept.
    Fail,
}

/// One thing that was looked at.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Finding {
    pub(crate) verdict: Verdict,
    /// What was looked at.
    pub(crate) what: &'static str,
    /// What was found.
    pub(crate) why: String,
    /// What to do now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) now: Option<String>,
}

impl Finding {
    pub(crate) fn ok(what: &'static str, why: impl Into<String>) -> Self {
        Self { verdict: Verdict::Ok, what, why: why.into(), now: None }
    }

    pub(crate) fn warn(what: &'static str, why: impl Into<String>, now: impl Into<String>) -> Self {
        Self { verdict: Verdict::Warn, what, why: why.into(), now: Some(now.into()) }
    }

    pub(crate) fn fail(what: &'static str, why: impl Into<String>, now: impl Into<String>) -> Self {
        Self { verdict: Verdict::Fail, what, why: why.into(), now: Some(now.into()) }
    }
}

/// Looks at everything, in the order in which one thing stands on another.
pub(crate) async fn examine(config: &Config) -> Vec<Finding> {
    let mut findings = configuration::look(config);
    findings.extend(folder::look(config).await);
    findings.extend(disk::look(config));
    let (found, health) = database::look(config).await;
    findings.extend(found);
    if let Some(health) = health {
        findings.extend(queue::look(config).await);
        findings.extend(search::look(config).await);
        findings.extend(tracker::look(config).await);
        findings.extend(time::look(config, health.clock).await);
    }
    findings.push(mail::look(config).await);
    findings
}
