//! The data folder: whose it is, its key, and whether a server holds it and answers.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use super::Finding;
use crate::{
    config::Config,
    control::{self, Request, Response},
    folder::{Folder, KEY},
};

pub(super) async fn look(config: &Config) -> Vec<Finding> {
    let folder = &config.data_dir;
    if !folder.is_dir() {
        let why = format!("{} is not there", folder.display());
        return vec![Finding::fail("data folder", why, "run `firstline init`, or mend data_dir in the configuration")];
    }
    vec![rights(folder), key(config), server(folder).await]
}

fn mode(path: &Path) -> std::io::Result<u32> {
    Ok(fs::metadata(path)?.permissions().mode() & 0o777)
}

fn rights(folder: &Path) -> Finding {
    let shown = folder.display();
    match mode(folder) {
        Err(error) => {
            Finding::fail("data folder", format!("{shown}: {error}"), "let this user read it, or run this as its owner")
        }
        Ok(mode) if mode & 0o077 != 0 => Finding::warn(
            "data folder",
            format!("{shown} is open to others ({mode:o}), and what customers wrote lies in it"),
            format!("run chmod 700 {shown}"),
        ),
        Ok(mode) => Finding::ok("data folder", format!("{shown} is its owner's alone ({mode:o})")),
    }
}

fn key(config: &Config) -> Finding {
    let file = config.secret_key_file.clone().unwrap_or_else(|| config.data_dir.join(KEY));
    let shown = file.display();
    match mode(&file) {
        Err(_) if config.secret_key_file.is_none() && !file.exists() => Finding::warn(
            "secret key",
            format!("{shown} is not there"),
            "nothing, if the desk never ran: its start draws one",
        ),
        Err(error) => Finding::fail("secret key", format!("{shown}: {error}"), "put it back from a backup"),
        Ok(mode) if mode & 0o077 != 0 => Finding::fail(
            "secret key",
            format!("others can read {shown} ({mode:o}), and the desk does not start"),
            format!("run chmod 600 {shown}"),
        ),
        Ok(mode) => Finding::ok("secret key", format!("{shown} is its owner's alone ({mode:o})")),
    }
}

async fn server(folder: &Path) -> Finding {
    match control::ask(folder, &Request::IsReady).await {
        Ok(Some(Response::Refused(why))) => Finding::fail(
            "server",
            format!("it runs and is not ready: {why}"),
            "read its log; a disk that failed takes a new start",
        ),
        Ok(Some(_)) => Finding::ok("server", "it runs and is ready"),
        Ok(None) if !Folder::is_free(folder) => Finding::fail(
            "server",
            "a process holds the folder, and nobody answers on its socket",
            "it starts or stops just now, or another user's command runs; look again, then stop that process",
        ),
        Ok(None) => Finding::ok("server", "none runs on this folder"),
        Err(error) => Finding::warn("server", format!("{error:#}"), "run this as the user of the server"),
    }
}
