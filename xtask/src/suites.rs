//! The workspace's tests: built once, then run crate by crate in the order that CI wants, counted.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{
    place::Place,
    process::{self, say},
};

/// A built test program and the crate's folder, where it runs.
#[derive(Debug)]
struct Suite {
    program: PathBuf,
    folder: PathBuf,
}

/// All test programs, by crate. Crates are built together, so that every crate is compiled once.
#[derive(Debug)]
pub(crate) struct Suites {
    by_crate: BTreeMap<String, Vec<Suite>>,
    passed: u64,
}

impl Suites {
    pub(crate) fn build(place: &Place) -> Result<Self> {
        let arguments = ["test", "--workspace", "--locked", "--no-run", "--message-format=json-render-diagnostics"];
        let messages = process::read_while_talking(&mut place.cargo(&arguments))?;
        let mut by_crate: BTreeMap<String, Vec<Suite>> = BTreeMap::new();
        for line in messages.lines() {
            let message: serde_json::Value = serde_json::from_str(line).context("cargo's messages are JSON")?;
            if let (Some(program), true) = (message["executable"].as_str(), message["profile"]["test"] == true) {
                let manifest = PathBuf::from(message["manifest_path"].as_str().context("cargo names the manifest")?);
                let folder = manifest.parent().context("a manifest lies in a folder")?.to_owned();
                let name = folder.file_name().context("a crate's folder has a name")?.to_string_lossy().into_owned();
                by_crate.entry(name).or_default().push(Suite { program: program.into(), folder });
            }
        }
        Ok(Self { by_crate, passed: 0 })
    }

    /// Runs all tests of the crates named, with `variables` set. A crate is run once: the next call that
    /// names it has nothing left to run.
    pub(crate) fn run(&mut self, crates: &[&str], variables: &[(&'static str, OsString)]) -> Result<()> {
        for name in crates {
            for suite in self.by_crate.remove(*name).unwrap_or_default() {
                self.passed += suite.run(variables)?;
            }
        }
        Ok(())
    }

    /// Fails when a crate has tests that no step ran; otherwise says how many passed.
    pub(crate) fn finish(self) -> Result<()> {
        if !self.by_crate.is_empty() {
            bail!("no step of `cargo xtask test` runs the tests of {:?}", self.by_crate.keys());
        }
        say(format_args!("\n{} passed, 0 failed", self.passed));
        Ok(())
    }
}

impl Suite {
    /// The number of tests that passed; an error when one failed.
    fn run(&self, variables: &[(&'static str, OsString)]) -> Result<u64> {
        let mut child = Command::new(&self.program)
            .current_dir(&self.folder)
            .env("CARGO_MANIFEST_DIR", &self.folder)
            .env("INSTA_UPDATE", "no")
            .envs(variables.iter().cloned())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("start {}", self.program.display()))?;
        let mut passed = None;
        for line in BufReader::new(child.stdout.take().context("the output is ours")?).lines() {
            let line = line?;
            passed = passed_in(&line).or(passed);
            say(line);
        }
        let status = child.wait()?;
        match passed {
            Some(passed) if status.success() => Ok(passed),
            _ => bail!("tests of {} failed ({status})", self.folder.display()),
        }
    }
}

/// Reads `test result: ok. 12 passed; 0 failed; …`.
fn passed_in(line: &str) -> Option<u64> {
    line.strip_prefix("test result: ok. ")?.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::passed_in;

    #[test]
    fn the_closing_line_is_counted() {
        assert_eq!(passed_in("test result: ok. 12 passed; 0 failed; 0 ignored"), Some(12));
        assert_eq!(passed_in("test result: FAILED. 11 passed; 1 failed"), None);
    }
}
