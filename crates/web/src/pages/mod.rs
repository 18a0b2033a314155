//! Every page as plain data with a template and samples. A handler fills a context and calls `html::show`; it
//! writes no HTML. Contexts hold what is read as text already (instants are said by `words`), so that no page
//! needs a rule. `gallery` names every sample of every page, for the pictures and for axe.

pub mod account;
pub mod banner;
pub mod bugs;
pub mod conversation;
pub mod demo;
pub mod desk;
pub mod details;
pub mod drafts;
pub mod escalation;
pub mod form;
pub mod formats;
pub mod frame;
pub mod home;
pub mod hours;
pub mod html;
pub mod licences;
pub mod message;
pub mod migrate;
pub mod new_request;
pub mod organisation;
pub mod parts;
pub mod rating;
pub mod redaction;
pub mod refusals;
pub mod releases;
pub mod report;
pub mod request;
pub mod requests;
pub mod resale;
pub mod samples;
pub mod search;
pub mod security_report;
pub mod sign_in;
pub mod sign_up;
pub mod suggestions;
pub mod support;
pub mod types;
pub mod verdict;

use askama::Template;

use samples::Samples;

/// A sample as a file of the gallery: `home--crowded`, and its HTML.
#[derive(Clone, Debug)]
pub struct Picture {
    pub name: String,
    pub html: String,
}

/// Every sample of every page.
///
/// # Errors
/// When a template cannot be written, which is a fault of ours.
pub fn gallery() -> askama::Result<Vec<Picture>> {
    let mut pictures = Vec::new();
    of_portal(&mut pictures)?;
    of_desk(&mut pictures)?;
    Ok(pictures)
}

fn of_portal(pictures: &mut Vec<Picture>) -> askama::Result<()> {
    add(pictures, "home", home::HomePage::samples())?;
    add(pictures, "details", details::DetailsPage::samples())?;
    add(pictures, "rating", rating::RatingPage::samples())?;
    add(pictures, "redaction", redaction::RedactionPage::samples())?;
    add(pictures, "security-report", security_report::SecurityReportPage::samples())?;
    add(pictures, "security-confirm", security_report::ConfirmReportPage::samples())?;
    add(pictures, "types", types::TypesPage::samples())?;
    add(pictures, "requests", requests::RequestsPage::samples())?;
    add(pictures, "new-request", new_request::NewRequestPage::samples())?;
    add(pictures, "search", search::SearchPage::samples())?;
    add(pictures, "drafts", drafts::DraftsPage::samples())?;
    add(pictures, "request", request::RequestPage::samples())?;
    add(pictures, "releases", releases::ReleasesPage::samples())?;
    add(pictures, "release", releases::ReleasePage::samples())?;
    add(pictures, "between", releases::BetweenPage::samples())?;
    add(pictures, "support", support::SupportPage::samples())?;
    add(pictures, "sign-up", sign_up::SignUpPage::samples())?;
    add(pictures, "check-mail", sign_up::CheckMailPage::samples())?;
    add(pictures, "password", sign_up::PasswordPage::samples())?;
    add(pictures, "reset", sign_up::ResetPage::samples())?;
    add(pictures, "sign-in", sign_in::SignInPage::samples())?;
    add(pictures, "account", account::AccountPage::samples())?;
    add(pictures, "organisation", organisation::OwnOrganisationPage::samples())?;
    add(pictures, "invitation", organisation::InvitationPage::samples())?;
    add(pictures, "proof", account::ProofPage::samples())?;
    add(pictures, "refusal", refusals::RefusalPage::samples())?;
    add(pictures, "demo-doors", demo::DoorsPage::samples())?;
    add(pictures, "demo-mails", demo::MailsPage::samples())?;
    add(pictures, "demo-mail", demo::MailPage::samples())?;
    add(pictures, "bugs", bugs::KnownBugsPage::samples())?;
    add(pictures, "bug", bugs::KnownBugPage::samples())?;
    add(pictures, "message", message::MessagePage::samples())?;
    add(pictures, "licences", licences::LicencesPage::samples())?;
    add(pictures, "migrate", migrate::MigratePage::samples())?;
    Ok(())
}

fn of_desk(pictures: &mut Vec<Picture>) -> askama::Result<()> {
    add(pictures, "desk-advisory", desk::advisory::AdvisoryPage::samples())?;
    add(pictures, "desk-redaction", redaction::DeskRedactionPage::samples())?;
    add(pictures, "desk-alike", desk::alike::AlikePage::samples())?;
    add(pictures, "desk-sight", desk::sight::SightPage::samples())?;
    add(pictures, "desk-search", search::DeskSearchPage::samples())?;
    add(pictures, "desk-queue", desk::queue::QueuePage::samples())?;
    add(pictures, "desk-bulk", desk::bulk::BulkPage::samples())?;
    add(pictures, "desk-bulk-list", desk::bulk::BulkListPage::samples())?;
    add(pictures, "desk-request", desk::request::DeskRequestPage::samples())?;
    add(pictures, "desk-opening", desk::opening::OpeningPage::samples())?;
    add(pictures, "desk-bugs", desk::bugs::BugsPage::samples())?;
    add(pictures, "desk-bug", desk::bug::BugPage::samples())?;
    add(pictures, "desk-new-bug", desk::bug::NewBugPage::samples())?;
    add(pictures, "desk-teams", desk::teams::TeamsPage::samples())?;
    add(pictures, "desk-team", desk::teams::TeamPage::samples())?;
    add(pictures, "desk-releases", desk::releases::DeskReleasesPage::samples())?;
    add(pictures, "desk-release", desk::releases::DeskReleasePage::samples())?;
    add(pictures, "desk-release-import", desk::releases::ReleaseImportPage::samples())?;
    add(pictures, "desk-templates", desk::templates::TemplatesPage::samples())?;
    add(pictures, "desk-template", desk::templates::TemplatePage::samples())?;
    add(pictures, "desk-keys", desk::keys::KeysPage::samples())?;
    add(pictures, "desk-policy", desk::policy::PolicyPage::samples())?;
    add(pictures, "desk-holidays", desk::holidays::HolidaysPage::samples())?;
    add(pictures, "desk-simulation", desk::policy::SimulationPage::samples())?;
    add(pictures, "desk-migrations", desk::migrations::MigrationsPage::samples())?;
    add(pictures, "desk-notifications", desk::notifications::NotificationsPage::samples())?;
    add(pictures, "desk-notification-choices", desk::notifications::ChoicesPage::samples())?;
    add(pictures, "desk-organisations", desk::organisations::OrganisationsPage::samples())?;
    add(pictures, "desk-organisation", desk::organisations::OrganisationPage::samples())?;
    add(pictures, "desk-merge", desk::merge::MergePage::samples())?;
    add(pictures, "desk-waiting", desk::waiting::WaitingPage::samples())?;
    add(pictures, "desk-report", desk::report::ReportPage::samples())?;
    add(pictures, "desk-report-requests", desk::report::BehindPage::samples())?;
    add(pictures, "desk-outbox", desk::work::OutboxPage::samples())?;
    add(pictures, "desk-parked", desk::work::ParkedPage::samples())?;
    add(pictures, "desk-health", desk::health::HealthPage::samples())?;
    add(pictures, "desk-audit", desk::audit::AuditPage::samples())?;
    add(pictures, "desk-person", desk::person::PersonPage::samples())?;
    add(pictures, "desk-organisation-data", desk::person::OrganisationDataPage::samples())?;
    add(pictures, "desk-erased", desk::person::ErasedPage::samples())?;
    add(pictures, "desk-tokens", desk::tokens::TokensPage::samples())?;
    add(pictures, "desk-tracker", desk::tracker::TrackerPage::samples())?;
    add(pictures, "desk-licence", desk::licence::LicencePage::samples())?;
    add(pictures, "desk-affected", desk::affected::AffectedPage::samples())?;
    add(pictures, "desk-circular", desk::circular::CircularPage::samples())?;
    add(pictures, "desk-installed-import", desk::installed_import::InstalledImportPage::samples())?;
    add(pictures, "desk-licence-import", desk::licence_import::LicenceImportPage::samples())?;
    Ok(())
}

fn add<Page: Template>(pictures: &mut Vec<Picture>, page: &str, samples: Samples<Page>) -> askama::Result<()> {
    for (state, sample) in samples {
        pictures.push(Picture { name: format!("{page}--{state}"), html: sample.render()? });
    }
    Ok(())
}
