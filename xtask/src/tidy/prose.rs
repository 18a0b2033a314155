//! Rules on any text: nothing unfinished is shipped, and no file names a place that only one machine has.

use super::{Fault, File};

/// Words that promise instead of working. (`todo!`, `dbg!` and the like are clippy's.)
pub(super) fn unfinished(file: &File) -> Vec<Fault> {
    const WORDS: &[&str] = &["coming soon", "lorem ipsum", "not yet implemented", "fixme"];
    if file.is_tidy_itself() || file.is_generated() {
        return Vec::new();
    }
    file.faults_by_line(|line| {
        let lower = line.to_lowercase();
        let word = WORDS.iter().find(|word| lower.contains(*word))?;
        Some(format!("\"{word}\": a thing appears with its feature and not before"))
    })
}

/// Hosts of package registries, folders of one machine, and lock files that point to where packages came from.
pub(super) fn places(file: &File) -> Vec<Fault> {
    const PLACES: &[&str] = &[
        "registry.npmjs.org",
        "index.crates.io",
        "static.crates.io",
        "//crates.io",
        "//pypi.org",
        "deb.debian.org",
        "/Users/",
        "/root/",
        "/work/",
    ];
    if file.is_tidy_itself() {
        return Vec::new();
    }
    file.faults_by_line(|line| {
        if let Some(place) = PLACES.iter().find(|place| line.contains(*place)) {
            return Some(format!(
                "`{place}` is a place of one machine or registry: leave it to the tools' configuration"
            ));
        }
        let resolved = file.path.ends_with("package-lock.json") && line.trim_start().starts_with("\"resolved\"");
        resolved
            .then(|| "`resolved` pins a registry: install with omit-lockfile-registry-resolved=true in .npmrc".into())
    })
}
