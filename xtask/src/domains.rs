//! `cargo xtask domains`: makes the lists of public and of disposable mail domains anew, from the newest
//! npm packages that carry them and from `own.txt`, into `crates/rules/data`. Decides what is taken over;
//! what a list means is `rules::people::lists`.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail, ensure};
use serde_json::Value;

use crate::{place::Place, process};

const DATA: &str = "crates/rules/data";

/// Where a list comes from: the package, the file in it (a JSON array of domains), the licence it must have.
struct Source {
    package: &'static str,
    file: &'static str,
    licence: &'static str,
}

const PUBLIC: Source = Source { package: "email-providers", file: "all.json", licence: "ISC" };
const DISPOSABLE: Source = Source {
    package: "disposable-email-domains-js",
    file: "dist/dict/disposable_email_blocklist.json",
    licence: "CC0-1.0",
};

/// A list as it came, and the version it came from.
struct Fetched {
    version: String,
    domains: BTreeSet<String>,
    left_out: usize,
}

/// What `own.txt` says.
#[derive(Default)]
struct Own {
    public: BTreeSet<String>,
    disposable: BTreeSet<String>,
    corporate: BTreeSet<String>,
}

/// Fetches, merges, writes, and says what it took over.
pub(crate) fn run(place: &Place) -> anyhow::Result<()> {
    let data = place.at(DATA);
    let work = place.target.join("domains");
    let own = read_own(&data.join("own.txt"))?;
    let public = fetch(&PUBLIC, &work)?;
    let disposable = fetch(&DISPOSABLE, &work)?;

    let refused = merge(&disposable.domains, &own.disposable, &[&own.public, &own.corporate]);
    let alone = merge(&public.domains, &own.public, &[&refused, &own.corporate]);
    write_list(&data.join("disposable.txt"), &refused)?;
    write_list(&data.join("public.txt"), &alone)?;
    let sources = format!(
        "{}{}",
        provenance("disposable.txt", &DISPOSABLE, &disposable, refused.len()),
        provenance("public.txt", &PUBLIC, &public, alone.len()),
    );
    fs::write(data.join("sources.txt"), &sources)?;
    process::say(sources.trim_end());
    Ok(())
}

/// `listed` and `more`, without what any of `without` holds.
fn merge(listed: &BTreeSet<String>, more: &BTreeSet<String>, without: &[&BTreeSet<String>]) -> BTreeSet<String> {
    listed.union(more).filter(|domain| without.iter().all(|set| !set.contains(*domain))).cloned().collect()
}

fn fetch(source: &Source, work: &Path) -> anyhow::Result<Fetched> {
    let package = unpack(source.package, work)?;
    let manifest = read_json(&package.join("package.json"))?;
    let licence = manifest["license"].as_str().unwrap_or("none");
    ensure!(
        licence == source.licence,
        "{} is now under {licence}, not {}: read its licence, then change xtask/src/domains.rs",
        source.package,
        source.licence
    );
    let version = manifest["version"].as_str().context("a package has a version")?.to_owned();
    let listed = read_json(&package.join(source.file))?;
    let listed = listed.as_array().with_context(|| format!("{} is no JSON array", source.file))?;
    let domains: BTreeSet<String> =
        listed.iter().filter_map(Value::as_str).filter(|domain| is_domain(domain)).map(str::to_owned).collect();
    ensure!(domains.len() > 1_000, "{} holds {} domains only", source.package, domains.len());
    Ok(Fetched { version, left_out: listed.len() - domains.len(), domains })
}

/// Downloads a package by npm, as any client would, and unpacks it; answers where.
fn unpack(package: &str, work: &Path) -> anyhow::Result<PathBuf> {
    let folder = work.join(package);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    process::read(Command::new("npm").args(["pack", "--silent", "--pack-destination"]).arg(&folder).arg(package))?;
    let tarball = fs::read_dir(&folder)?.next().context("npm packed nothing")??.path();
    process::read(Command::new("tar").arg("xzf").arg(tarball).arg("-C").arg(&folder))?;
    Ok(folder.join("package"))
}

fn read_json(path: &Path) -> anyhow::Result<Value> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    serde_json::from_str(&text).with_context(|| path.display().to_string())
}

fn read_own(path: &Path) -> anyhow::Result<Own> {
    let mut own = Own::default();
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    for (number, line) in text.lines().enumerate() {
        let words: Vec<&str> = line.split('#').next().unwrap_or_default().split_whitespace().collect();
        let place = || format!("{}:{}", path.display(), number + 1);
        let (class, domain) = match words[..] {
            [] => continue,
            [class, domain] => (class, domain),
            _ => bail!("{}: write `public DOMAIN`, `disposable DOMAIN` or `corporate DOMAIN`", place()),
        };
        ensure!(is_domain(domain), "{}: \"{domain}\" is no lower-case ASCII domain", place());
        let set = match class {
            "public" => &mut own.public,
            "disposable" => &mut own.disposable,
            "corporate" => &mut own.corporate,
            _ => bail!("{}: \"{class}\" is not public, disposable or corporate", place()),
        };
        ensure!(set.insert(domain.to_owned()), "{}: \"{domain}\" stands here twice", place());
    }
    Ok(own)
}

/// Lower-case ASCII labels with dots between, as `rules::people::Domain` spells them.
fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
    };
    text.contains('.') && text.split('.').all(label)
}

fn write_list(path: &Path, domains: &BTreeSet<String>) -> anyhow::Result<()> {
    let mut text = String::new();
    for domain in domains {
        text.push_str(domain);
        text.push('\n');
    }
    fs::write(path, text).with_context(|| path.display().to_string())
}

fn provenance(file: &str, source: &Source, fetched: &Fetched, kept: usize) -> String {
    format!(
        "{file}: npm {} {} ({}), {} domains read, {} left out as no domain; {kept} kept after own.txt\n",
        source.package,
        fetched.version,
        source.licence,
        fetched.domains.len(),
        fetched.left_out
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(domains: &[&str]) -> BTreeSet<String> {
        domains.iter().map(|domain| (*domain).to_owned()).collect()
    }

    #[test]
    fn what_is_kept_by_hand_wins_over_what_is_listed() {
        let kept = merge(&set(&["a.com", "b.com", "c.com"]), &set(&["d.com"]), &[&set(&["b.com"]), &set(&["c.com"])]);
        assert_eq!(kept, set(&["a.com", "d.com"]));
    }

    #[test]
    fn only_domains_are_taken_over() {
        assert!(is_domain("gmx.de") && is_domain("xn--bcher-kva.example"));
        for text in ["", "gmx", "Gmx.de", "gmx..de", "-gmx.de", "gmx.de\n", "bücher.example"] {
            assert!(!is_domain(text), "{text:?}");
        }
    }
}
