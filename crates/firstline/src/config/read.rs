//! One configuration out of the file and the environment, which wins. Every refusal names its place (line and column,
//! or the variable) and what exists.

use std::{
    net::{IpAddr, SocketAddr},
    path::Path,
};

use anyhow::{Context, anyhow, bail, ensure};
use rules::outgoing::Network;
use serde::{Deserialize, Deserializer, de::Error};

use super::{Config, SmtpConfig, TlsConfig};
use crate::text_file;

/// What the environment says: name to value.
pub type Environment = Vec<(String, String)>;

/// The entries at the top of the file, in its order; `[tls]`, `[smtp]` and `[outgoing]` are below.
pub(super) const ENTRIES: [&str; 10] = [
    "base_url",
    "listen",
    "health_listen",
    "trusted_proxies",
    "data_dir",
    "database",
    "disk_margin_mebibytes",
    "secret_key_file",
    "log",
    "log_level",
];
/// The entries of `[tls]`.
pub(super) const TLS: [&str; 2] = ["certificate", "key"];
/// The entries of `[smtp]`.
pub(super) const SMTP: [&str; 7] = ["host", "port", "security", "user", "password", "from", "from_name"];
/// The entries of `[outgoing]`.
pub(super) const OUTGOING: [&str; 2] = ["networks", "certificates"];

impl Config {
    /// Reads the file, if there is one, and lets the environment win over it.
    pub fn read(file: Option<&Path>, environment: &Environment) -> anyhow::Result<Self> {
        let text = file.map_or(Ok(String::new()), text_file::read)?;
        let name = file.map_or("the configuration".to_owned(), |file| file.display().to_string());
        Self::of_text(&text, &name, environment)
    }

    /// Reads what would stand in the file of that name.
    pub(crate) fn of_text(text: &str, name: &str, environment: &Environment) -> anyhow::Result<Self> {
        let named = || name.to_owned();
        let mut table: toml::Table =
            text.parse().with_context(|| format!("{} is no TOML; texts stand in quotes", named()))?;
        // By itself first, since only then a fault knows its line.
        toml::from_str::<Config>(text).with_context(named)?;
        for (name, value) in environment.iter().filter(|(name, _)| name.starts_with("FIRSTLINE_")) {
            set(&mut table, name, value)?;
        }
        let config: Config = table.try_into().with_context(named)?;
        config.check().with_context(named)?;
        Ok(config)
    }

    /// What must be there, whether the file or the environment says it.
    fn check(&self) -> anyhow::Result<()> {
        let needed = |name: &str, is_missing: bool, example: &str| {
            let variable = name.replace('.', "_").to_ascii_uppercase();
            ensure!(
                !is_missing,
                "{name} is missing; write it into the file, such as {example}, or set FIRSTLINE_{variable}"
            );
            Ok(())
        };
        needed("base_url", self.base_url.is_empty(), "base_url = \"https://help.example.com\"")?;
        needed("data_dir", self.data_dir.as_os_str().is_empty(), "data_dir = \"/var/lib/firstline\"")?;
        if let Some(TlsConfig { certificate, key }) = &self.tls {
            let example = "certificate = \"/etc/ssl/help.example.com/fullchain.pem\"";
            needed("tls.certificate", certificate.as_os_str().is_empty(), example)?;
            needed("tls.key", key.as_os_str().is_empty(), "key = \"/etc/ssl/help.example.com/privkey.pem\"")?;
            ensure!(self.base_url.starts_with("https://"), "with tls, base_url begins with https://");
        }
        let Some(SmtpConfig { host, from, from_name, .. }) = &self.smtp else { return Ok(()) };
        needed("smtp.host", host.is_empty(), "host = \"mail.example.com\"")?;
        needed("smtp.from", from.is_empty(), "from = \"support@example.com\"")?;
        needed("smtp.from_name", from_name.is_empty(), "from_name = \"Example support\"")
    }
}

/// An origin as browsers send it, so that links and checks of the sender can be built on it.
pub(super) fn base_url<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let url = String::deserialize(from)?;
    match no_origin(&url) {
        Some(why) => Err(Error::custom(format!("base_url {why}"))),
        None => Ok(url),
    }
}

/// Why a text is no origin, as the end of a sentence; none when it is one.
pub(crate) fn no_origin(url: &str) -> Option<&'static str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match rest {
        Some(host) if host.ends_with('/') => Some("must not end with a slash"),
        Some(host) if host.is_empty() || host.contains(['/', '?', '#', '@', ' ']) => {
            Some("is a scheme and a host, such as https://help.example.com, and nothing behind it")
        }
        Some(_) => None,
        None => Some("must begin with https:// (or http:// on this machine)"),
    }
}

/// How an address of this machine and a port are written.
pub(crate) const SOCKET_FORM: &str =
    "write an address of this machine and a port, such as 127.0.0.1:8080, or 0.0.0.0:8080 for all";

/// An address of this machine and a port.
pub(super) fn socket<'de, D: Deserializer<'de>>(from: D) -> Result<SocketAddr, D::Error> {
    let written = String::deserialize(from)?;
    written.parse().map_err(|_| Error::custom(SOCKET_FORM))
}

/// Addresses of single machines.
pub(super) fn proxies<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<IpAddr>, D::Error> {
    let written = Vec::<String>::deserialize(from)?;
    let read = |proxy: String| {
        let refused = || Error::custom(format!("{proxy:?} is no address of a machine; write one, such as 10.0.0.1"));
        proxy.parse().map_err(|_| refused())
    };
    written.into_iter().map(read).collect()
}

/// Networks, each by its first address and length, or single addresses.
pub(super) fn networks<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Network>, D::Error> {
    let written = Vec::<String>::deserialize(from)?;
    let read = |network: String| {
        let refused =
            |_| Error::custom(format!("{network:?} is no network; write one, such as 10.20.0.0/16 or fd00::/8"));
        network.parse().map_err(refused)
    };
    written.into_iter().map(read).collect()
}

pub(super) fn log_level<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let level = String::deserialize(from)?;
    match tracing_subscriber::EnvFilter::try_new(&level) {
        Ok(_) if !level.trim().is_empty() => Ok(level),
        _ => Err(Error::custom(
            "log_level must be error, warn, info, debug or trace, also by module: \"info,sqlx=warn\"",
        )),
    }
}

/// Puts one variable of the environment into the table.
fn set(table: &mut toml::Table, name: &str, value: &str) -> anyhow::Result<()> {
    let key = name.trim_start_matches("FIRSTLINE_").to_ascii_lowercase();
    let (key, value) = match key.strip_suffix("_file").filter(|_| key != "secret_key_file") {
        Some(key) => {
            let read = text_file::read(Path::new(value)).with_context(|| format!("{name} names a file"))?;
            (key.to_owned(), read.trim_end_matches(['\r', '\n']).to_owned())
        }
        None => (key, value.to_owned()),
    };
    let tables = [("tls", &TLS[..]), ("smtp", &SMTP[..]), ("outgoing", &OUTGOING[..])];
    let below = tables.into_iter().find_map(|(table, entries)| {
        let entry = key.strip_prefix(table)?.strip_prefix('_')?;
        entries.contains(&entry).then_some((table, entry))
    });
    if below.is_none() && !ENTRIES.contains(&key.as_str()) {
        let (entries, tls, smtp) = (ENTRIES.join(", "), TLS.join(", tls_"), SMTP.join(", smtp_"));
        let outgoing = OUTGOING.join(" and outgoing_");
        bail!("{name} is no setting; there are {entries}, tls_{tls}, smtp_{smtp}, outgoing_{outgoing}");
    }
    let value = typed(&key, &value);
    let mut alone = toml::Table::new();
    put(&mut alone, (&key, below), value.clone())?;
    // By itself first, since only then the fault knows its variable. The value may be a secret, so it is not said.
    alone.try_into::<Config>().map_err(|fault| anyhow!("{name}: {}", fault.message()))?;
    put(table, (&key, below), value)
}

/// `below`: the table and its entry, where the key is not one of the top.
fn put(table: &mut toml::Table, (key, below): (&str, Option<(&str, &str)>), value: toml::Value) -> anyhow::Result<()> {
    let Some((name, entry)) = below else {
        table.insert(key.to_owned(), value);
        return Ok(());
    };
    let below = table.entry(name).or_insert_with(|| toml::Value::Table(toml::Table::new()));
    let toml::Value::Table(below) = below else { bail!("{name} must be a table") };
    below.insert(entry.to_owned(), value);
    Ok(())
}

/// The value as the file would have it; what is no number stays a text and is refused as one.
fn typed(key: &str, value: &str) -> toml::Value {
    match key {
        "smtp_port" | "disk_margin_mebibytes" => {
            value.parse().map_or_else(|_| toml::Value::String(value.to_owned()), toml::Value::Integer)
        }
        "trusted_proxies" | "outgoing_networks" => {
            let several = value.split(',').map(str::trim).filter(|it| !it.is_empty());
            toml::Value::Array(several.map(|it| toml::Value::String(it.to_owned())).collect())
        }
        _ => toml::Value::String(value.to_owned()),
    }
}
