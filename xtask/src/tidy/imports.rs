//! Which crate may depend on which, and which feature of the desk may call which: the tables of ARCHITECTURE.md.

use std::collections::BTreeMap;

use anyhow::{Context, Result};

use super::{Fault, File};
use crate::{place::Place, process};

/// Ours that a crate may import, and others that it never may.
const CRATES: &[(&str, &[&str], &[&str])] = &[
    ("rules", &[], &["tokio", "sqlx", "sea-orm", "axum", "rand", "lettre"]),
    ("words", &["rules"], &["tokio", "sqlx", "sea-orm", "axum", "rand", "lettre"]),
    ("store", &["rules"], &["axum", "lettre", "fluent-bundle", "askama"]),
    ("desk", &["rules", "store"], &["axum", "sqlx", "sea-orm", "lettre", "askama", "comrak", "fluent-bundle"]),
    ("mail", &["rules", "words", "desk"], &["sqlx", "sea-orm", "axum", "askama"]),
    ("web", &["rules", "words", "desk"], &["sqlx", "sea-orm", "lettre"]),
    ("world", &["rules", "desk", "store"], &["axum", "sqlx", "sea-orm", "lettre", "askama"]),
    ("testkit", &["rules", "words", "store", "desk", "mail", "web", "firstline", "world"], &["sqlx", "sea-orm"]),
    ("faults", &["rules", "store", "desk", "mail", "web", "firstline", "world"], &["sqlx", "sea-orm"]),
    ("firstline", &["rules", "words", "store", "desk", "mail", "web", "world"], &["sqlx", "sea-orm", "askama"]),
    ("xtask", &[], &["tokio", "axum", "sqlx", "sea-orm"]),
];

/// The features of the desk: one calls only those of its own group and of the groups before it.
const FEATURES: &[&[&str]] = &[
    &["policy", "settings", "people"],
    &["licences", "releases", "installed", "attachments"],
    &["tickets"],
    &["live", "bugs", "intake", "logs", "mail", "migration", "knowledge", "forum", "chat"],
    &["sla", "views", "search", "push"],
    &["tracker"],
    &["automation", "notifications", "webhooks", "reports", "audit", "exports", "work", "teams", "opening"],
    &["bulk"],
];

/// A crate of the workspace and the names that it depends on, tests apart.
pub(super) type Crates = BTreeMap<String, Vec<String>>;

/// What the manifests say.
pub(super) fn read(place: &Place) -> Result<Crates> {
    let asked = process::read(&mut place.cargo(&["metadata", "--no-deps", "--locked", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&asked).context("`cargo metadata` is JSON")?;
    let packages = metadata["packages"].as_array().context("`cargo metadata` lists packages")?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let normal = |package: &serde_json::Value| {
        let all = package["dependencies"].as_array().into_iter().flatten();
        all.filter(|dependency| dependency["kind"] != "dev").map(|dependency| text(&dependency["name"])).collect()
    };
    Ok(packages.iter().map(|package| (text(&package["name"]), normal(package))).collect())
}

/// Dependencies against the table.
pub(super) fn crates(crates: &Crates) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, dependencies) in crates {
        let path = format!("crates/{name}/Cargo.toml");
        let mut fault = |why| faults.push(Fault { path: path.clone(), line: 0, why });
        let Some((_, ours, never)) = CRATES.iter().find(|(known, ..)| known == name) else {
            fault(format!(
                "`{name}` is not in the table of crates: say in ARCHITECTURE.md and here what it may import"
            ));
            continue;
        };
        for dependency in dependencies.iter().map(String::as_str) {
            let is_ours = crates.contains_key(dependency);
            if (is_ours && !ours.contains(&dependency)) || never.contains(&dependency) {
                fault(format!("`{name}` may not import `{dependency}` (table of ARCHITECTURE.md)"));
            }
        }
    }
    faults
}

/// Calls between the desk's features that go to the right.
pub(super) fn features(file: &File) -> Vec<Fault> {
    let Some(inside) = file.path.strip_prefix("crates/desk/src/") else {
        return Vec::new();
    };
    let feature = inside.split(['/', '.']).next().unwrap_or_default();
    let Some(own) = group(feature) else {
        return Vec::new();
    };
    file.faults_by_line(|line| {
        let called =
            line.split("crate::").skip(1).flat_map(names).find(|name| group(name).is_some_and(|of| of > own))?;
        Some(format!(
            "`{feature}` may not call `{called}`: effects in that direction travel as events through reactions.rs"
        ))
    })
}

fn group(feature: &str) -> Option<usize> {
    FEATURES.iter().position(|group| group.contains(&feature))
}

/// The modules named right behind `crate::`: `tickets::open` or `{tickets::open, sla}`.
fn names(rest: &str) -> Vec<&str> {
    let list = rest.strip_prefix('{').map_or(vec![rest], |list| list.split(',').collect());
    let first = |path: &'_ str| path.trim().find(|c: char| !(c.is_alphanumeric() || c == '_'));
    list.into_iter().map(|path| &path.trim()[..first(path).unwrap_or(path.trim().len())]).collect()
}
