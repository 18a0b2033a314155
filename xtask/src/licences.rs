//! Licences, bans and sources of every dependency, read from `cargo metadata` against deny.toml, whose
//! sections `cargo deny` reads alike; building that program would cost CI more than the whole check.

use std::{collections::BTreeSet, fs, process::Command};

use anyhow::{Context, Result, bail};

use crate::{
    place::Place,
    process::{self, say},
};

/// What deny.toml allows and forbids.
#[derive(Debug)]
struct Lists {
    licences: BTreeSet<String>,
    banned: BTreeSet<String>,
    sources: BTreeSet<String>,
}

/// A dependency, as far as the lists speak of it.
#[derive(Debug)]
struct Dependency {
    name: String,
    licence: Option<String>,
    source: String,
}

/// Checks all dependencies of this platform and prints every fault before failing.
pub(crate) fn check(place: &Place) -> Result<()> {
    let lists = Lists::read(&fs::read_to_string(place.at("deny.toml")).context("read deny.toml")?)?;
    let dependencies = dependencies(place)?;
    let faults: Vec<String> = dependencies.iter().flat_map(|dependency| lists.faults(dependency)).collect();
    for fault in &faults {
        say(fault);
    }
    if !faults.is_empty() {
        bail!("{} dependencies are not as deny.toml wants them", faults.len());
    }
    say(format_args!("{} dependencies are as deny.toml wants them", dependencies.len()));
    Ok(())
}

impl Lists {
    fn read(text: &str) -> Result<Self> {
        let file: toml::Table = text.parse().context("deny.toml is TOML")?;
        let texts = |section: &str, key: &str, field: Option<&str>| -> Result<BTreeSet<String>> {
            let list = file.get(section).and_then(|section| section.get(key)).and_then(toml::Value::as_array);
            let list = list.with_context(|| format!("deny.toml has no list `{section}.{key}`"))?;
            let of = |value: &toml::Value| field.map_or(Some(value), |field| value.get(field)).cloned();
            Ok(list.iter().filter_map(of).filter_map(|value| value.as_str().map(str::to_owned)).collect())
        };
        Ok(Self {
            licences: texts("licenses", "allow", None)?,
            banned: texts("bans", "deny", Some("crate"))?,
            sources: texts("sources", "allow-registry", None)?,
        })
    }

    fn faults(&self, dependency: &Dependency) -> Vec<String> {
        let Dependency { name, licence, source } = dependency;
        let mut faults = Vec::new();
        if self.banned.contains(name) {
            faults.push(format!("{name} is banned"));
        }
        if !source.strip_prefix("registry+").is_some_and(|registry| self.sources.contains(registry)) {
            faults.push(format!("{name} comes from {source}, which is no source that we allow"));
        }
        match licence {
            None => faults.push(format!("{name} names no licence")),
            Some(licence) if !self.permits(licence) => faults.push(format!("{name}: licence {licence}")),
            Some(_) => {}
        }
        faults
    }

    /// Whether an SPDX expression can be met with the licences allowed. `/` is the old way to write OR.
    fn permits(&self, expression: &str) -> bool {
        let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut at = 0;
        self.either(&words, &mut at) && at == words.len()
    }

    fn either(&self, words: &[&str], at: &mut usize) -> bool {
        let mut permitted = self.both(words, at);
        while words.get(*at) == Some(&"OR") {
            *at += 1;
            // Evaluated first: every part must be read to reach the next.
            permitted = self.both(words, at) || permitted;
        }
        permitted
    }

    fn both(&self, words: &[&str], at: &mut usize) -> bool {
        let mut permitted = self.one(words, at);
        while words.get(*at) == Some(&"AND") {
            *at += 1;
            permitted = self.one(words, at) && permitted;
        }
        permitted
    }

    fn one(&self, words: &[&str], at: &mut usize) -> bool {
        let Some(word) = words.get(*at) else {
            return false;
        };
        *at += 1;
        if *word == "(" {
            let permitted = self.either(words, at);
            *at += 1;
            return permitted;
        }
        if let [_, "WITH", exception, ..] = words[*at - 1..] {
            *at += 2;
            return self.licences.contains(&format!("{word} WITH {exception}"));
        }
        self.licences.contains(*word)
    }
}

/// Everything that is compiled on this platform, tests included. `cargo metadata` also lists what no chosen
/// feature needs, so `cargo tree` says which of it is real.
fn dependencies(place: &Place) -> Result<Vec<Dependency>> {
    let compiler = process::read(Command::new("rustc").arg("-vV"))?;
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc names its host")?;
    let all = ["tree", "--locked", "--workspace", "--target", host, "--prefix", "none", "--format", "{p}"];
    let tree = process::read(&mut place.cargo(&all))?;
    let real: BTreeSet<(&str, &str)> = tree.lines().filter_map(name_and_version).collect();
    let asked = ["metadata", "--locked", "--format-version", "1", "--filter-platform", host];
    let metadata: serde_json::Value = serde_json::from_str(&process::read(&mut place.cargo(&asked))?)?;
    let packages = metadata["packages"].as_array().context("`cargo metadata` lists packages")?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let listed = packages.iter().filter(|package| package["source"].is_string());
    let built = listed.filter(|package| real.contains(&(&*text(&package["name"]), &*text(&package["version"]))));
    let dependency = |package: &serde_json::Value| Dependency {
        name: text(&package["name"]),
        licence: package["license"].as_str().map(str::to_owned),
        source: text(&package["source"]),
    };
    Ok(built.map(dependency).collect())
}

/// Reads `serde v1.0.2 (proc-macro)`.
fn name_and_version(line: &str) -> Option<(&str, &str)> {
    let mut words = line.split(' ');
    Some((words.next()?, words.next()?.strip_prefix('v')?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists() -> Lists {
        Lists::read(
            "[licenses]\nallow = ['MIT', 'Apache-2.0 WITH LLVM-exception', 'ISC']\n\
             [bans]\ndeny = [{ crate = 'ring' }]\n[sources]\nallow-registry = ['index']\n",
        )
        .unwrap()
    }

    #[test]
    fn licence_expressions_are_read() {
        for (expression, permitted) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("MIT/GPL-3.0", true),
            ("GPL-3.0 OR MIT", true),
            ("MIT AND GPL-3.0", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-3.0", true),
            ("(GPL-3.0 OR MIT) AND ISC", true),
            ("(GPL-3.0 OR BSD) AND ISC", false),
            ("MIT ISC", false),
            ("", false),
        ] {
            assert_eq!(lists().permits(expression), permitted, "{expression}");
        }
    }

    #[test]
    fn a_line_of_the_tree_is_read() {
        assert_eq!(name_and_version("serde v1.0.2 (proc-macro)"), Some(("serde", "1.0.2")));
        assert_eq!(name_and_version(""), None);
    }

    #[test]
    fn bans_sources_and_missing_licences_are_named() {
        let ring = Dependency { name: "ring".into(), licence: None, source: "git+somewhere".into() };
        assert_eq!(
            lists().faults(&ring),
            [
                "ring is banned",
                "ring comes from git+somewhere, which is no source that we allow",
                "ring names no licence"
            ]
        );
        let good = Dependency { name: "jiff".into(), licence: Some("MIT".into()), source: "registry+index".into() };
        assert!(lists().faults(&good).is_empty());
    }
}
