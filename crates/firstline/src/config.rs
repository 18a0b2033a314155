//! The configuration: `firstline.toml`, each entry also as `FIRSTLINE_NAME`, and every entry of the environment as
//! `FIRSTLINE_NAME_FILE`, whose file holds the value. Unknown entries are refused. Decides where the desk stands,
//! never what it does: that is the policy. How the two sources become one is `read`'s; `reference` writes
//! `docs/generated/configuration.md` from the comments here.

mod read;
mod reference;

#[cfg(test)]
mod tests;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use rules::outgoing::Network;
use schemars::JsonSchema;
use serde::Deserialize;

pub use read::Environment;
pub(crate) use read::{SOCKET_FORM, no_origin};
pub use reference::reference;

/// Everything that an administrator sets.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where people reach the desk: `https://help.example.com`, without a slash at the end. With `http://` beyond this
    /// machine the desk starts and warns, since passwords would cross the network in the clear.
    #[serde(deserialize_with = "read::base_url")]
    pub base_url: String,
    /// The address and port where the site listens.
    #[serde(deserialize_with = "read::socket")]
    pub listen: SocketAddr,
    /// The address and port where `/healthz` and `/readyz` answer, apart from the site.
    #[serde(deserialize_with = "read::socket")]
    pub health_listen: SocketAddr,
    /// Certificate and key, when the desk itself speaks https; unless given, a proxy in front does.
    pub tls: Option<TlsConfig>,
    /// The addresses of proxies whose `X-Forwarded-For` is believed; in the environment separated by commas.
    #[serde(deserialize_with = "read::proxies")]
    pub trusted_proxies: Vec<IpAddr>,
    /// The folder of everything that is kept. With `database` it still holds files, key, lock and socket.
    pub data_dir: PathBuf,
    /// A PostgreSQL server: `postgres://user:password@host/name`. Unless given, SQLite in `data_dir`.
    #[schemars(with = "Option<String>")]
    pub database: Option<Secret>,
    /// Mebibytes of the disk of the data folder that files leave free: one that would not is refused. On a disk of less than
    /// twenty times as much, a twentieth of it.
    pub disk_margin_mebibytes: u32,
    /// The file of the key with which links are signed; unless given, `secret.key` in `data_dir`, made at the first
    /// start. Nobody else may read it.
    pub secret_key_file: Option<PathBuf>,
    /// How mail leaves; unless given, mail waits in the desk until there is a server.
    pub smtp: Option<SmtpConfig>,
    /// Where the desk may send something over the web.
    pub outgoing: OutgoingConfig,
    /// How the log is written, to standard error: `text` or `json`.
    #[schemars(with = "String")]
    pub log: LogForm,
    /// What the log tells: `error`, `warn`, `info`, `debug` or `trace`, also by module: `info,sqlx=warn`.
    #[serde(deserialize_with = "read::log_level")]
    pub log_level: String,
}

/// Where certificate and key lie; `SIGHUP` reads them again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TlsConfig {
    /// The file of the certificate with those that vouch for it, in PEM: `/etc/ssl/help.example.com/fullchain.pem`.
    pub certificate: PathBuf,
    /// The file of its private key, in PEM. Not everybody may read it.
    pub key: PathBuf,
}

/// How mail leaves.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SmtpConfig {
    /// The mail server's name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// `starttls`; `tls` for a server that speaks it from the first byte; `none` for one on this machine.
    #[schemars(with = "String")]
    pub security: SmtpSecurity,
    /// The name to sign in with; unless given, the desk does not sign in.
    pub user: Option<String>,
    /// The password for it.
    #[schemars(with = "Option<String>")]
    pub password: Option<Secret>,
    /// The address that mails are from: `support@example.com`.
    pub from: String,
    /// The name beside it.
    pub from_name: String,
}

/// Where the desk may send something over the web.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct OutgoingConfig {
    /// Networks that are not public and may be reached all the same: `10.20.0.0/16`, or single addresses; in the environment
    /// separated by commas. Unless given, the desk sends to addresses of the public internet alone.
    #[serde(deserialize_with = "read::networks")]
    #[schemars(with = "Vec<String>")]
    pub networks: Vec<Network>,
    /// The file of certificates that are believed beside the system's, in PEM: those of your own authority.
    pub certificates: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SmtpSecurity {
    /// In the clear; for a server on this machine.
    None,
    #[default]
    Starttls,
    Tls,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogForm {
    #[default]
    Text,
    Json,
}

/// A text that is never printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("…")
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_url: String::new(),
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            health_listen: SocketAddr::from(([127, 0, 0, 1], 8081)),
            tls: None,
            trusted_proxies: Vec::new(),
            data_dir: PathBuf::new(),
            database: None,
            disk_margin_mebibytes: 1024,
            secret_key_file: None,
            smtp: None,
            outgoing: OutgoingConfig::default(),
            log: LogForm::Text,
            log_level: "info,sqlx=warn,sea_orm=warn".to_owned(),
        }
    }
}

impl Default for SmtpConfig {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 587,
            security: SmtpSecurity::Starttls,
            user: None,
            password: None,
            from: String::new(),
            from_name: String::new(),
        }
    }
}

impl Config {
    /// Whether people's passwords would cross a network in the clear.
    pub fn is_exposed(&self) -> bool {
        let host = self.base_url.trim_start_matches("http://");
        self.base_url.starts_with("http://")
            && !["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local))
    }

    /// The entries that differ and take a new start, since what stands on them is in use.
    pub fn needs_start(&self, new: &Config) -> Vec<&'static str> {
        let differs = [
            ("base_url", self.base_url != new.base_url),
            ("listen", self.listen != new.listen),
            ("health_listen", self.health_listen != new.health_listen),
            ("tls", self.tls.is_some() != new.tls.is_some()),
            ("trusted_proxies", self.trusted_proxies != new.trusted_proxies),
            ("data_dir", self.data_dir != new.data_dir),
            ("database", self.database != new.database),
            ("disk_margin_mebibytes", self.disk_margin_mebibytes != new.disk_margin_mebibytes),
            ("secret_key_file", self.secret_key_file != new.secret_key_file),
            ("outgoing", self.outgoing != new.outgoing),
            ("log", self.log != new.log),
        ];
        differs.into_iter().filter(|(_, differs)| *differs).map(|(name, _)| name).collect()
    }
}
