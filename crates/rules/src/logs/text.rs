//! Which kind of text a text is, by its lines: what a program wrote about itself, what somebody typed or saw in a terminal,
//! code, settings, a page, or something else. Any format of log counts; a rule here looks for what logs have in common.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    kind::Kind,
    stamps::stamp,
    words::{COMMANDS, COMPLAINS, COMPLAINTS, LEVELS, TABLES},
};

/// Lines that are looked at.
const LINES: usize = 400;
/// Bytes of a line before its instant, in lines that a log wrote: a container's name, an address, a user.
const BEFORE_STAMP: usize = 90;

macro_rules! expression {
    ($name:ident, $text:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| Regex::new($text).expect("an expression"));
    };
}

expression!(COLOURS, "\u{1b}\\[[0-9;?]*[A-Za-z]|\u{1b}\\][^\u{7}]*\u{7}");
expression!(
    PROMPT,
    r"^(?:\([\w.-]+\) )?(?:[\w.-]+@[\w.-]+[: ][^$#%>]{0,120}[$#%>❯] ?\S|\[[\w.-]+@[\w.-]+ [^\]]+\] ?[$#%] ?\S|PS [A-Za-z]:\\[^>]*> ?\S|[A-Za-z]:\\[^>]*> ?\S|[\w.-]+@[\w.-]+:[^ ]*[$#] *$)"
);
expression!(SHORT_PROMPT, r"^(?:[$#%>❯➜]|➜ +\S+) +(\S+)");
expression!(NUMBERED, r"^ *(\d+)\*? +(.*)$");
expression!(ZSH, r"^: \d{9,}:\d+;");
expression!(
    FRAME,
    r"^\s*(?:at [\w$.<>/\[\] ]+[(:]|\.\.\. \d+ (?:more|common)|Caused by:|Suppressed:|File .+, line \d+|goroutine \d+ \[|\d+: 0x[0-9a-f]+ -|#\d+ +(?:0x|/))|^\s+\S+\.go:\d+"
);
expression!(
    THROWN,
    r"^(?:\S+ )*?(?:[\w$]+\.)*[\w$]*(?:Exception|Error|Throwable)(?::|$)|^Traceback \(most recent|^panic: |^thread '.*' panicked|^Exception in thread|^Unhandled "
);
expression!(
    JSON_KEY,
    r#""(?:@?timestamp|time|ts|level|levelname|severity|msg|message|log|@m|@t|SYSLOG_IDENTIFIER|__REALTIME_TIMESTAMP|EventID|TimeCreated)" ?:"#
);
expression!(LOGFMT, r"\b(?:level|lvl|severity)=\w+.*\b(?:msg|message|event)=|\bmsg=.*\b(?:level|lvl)=");
expression!(ACCESS, r#""(?:GET|POST|PUT|HEAD|DELETE|PATCH|OPTIONS|CONNECT) [^"]* HTTP/[\d.]+" \d{3}"#);
expression!(MARKED, r"^[\s\[(<|*]*([A-Za-z]+)[\])>:|\s]");
expression!(
    CODE,
    r"^\s*(?:import |package |using |#include|#define|def \w+\(|class \w+|public |private |protected |static |func |fn |pub |let |const |var |function |return\b|if ?\(|for ?\(|while ?\(|\} else|@\w+|<\?php|use \w+::|mod \w+;|impl\b|struct |enum |interface |export |elif |if .+:\s*$|raise \w|else:|try:|except |from \w+ import|end$|(?:SELECT|INSERT|CREATE|ALTER)\s|UPDATE \w+ SET|DELETE FROM|BEGIN;|COMMIT;)"
);
expression!(CODE_END, r"(?:[{};]|\):|=>|\(|,)\s*$");
expression!(
    SETTING,
    r#"^\s*(?:- )?["']?[\w./*@$-]+(?:\[\d*\])?["']?\s*(?::|=|:=)(?:\s.*|\S.*)?$|^\s*\[{1,2}[^\]]+\]{1,2}\s*$"#
);
expression!(ITEM, r"^\s*- \S");
expression!(ENTRY, r"^(?:TimeGenerated|TimeCreated|TimeWritten|EntryType|LevelDisplayName|Message) *:");
expression!(BLOCK, r"^\s*[\w.-]+(?: +[^ ;{]+)* *[{;]\s*$|^\s*\}\s*[;,]?\s*$|^\s*[\]\[{}]+,?\s*$|^<\/?[\w:-]+[^>]*>");
expression!(DOCKERFILE, r"^(?:FROM|RUN|COPY|ADD|ENV|EXPOSE|ENTRYPOINT|CMD|WORKDIR|ARG|USER|VOLUME|LABEL) \S");

/// What was counted in the lines.
#[derive(Debug, Default)]
struct Counts {
    /// Lines with something in them.
    lines: usize,
    stamped: usize,
    levels: usize,
    /// JSON with the keys of a log, key=value pairs with a level, answers of a web server.
    records: usize,
    frames: usize,
    thrown: usize,
    prompts: usize,
    short_prompts: usize,
    complaints: usize,
    commands: usize,
    numbered: usize,
    numbered_commands: usize,
    zsh: usize,
    /// `#1700000000` before a command.
    marks: usize,
    code: usize,
    code_ends: usize,
    settings: usize,
    /// Points of a list, which settings have and letters too.
    items: usize,
    comments: usize,
}

/// Tells a text that is not blank.
pub(super) fn kind(text: &str) -> Kind {
    let start = text.trim_start();
    if let Some(kind) = by_start(start) {
        return kind;
    }
    let has_colours = text.contains("\u{1b}[");
    let plain = if has_colours { COLOURS.replace_all(text, "") } else { text.into() };
    let counts = count(&plain);
    if is_history(&counts, &plain) {
        return Kind::History;
    }
    if is_source(&counts, start) {
        return Kind::Source;
    }
    if is_log(&counts, &plain) {
        return Kind::Log;
    }
    if is_terminal(&counts, &plain, has_colours) {
        return Kind::Terminal;
    }
    if is_configuration(&counts, start) {
        return Kind::Configuration;
    }
    Kind::Text
}

/// Pages, drawings and records in XML say what they are at once.
fn by_start(start: &str) -> Option<Kind> {
    let head = start[..start.floor_char_boundary(2_048)].to_ascii_lowercase();
    if !head.starts_with('<') {
        return None;
    }
    let begins = |tag: &str| head.starts_with(tag) || (head.starts_with("<?xml") && head.contains(tag));
    if ["<!doctype html", "<html", "<head>", "<body"].into_iter().any(begins) {
        return Some(Kind::Html);
    }
    if begins("<svg") {
        return Some(Kind::Picture);
    }
    if ["<event", "<log4j:event", "<log>", "<record>"].into_iter().any(begins) {
        return Some(Kind::Log);
    }
    let is_xml = begins("<?xml") || begins("<!--") || head.contains("xmlns") || head.contains("</");
    // "<30>Nov 20" is how syslog marks its lines.
    (is_xml && !head[1..].starts_with(|c: char| c.is_ascii_digit())).then_some(Kind::Configuration)
}

fn count(text: &str) -> Counts {
    let mut counts = Counts::default();
    for line in text.lines().filter(|line| !line.trim().is_empty()).take(LINES) {
        counts.take(line);
    }
    counts
}

impl Counts {
    fn take(&mut self, line: &str) {
        let line = &line[..line.floor_char_boundary(2_000)];
        let words = line.trim();
        self.lines += 1;
        let found = stamp(line);
        let is_stamped = found.as_ref().is_some_and(|found| found.at <= BEFORE_STAMP && !CODE.is_match(line));
        let counted = [
            (&mut self.stamped, is_stamped),
            (&mut self.levels, has_level(line)),
            (&mut self.records, is_record(line)),
            (&mut self.frames, FRAME.is_match(line)),
            (&mut self.thrown, THROWN.is_match(words)),
            (&mut self.prompts, PROMPT.is_match(line)),
            (&mut self.short_prompts, SHORT_PROMPT.captures(line).is_some_and(|found| is_command(&found[1]))),
            (&mut self.complaints, complains(words)),
            (&mut self.commands, words.split_whitespace().next().is_some_and(is_command)),
            (&mut self.zsh, ZSH.is_match(line) || words.starts_with("- cmd: ")),
            (
                &mut self.marks,
                words.strip_prefix('#').is_some_and(|rest| rest.len() == 10 && rest.parse::<u64>().is_ok()),
            ),
            (&mut self.code, CODE.is_match(line)),
            (&mut self.code_ends, CODE_END.is_match(line)),
            (&mut self.settings, SETTING.is_match(line) || BLOCK.is_match(line) || DOCKERFILE.is_match(line)),
            (&mut self.items, ITEM.is_match(line)),
            (&mut self.comments, words.starts_with(['#', ';']) || words.starts_with("//")),
        ];
        for (count, _) in counted.into_iter().filter(|(_, is_so)| *is_so) {
            *count += 1;
        }
        self.take_number(line);
    }

    /// `  501  2026-11-20 14:02:11  docker ps`, or without the instant.
    fn take_number(&mut self, line: &str) {
        let Some(found) = NUMBERED.captures(line) else { return };
        self.numbered += 1;
        let rest = found[2].split_whitespace().find(|word| !word.starts_with(|c: char| c.is_ascii_digit() || c == '['));
        self.numbered_commands += usize::from(rest.is_some_and(is_command));
    }

    /// Whether so many of a hundred lines are of a sort.
    fn share(&self, of: usize, percent: usize) -> bool {
        of > 0 && of * 100 >= self.lines * percent
    }
}

fn has_level(line: &str) -> bool {
    let start = &line[..line.floor_char_boundary(160)];
    start.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| LEVELS.contains(&word))
        || MARKED.captures(start).is_some_and(|found| LEVELS.contains(&found[1].to_ascii_uppercase().as_str()))
}

fn is_record(line: &str) -> bool {
    let is_json = line.contains('{') || line.trim_start().starts_with('"');
    (is_json && JSON_KEY.is_match(line)) || LOGFMT.is_match(line) || ACCESS.is_match(line) || ENTRY.is_match(line)
}

fn complains(line: &str) -> bool {
    COMPLAINTS.iter().any(|start| line.starts_with(start)) || COMPLAINS.iter().any(|part| line.contains(part))
}

/// A program that people call, with or without its folder; `./gradlew` too.
fn is_command(word: &str) -> bool {
    let word = word.trim_end_matches(';');
    let last = word.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = last.strip_suffix(".exe").unwrap_or(last);
    word.starts_with("./") || COMMANDS.contains(&name) || COMMANDS.contains(&name.to_ascii_lowercase().as_str())
}

fn is_history(counts: &Counts, text: &str) -> bool {
    let is_numbered = counts.share(counts.numbered, 60) && counts.numbered_commands * 10 >= counts.numbered * 3;
    let is_table = text.lines().take(4).any(|line| line.contains("CommandLine")) && counts.numbered_commands > 0;
    let commands = counts.commands + counts.marks;
    let is_plain =
        counts.lines >= 2 && counts.share(commands, 60) && counts.prompts == 0 && counts.stamped * 5 < counts.lines;
    let is_script = text.starts_with("#!") || counts.share(counts.code_ends, 30);
    is_numbered
        || is_table
        || counts.share(counts.zsh, 40)
        || counts.share(counts.marks, 30)
        || (is_plain && !is_script)
}

fn is_source(counts: &Counts, start: &str) -> bool {
    if start.starts_with("#!") || start.starts_with("<?php") {
        return true;
    }
    let stamped = counts.stamped + counts.records;
    let is_code = counts.share(counts.code, 12) && counts.share(counts.code + counts.code_ends, 45);
    is_code && stamped * 5 < counts.lines && counts.frames * 4 < counts.lines && counts.prompts == 0
}

fn is_log(counts: &Counts, text: &str) -> bool {
    if is_sheet(text) {
        return sheet_of_events(text);
    }
    let told = counts.stamped.max(counts.records);
    let is_told = counts.share(told, 30) || (told >= 2 && counts.share(told + counts.frames, 50));
    let is_levelled = counts.share(counts.levels, 40)
        && counts.settings * 2 < counts.lines + counts.levels
        && counts.complaints * 2 < counts.levels;
    let is_trace = counts.frames >= 1 && counts.thrown >= 1 && counts.share(counts.frames + counts.thrown, 40);
    is_told || is_levelled || is_trace
}

/// Values in columns, with their names in the first line.
fn is_sheet(text: &str) -> bool {
    let mut lines = text.lines();
    let Some(first) = lines.next() else { return false };
    let Some(sign) = [',', ';', '\t'].into_iter().find(|sign| first.matches(*sign).count() >= 2) else { return false };
    let columns = first.matches(sign).count();
    let is_head = stamp(first).is_none() && first.split(sign).all(|name| name.len() < 60 && !name.contains(['{', '=']));
    is_head && lines.take(20).filter(|line| line.matches(sign).count() >= columns).count() >= 1
}

/// Whether the columns are those of events: when, and how severe, from where or what.
fn sheet_of_events(text: &str) -> bool {
    let head = text.lines().next().unwrap_or_default().to_ascii_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| head.contains(word));
    has(&["time", "date"]) && has(&["level", "severity", "message", "event", "source", "log", "facility", "entrytype"])
}

fn is_terminal(counts: &Counts, text: &str, has_colours: bool) -> bool {
    let has_table = text.lines().take(LINES).any(|line| TABLES.iter().any(|head| line.starts_with(head)));
    counts.prompts > 0
        || counts.share(counts.short_prompts, 5)
        || counts.share(counts.complaints, 20)
        || has_colours
        || has_table
}

fn is_configuration(counts: &Counts, start: &str) -> bool {
    let is_document = start.starts_with(['{', '[']) && counts.share(counts.settings, 50);
    let plain = counts.lines.saturating_sub(counts.comments);
    let is_settings = counts.settings * 10 >= plain * 4 && (counts.settings + counts.items) * 10 >= plain * 7;
    is_document || (counts.lines >= 2 && plain > 0 && is_settings)
}

#[cfg(test)]
#[path = "text_test.rs"]
mod tests;
