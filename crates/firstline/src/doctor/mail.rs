//! The mail server: whether it is there, greets, speaks TLS and lets the desk sign in. No mail is sent.

use std::time::Duration;

use ::mail::Smtp;

use super::Finding;
use crate::{config::Config, wire};

/// How long the server may take.
const PATIENCE: Duration = Duration::from_secs(10);

pub(super) async fn look(config: &Config) -> Finding {
    let Some(smtp) = &config.smtp else {
        return Finding::warn(
            "mail",
            "no [smtp] is given, so mail waits in the desk",
            "give [smtp] in the configuration",
        );
    };
    let server = Smtp { timeout: PATIENCE, ..wire::connection(smtp, &config.base_url) };
    let at = format!("{}:{}", smtp.host, smtp.port);
    match ::mail::knock(server).await {
        Ok(name) => Finding::ok("mail", format!("{at} greets as {name}; mails are from {}", smtp.from)),
        Err(why) => Finding::fail(
            "mail",
            format!("{at}: {why}"),
            "see that host, port and security in [smtp] are the server's, and that this machine may reach it",
        ),
    }
}
