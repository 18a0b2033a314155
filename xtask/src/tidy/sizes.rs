//! How long things may be: files 500 lines, functions 70, templates 80.

use super::{Fault, File};

const FILE: usize = 500;
const FUNCTION: usize = 70;
const TEMPLATE: usize = 80;

/// Code and templates that are too long.
pub(super) fn file(file: &File) -> Vec<Fault> {
    let limit = match file {
        _ if file.is_generated() => return Vec::new(),
        _ if is_template(file) => TEMPLATE,
        _ if file.has_extension(&["rs", "ts", "mjs", "js", "css"]) => FILE,
        _ => return Vec::new(),
    };
    let length = file.text.lines().count();
    if length <= limit {
        return Vec::new();
    }
    vec![file.fault(0, format!("{length} lines, at most {limit}: split it where a reader would look for the parts"))]
}

/// Functions that are too long. Formatted code closes a function with a brace in the column of its `fn`.
pub(super) fn functions(file: &File) -> Vec<Fault> {
    if !file.is_rust() {
        return Vec::new();
    }
    let lines: Vec<&str> = file.text.lines().collect();
    let mut faults = Vec::new();
    for (start, line) in lines.iter().enumerate().filter(|(_, line)| begins_function(line)) {
        let indent = &line[..line.len() - line.trim_start().len()];
        let close = format!("{indent}}}");
        let length = lines[start..].iter().position(|line| *line == close).map_or(1, |at| at + 1);
        if length > FUNCTION {
            faults.push(
                file.fault(
                    start + 1,
                    format!("a function of {length} lines, at most {FUNCTION}: take a step out of it"),
                ),
            );
        }
    }
    faults
}

pub(super) fn is_template(file: &File) -> bool {
    file.path.starts_with("crates/web/templates/")
}

fn begins_function(line: &str) -> bool {
    let words = line.trim_start().split(' ');
    let mut words = words.skip_while(|word| word.starts_with("pub") || ["async", "const", "in"].contains(word));
    words.next() == Some("fn") && line.ends_with(['{', '('])
}
