//! Tables of a report for a spreadsheet (RFC 4180). Names are people's own, so a cell that a spreadsheet would run is
//! written as text.

/// A line of cells.
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

/// A whole table: its head and its lines.
pub fn csv(head: &[&str], lines: &[Vec<String>]) -> String {
    let lines = lines.iter().map(|cells| line(cells.iter().map(String::as_str)));
    std::iter::once(line(head.iter().copied())).chain(lines).collect()
}

fn cell(text: &str) -> String {
    // What begins so is a formula to a spreadsheet; the apostrophe makes it a text.
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if runs { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\r', '\n']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        assert_eq!(
            line(["=1+1", "@A1", "-2", "a,b", "say \"x\"", "7"]),
            "'=1+1,'@A1,'-2,\"a,b\",\"say \"\"x\"\"\",7\r\n"
        );
    }
}
