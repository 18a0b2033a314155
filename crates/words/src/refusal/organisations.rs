//! What is said of an organisation, its domains and its members (REG-4, 5, 7).

use rules::{people::DomainRefusal, refusal::OrganisationRefusal};

use super::Said;
use crate::names;

pub(super) fn organisation(why: &OrganisationRefusal) -> Said<'_> {
    match why {
        OrganisationRefusal::Unconfirmed => Said::plain("organisation-unconfirmed"),
        OrganisationRefusal::NameMissing => Said::plain("organisation-name-missing"),
        OrganisationRefusal::NameTooLong { characters, limit } => {
            Said::plain("organisation-name-too-long").and("characters", *characters).and("limit", *limit)
        }
        OrganisationRefusal::NotADomain { text } => Said::plain("organisation-no-domain").and("text", text.as_str()),
        OrganisationRefusal::NoEntry(DomainRefusal::PublicSuffix { domain }) => {
            Said::plain("organisation-public-suffix").and("domain", names::domain(domain.as_str()))
        }
        OrganisationRefusal::NoEntry(DomainRefusal::PublicMail { domain }) => {
            Said::plain("organisation-public-mail").and("domain", names::domain(domain.as_str()))
        }
        OrganisationRefusal::NoEntry(DomainRefusal::Disposable { domain }) => {
            Said::plain("organisation-disposable").and("domain", names::domain(domain.as_str()))
        }
        OrganisationRefusal::EntryOfAnother { organisation } => {
            Said::plain("organisation-entry-of-another").and("name", organisation.as_str())
        }
        OrganisationRefusal::NoMember => Said::plain("organisation-no-member"),
        OrganisationRefusal::NamedAlready => Said::plain("organisation-named-already"),
        OrganisationRefusal::ContactsFull { number } => {
            Said::plain("organisation-contacts-full").and("number", *number)
        }
        OrganisationRefusal::NoHeir => Said::plain("organisation-no-heir"),
        OrganisationRefusal::ProveFirst => Said::plain("organisation-prove-first"),
        OrganisationRefusal::NotOwnDomain => Said::plain("organisation-not-own-domain"),
        OrganisationRefusal::MemberAlready { address } => {
            Said::plain("organisation-member-already").and("address", address.as_str())
        }
        OrganisationRefusal::Ended { into } => Said::plain("organisation-ended").and("into", into.as_str()),
        OrganisationRefusal::Unknown { text } => Said::plain("organisation-unknown").and("text", text.as_str()),
        OrganisationRefusal::ResellsItself => Said::plain("organisation-resells-itself"),
        OrganisationRefusal::ResellsAlready { reseller } => {
            Said::plain("organisation-resells-already").and("reseller", reseller.as_str())
        }
        OrganisationRefusal::ManagersTakeOn => Said::plain("organisation-managers-take-on"),
        OrganisationRefusal::FilesNoMore => Said::plain("organisation-files-no-more"),
        OrganisationRefusal::MergeItself => Said::plain("organisation-merge-itself"),
        OrganisationRefusal::TooManyInvitations { limit } => {
            Said::plain("organisation-too-many-invitations").and("limit", *limit)
        }
    }
}
