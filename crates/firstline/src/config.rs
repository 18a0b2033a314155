//! The configuration: `firstline.toml`, each entry also as `FIRSTLINE_NAME` or, for secrets, `FIRSTLINE_NAME_FILE`.
//! Unknown keys are refused. Decides where the desk stands, never what it does: that is the policy.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use serde::Deserialize;

/// Everything that an administrator sets.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where people reach the desk: `https://help.example.com`.
    pub base_url: String,
    /// Where it listens.
    #[serde(default = "listen")]
    pub listen: SocketAddr,
    /// Where `/healthz` and `/readyz` answer, apart from the site.
    #[serde(default = "health")]
    pub health_listen: SocketAddr,
    /// Proxies whose `X-Forwarded-For` is believed.
    #[serde(default)]
    pub trusted_proxies: Vec<IpAddr>,
    /// Everything that is kept, unless `database` names a server.
    pub data_dir: PathBuf,
    /// A PostgreSQL server: `postgres://user:password@host/name`. SQLite in `data_dir` unless given.
    #[serde(default)]
    pub database: Option<Secret>,
    /// The file of the key that links are signed with; `secret.key` in `data_dir` unless given.
    #[serde(default)]
    pub secret_key_file: Option<PathBuf>,
    #[serde(default)]
    pub smtp: Option<SmtpConfig>,
    #[serde(default)]
    pub log: LogForm,
}

/// How mail leaves.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    pub host: String,
    pub port: u16,
    #[serde(default)]
    pub security: SmtpSecurity,
    #[serde(default)]
    pub user: Option<String>,
    #[serde(default)]
    pub password: Option<Secret>,
    /// Who mails are from: `support@example.com`.
    pub from: String,
    /// The name beside it.
    pub from_name: String,
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
#[derive(Clone, Deserialize)]
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

fn listen() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8080))
}

fn health() -> SocketAddr {
    SocketAddr::from(([127, 0, 0, 1], 8081))
}

/// What the environment says: name to value.
pub type Environment = Vec<(String, String)>;

/// The top-level entries, in the order of the file's reference.
const ENTRIES: [&str; 8] = [
    "base_url",
    "listen",
    "health_listen",
    "trusted_proxies",
    "data_dir",
    "database",
    "secret_key_file",
    "log",
];
const SMTP: [&str; 7] = ["host", "port", "security", "user", "password", "from", "from_name"];

impl Config {
    /// Reads the file, if there is one, and lets the environment win over it.
    pub fn read(file: Option<&Path>, environment: &Environment) -> anyhow::Result<Self> {
        let text = match file {
            Some(file) => std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?,
            None => String::new(),
        };
        let mut table: toml::Table = text.parse().with_context(|| named(file, "is no TOML"))?;
        for (name, value) in environment.iter().filter(|(name, _)| name.starts_with("FIRSTLINE_")) {
            set(&mut table, name, value)?;
        }
        let config: Config = table.try_into().with_context(|| named(file, "does not hold together"))?;
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> anyhow::Result<()> {
        let plain = self.base_url.starts_with("http://");
        ensure!(
            plain || self.base_url.starts_with("https://"),
            "base_url must begin with https:// (or http:// on this machine), not {:?}",
            self.base_url
        );
        ensure!(!self.base_url.ends_with('/'), "base_url must not end with a slash: {:?}", self.base_url);
        Ok(())
    }

    /// Whether people's passwords would cross a network in the clear.
    pub fn is_exposed(&self) -> bool {
        let host = self.base_url.trim_start_matches("http://");
        self.base_url.starts_with("http://")
            && !["localhost", "127.", "[::1]"].iter().any(|local| host.starts_with(local))
    }
}

fn named(file: Option<&Path>, what: &str) -> String {
    file.map_or_else(|| format!("the configuration {what}"), |file| format!("{} {what}", file.display()))
}

/// Puts one variable of the environment into the table.
fn set(table: &mut toml::Table, name: &str, value: &str) -> anyhow::Result<()> {
    let key = name.trim_start_matches("FIRSTLINE_").to_ascii_lowercase();
    let (key, value) = match key.strip_suffix("_file").filter(|_| key != "secret_key_file") {
        Some(key) => {
            let read = std::fs::read_to_string(value).with_context(|| format!("{name} names {value}, which cannot be read"))?;
            (key.to_owned(), read.trim_end_matches(['\r', '\n']).to_owned())
        }
        None => (key, value.to_owned()),
    };
    if let Some(entry) = key.strip_prefix("smtp_").filter(|entry| SMTP.contains(entry)) {
        let smtp = table.entry("smtp").or_insert_with(|| toml::Value::Table(toml::Table::new()));
        let toml::Value::Table(smtp) = smtp else { bail!("smtp must be a table") };
        smtp.insert(entry.to_owned(), typed(entry, &value)?);
        return Ok(());
    }
    ensure!(
        ENTRIES.contains(&key.as_str()),
        "{name} is no setting; there are {} and smtp_{}",
        ENTRIES.join(", "),
        SMTP.join(", smtp_")
    );
    table.insert(key.clone(), typed(&key, &value)?);
    Ok(())
}

fn typed(key: &str, value: &str) -> anyhow::Result<toml::Value> {
    Ok(match key {
        "port" => toml::Value::Integer(value.parse().with_context(|| format!("smtp_port must be a number, not {value:?}"))?),
        "trusted_proxies" => {
            toml::Value::Array(value.split(',').map(|ip| toml::Value::String(ip.trim().to_owned())).collect())
        }
        _ => toml::Value::String(value.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(entries: &[(&str, &str)]) -> Environment {
        entries.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_environment_alone_is_enough() {
        let entries = environment(&[
            ("FIRSTLINE_BASE_URL", "https://help.example.com"),
            ("FIRSTLINE_DATA_DIR", "/var/lib/firstline"),
            ("FIRSTLINE_SMTP_HOST", "localhost"),
            ("FIRSTLINE_SMTP_PORT", "25"),
            ("FIRSTLINE_SMTP_FROM", "support@example.com"),
            ("FIRSTLINE_SMTP_FROM_NAME", "Example support"),
            ("HOME", "/root"),
        ]);
        let config = Config::read(None, &entries).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.smtp.unwrap().port, 25);
    }

    #[test]
    fn an_unknown_setting_is_refused_by_name() {
        let entries = environment(&[("FIRSTLINE_BASEURL", "https://help.example.com")]);
        let refused = Config::read(None, &entries).unwrap_err().to_string();
        assert!(refused.starts_with("FIRSTLINE_BASEURL is no setting; there are base_url"), "{refused}");
    }

    #[test]
    fn secrets_are_never_printed() {
        let entries = environment(&[
            ("FIRSTLINE_BASE_URL", "https://help.example.com"),
            ("FIRSTLINE_DATA_DIR", "data"),
            ("FIRSTLINE_DATABASE", "postgres://desk:hunter2@localhost/desk"),
        ]);
        let config = Config::read(None, &entries).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    #[test]
    fn plain_http_beyond_this_machine_is_noticed() {
        let at = |url: &str| {
            let entries = environment(&[("FIRSTLINE_BASE_URL", url), ("FIRSTLINE_DATA_DIR", "data")]);
            Config::read(None, &entries).unwrap().is_exposed()
        };
        assert!(at("http://help.example.com"));
        assert!(!at("http://127.0.0.1:8080"));
        assert!(!at("https://help.example.com"));
    }
}
