//! Every route × every role, asked of the real router: compared with the committed page, and held against the rules.

mod cases;
mod knock;
mod names;
mod page;
mod roles;

use std::path::Path;

use axum::http::Method;
use jiff::SignedDuration;
use rules::{access::Grant, events::Secrecy};
use tokio::sync::OnceCell;
use web::{
    app::Mode,
    routes::{Permission, all},
};

use knock::{Heard, Subject, knock};
use roles::{House, Role};

/// A route, what it was asked for, and what each role heard.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub method: Method,
    pub path: &'static str,
    pub key: &'static str,
    pub permission: Permission,
    pub subject: Subject,
    pub heard: Vec<Heard>,
}

impl Row {
    fn said(&self, role: Role) -> &str {
        self.heard.iter().find(|heard| heard.role == role).map_or("not asked", |heard| &heard.said)
    }

    fn is_desk(&self) -> bool {
        self.path.starts_with("/desk")
    }
}

/// Asked once for all tests.
static ROWS: OnceCell<Vec<Row>> = OnceCell::const_new();

async fn rows() -> &'static [Row] {
    ROWS.get_or_init(ask).await
}

async fn ask() -> Vec<Row> {
    let house = House::open().await;
    let mut rows = vec![];
    for (at, route) in all(Mode::Demo).into_iter().enumerate() {
        // Nobody writes as much as all of this in five minutes, and no network brings so many tokens that are none.
        if at % 100 == 99 || matches!(route.permission, Permission::Program(_)) {
            house.scene.advance(SignedDuration::from_mins(16)).await;
        }
        for subject in Subject::of(cases::of(&route).names) {
            let roles = subject.roles();
            let mut heard = vec![];
            for role in roles {
                heard.push(knock(&house, &route, *subject, *role).await);
            }
            let (method, path, key, permission) = (route.method.clone(), route.path, route.key, route.permission);
            rows.push(Row { method, path, key, permission, subject: *subject, heard });
        }
    }
    rows
}

/// Says which cells break a rule.
fn none(broken: Vec<String>) {
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The cells that `is_wrong`, a line each.
async fn cells(is_wrong: impl Fn(&Row, &Heard) -> bool) -> Vec<String> {
    let said = |row: &Row, heard: &Heard| {
        format!("{} {} {:?}: {} heard {}", row.method, row.path, row.subject, heard.role.name(), heard.said)
    };
    let wrong = |row: &'static Row| {
        row.heard.iter().filter(|heard| is_wrong(row, heard)).map(|heard| said(row, heard)).collect::<Vec<_>>()
    };
    rows().await.iter().flat_map(wrong).collect()
}

/// The committed page; written anew when `FIRSTLINE_UPDATE` is set.
#[tokio::test]
async fn every_answer_is_as_the_committed_page_says() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/generated/permissions.md");
    let page = page::page(rows().await);
    #[expect(clippy::disallowed_methods, reason = "the switch of `cargo xtask generate`")]
    if std::env::var_os("FIRSTLINE_UPDATE").is_some() {
        std::fs::write(&file, &page).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let changed: Vec<_> = page.lines().filter(|line| !committed.lines().any(|known| known == *line)).collect();
    assert!(
        page == committed,
        "docs/generated/permissions.md says otherwise; if this is meant, run `cargo xtask generate`:\n{}",
        changed.join("\n")
    );
}

#[test]
fn every_case_has_its_route() {
    assert_eq!(cases::left_over(&all(Mode::Demo)), [""; 0]);
}

#[test]
fn production_has_no_door_of_the_demo() {
    let demo: Vec<_> =
        all(Mode::Production).iter().map(|route| route.path).filter(|path| path.starts_with("/demo")).collect();
    assert_eq!(demo, [""; 0]);
}

#[tokio::test]
async fn nothing_is_our_fault_and_nothing_is_without_an_answer() {
    none(cells(|_, heard| heard.said.starts_with('5') || heard.said == "405" || heard.said == "400").await);
}

#[tokio::test]
async fn visitors_are_asked_to_sign_in_wherever_somebody_is_needed() {
    none(
        cells(|row, heard| {
            // A program has no page to sign in on.
            let is_page = row.method.is_safe() && !matches!(row.permission, Permission::Program(_));
            let expected = if is_page { "sign in" } else { "401" };
            heard.role == Role::Visitor && row.permission != Permission::Everybody && heard.said != expected
        })
        .await,
    );
}

#[tokio::test]
async fn vis_3_for_customers_there_is_no_desk() {
    none(cells(|row, heard| row.is_desk() && heard.role.is_customer() && heard.said != "404").await);
}

#[tokio::test]
async fn vis_3_what_is_hidden_looks_like_what_is_not_there() {
    none(cells(|row, heard| row.subject != Subject::Nothing && heard.said == "404" && !heard.as_if_absent).await);
}

#[tokio::test]
async fn vis_1_colleagues_see_nothing_of_an_organisation_that_shares_nothing() {
    none(
        cells(|row, heard| {
            let is_request = matches!(row.subject, Subject::Request(_));
            is_request && matches!(heard.role, Role::Colleague | Role::Stranger) && heard.said != "404"
        })
        .await,
    );
}

#[tokio::test]
async fn vis_1_colleagues_read_what_is_shared_and_write_nothing() {
    none(
        cells(|row, heard| {
            let expected = match row.subject {
                Subject::Request(Secrecy::Open) if !row.is_desk() && row.method == Method::GET => "200",
                Subject::Request(Secrecy::Open) if !row.is_desk() => "403",
                Subject::Request(_) => "404",
                _ => return false,
            };
            heard.role == Role::SharedColleague && heard.said != expected
        })
        .await,
    );
}

#[tokio::test]
async fn vis_1_managers_read_what_is_shared_with_them_and_redact_what_their_side_wrote() {
    none(
        cells(|row, heard| {
            let expected = match row.subject {
                _ if row.is_desk() => "404",
                Subject::Request(Secrecy::Open) if row.method == Method::GET => "200",
                Subject::Request(Secrecy::Open) if row.path.ends_with("/redaction/{place}") => "303",
                Subject::Request(Secrecy::Open) if row.path.ends_with("/redaction") => "303",
                Subject::Request(Secrecy::Open) => "403",
                Subject::Request(_) => "404",
                _ => return false,
            };
            heard.role == Role::Manager && heard.said != expected
        })
        .await,
    );
}

#[tokio::test]
async fn ent_4_a_reseller_reads_and_answers_what_its_people_filed_and_nothing_once_the_grant_ended() {
    none(
        cells(|row, heard| {
            let expected = match row.subject {
                Subject::Request(_) if heard.role == Role::FormerReseller || row.is_desk() => "404",
                Subject::Request(Secrecy::Open) if row.method == Method::GET => "200",
                Subject::Request(Secrecy::Open) if row.path.ends_with("/messages") => "303",
                Subject::Request(Secrecy::Open) if row.path.ends_with("/details") => "303",
                Subject::Request(Secrecy::Open) => "403",
                Subject::Request(_) => "404",
                _ => return false,
            };
            matches!(heard.role, Role::Reseller | Role::FormerReseller) && heard.said != expected
        })
        .await,
    );
}

#[tokio::test]
async fn vis_2_security_reports_exist_for_the_reporter_the_added_and_the_security_grant_only() {
    none(
        cells(|row, heard| {
            let may_know = matches!(heard.role, Role::Visitor | Role::Requester | Role::Participant | Role::Security);
            row.subject == Subject::Request(Secrecy::Security)
                && !may_know
                && heard.said != "404"
                && heard.said != "403"
        })
        .await,
    );
    // 403 only where the grant lacks the action for every request, which tells nothing of this one.
    none(
        cells(|row, heard| {
            let lacks = row.subject == Subject::Request(Secrecy::Security) && heard.said == "403";
            let may_see = matches!(heard.role, Role::Participant | Role::Security);
            lacks && !may_see && !lacks_everywhere(row, heard.role)
        })
        .await,
    );
}

fn lacks_everywhere(row: &Row, role: Role) -> bool {
    match (row.permission, role.grant()) {
        (Permission::Staff(action), Some(grant)) => !rules::access::may([grant].into_iter().collect(), action),
        _ => false,
    }
}

#[tokio::test]
async fn reg_7_a_former_member_sees_no_request_that_they_were_added_to() {
    none(
        cells(|row, heard| {
            matches!(row.subject, Subject::Request(_)) && heard.role == Role::Former && heard.said != "404"
        })
        .await,
    );
}

#[tokio::test]
async fn the_requester_reads_writes_and_closes_whatever_its_secrecy() {
    none(
        cells(|row, heard| {
            let expected = match (&row.method, row.path, row.subject) {
                (&Method::GET, ..) => "200",
                // The policy of the stage knows no escalation.
                (_, "/requests/{id}/escalation", _) => "422",
                // Migrations and security reports have one priority, and nothing stands above it.
                (_, "/requests/{id}/wish", Subject::Request(Secrecy::Confidential | Secrecy::Security)) => "422",
                _ => "303",
            };
            let is_own = matches!(row.subject, Subject::Request(_)) && !row.is_desk();
            is_own && heard.role == Role::Requester && heard.said != expected
        })
        .await,
    );
}

#[tokio::test]
async fn staff_do_what_their_grant_is_entrusted_with_and_nothing_else() {
    none(
        cells(|row, heard| {
            let (Permission::Staff(action), Some(grant)) = (row.permission, heard.role.grant()) else { return false };
            let may = rules::access::may([grant].into_iter().collect(), action);
            let is_hidden = match row.subject {
                Subject::Request(Secrecy::Security) => grant != Grant::Security,
                Subject::Request(Secrecy::Confidential) => matches!(grant, Grant::Product | Grant::Administrator),
                _ => false,
            };
            // Its secrecy is its type's; the policy of the stage knows no escalation, and its holidays have those days already.
            let says_no = row.path.ends_with("/secrecy") && row.subject == Subject::Request(Secrecy::Security)
                || row.path.ends_with("/escalation")
                || row.path == "/desk/policy/holidays" && row.method == Method::POST;
            match (may, is_hidden) {
                (true, false) if says_no => heard.said != "422",
                (false, _) => heard.said != "403",
                (true, true) => heard.said != "404",
                (true, false) => !matches!(heard.said.as_str(), "200" | "303"),
            }
        })
        .await,
    );
}

#[tokio::test]
async fn what_is_one_persons_own_is_nobody_elses() {
    none(
        cells(|row, heard| {
            let is_signed_in = heard.role != Role::Visitor;
            match row.subject {
                // The steps of an upload are answered as its protocol has it.
                Subject::Own if row.path.starts_with("/uploads") => {
                    is_signed_in && !matches!(heard.said.as_str(), "200" | "201" | "204")
                }
                Subject::Own => is_signed_in && !matches!(heard.said.as_str(), "200" | "303"),
                Subject::Another => is_signed_in && heard.said != "404",
                _ => false,
            }
        })
        .await,
    );
}

#[tokio::test]
async fn vis_3_every_row_was_asked_of_every_role() {
    let counted = rows()
        .await
        .iter()
        .all(|row| row.heard.len() == row.subject.roles().len() && row.said(Role::Visitor) != "not asked");
    assert!(counted);
}

#[tokio::test]
async fn reg_7_an_organisation_is_its_members_to_see_and_its_managers_to_look_after() {
    none(
        cells(|row, heard| {
            if row.subject != Subject::Organisation || heard.role == Role::Visitor {
                return false;
            }
            let is_members =
                matches!(row.path, "/organisation" | "/organisations/{id}" | "/organisations/{id}/leaving");
            let by = match heard.role {
                Role::Requester => is_members,
                // ENT-4: files for it; nothing else of it is a reseller's.
                Role::Reseller => row.path == "/organisation",
                Role::Manager => true,
                // Entrusted with all organisations on the desk; a page of their own they have not.
                Role::Agent | Role::Lead => !is_members,
                _ => false,
            };
            by != matches!(heard.said.as_str(), "200" | "303") || !by && !matches!(heard.said.as_str(), "403" | "404")
        })
        .await,
    );
}
