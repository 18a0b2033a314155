//! PRV-1: what an organisation was called, and what was written in its requests, is gone after its erasure; its people stay.

use rules::{access::Role, entitlement::Terms, events::Secrecy};
use store::{erasure, exports, licences, organisations, outgoing, people};

use crate::{
    cast::{Filing, file_about, licence, minute, person, said, terms},
    erasure::{TRACE, after_the_end, file_for, invited, mails, words},
    schema::everything_in,
    stage::Stage,
};

both_engines!(prv_1_nothing_of_an_erased_organisation_is_left_in_any_column);

/// What of an organisation's can hold a word of its people or of those who answer them.
const OF_AN_ORGANISATION: &[&str] = &[
    "organisation.name",
    "organisation.name_key",
    "organisation_domain.domain",
    "audited_domain.domain",
    "licence.external_key",
    "licence.edition",
    "licence_version.external_key",
    "licence_version.edition",
    "invitation.written",
    "resale.written",
    "ticket.subject",
    "ticket_detail.value",
    "message.body",
    "remark.words",
    "satisfaction.words",
    "advisory.body",
    "draft.fields",
    "attachment.name",
    "upload.name",
    "outgoing.subject",
    "outgoing.recipient",
    "job.fault",
];

async fn prv_1_nothing_of_an_erased_organisation_is_left_in_any_column(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let dana = person(&tx, "Dana").await;
    let acme = organisations::insert(&tx, TRACE, Some(minute(0)), minute(0)).await.unwrap();
    organisations::claim_domain(&tx, acme, &format!("{TRACE}.example")).await.unwrap();
    organisations::note_domain(&tx, acme, &format!("{TRACE}.example")).await.unwrap();
    organisations::join(&tx, acme, dana, Role::Manager, minute(0)).await.unwrap();
    people::act_for(&tx, dana, acme).await.unwrap();
    let terms_of_licence = Terms { external_key: Some(TRACE.to_owned()), edition: TRACE.to_owned(), ..licence() };
    let licence = licences::insert(&tx, acme, &terms_of_licence, said()).await.unwrap();
    licences::change(&tx, licence, &terms_of_licence, said()).await.unwrap();
    invited(&tx, acme, dana).await;
    let terms = terms(&tx).await;
    let filing = Filing {
        requester: dana,
        organisation: Some(acme),
        reseller: None,
        secrecy: Secrecy::Open,
        filed_at: minute(1),
        terms,
    };
    let ticket = file_about(&tx, filing, TRACE).await;
    let message = words(&tx, ticket, dana).await;
    after_the_end(&tx, ticket, dana).await;
    mails(&tx, ticket, message, dana).await;
    file_for(&stage.store, &tx, dana, &format!("request/{ticket}")).await;
    tx.commit().await.unwrap();
    let before = everything_in(&stage.place).await;
    for name in OF_AN_ORGANISATION {
        assert!(
            before.iter().any(|(at, text)| at == name && text.contains(TRACE)),
            "the test leaves no trace in {name}"
        );
    }

    let tx = stage.store.begin().await.unwrap();
    let looked = erasure::erase_organisation(&tx, acme, "‹erased organisation 1›", minute(50)).await.unwrap();
    tx.commit().await.unwrap();

    assert!(looked.iter().all(|it| !it.place.is_empty()) && looked.len() > 10, "{looked:?}");
    for (at, text) in everything_in(&stage.place).await {
        // The mail of a sign-up names no organisation.
        let is_of_sign_up = matches!(
            at.as_str(),
            "outgoing.subject"
                | "outgoing.sender"
                | "outgoing.recipient"
                | "outgoing.bytes"
                | "outgoing.ordered"
                | "job.fault"
        );
        assert!(is_of_sign_up || !text.contains(TRACE), "{at} still says {text}");
    }
    let conn = stage.store.read();
    let mail = outgoing::by_key(conn, "reply/1").await.unwrap().unwrap();
    assert_eq!((mail.recipient.as_str(), mail.subject.as_str(), mail.bytes), ("", "", None));
    assert_eq!(people::get(conn, dana).await.unwrap().name, "Dana", "its people stay");
    let kept = organisations::get(conn, acme).await.unwrap();
    assert_eq!((kept.name.as_str(), kept.erased_at), ("‹erased organisation 1›", Some(minute(50))));
    assert!(organisations::list(conn, organisations::Listed::All, None, 9).await.unwrap().is_empty());
    assert_eq!(exports::requests_for(conn, acme).await.unwrap(), [ticket], "it is still counted");
}
