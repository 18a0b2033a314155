//! What is aimed at, on two shared cores with SQLite and a million requests.

/// A figure, how it is called, and what it should be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) section: &'static str,
    pub(super) figure: &'static str,
    pub(super) name: &'static str,
    pub(super) aim: Aim,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Aim {
    AtMost(f64),
    AtLeast(f64),
    /// From the smallest world to the largest.
    Growth(f64),
    /// Stands beside the others.
    None,
}

use Aim::{AtLeast, AtMost, Growth, None};

const fn line(section: &'static str, figure: &'static str, name: &'static str, aim: Aim) -> Line {
    Line { section, figure, name, aim }
}

/// What is measured, in the order of the table.
pub(super) fn sections() -> Vec<&'static str> {
    let mut sections: Vec<_> = LINES.iter().map(|line| line.section).collect();
    sections.dedup();
    sections
}

/// Every line of the table, in its order.
pub(super) const LINES: &[Line] = &[
    line("queue", "p50_ms", "queue page, p50, ms", Growth(1.5)),
    line("queue", "p99_ms", "queue page, p99, ms", AtMost(10.0)),
    line("queue", "ratio", "queue page, times its queries alone", AtMost(2.0)),
    line("queue", "cpu_ratio", "the same in processor time", None),
    line("queue", "queries_p50_ms", "its queries alone, p50, ms", None),
    line("queue", "queries", "its queries", None),
    line("queue", "cpu_ms", "processor time of one, ms", None),
    line("queue", "rate_per_s", "queue pages a second, 4 clients", None),
    line("request", "p50_ms", "request page, p50, ms", Growth(1.5)),
    line("request", "p99_ms", "request page, p99, ms", AtMost(10.0)),
    line("request", "first_p50_ms", "the first time since long, p50, ms", None),
    line("request", "first_p99_ms", "the first time since long, p99, ms", None),
    line("request", "ratio", "request page, times its queries alone", AtMost(2.0)),
    line("request", "cpu_ratio", "the same in processor time", None),
    line("request", "queries_p50_ms", "its queries alone, p50, ms", None),
    line("request", "queries", "its queries", None),
    line("request", "cpu_ms", "processor time of one, ms", None),
    line("request", "rate_per_s", "request pages a second, 4 clients", None),
    line("support", "p50_ms", "support page, p50, ms", None),
    line("support", "p99_ms", "support page, p99, ms", None),
    line("support", "rate_per_s", "support pages a second, 4 clients", None),
    line("suggestions", "p95_ms", "suggestions under a subject, p95, ms", AtMost(100.0)),
    line("suggestions", "p50_ms", "the same, p50, ms", None),
    line("suggestions", "search_p99_ms", "a search of the desk, common words too, p99, ms", AtMost(50.0)),
    line("suggestions", "search_p50_ms", "the same, p50, ms", None),
    line("suggestions", "asked_p99_ms", "a question in the filter language, of many and of few, p99, ms", AtMost(10.0)),
    line("suggestions", "asked_p50_ms", "the same, p50, ms", None),
    line("suggestions", "palette_p99_ms", "the palette by a few letters, p99, ms", AtMost(50.0)),
    line("suggestions", "palette_p50_ms", "the same, p50, ms", None),
    line("suggestions", "alike_p99_ms", "the same organisation's that look alike, p99, ms", AtMost(100.0)),
    line("suggestions", "alike_p50_ms", "the same, p50, ms", None),
    line("suggestions", "index_made_s", "making the index, s", None),
    line("suggestions", "index_mb", "the index, MB", None),
    line("filing", "rate_per_s", "filing, a second, 16 clients", AtLeast(1000.0)),
    line("filing", "p99_ms", "filing, p99, ms", AtMost(30.0)),
    line("filing", "disk_syncs_per_s", "the disk's own syncs a second then", None),
    line("filing", "cpu_ms", "processor time of one with its mails, ms", None),
    line("replying", "rate_per_s", "replying, a second, 16 clients", AtLeast(1000.0)),
    line("replying", "p99_ms", "replying, p99, ms", AtMost(30.0)),
    line("replying", "disk_syncs_per_s", "the disk's own syncs a second then", None),
    line("replying", "cpu_ms", "processor time of one with its mails, ms", None),
    line("telling", "seconds", "a fix settled for who reported it, the desk killed in the middle, s", AtMost(60.0)),
    line("telling", "requests", "requests of theirs", None),
    line("telling", "asked", "those that are asked to confirm", None),
    line("telling", "people", "people who are told", None),
    line("sweep", "look_p99_ms", "a look that finds nothing due, p99, ms", None),
    line("sweep", "look_at_all_running_p99_ms", "the same with every clock running, p99, ms", Growth(1.5)),
    line("sweep", "running_clocks", "clocks that run then", None),
    line("simulation", "seconds", "another policy tried on all requests, s", AtMost(20.0)),
    line("simulation", "us_each", "the same for one request, microseconds", None),
    line("policy", "check_p99_ms", "a changed policy checked, with what it would change, p99, ms", AtMost(100.0)),
    line("policy", "check_p50_ms", "the same, p50, ms", None),
    line("organisations", "list_p99_ms", "a hundred thousand organisations, their list, p99, ms", AtMost(10.0)),
    line("organisations", "unconfirmed_p99_ms", "those to confirm, p99, ms", AtMost(10.0)),
    line("organisations", "by_name_p99_ms", "one found by its name, p99, ms", AtMost(10.0)),
    line("organisations", "by_domain_p99_ms", "one found by a domain, p99, ms", AtMost(10.0)),
    line("organisations", "by_address_p99_ms", "one found by an address, p99, ms", AtMost(10.0)),
    line("organisations", "giant_p99_ms", "one of 50,000 members, 500 domains, 200 licences, p99, ms", AtMost(10.0)),
    line("organisations", "ordinary_p99_ms", "an ordinary one, p99, ms", AtMost(10.0)),
    line("organisations", "managers_home_p99_ms", "its manager's first page, p99, ms", AtMost(10.0)),
    line("organisations", "managers_requests_p99_ms", "its manager's requests, p99, ms", AtMost(10.0)),
    line("organisations", "managers_form_p99_ms", "its manager's form, p99, ms", AtMost(10.0)),
    line("organisations", "others_home_p99_ms", "another customer's first page, p99, ms", AtMost(10.0)),
    line("organisations", "affected_p50_ms", "whom of them a bug affects, each looked at, p50, ms", AtMost(1_000.0)),
    line("report", "month_p50_ms", "a report of thirty days, counted anew, p50, ms", AtMost(500.0)),
    line("report", "year_p50_ms", "a report of a year, counted anew, p50, ms", AtMost(3_000.0)),
    line("live", "p95_ms", "live updates of 20 acts a second to 50 agents, p95, ms", AtMost(300.0)),
    line("live", "p99_ms", "the same, p99, ms", None),
    line("live", "memory_mb", "anonymous memory then, MB", AtMost(250.0)),
    line("live", "cpu_share", "processors that it took", None),
    line("start", "first_answer_p50_ms", "start to the first answer, p50, ms", AtMost(200.0)),
    line("start", "first_answer_longest_ms", "the longest of ten", None),
    line("memory", "idle_mb", "anonymous memory, idle, MB", AtMost(60.0)),
    line("memory", "load_mb", "anonymous memory, under load, MB", AtMost(250.0)),
    line("binary", "size_mb", "binary, MB", AtMost(60.0)),
];
