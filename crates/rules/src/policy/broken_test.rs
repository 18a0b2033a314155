//! Broken policies by dimension, each shown as its author sees it: message, line, column and fix (POL-1).

use super::*;

const REFERENCE: &str = include_str!("../../../../policies/allure-testops.toml");
const LARKSPUR: &str = include_str!("../../../../policies/larkspur.toml");

/// One change of a good policy that breaks it in one dimension.
struct Case {
    dimension: &'static str,
    policy: &'static str,
    from: &'static str,
    to: &'static str,
}

const fn case(dimension: &'static str, from: &'static str, to: &'static str) -> Case {
    Case { dimension, policy: REFERENCE, from, to }
}

const fn larkspur(dimension: &'static str, from: &'static str, to: &'static str) -> Case {
    Case { dimension, policy: LARKSPUR, from, to }
}

fn shown(case: &Case) -> String {
    assert!(case.policy.contains(case.from), "{}: nothing to break", case.dimension);
    let broken = case.policy.replacen(case.from, case.to, 1);
    match Policy::parse(&broken) {
        Ok(_) => format!("## {}\n\naccepted\n", case.dimension),
        Err(faults) => {
            let faults: String = faults.iter().map(|fault| fault.render(Severity::Error, "policy.toml")).collect();
            format!("## {}\n\n{faults}", case.dimension)
        }
    }
}

fn all(cases: &[Case]) -> String {
    cases.iter().map(shown).collect::<Vec<_>>().join("\n")
}

#[test]
fn pol_1_a_file_that_is_not_toml() {
    let shown = all(&[
        case("string without an end", "name = \"Allure TestOps\"", "name = \"Allure TestOps"),
        case("key twice", "vendor = \"Qameta Software Inc.\"", "vendor = \"Qameta Software Inc.\"\nvendor = \"X\""),
        case("table twice", "[types.security]", "[types.bug]"),
        case("table twice far apart", "[types.security]", "[product]"),
        case("value missing", "language = \"en\"", "language ="),
        case("yes for true", "latest_release_only = true", "latest_release_only = yes"),
        case("capital for false", "latest_release_only = true", "latest_release_only = False"),
        case("text without quotes", "contract = \"General Terms and Conditions\"", "contract = Terms"),
        case("key without quotes", "kind = \"text_file\"", "kind = text_file"),
        case("tag without quotes", "language = \"en\"", "language = pt-BR"),
        case("version without quotes", "example = \"5.12.1\"", "example = 5.12.1"),
        case("address without quotes", "portal = \"https://help.qameta.io\"", "portal = https://help.qameta.io"),
        case(
            "table twice, and a fault in the one behind it",
            "[areas.ci]",
            "[areas.performance]\nname = \"X\"\nabout = \"Y\"\n\n[areas.ci]\nabout = yes",
        ),
    ]);
    insta::assert_snapshot!(shown);
}

#[test]
fn pol_1_editions_and_instances_have_names_of_their_own() {
    let with = |keys: &'static str| case(keys, "vendor = \"Qameta Software Inc.\"", keys);
    let shown = all(&[
        with("vendor = \"X\"\neditions = [\"Team\", \"enterprise\", \"TEAM\"]"),
        with("vendor = \"X\"\neditions = [\"Team\", \"<b>\"]"),
        with("vendor = \"X\"\neditions = \"team\""),
        with("vendor = \"X\"\nedition = [\"team\"]"),
    ]);
    let faults = shown.matches("error: ").count();
    assert_eq!(faults, 4, "{shown}");
    for said in ["capitals make no difference", "no name by which a release could call it", "`editions`"] {
        assert!(shown.contains(said), "{said}: {shown}");
    }
}

#[test]
fn pol_1_a_file_that_has_not_the_shape_of_a_policy() {
    let shown = all(&[
        case("unknown key", "latest_release_only = true", "latest_relase_only = true"),
        case("unknown table", "[forum]", "[forums]"),
        case("text for a number", "idle_days = 14", "idle_days = \"14\""),
        case("number out of range", "hold_seconds = 10", "hold_seconds = 1000"),
        case("number below nothing", "grace_days = 14", "grace_days = -1"),
        case("list for a text", "contract = \"General Terms and Conditions\"", "contract = [\"General Terms\"]"),
        case("unknown value", "secrecy = \"security\"", "secrecy = \"secret\""),
        case("missing part", "wish = \"I have a question\"\n", ""),
        case("empty text", "wish = \"I have a question\"", "wish = \" \""),
        case("name of nothing", "name = \"Allure TestOps\"", "name = \"\""),
        case("empty text in a list", "clauses = [", "clauses = [\"\", "),
        case("empty key", "calendar = \"desk\"", "calendar = \"\""),
        case("no section", PRODUCT, ""),
        case("language gone", "language = \"en\"\n", ""),
        case("entries for true", PRODUCT, "product = true\n"),
        case("several at once", "mode = \"registered\"", "mode = \"anyone\"\nmood = \"good\""),
        case("key with capitals", "[ticks.self_help]", "[ticks.SelfHelp]"),
    ]);
    insta::assert_snapshot!(shown);
}

#[test]
fn pol_1_values_of_another_kind() {
    let shown = all(&[
        case("number for a text", "language = \"en\"", "language = 5"),
        case("fraction for a number", "idle_days = 14", "idle_days = 1.5"),
        case("date for a text", "example = \"5.12.1\"", "example = 2026-05-12"),
        case("text for true", "latest_release_only = true", "latest_release_only = \"true\""),
        case("text for a list", "ticks = [\"notes_read\"", "ticks = \"notes_read\" # [\"notes_read\""),
        case("text for a slot", "mon = [[\"08:00\", \"18:00\"]]", "mon = [\"08:00\"]"),
        larkspur(
            "text for a table inside a section",
            "priorities = { highest = \"s1\", lowest = \"s3\", default = \"s2\" }",
            "priorities = \"s2\"",
        ),
    ]);
    insta::assert_snapshot!(shown);
}

#[test]
fn pol_1_dates_zones_lengths_and_addresses() {
    let shown = all(&[
        larkspur("no such date", "\"2026-12-08\"", "\"2026-02-30\""),
        larkspur("date in another order", "\"2026-12-08\"", "\"08.12.2026\""),
        case("no such zone", "zone = \"UTC\"", "zone = \"Europe/Cologne\""),
        case("no such time", "mon = [[\"08:00\", \"18:00\"]]", "mon = [[\"8:00\", \"18:60\"]]"),
        case("hours alone, all week", WEEK, HOURS),
        case("slot of three", "mon = [[\"08:00\", \"18:00\"]]", "mon = [[\"08:00\", \"12:00\", \"18:00\"]]"),
        case("slot that ends when it begins", "mon = [[\"08:00\", \"18:00\"]]", "mon = [[\"08:00\", \"08:00\"]]"),
        larkspur(
            "second slot of a day",
            "tue = [[\"08:30\", \"12:30\"], [\"13:00\", \"17:00\"]]",
            "tue = [[\"08:30\", \"12:30\"], [\"24:00\", \"17:00\"]]",
        ),
        case("unit missing", "first_response = \"8 working hours\"", "first_response = \"8 hours\""),
        case("length of nothing", "first_response = \"8 working hours\"", "first_response = \"0 working hours\""),
        case("no address", "portal = \"https://help.qameta.io\"", "portal = \"help.qameta.io\""),
        larkspur("no domain", "also_public = [\"freepost.example\"]", "also_public = [\"free post\"]"),
        larkspur("language missing", "name = { en = \"Question\", de = \"Frage\" }", "name = { de = \"Frage\" }"),
        case("name of a language", "language = \"en\"", "language = \"english\""),
        larkspur(
            "no language",
            "name = { en = \"Question\", de = \"Frage\" }",
            "name = { en = \"Question\", german = \"Frage\" }",
        ),
    ]);
    insta::assert_snapshot!(shown);
}

#[test]
fn pol_1_names_of_what_does_not_exist() {
    let shown = all(&[
        case("detail", "\"steps\", \"passage\"", "\"step\", \"passage\""),
        case("tick", "ticks = [\"notes_read\"", "ticks = [\"note_read\""),
        case(
            "type of a conversion",
            "converts_to = [\"support\"]\nreceipt = \"Your question",
            "converts_to = [\"suport\"]\nreceipt = \"Your question",
        ),
        case("calendar", "calendar = \"desk\"", "calendar = \"office\""),
        larkspur("calendar of a line", "calendar = \"duty\"", "calendar = \"dutty\""),
        larkspur("holidays", "holidays = [\"styria\", \"company\"]", "holidays = [\"stiria\", \"company\"]"),
        larkspur("priority of a plan", "priorities = [\"s2\", \"s3\"]", "priorities = [\"s2\", \"s4\"]"),
        larkspur("area of a condition", "area = [\"runners\", \"queue\"]", "area = [\"runner\", \"queue\"]"),
        case("stream", "stream = \"features\"", "stream = \"ideas\""),
        case("type of security reports", "type = \"security\"\nelse_type", "type = \"secrity\"\nelse_type"),
        case("type of the ready request", "type = \"support\"\npriority", "type = \"suport\"\npriority"),
        case("priority of the ready request", "priority = \"low\"\nsubject", "priority = \"lowest\"\nsubject"),
        case("type of moving", "type = \"migration\"\n", "type = \"moving\"\n"),
        case("stream of moving", "stream = \"migration_sources\"", "stream = \"migration_source\""),
    ]);
    insta::assert_snapshot!(shown);
}

#[test]
fn pol_1_contradictions() {
    let shown = all(&[
        case(
            "default outside the range",
            "lowest = \"low\", default = \"low\"",
            "lowest = \"low\", default = \"high\"",
        ),
        case("range upside down", "highest = \"medium\", lowest = \"low\"", "highest = \"low\", lowest = \"medium\""),
        case(
            "conversion into nothing",
            "converts_to = [\"support\"]\nreceipt = \"Your question",
            "converts_to = [\"support\", \"question\"]\nreceipt = \"Your question",
        ),
        case(
            "grows into what it may not become",
            "converts_to = [\"support\"]\nreceipt = \"Your question",
            "converts_to = []\nreceipt = \"Your question",
        ),
        case("detail twice", "details = [\"context\", \"proposal\"", "details = [\"context\", \"context\""),
        case("security that everybody sees", "secrecy = \"security\"\n", ""),
        case("channel that is not open", "channels = [\"portal\"]", "channels = [\"mail\"]"),
        case("channel of staff", "channels = [\"portal\", \"chat\"]", "channels = [\"portal\", \"chat\", \"import\"]"),
        case(
            "compared though nothing is typed on a line",
            "kind = \"line\"\nruns_on = \"PostgreSQL\"",
            "kind = \"text\"\nruns_on = \" \"",
        ),
        case("nothing to choose", "kind = \"line\"\nrequired = true", "kind = \"choice\"\nrequired = true"),
        case(
            "condition on what is not asked",
            "details = [\"context\", \"proposal\"",
            "details = [\"history\", \"proposal\"",
        ),
        larkspur(
            "conditions on a deployment that is not asked",
            "details = [\"area\", \"deployment\", \"version\"",
            "details = [\"area\", \"version\"",
        ),
        larkspur(
            "range upside down, for which a line speaks",
            "priorities = { highest = \"s1\", lowest = \"s3\", default = \"s2\" }",
            "priorities = { highest = \"s3\", lowest = \"s1\", default = \"s2\" }",
        ),
        larkspur("ready request outside the range", "priority = \"s3\"\nsubject", "priority = \"s1\"\nsubject"),
        case("reminder too late", "reminder_days = 7", "reminder_days = 14"),
        case("warnings that do not rise", "warn_percents = [50, 80]", "warn_percents = [80, 50]"),
        case("warning twice", "warn_percents = [50, 80]", "warn_percents = [50, 50]"),
        case("session that ends first", "idle_days = 14", "idle_days = 100"),
        larkspur(
            "domain in two lists",
            "corporate = [\"larkspur-partners.example\"]",
            "corporate = [\"freepost.example\"]",
        ),
    ]);
    insta::assert_snapshot!(shown);
}

#[test]
fn pol_1_what_lies_at_its_bound_is_allowed() {
    for (from, to) in [
        ("idle_days = 14", "idle_days = 90"),
        ("reminder_days = 7", "reminder_days = 13"),
        ("warn_percents = [50, 80]", "warn_percents = [50, 51]"),
        ("warn_percents = [50, 80]", "warn_percents = []"),
    ] {
        assert!(REFERENCE.contains(from), "{from}");
        assert!(Policy::parse(&REFERENCE.replacen(from, to, 1)).is_ok(), "{to}");
    }
}

#[test]
fn pol_1_calendars_and_targets_that_cannot_be_kept() {
    let shown = all(&[
        case("calendar that never opens", WEEK, "week = {}\n"),
        larkspur(
            "holidays on which it is open",
            "closed_on_holidays = false",
            "closed_on_holidays = false\nholidays = [\"styria\"]",
        ),
        case(
            "clock without a length",
            "[[targets]]\nfirst_response = \"8 working hours\"",
            "[[targets]]\npriority = \"urgent\"\nfirst_response = \"8 working hours\"",
        ),
        case(
            "line that states nothing",
            "[[targets]]\nfirst_response = \"8 working hours\"",
            "[[targets]]\nfirst_response = \"8 working hours\"\n\n[[targets]]\npriority = \"low\"",
        ),
        case(
            "line that never wins",
            "first_response = \"8 working hours\"",
            "first_response = \"8 working hours\"\n\n[[targets]]\nfirst_response = \"4 working hours\"",
        ),
        case(
            "line for a type without a clock",
            "[[targets]]\n",
            "[[targets]]\ntype = \"feature\"\nfirst_response = \"1 working day\"\n\n[[targets]]\n",
        ),
        case(
            "line outside the range",
            "[[targets]]\n",
            "[[targets]]\ntype = \"question\"\npriority = \"urgent\"\nfirst_response = \"1 working day\"\n\n[[targets]]\n",
        ),
        larkspur("support day of no length", "support_day_minutes = 480\n", ""),
        larkspur(
            "support day of no length, once a request is reopened",
            "reopened_response = \"30 wall-clock minutes\"",
            "reopened_response = \"1 support day\"",
        ),
    ]);
    insta::assert_snapshot!(shown);
}

const HOURS: &str =
    "[calendars.desk.week]\nmon = [[\"8\", \"18\"]]\ntue = [[\"8.30\", \"18h\"]]\nwed = [[\"morning\", \"18:00\"]]\n";

const PRODUCT: &str = "[product]\nname = \"Allure TestOps\"\nvendor = \"Qameta Software Inc.\"\nportal = \"https://help.qameta.io\"\ninstances = [\"eu1\", \"us1\"] # of our cloud; a house rule\nlead = \"\"\"\nWhat support includes, when we are here, what you can send us and how soon you hear from us, for everyone who uses \\\nAllure TestOps on a server of their own or in our cloud.\"\"\"\n";

const WEEK: &str = "[calendars.desk.week]\nmon = [[\"08:00\", \"18:00\"]]\ntue = [[\"08:00\", \"18:00\"]]\nwed = [[\"08:00\", \"18:00\"]]\nthu = [[\"08:00\", \"18:00\"]]\nfri = [[\"08:00\", \"18:00\"]]\n";

#[test]
fn pol_1_what_is_allowed_but_probably_not_meant_is_a_warning() {
    let changed = LARKSPUR
        .replacen("details = [\"ask\"]", "details = []", 1)
        .replacen("holidays = [\"styria\", \"company\"]", "holidays = [\"company\"]", 1)
        .replacen("calendar = \"duty\"\n", "", 1)
        .replacen("[first_response]\n", "[first_response]\nstops_for_missing_details = true\n", 1);
    let warnings = Policy::parse(&changed).expect("it is allowed").warnings;
    let shown: String = warnings.iter().map(|fault| fault.render(Severity::Warning, "policy.toml")).collect();
    insta::assert_snapshot!(shown);
}

proptest::proptest! {
    #[test]
    fn pol_1_no_text_makes_the_reader_panic(text in "\\PC*") {
        let _ = Policy::parse(&text);
    }

    #[test]
    fn pol_1_no_damage_to_a_policy_makes_the_reader_panic(at in 0..REFERENCE.len(), cut in 0..200_usize, put in "[\\PC\n]{0,12}") {
        let start = REFERENCE.floor_char_boundary(at);
        let end = REFERENCE.floor_char_boundary((start + cut).min(REFERENCE.len())).max(start);
        let damaged = format!("{}{put}{}", &REFERENCE[..start], &REFERENCE[end..]);
        for fault in Policy::parse(&damaged).err().unwrap_or_default() {
            let shown = fault.render(Severity::Error, "policy.toml");
            proptest::prop_assert!(fault.line >= 1 && fault.column >= 1, "{}", shown);
        }
    }
}
