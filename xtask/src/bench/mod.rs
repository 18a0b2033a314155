//! `cargo xtask bench`: builds the binary as it is released, has it make worlds and measure itself on them, and writes
//! what came out. Decides sizes and order; what is measured is `firstline bench`'s, what is aimed at is `aims`'.

mod aims;
mod summary;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    front,
    place::Place,
    process::{run, say, step},
};

/// Requests of the worlds, unless sizes are given.
const SIZES: [u64; 2] = [10_000, 1_000_000];

/// What was asked for.
#[derive(Debug, Default)]
struct Asked {
    sizes: Vec<u64>,
    /// All of them unless named.
    sections: Vec<String>,
}

/// Measures, prints a table, and, when everything was measured, now or before, writes `docs/performance.md`. One section of
/// all sizes after the other: what grows is told within minutes, as the machine's own speed changes within the hour.
pub(crate) fn measure(place: &Place, arguments: &[String]) -> Result<()> {
    let asked = read(arguments)?;
    let binary = build(place)?;
    let out = |size: &u64| place.target.join(format!("bench/{size}.json"));
    let all = aims::sections();
    let sections =
        if asked.sections.is_empty() { all.clone() } else { asked.sections.iter().map(String::as_str).collect() };
    for section in sections {
        for size in &asked.sizes {
            step(&format!("{section}, {size} requests"), || {
                let mut bench = Command::new(&binary);
                bench.current_dir(&place.root).args(["bench", "--section", section]);
                bench.arg("--world").arg(place.target.join(format!("bench/world-{size}")));
                run(bench.arg("--requests").arg(size.to_string()).arg("--out").arg(out(size)))
            })?;
        }
    }
    let reports = asked.sizes.iter().map(|size| Ok((*size, report(&out(size))?))).collect::<Result<Vec<_>>>()?;
    let table = summary::table(&reports);
    say(format_args!("\n{table}"));
    let is_whole =
        reports.iter().all(|(_, report)| all.iter().all(|section| report["sections"].get(section).is_some()));
    if is_whole {
        let mut command = format!("`{}`", format!("cargo xtask bench {}", arguments.join(" ")).trim());
        if !asked.sections.is_empty() {
            command += ", and the other sections before it";
        }
        let text = summary::page(&table, &summary::machine()?, &command);
        fs::write(place.at("docs/performance.md"), text).context("write docs/performance.md")?;
        say("docs/performance.md was written");
    }
    Ok(())
}

fn read(arguments: &[String]) -> Result<Asked> {
    let mut asked = Asked::default();
    for pair in arguments.chunks(2) {
        match pair {
            [name, value] if name == "--sizes" => {
                let sizes = value.split(',').map(|size| size.trim().parse().context("sizes are numbers of requests"));
                asked.sizes = sizes.collect::<Result<_>>()?;
            }
            [name, value] if name == "--section" => asked.sections.extend(value.split(',').map(str::to_owned)),
            _ => bail!("say `cargo xtask bench [--sizes 10000,1000000] [--section queue,request]`"),
        }
    }
    if asked.sizes.is_empty() {
        asked.sizes = SIZES.to_vec();
    }
    Ok(asked)
}

/// The binary, without its symbols as in a release; the one with them stays beside for profilers.
fn build(place: &Place) -> Result<PathBuf> {
    front::build(place)?;
    step("build firstline to be measured", || {
        run(&mut place.cargo(&["build", "--locked", "--profile", "measured", "--package", "firstline"]))
    })?;
    let folder = place.target.join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("make {}", folder.display()))?;
    let binary = folder.join("firstline");
    run(Command::new("strip").arg("-o").arg(&binary).arg(place.target.join("measured/firstline")))?;
    Ok(binary)
}

fn report(file: &Path) -> Result<Value> {
    let text = fs::read_to_string(file).with_context(|| format!("read {}", file.display()))?;
    serde_json::from_str(&text).context("the figures are JSON")
}
