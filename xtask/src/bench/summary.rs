//! The table of figures, and the page that it stands on.

use std::{fmt::Write, fs, process::Command};

use anyhow::{Context, Result};
use serde_json::Value;

use super::aims::{Aim, LINES, Line};
use crate::process;

/// Where and when it was measured.
#[derive(Debug)]
pub(super) struct Machine {
    date: String,
    processor: String,
    cores: usize,
    memory_gb: u64,
    load: String,
}

pub(super) fn machine() -> Result<Machine> {
    let read = |file: &str| fs::read_to_string(file).with_context(|| format!("read {file}"));
    let after = |text: &str, name: &str| {
        let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        line.split_once(':').map_or_else(String::new, |(_, value)| value.trim().to_owned())
    };
    let processors = read("/proc/cpuinfo")?;
    let memory = after(&read("/proc/meminfo")?, "MemTotal");
    let kibibytes: u64 = memory.trim_end_matches(" kB").parse().context("the machine's memory")?;
    Ok(Machine {
        date: process::read(Command::new("date").args(["-u", "+%Y-%m-%d %H:%M UTC"]))?.trim().to_owned(),
        processor: after(&processors, "model name"),
        cores: processors.lines().filter(|line| line.starts_with("processor")).count(),
        memory_gb: kibibytes * 1024 / 1_000_000_000,
        load: read("/proc/loadavg")?.split(' ').take(3).collect::<Vec<_>>().join(", "),
    })
}

/// Figures of each size beside each other, with what is aimed at.
pub(super) fn table(reports: &[(u64, Value)]) -> String {
    let mut table = String::from("| what |");
    for (size, _) in reports {
        let _ = write!(table, " {size} requests |");
    }
    table.push_str(" growth | aim | met |\n|---|");
    table.push_str(&"---:|".repeat(reports.len() + 1));
    table.push_str("---|---|\n");
    for line in LINES {
        let figures: Vec<Option<f64>> =
            reports.iter().map(|(_, report)| report["sections"][line.section][line.figure].as_f64()).collect();
        if figures.iter().all(Option::is_none) {
            continue;
        }
        let _ = write!(table, "| {} |", line.name);
        for figure in &figures {
            let _ = write!(table, " {} |", figure.map_or_else(|| "–".to_owned(), |figure| figure.to_string()));
        }
        let growth = growth(&figures);
        let shown = growth.map_or_else(String::new, |growth| format!("{growth:.2}"));
        let _ = writeln!(table, " {shown} | {} | {} |", aim(line), met(line, &figures, growth));
    }
    table
}

fn growth(figures: &[Option<f64>]) -> Option<f64> {
    match figures {
        [Some(first), .., Some(last)] if *first > 0.0 => Some(last / first),
        _ => None,
    }
}

fn aim(line: &Line) -> String {
    match line.aim {
        Aim::AtMost(most) => format!("≤ {most}"),
        Aim::AtLeast(least) => format!("≥ {least}"),
        Aim::Growth(most) => format!("growth ≤ {most}"),
        Aim::None => String::new(),
    }
}

/// By the largest world.
fn met(line: &Line, figures: &[Option<f64>], growth: Option<f64>) -> &'static str {
    let last = figures.last().copied().flatten();
    let is_met = match line.aim {
        Aim::AtMost(most) => last.map(|figure| figure <= most),
        Aim::AtLeast(least) => last.map(|figure| figure >= least),
        Aim::Growth(most) => growth.map(|growth| growth <= most),
        Aim::None => None,
    };
    match is_met {
        Some(true) => "yes",
        Some(false) => "**no**",
        None => "",
    }
}

pub(super) fn page(table: &str, machine: &Machine, command: &str) -> String {
    let Machine { date, processor, cores, memory_gb, load } = machine;
    format!(
        "# Performance\n\n\
         Written by `cargo xtask bench`; run it to see the figures of your machine. One section alone, with its table in \
         the terminal: `cargo xtask bench --section queue`. Worlds are kept in `target/bench`, figures beside them as \
         JSON.\n\n\
         Measured {date} on {cores} cores ({processor}), {memory_gb} GB of memory; load average at the end {load}. The \
         machine was not this program's alone. Command: {command}.\n\n\
         {table}\n\
         ## How it is measured\n\n\
         - **Worlds** hold three messages a request, over three years; most requests are closed, up to four thousand stand \
         open. They are written in bulk by `world::bulk`, which a test compares with the verbs row by row. Mails are kept \
         without their bytes, and there are no files.\n\
         - **Pages**: `firstline serve` runs as a process of its own on SQLite. One client with a session asks over HTTP, \
         with the compression that browsers ask for, one page after another: each address once and at least 300 to warm up, \
         then 3000. The queue is asked for by ten agents in turn; requests are a thousand from all over the world. \"The \
         first time since long\" is their warm-up: most of it comes from the disk as far as the system's cache does not \
         hold the world (5.8 GB at a million requests), so it shows the disk. Rates are of 4 clients that share the \
         machine with the server.\n\
         - **Queries alone** are what the handler asked the database, each different question once, asked again by one \
         process through the same connections; the ratio is p50 to p50, and beside it processor time to processor time, which \
         does not depend on who else uses the machine.\n\
         - **Why the ratio is above 2**: since the embedded database answers on the thread that asks, the queries of a page \
         take about 1 ms (they took 4 to 5), while the page takes what it took. Of 5.5 ms for a request's page (by hand, \
         2026-11-28, a million requests), 2.4 are the request itself, as a row that is opened beside its list asks for it; \
         the rest is the list of 50 rows and the frame. By `perf record --call-graph dwarf` of the queue: a third SQLite, 14 % \
         the clock strips (half of it their sentences, which are each strip's accessible name); the rest HTTP, templates, \
         compression and memory. Twice the queries would be less than the strips and HTTP take alone.\n\
         - **Filing and replying**: 16 clients for 10 s, each waiting for its answer; mails go to a server that takes them \
         at once. Processor time includes sending them. Worlds above 1 GB are written in where they stand, smaller ones in \
         a copy.\n\
         - **Sweep**: what the schedule asks before it rests, as the world stands and with every clock of it running: \
         one step down an index each. Both are tenths of a millisecond, so that their growth is that of the index and of \
         what the machine did besides.\n\
         - **Memory** is `Anonymous` of `/proc/PID/smaps_rollup`: without mapped files, which the system takes back. Load \
         is 16 clients on queue and request pages.\n\
         - **Binary**: profile `measured`, without symbols; the release profile gives a smaller one.\n"
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::table;

    #[test]
    fn figures_stand_beside_their_aim() {
        let report = |p50: f64, p99: f64| json!({ "sections": { "queue": { "p50_ms": p50, "p99_ms": p99 } } });
        let table = table(&[(10, report(2.0, 4.0)), (100, report(5.0, 8.0))]);
        assert!(table.contains("| queue page, p50, ms | 2 | 5 | 2.50 | growth ≤ 1.5 | **no** |"), "{table}");
        assert!(table.contains("| queue page, p99, ms | 4 | 8 | 2.00 | ≤ 10 | yes |"), "{table}");
        assert!(!table.contains("support"), "what was not measured has no line");
    }
}
