//! Puts the parts together: configuration and ports become an app that can be served or driven by a story.

use std::{sync::Arc, time::Duration};

use anyhow::Context;
use desk::{
    Desk, SecretMails, Settings,
    ports::{Chance, Clock, Outside, Postman},
};
use mail::{Composer, Credentials, KeptPost, Security, Sender, Smtp, SmtpPost};
use rules::people::SecretKey;
use store::{Place, Store};
use web::app::{Mode, Site, Transport};

use crate::{
    config::{Config, SmtpConfig, SmtpSecurity},
    herald::Spoken,
    outgoing::Web,
    trackers::GitHub,
};

/// What the outside gives.
#[derive(Clone, Debug)]
pub struct Ports {
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
    pub postman: Arc<dyn Postman>,
}

/// Opens what is kept and puts the desk on it.
pub async fn wire(config: &Config, key: SecretKey, ports: Ports, mode: Mode) -> anyhow::Result<web::App> {
    let store = Store::open(&place(config)).await.context("what is kept cannot be opened")?;
    let secret_mails = if mode == Mode::Demo { SecretMails::Show } else { SecretMails::Forget };
    let settings = Settings { base_url: config.base_url.clone(), secret_key: key, secret_mails };
    let margin = u64::from(config.disk_margin_mebibytes) << 20;
    // A small disk would take no file at all.
    let margin = store.room().map_or(margin, |room| margin.min(room.size / 20));
    let outside: Arc<dyn Outside> = Arc::new(Web::of(&config.outgoing)?);
    let clock = Arc::clone(&ports.clock);
    let desk = Desk::new(store, settings, ports.clock, ports.chance, ports.postman)
        .keeping_free(margin)
        .reaching(Arc::clone(&outside), Arc::new(Spoken::default()))
        .tracking(Arc::new(GitHub::new(outside, clock)));
    let transport = if config.base_url.starts_with("https://") { Transport::Https } else { Transport::Http };
    let site = Site { transport, mode, trusted_proxies: config.trusted_proxies.clone() };
    Ok(web::App { desk: Arc::new(desk), site: Arc::new(site) })
}

/// Where a configuration has everything kept.
pub fn place(config: &Config) -> Place {
    match &config.database {
        Some(url) => Place::Postgres { url: url.reveal().to_owned(), folder: config.data_dir.clone() },
        None => Place::Folder(config.data_dir.clone()),
    }
}

/// The postman that the configuration asks for. Without SMTP, mail waits in the desk until there is some.
pub fn postman(config: &Config) -> anyhow::Result<Arc<dyn Postman>> {
    let Some(smtp) = &config.smtp else {
        return Ok(Arc::new(crate::no_post::NoPost::new(composer(&Sender {
            name: "Firstline".to_owned(),
            address: format!("firstline@{}", host(&config.base_url)),
            reply_to: None,
        })?)));
    };
    let sender = Sender { name: smtp.from_name.clone(), address: smtp.from.clone(), reply_to: None };
    Ok(Arc::new(SmtpPost::new(composer(&sender)?, connection(smtp, &config.base_url))?))
}

/// A postman that sends nothing and keeps everything: the demo's.
pub fn kept_post(name: &str) -> anyhow::Result<Arc<dyn Postman>> {
    let sender = Sender { name: name.to_owned(), address: "support@firstline.example".to_owned(), reply_to: None };
    Ok(Arc::new(KeptPost::new(composer(&sender)?)))
}

fn composer(sender: &Sender) -> anyhow::Result<Composer> {
    Composer::new(sender).map_err(|fault| anyhow::anyhow!("the sender of mails: {}", fault.0))
}

pub(crate) fn connection(smtp: &SmtpConfig, base_url: &str) -> Smtp {
    let credentials = smtp.user.as_ref().map(|user| Credentials {
        user: user.clone(),
        password: smtp.password.as_ref().map_or_else(String::new, |password| password.reveal().to_owned()),
    });
    Smtp {
        host: smtp.host.clone(),
        port: smtp.port,
        security: match smtp.security {
            SmtpSecurity::None => Security::None,
            SmtpSecurity::Starttls => Security::StartTls,
            SmtpSecurity::Tls => Security::Tls,
        },
        credentials,
        hello: host(base_url).to_owned(),
        timeout: Duration::from_secs(30),
        // RFC 5321, 4.5.3.2.6. The lease of the job is longer than all of it.
        letter_timeout: Duration::from_secs(10 * 60),
        connections: 4,
    }
}

/// The host of a URL, without its port.
fn host(url: &str) -> &str {
    let rest = url.split("://").nth(1).unwrap_or(url);
    rest.split(['/', ':']).next().unwrap_or(rest)
}
