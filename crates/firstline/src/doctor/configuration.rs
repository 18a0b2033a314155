//! What the configuration says, without its secrets, and what is doubtful about it.

use super::Finding;
use crate::config::Config;

pub(super) fn look(config: &Config) -> Vec<Finding> {
    vec![base_url(config), proxies(config), database(config)]
}

fn base_url(config: &Config) -> Finding {
    let said = format!("{}, served on {}, health on {}", config.base_url, config.listen, config.health_listen);
    if config.is_exposed() {
        return Finding::warn(
            "base_url",
            format!("{said}: passwords cross the network in the clear"),
            "put a proxy that speaks https in front, and name https:// in base_url",
        );
    }
    Finding::ok("base_url", said)
}

/// Behind a proxy that is not named, everybody comes from the same network, and limits meet them all.
fn proxies(config: &Config) -> Finding {
    let is_hidden = config.base_url.starts_with("https://") && config.trusted_proxies.is_empty();
    if is_hidden {
        return Finding::warn(
            "trusted_proxies",
            "base_url is https, and no proxy is named: everybody seems to come from the proxy, so limits meet them all",
            "name the proxy's address in trusted_proxies",
        );
    }
    let named: Vec<String> = config.trusted_proxies.iter().map(ToString::to_string).collect();
    Finding::ok("trusted_proxies", if named.is_empty() { "none".to_owned() } else { named.join(", ") })
}

fn database(config: &Config) -> Finding {
    let data = config.data_dir.display();
    Finding::ok(
        "configuration",
        match &config.database {
            Some(url) => format!("data in {data}, database {}", masked(url.reveal())),
            None => format!("data in {data}, database SQLite in it"),
        },
    )
}

/// A URL without what may be secret in it: password and parameters.
fn masked(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    let (rest, query) = rest.split_once('?').map_or((rest, ""), |(rest, _)| (rest, "?…"));
    // A password may hold an @ by mistake: the last one ends it.
    let rest = match rest.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((user, _)) => format!("{user}:…@{host}"),
            None => format!("{user}@{host}"),
        },
        None => rest.to_owned(),
    };
    format!("{scheme}://{rest}{query}")
}

#[cfg(test)]
mod tests {
    use super::masked;

    #[test]
    fn no_password_is_shown() {
        for (url, shown) in [
            ("postgres://desk:hunter2@db/desk", "postgres://desk:…@db/desk"),
            ("postgres://desk:hun@ter2@db/desk", "postgres://desk:…@db/desk"),
            ("postgres://desk@db/desk?password=hunter2", "postgres://desk@db/desk?…"),
            ("postgres://db/desk", "postgres://db/desk"),
        ] {
            assert_eq!(masked(url), shown);
        }
    }
}
