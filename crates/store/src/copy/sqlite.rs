//! The embedded database as one file: `VACUUM INTO` reads one instant of it, beside its writer, and writes it dense.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
};

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};

use super::{Copied, Kind, Named, Table, counts, failed, named, steps};
use crate::{
    Error, Handle, Place, Result,
    engine::{make_folder, open, sync_folder},
};

pub(super) async fn take(place: &Place, folder: &Path) -> Result<Copied> {
    make_folder(folder).map_err(failed(folder))?;
    let file = folder.join(open::FILE);
    let connection = open::migrant(place).await?;
    let copied = vacuum_into(&connection, &file).await;
    connection.close_by_ref().await?;
    copied?;
    let copy = Handle::pool(open::file(&file)?);
    let tables = counts(&copy).await?.into_iter();
    let tables = tables.map(|(name, rows)| Table { name, rows, columns: vec![], counted_to: None }).collect();
    let Named { blobs, policies, audit } = named(&copy).await?;
    let steps = steps(&copy).await?;
    copy.close().await?;
    Ok(Copied { kind: Kind::Sqlite, files: vec![PathBuf::from(open::FILE)], steps, tables, blobs, policies, audit })
}

/// Writes a whole copy to a file that is not there, and has the disk take it.
pub(crate) async fn vacuum_into(connection: &DatabaseConnection, file: &Path) -> Result<()> {
    let name = file.to_str().ok_or_else(|| Error::broken(format!("{} is no name in UTF-8", file.display())))?;
    let into = Statement::from_sql_and_values(DbBackend::Sqlite, "VACUUM INTO $1", vec![name.to_owned().into()]);
    connection.execute_raw(into).await?;
    File::open(file).and_then(|file| file.sync_all()).map_err(failed(file))
}

pub(super) async fn put(place: &Place, folder: &Path) -> Result<()> {
    let into = place.embedded().ok_or_else(|| Error::broken("this copy is of SQLite"))?;
    let from = folder.join(open::FILE);
    let put = tokio::task::spawn_blocking(move || {
        make_folder(&into).map_err(failed(&into))?;
        let (half, whole) = (into.join("restored.half"), into.join(open::FILE));
        fs::copy(&from, &half).map_err(failed(&from))?;
        File::open(&half).and_then(|file| file.sync_all()).map_err(failed(&half))?;
        // There at once and whole, or not at all.
        fs::rename(&half, &whole).and_then(|()| sync_folder(&into)).map_err(failed(&whole))
    });
    put.await.map_err(Error::broken)?
}
