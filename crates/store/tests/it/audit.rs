//! The audit only grows, and whatever is done to it past the database's own refusals is found.

use rules::{
    audit::{Act, Area, Broken, Head, Of},
    events::{By, Secrecy},
    ids::{PersonId, TicketId},
};
use sqlx::{Connection, PgConnection, SqliteConnection};
use store::{
    Place,
    audit::{self, From, Wanted},
};

use crate::{cast::minute, stage::Stage};

both_engines!(
    the_audit_refuses_to_be_changed,
    what_was_changed_taken_out_or_cut_off_is_found,
    an_entry_is_found_by_who_did_it_and_by_what_it_concerns,
);

/// Runs statements as whoever has the database may.
async fn run(place: &Place, statements: &[String]) -> Result<(), String> {
    match place {
        Place::Folder(folder) => {
            let url = format!("sqlite:{}", folder.join("db/firstline.db").display());
            let mut connection = SqliteConnection::connect(&url).await.unwrap();
            for sql in statements {
                let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.clone())).execute(&mut connection).await;
                done.map_err(|error| error.to_string())?;
            }
        }
        Place::Postgres { url, .. } => {
            let mut connection = PgConnection::connect(url).await.unwrap();
            for sql in statements {
                let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql.clone())).execute(&mut connection).await;
                done.map_err(|error| error.to_string())?;
            }
        }
    }
    Ok(())
}

/// Does it with what refuses it taken away.
async fn forge(place: &Place, sql: &str) {
    let drops: Vec<String> = match place {
        Place::Folder(_) => ["audit", "audit_about"]
            .iter()
            .flat_map(|table| ["update", "delete"].map(|how| format!("DROP TRIGGER IF EXISTS {table}_no_{how}")))
            .collect(),
        Place::Postgres { .. } => {
            ["audit", "audit_about"].map(|table| format!("DROP TRIGGER IF EXISTS {table}_only_grows ON {table}")).into()
        }
    };
    let all: Vec<String> = drops.into_iter().chain([sql.to_owned()]).collect();
    run(place, &all).await.unwrap();
}

async fn some(stage: &Stage, count: i64) {
    let tx = stage.store.begin().await.unwrap();
    for n in 0..count {
        let act = Act::SecrecySet { ticket: TicketId(1000 + n), secrecy: Secrecy::Confidential };
        audit::append(&tx, (minute(n), By::person(PersonId(7))), &act).await.unwrap();
    }
    tx.commit().await.unwrap();
}

async fn broken(stage: &Stage, known: &[Head]) -> Option<Broken> {
    audit::verify(stage.store.read(), known).await.unwrap().broken
}

async fn the_audit_refuses_to_be_changed(stage: Stage) {
    some(&stage, 3).await;
    for table in ["audit", "audit_about"] {
        for sql in [format!("UPDATE {table} SET at = 0"), format!("DELETE FROM {table}")] {
            let refused = run(&stage.place, std::slice::from_ref(&sql)).await.unwrap_err();
            assert!(refused.contains("never changed or taken out"), "{sql}: {refused}");
        }
    }
    if matches!(stage.place, Place::Postgres { .. }) {
        assert!(run(&stage.place, &["TRUNCATE audit".to_owned()]).await.is_err());
    }
    let verdict = audit::verify(stage.store.read(), &[]).await.unwrap();
    assert_eq!((verdict.head.number, verdict.broken), (3, None));
}

async fn what_was_changed_taken_out_or_cut_off_is_found(stage: Stage) {
    some(&stage, 1200).await;
    let whole = audit::head(stage.store.read()).await.unwrap();
    assert_eq!(broken(&stage, std::slice::from_ref(&whole)).await, None);
    for (change, back) in [
        ("actor_id = 8", "actor_id = 7"),
        ("actor_kind = 'nobody'", "actor_kind = 'person'"),
        ("act = replace(act, 'confidential', 'open')", "act = replace(act, 'open', 'confidential')"),
        ("at = at + 1", "at = at - 1"),
    ] {
        forge(&stage.place, &format!("UPDATE audit SET {change} WHERE number = 601")).await;
        assert_eq!(broken(&stage, &[]).await, Some(Broken::Changed { number: 601 }), "{change}");
        forge(&stage.place, &format!("UPDATE audit SET {back} WHERE number = 601")).await;
        assert_eq!(broken(&stage, &[]).await, None, "{back}");
    }
    forge(&stage.place, "UPDATE audit SET area = 'policy' WHERE number = 601").await;
    assert_eq!(broken(&stage, &[]).await, Some(Broken::Misfiled { number: 601 }));
    forge(&stage.place, "UPDATE audit SET area = 'visibility' WHERE number = 601").await;
    forge(&stage.place, "UPDATE audit SET previous = hash WHERE number = 601").await;
    assert_eq!(broken(&stage, &[]).await, Some(Broken::Torn { number: 601 }));
    forge(&stage.place, "UPDATE audit SET previous = (SELECT hash FROM audit WHERE number = 600) WHERE number = 601")
        .await;
    assert_eq!(broken(&stage, &[]).await, None);
    forge(&stage.place, "INSERT INTO audit_about (thing, thing_id, at, number) VALUES ('person', 9, 0, 99999)").await;
    assert!(matches!(broken(&stage, &[]).await, Some(Broken::Misfiled { .. })));
    forge(&stage.place, "DELETE FROM audit_about WHERE number = 99999").await;

    forge(&stage.place, "DELETE FROM audit WHERE number = 601").await;
    assert_eq!(broken(&stage, &[]).await, Some(Broken::Missing { number: 601 }));
    forge(&stage.place, "DELETE FROM audit WHERE number > 600").await;
    forge(&stage.place, "DELETE FROM audit_about WHERE number > 600").await;
    assert_eq!(broken(&stage, &[]).await, None, "what is left fits");
    let cut = Broken::CutOff { number: 1200, last: 600 };
    assert_eq!(broken(&stage, std::slice::from_ref(&whole)).await, Some(cut), "a head that was kept knows better");
    some(&stage, 700).await;
    assert_eq!(broken(&stage, &[whole]).await, Some(Broken::Rewritten { number: 1200 }));
}

async fn an_entry_is_found_by_who_did_it_and_by_what_it_concerns(stage: Stage) {
    some(&stage, 5).await;
    let tx = stage.store.begin().await.unwrap();
    let act = Act::ParticipantAdded { ticket: TicketId(1002), person: PersonId(9) };
    audit::append(&tx, (minute(9), By::person(PersonId(7))), &act).await.unwrap();
    let numbers = async |wanted: &Wanted, from| {
        let found = audit::list(&tx, wanted, from, 50).await.unwrap();
        found.iter().map(|kept| kept.number).collect::<Vec<_>>()
    };
    let (newest, oldest) = (From::Before(None), From::After(None));
    assert_eq!(numbers(&Wanted::default(), newest).await, [6, 5, 4, 3, 2, 1]);
    assert_eq!(numbers(&Wanted::default(), From::Before(Some((minute(3), 4)))).await, [3, 2, 1]);
    assert_eq!(numbers(&Wanted::default(), From::After(Some((minute(3), 4)))).await, [5, 6]);
    let of = |thing| Wanted { thing: Some((Of::Request, thing)), ..Wanted::default() };
    assert_eq!(numbers(&of(1002), newest).await, [6, 3]);
    assert_eq!(numbers(&of(1), newest).await, [0_i64; 0]);
    let both = Wanted { person: Some(PersonId(9)), ..of(1002) };
    assert_eq!(numbers(&both, newest).await, [6]);
    let area = Wanted { person: Some(PersonId(7)), area: Some(Area::Policy), ..Wanted::default() };
    assert_eq!(numbers(&area, newest).await, [0_i64; 0]);
    let span = Wanted { from: Some(minute(1)), until: Some(minute(4)), ..Wanted::default() };
    assert_eq!(numbers(&span, oldest).await, [2, 3, 4], "the end is not in it");
    assert_eq!(numbers(&span, From::After(Some((minute(1), 2)))).await, [3, 4]);
    assert_eq!(numbers(&span, From::Before(Some((minute(3), 4)))).await, [3, 2]);
}
