//! The page says the whole policy: every public field changes it, house rules stand apart, figures wait for cases.

use jiff::SignedDuration;
use rules::policy::{Compiled, Policy};

use super::*;

pub(super) const POLICIES: [(&str, &str); 2] = [
    ("allure-testops.toml", include_str!("../../../../policies/allure-testops.toml")),
    ("larkspur.toml", include_str!("../../../../policies/larkspur.toml")),
];

pub(super) fn compiled(source: &str) -> Compiled {
    Compiled::new(Policy::parse(source).expect("the sample policies hold together"))
}

fn reference() -> SupportPage {
    SupportPage::of(&compiled(POLICIES[0].1), Lang::En, None)
}

#[test]
fn pol_2_the_reference_page_as_markdown() {
    insta::assert_snapshot!(reference().markdown());
}

#[test]
fn pol_2_the_invented_vendors_page_as_markdown() {
    insta::assert_snapshot!(SupportPage::of(&compiled(POLICIES[1].1), Lang::En, None).markdown());
}

#[test]
fn pol_2_sections_stand_in_the_order_of_the_contents_list() {
    let ids: Vec<&str> = reference().sections.iter().map(|section| section.id).collect();
    let order = [
        "included",
        "hours",
        "types",
        "priorities",
        "first-response",
        "bugs",
        "licence",
        "account",
        "colleagues",
        "scope",
        "security",
        "migration",
        "forum",
        "house",
    ];
    assert_eq!(ids, order);
}

#[test]
fn pol_2_house_rules_are_set_apart() {
    let page = reference();
    let (house, rest): (Vec<_>, Vec<_>) = page.sections.iter().partition(|section| section.id == "house");
    let rule = "No state of a request stops the clock.";
    assert!(house[0].markdown.contains(rule));
    assert!(rest.iter().all(|section| !section.markdown.contains(rule)));
}

#[test]
fn hrs_4_a_missing_list_of_holidays_is_said_on_the_page() {
    let hours = reference().sections.into_iter().find(|section| section.id == "hours").expect("a section on hours");
    assert!(hours.html.contains("the list of them is missing"), "{}", hours.html);
}

#[test]
fn the_week_is_drawn_as_rows_of_like_days() {
    let rows = reference().hours;
    assert_eq!(rows.iter().map(|row| row.days.as_str()).collect::<Vec<_>>(), ["Mon to Fri", "Sat, Sun"]);
    let open = rows[0].open[0];
    assert!((open.from_percent - 33.3).abs() < 0.1 && (open.to_percent - 75.0).abs() < 0.1, "{open:?}");
    assert!(rows[1].open.is_empty());
}

#[test]
fn frt_8_figures_are_shown_from_twenty_cases_on() {
    let compiled = compiled(POLICIES[0].1);
    let page = |cases| {
        let counted =
            Statistics { cases, median: SignedDuration::from_mins(130), ninetieth: SignedDuration::from_mins(335) };
        SupportPage::of(&compiled, Lang::En, Some(counted)).figures
    };
    assert_eq!(page(19), []);
    let figures = page(20);
    let lengths: Vec<i64> = figures.iter().map(|figure| figure.length.as_mins()).collect();
    assert_eq!(lengths, [130, 335, 480]);
    assert!(figures[0].caption.contains("last 90 days"), "{figures:?}");
}

#[test]
fn links_to_filing_are_of_this_server_and_no_markup_is_lost() {
    let html = reference().html();
    assert!(html.contains("<a href=\"/requests/new/bug\""), "{html}");
    assert!(html.contains("<h3>Bug report</h3>"));
    assert!(!html.contains("**") && !html.contains("{support-"), "{html}");
}
