//! The house rules that a machine can check, as a ratchet: each check reads the tracked files and names
//! place, fault and way out. What clippy checks already (unwrap, todo, dbg, function length in Rust,
//! parameters) is left to clippy; that every crate takes those lints is checked here.

mod imports;
mod prose;
mod shown;
mod sizes;
mod source;
mod templates;

use std::{fs, process::Command};

use anyhow::{Context, Result, bail};

pub(crate) use shown::tests_of;

use crate::{
    place::Place,
    process::{self, say},
    rules,
};

/// A tracked text file; its path is relative to the root.
#[derive(Debug)]
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// What is wrong at a place, and what to do instead.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) path: String,
    /// From 1; 0 for the whole file.
    pub(crate) line: usize,
    pub(crate) why: String,
}

/// Runs every check and prints all faults before failing.
pub(crate) fn check(place: &Place) -> Result<()> {
    let files = files(place)?;
    let mut faults: Vec<Fault> = files.iter().flat_map(faults_of).collect();
    faults.extend(imports::crates(&imports::read(place)?));
    faults.extend(shown::by_tests(&files));
    for fault in &faults {
        say(format_args!("{}:{}: {}", fault.path, fault.line, fault.why));
    }
    if !faults.is_empty() {
        bail!("{} things are not tidy", faults.len());
    }
    rules::unchanged(place, &files)?;
    say(format_args!("{} files are tidy", files.len()));
    Ok(())
}

fn faults_of(file: &File) -> Vec<Fault> {
    let checks: [fn(&File) -> Vec<Fault>; 11] = [
        sizes::file,
        sizes::functions,
        source::module_docs,
        source::lints,
        source::sql_outside_the_store,
        source::sleeping_or_ignored_tests,
        source::expected_unwrap,
        imports::features,
        templates::inline_code,
        prose::unfinished,
        prose::places,
    ];
    checks.iter().flat_map(|check| check(file)).collect()
}

/// What git tracks or would track, as far as it is text.
pub(crate) fn files(place: &Place) -> Result<Vec<File>> {
    let listed = process::read(Command::new("git").current_dir(&place.root).args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]))?;
    let mut files = Vec::new();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        let whole = place.at(path);
        if !whole.is_file() {
            continue; // deleted in the working tree, not yet in the index
        }
        let bytes = fs::read(&whole).with_context(|| format!("read {path}"))?;
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(File { path: path.to_owned(), text });
        }
    }
    Ok(files)
}

impl File {
    fn fault(&self, line: usize, why: impl Into<String>) -> Fault {
        Fault { path: self.path.clone(), line, why: why.into() }
    }

    /// A fault for each line of which `wrong` has something to say.
    fn faults_by_line(&self, wrong: impl Fn(&str) -> Option<String>) -> Vec<Fault> {
        let lines = self.text.lines().enumerate();
        lines.filter_map(|(at, line)| wrong(line).map(|why| self.fault(at + 1, why))).collect()
    }

    fn has_extension(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    fn is_rust(&self) -> bool {
        self.has_extension(&["rs"])
    }

    /// The checks spell out what they forbid.
    fn is_tidy_itself(&self) -> bool {
        self.path.starts_with("xtask/src/tidy/")
    }

    /// Written by a program, or somebody else's text kept as it is.
    fn is_generated(&self) -> bool {
        self.path.contains("generated") || self.has_extension(&["snap", "lock"]) || self.path.ends_with("-lock.json")
    }
}

#[cfg(test)]
mod tests;
