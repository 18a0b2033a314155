//! Each check, shown with a sample that fails and one that passes.

use super::*;

fn file(path: &str, text: &str) -> File {
    File { path: path.into(), text: text.into() }
}

const NONE: [usize; 0] = [];

/// The lines at which a check finds something.
fn lines(check: fn(&File) -> Vec<Fault>, path: &str, text: &str) -> Vec<usize> {
    check(&file(path, text)).into_iter().map(|fault| fault.line).collect()
}

#[test]
fn a_file_of_501_lines_is_too_long() {
    let text = |lines: usize| "x\n".repeat(lines);
    assert_eq!(lines(sizes::file, "crates/desk/src/a.rs", &text(500)), NONE);
    assert_eq!(lines(sizes::file, "crates/desk/src/a.rs", &text(501)), [0]);
    assert_eq!(lines(sizes::file, "docs/openapi.generated.rs", &text(501)), NONE);
    assert_eq!(lines(sizes::file, "crates/web/templates/home.html", &text(81)), [0]);
}

#[test]
fn a_function_of_71_lines_is_too_long() {
    let function =
        |body: usize| format!("mod a {{\n    pub(crate) async fn f() {{\n{}    }}\n}}\n", "        x;\n".repeat(body));
    assert_eq!(lines(sizes::functions, "a.rs", &function(68)), NONE);
    assert_eq!(lines(sizes::functions, "a.rs", &function(69)), [2]);
}

#[test]
fn a_module_without_a_word_on_itself_is_found() {
    assert_eq!(lines(source::module_docs, "a.rs", "//! Says.\n"), NONE);
    assert_eq!(lines(source::module_docs, "a.rs", "use a;\n"), [1]);
}

#[test]
fn a_crate_without_the_lints_is_found() {
    assert_eq!(lines(source::lints, "crates/a/Cargo.toml", "[lints]\nworkspace = true\n"), NONE);
    assert_eq!(lines(source::lints, "crates/a/Cargo.toml", "[package]\n"), [0]);
}

#[test]
fn sql_belongs_to_the_store() {
    let sql = "let q = \"SELECT id FROM ticket\";\n";
    assert_eq!(lines(source::sql_outside_the_store, "crates/store/src/a.rs", sql), NONE);
    assert_eq!(lines(source::sql_outside_the_store, "crates/desk/src/a.rs", sql), [1]);
    assert_eq!(lines(source::sql_outside_the_store, "crates/desk/src/a.rs", "// never SELECT here\n"), NONE);
}

#[test]
fn tests_neither_sleep_nor_hide() {
    let check = source::sleeping_or_ignored_tests;
    assert_eq!(lines(check, "a.rs", "sleep(1);\n#[cfg(test)]\nmod tests {\n  sleep(1);\n"), [4]);
    assert_eq!(lines(check, "crates/firstline/tests/it/a.rs", "tokio::time::sleep(x)\n"), [1]);
    assert_eq!(lines(check, "a.rs", "#[ignore = \"slow\"]\n"), [1]);
}

#[test]
fn nobody_switches_the_unwrap_lint_off() {
    assert_eq!(lines(source::expected_unwrap, "a.rs", "#[expect(clippy::unwrap_used)]\n"), [1]);
}

#[test]
fn templates_hold_no_code_and_no_style() {
    let check = |text| lines(templates::inline_code, "crates/web/templates/a.html", text);
    assert_eq!(check("<p>Switch JavaScript on: JavaScript: needed</p>\n<a href=\"/javascript\">"), NONE);
    assert_eq!(check("<a href=\"javascript:x\">"), [1]);
    assert_eq!(check("<script src=\"/a.js\"></script>\n<p class=\"a\">"), NONE);
    assert_eq!(
        check("<p style=\"x\">\n<button hx-on:click=\"x\">\n<i hx-vals=\"js:{}\">\n<script>1</script>\n"),
        [1, 2, 3, 4]
    );
}

#[test]
fn nothing_unfinished_is_shipped() {
    assert_eq!(lines(prose::unfinished, "README.md", "Chat is Coming Soon\n"), [1]);
}

#[test]
fn no_file_names_a_place_of_one_machine() {
    assert_eq!(
        lines(prose::places, "a.sh", "cd /root/x\nnpm i --registry https://registry.npmjs.org\ncd data\n"),
        [1, 2]
    );
    assert_eq!(lines(prose::places, "frontend/package-lock.json", "{\n  \"resolved\": \"x\"\n"), [2]);
}

#[test]
fn a_crate_imports_what_the_table_allows() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let crates = |web: &[&str]| [("web".to_owned(), names(web)), ("store".to_owned(), names(&["rules"]))].into();
    assert_eq!(imports::crates(&crates(&["rules", "desk", "axum"])), Vec::new());
    assert_eq!(imports::crates(&crates(&["store"])).len(), 1);
    assert_eq!(imports::crates(&crates(&["sqlx"])).len(), 1);
    assert_eq!(imports::crates(&[("surprise".to_owned(), Vec::new())].into()).len(), 1);
}

#[test]
fn a_feature_of_the_desk_calls_only_to_its_left() {
    let check = |text| lines(imports::features, "crates/desk/src/tickets/open.rs", text);
    assert_eq!(check("use crate::people::find;\nuse crate::{policy, Desk};\n"), NONE);
    assert_eq!(check("use crate::sla::start;\nuse crate::{people, notifications::receipt};\n"), [1, 2]);
}

#[test]
fn a_document_names_only_tests_and_files_that_exist() {
    let source = "#[tokio::test]\nasync fn it_holds() {\n}\nfn helper() {\n}\non_both! {\n    async fn on_each(scene) {\n    }\n}\nfn late() {\n}\n";
    let head = "4 requirements: 2 yes, 1 not yet, 1 not ours\n";
    let rows = "| 1.1.1 | a | yes | `it_holds`, `on_each` |\n| 1.1.2 | b | yes | `clippy.toml` |\n\
        | 1.2.1 | c | not yet | no code |\n| 1.10.1 | d | not ours | none here |\n";
    let found = |text: &str| {
        let files = [file("a.rs", source), file("clippy.toml", ""), file("docs/security.md", &format!("{head}{text}"))];
        shown::by_tests(&files).into_iter().map(|fault| fault.line).collect::<Vec<_>>()
    };
    assert_eq!(found(rows), NONE);
    for (was, wrong) in [("`on_each`", "`helper`"), ("`on_each`", "`late`"), ("`clippy.toml`", "`gone.toml`")] {
        assert_eq!(found(&rows.replace(was, wrong)).len(), 1, "{wrong}");
    }
    assert_eq!(found(&rows.replace("`it_holds`, `on_each`", "by looking")), [2]);
    assert_eq!(found(&rows.replace("1.10.1", "1.1.9")), [5]);
    assert_eq!(found(&rows.replace("not ours", "soon")), [5, 0]);
}
