//! The borders of each rule by which kinds of text are told apart.

use super::*;

/// Of a hundred lines.
fn of(count: impl Fn(&mut Counts)) -> Counts {
    let mut counts = Counts { lines: 100, ..Counts::default() };
    count(&mut counts);
    counts
}

#[test]
fn log_1_a_share_is_counted_in_lines_of_a_hundred() {
    let ten = Counts { lines: 10, ..Counts::default() };
    assert!(ten.share(3, 30) && !ten.share(2, 30));
    assert!(!ten.share(0, 0) && !Counts::default().share(0, 30));
}

#[test]
fn log_1_what_was_typed_is_a_history() {
    let history = |count: fn(&mut Counts)| is_history(&of(count), "");
    assert!(history(|it| (it.numbered, it.numbered_commands) = (60, 18)));
    assert!(!history(|it| (it.numbered, it.numbered_commands) = (59, 18)));
    assert!(!history(|it| (it.numbered, it.numbered_commands) = (60, 17)));
    assert!(history(|it| it.zsh = 40) && !history(|it| it.zsh = 39));
    assert!(history(|it| it.marks = 30) && !history(|it| it.marks = 29));
    assert!(history(|it| (it.commands, it.marks) = (31, 29)) && !history(|it| it.commands = 59));
    assert!(history(|it| (it.commands, it.stamped) = (60, 19)) && !history(|it| (it.commands, it.stamped) = (60, 20)));
    assert!(!history(|it| (it.commands, it.prompts) = (60, 1)));
    assert!(history(|it| (it.commands, it.code_ends) = (60, 29)));
    assert!(!history(|it| (it.commands, it.code_ends) = (60, 30)), "a script");
    assert!(!is_history(&of(|it| it.commands = 60), "#!/bin/sh"));
    let one = |lines| Counts { lines, commands: lines, ..Counts::default() };
    assert!(is_history(&one(2), "") && !is_history(&one(1), ""));
    let table = "Id CommandLine\n-- -----------\n 1 docker ps";
    assert!(is_history(&of(|it| it.numbered_commands = 1), table));
    assert!(!is_history(&of(|it| it.numbered_commands = 0), table));
    assert!(!is_history(&of(|it| it.numbered_commands = 1), "no table"));
}

#[test]
fn log_1_what_a_compiler_reads_is_source() {
    let source = |count: fn(&mut Counts)| is_source(&of(count), "");
    assert!(is_source(&of(|_| {}), "#!/bin/sh") && is_source(&of(|_| {}), "<?php"));
    assert!(source(|it| (it.code, it.code_ends) = (12, 33)));
    assert!(!source(|it| (it.code, it.code_ends) = (11, 89)));
    assert!(!source(|it| (it.code, it.code_ends) = (12, 32)));
    assert!(source(|it| (it.code, it.stamped, it.records) = (45, 10, 9)));
    assert!(!source(|it| (it.code, it.stamped, it.records) = (45, 10, 10)));
    assert!(source(|it| (it.code, it.frames) = (45, 24)) && !source(|it| (it.code, it.frames) = (45, 25)));
    assert!(!source(|it| (it.code, it.prompts) = (45, 1)));
}

#[test]
fn log_1_what_a_program_wrote_is_a_log() {
    let log = |count: fn(&mut Counts)| is_log(&of(count), "");
    assert!(log(|it| it.stamped = 30) && log(|it| it.records = 30));
    assert!(!log(|it| (it.stamped, it.records) = (29, 29)));
    assert!(log(|it| (it.stamped, it.frames) = (2, 48)));
    assert!(!log(|it| (it.stamped, it.frames) = (2, 47)) && !log(|it| (it.stamped, it.frames) = (1, 99)));
    assert!(log(|it| it.levels = 40) && !log(|it| it.levels = 39));
    assert!(log(|it| (it.levels, it.settings) = (40, 69)) && !log(|it| (it.levels, it.settings) = (40, 70)));
    assert!(log(|it| (it.levels, it.complaints) = (40, 19)) && !log(|it| (it.levels, it.complaints) = (40, 20)));
    assert!(log(|it| (it.frames, it.thrown) = (20, 20)) && !log(|it| (it.frames, it.thrown) = (20, 19)));
    assert!(!log(|it| (it.frames, it.thrown) = (90, 0)) && !log(|it| (it.frames, it.thrown) = (0, 90)));
}

#[test]
fn log_1_what_somebody_saw_is_a_terminal() {
    let terminal = |count: fn(&mut Counts)| is_terminal(&of(count), "", false);
    assert!(terminal(|it| it.prompts = 1));
    assert!(terminal(|it| it.short_prompts = 5) && !terminal(|it| it.short_prompts = 4));
    assert!(terminal(|it| it.complaints = 20) && !terminal(|it| it.complaints = 19));
    assert!(is_terminal(&of(|_| {}), "", true));
    assert!(is_terminal(&of(|_| {}), &format!("x\n{} x", TABLES[0]), false));
    assert!(!is_terminal(&of(|_| {}), &format!("x {}", TABLES[0]), false));
}

#[test]
fn log_1_what_a_program_is_told_is_configuration() {
    let settings = |count: fn(&mut Counts)| is_configuration(&of(count), "a");
    assert!(is_configuration(&of(|it| it.settings = 50), "{") && is_configuration(&of(|it| it.settings = 50), "["));
    assert!(!is_configuration(&of(|it| it.settings = 49), "{") && !settings(|it| it.settings = 50));
    assert!(settings(|it| it.settings = 70) && !settings(|it| it.settings = 69));
    assert!(settings(|it| (it.settings, it.items) = (40, 30)));
    assert!(!settings(|it| (it.settings, it.items) = (39, 61)) && !settings(|it| (it.settings, it.items) = (40, 29)));
    assert!(settings(|it| (it.settings, it.comments) = (49, 30)));
    assert!(!settings(|it| (it.settings, it.comments) = (48, 30)) && !settings(|it| it.comments = 100));
    let some = |lines| Counts { lines, settings: lines, ..Counts::default() };
    assert!(is_configuration(&some(2), "a") && !is_configuration(&some(1), "a"));
}

#[test]
fn log_1_pages_and_records_say_so_at_their_beginning() {
    for (start, kind) in [
        ("<!DOCTYPE html>", Some(Kind::Html)),
        ("<?xml version=\"1.0\"?><html>", Some(Kind::Html)),
        ("<svg width=\"1\">", Some(Kind::Picture)),
        ("<?xml version=\"1.0\"?><Event>", Some(Kind::Log)),
        ("<?xml version=\"1.0\"?>", Some(Kind::Configuration)),
        ("<!-- settings -->", Some(Kind::Configuration)),
        ("<a xmlns=\"b\"/>", Some(Kind::Configuration)),
        ("<a>b</a>", Some(Kind::Configuration)),
        ("<a>", None),
        ("a <svg </html>", None),
        ("<30>Nov 20 14:02:11 web-1 </a>", None),
    ] {
        assert_eq!(by_start(start), kind, "{start}");
    }
}

#[test]
fn log_1_lines_are_counted_by_what_stands_in_them() {
    let late = format!("{} 2026-11-20 14:02:11 x", "a".repeat(BEFORE_STAMP));
    assert_eq!(count("web-1 2026-11-20 14:02:11 x\n\n").stamped, 1);
    assert_eq!(count(&late).stamped, 0, "an instant in a sentence");
    assert_eq!(count("    return 2026-11-20 14:02:11;").stamped, 0, "one in code");
    assert_eq!(count(": 1700000000:0;ls -la\n- cmd: ls\n: x").zsh, 2);
    assert_eq!(count("#1700000000\n#17000000\n#170000000x").marks, 1);
    for (line, has) in [
        ("14:02 in a WARN x", true),
        ("[info] started", true),
        ("informal is here", false),
        ("the info is here", false),
        (&format!("{} ERROR", "a ".repeat(90)), false),
    ] {
        assert_eq!(has_level(line), has, "{line}");
    }
    for (word, is) in [
        ("./what-is-built-here", true),
        ("docker", true),
        ("DOCKER.exe", true),
        ("/usr/bin/docker;", true),
        ("dockery", false),
        ("", false),
    ] {
        assert_eq!(is_command(word), is, "{word}");
    }
}

#[test]
fn log_1_columns_are_events_when_they_say_when_and_what() {
    let long = |letters: usize| format!("a,{},c\n1,2,3", "b".repeat(letters));
    assert!(is_sheet("a,b,c\n1,2,3") && is_sheet("a;b;c\n1;2;3") && is_sheet(&long(59)));
    for none in ["", "a,b\n1,2", "a,b,c", "a,b,c\n1,2", "2026-11-20 14:02:11,b,c\n1,2,3", "a{,b,c\n1,2,3", &long(60)] {
        assert!(!is_sheet(none), "{none}");
    }
    for (head, are) in [("Time,Level,x", true), ("date;x;source", true), ("time,b,c", false), ("level,b,c", false)] {
        assert_eq!(sheet_of_events(head), are, "{head}");
    }
}
