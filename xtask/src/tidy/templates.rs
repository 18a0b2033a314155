//! Rules on page templates: no code and no style in the page, so that the content policy can stay strict.

use super::{Fault, File, sizes::is_template};

/// Attributes and elements that evaluate text as code or carry style.
pub(super) fn inline_code(file: &File) -> Vec<Fault> {
    if !is_template(file) {
        return Vec::new();
    }
    file.faults_by_line(|line| {
        let lower = line.to_ascii_lowercase();
        let found = wrong(&lower)?;
        Some(format!("`{found}` in a template: put script and style into frontend/, behaviour behind a data attribute"))
    })
}

fn wrong(line: &str) -> Option<&'static str> {
    const NEVER: &[&str] = &[
        "hx-on",
        "\"js:",
        "'js:",
        "<style",
        " style=",
        "\"javascript:",
        "'javascript:",
        " onclick=",
        " onsubmit=",
        " onload=",
        " onchange=",
        " oninput=",
    ];
    let bare_script = line.contains("<script") && !line.contains(" src=");
    NEVER.iter().find(|wrong| line.contains(*wrong)).copied().or(bare_script.then_some("<script>"))
}
