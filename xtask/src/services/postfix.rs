//! Postfix for tests: a real mail server on loopback that takes mail for `acme.example` and leaves it in a
//! Maildir a person, offers STARTTLS with a certificate made for this run, and never relays.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use super::{Server, account, answers, folder_of, free_port};
use crate::{packages, process};

/// What tests need to know of the running server.
#[derive(Debug)]
pub(super) struct Postfix {
    pub(super) server: Server,
    /// `127.0.0.1:PORT`
    pub(super) address: String,
    /// The folder that holds one Maildir a mailbox: `dana/new/…`.
    pub(super) mailboxes: PathBuf,
    /// The authority that signed the server's certificate for `localhost`, PEM.
    pub(super) certificate: PathBuf,
}

/// The mailboxes of `acme.example`; anybody else there is refused for good (550 5.1.1).
const MAILBOXES: &[&str] = &["dana", "jörg", "theo"];

/// Starts the server with everything below `folder`.
pub(super) fn start(folder: &Path) -> Result<Postfix> {
    if packages::user()? != 0 {
        bail!("Postfix switches users and so must be started by root: run `sudo` with the same command");
    }
    let home = folder.join("postfix");
    let port = free_port()?;
    let owner = account("postfix")?;
    fs::create_dir_all(home.join("etc")).context("create the configuration's folder")?;
    fs::create_dir_all(home.join("queue")).context("create the queue's folder")?;
    folder_of(&home.join("data"), owner)?;
    folder_of(&home.join("mail"), account("nobody")?)?;
    let certificate = certificate(&home)?;
    fs::write(home.join("etc/main.cf"), main_cf(&home)?)?;
    fs::write(home.join("etc/master.cf"), MASTER_CF.replace("PORT", &port.to_string()))?;
    let log = fs::File::create(folder.join("postfix.out"))?;
    let child = Command::new("/usr/sbin/postfix")
        .arg("-c")
        .arg(home.join("etc"))
        .arg("start-fg")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log)
        .spawn()
        .context("start postfix")?;
    let server = Server { child, stop: "TERM", wrote: Some(home.join("queue/pid/master.pid")) };
    process::wait_for("Postfix", Duration::from_secs(60), || answers(port))?;
    Ok(Postfix { server, address: format!("127.0.0.1:{port}"), mailboxes: home.join("mail"), certificate })
}

/// A certificate of `localhost` with the authority that signed it, both valid for two days; gives the authority's.
fn certificate(home: &Path) -> Result<PathBuf> {
    let make = |name: &str, rest: &str| {
        let common = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2";
        let files = format!("-keyout {name}-key.pem -out {name}.pem");
        let words = [common, &files, rest].join(" ");
        process::read(Command::new("openssl").current_dir(home).args(words.split_whitespace()))
    };
    make("authority", "-subj /CN=firstline-test")?;
    make(
        "server",
        "-subj /CN=localhost -CA authority.pem -CAkey authority-key.pem -addext basicConstraints=CA:FALSE \
         -addext subjectAltName=DNS:localhost,IP:127.0.0.1",
    )?;
    Ok(home.join("authority.pem"))
}

fn main_cf(home: &Path) -> Result<String> {
    let (user, group) = account("nobody")?;
    let boxes: Vec<String> = MAILBOXES.iter().map(|name| format!("{{ {name}@acme.example = {name}/ }}")).collect();
    Ok(MAIN_CF
        .replace("HOME", &home.to_string_lossy())
        .replace("BOXES", &boxes.join(", "))
        .replace("USER", &user.to_string())
        .replace("GROUP", &group.to_string()))
}

const MAIN_CF: &str = "\
compatibility_level = 3.6
queue_directory = HOME/queue
data_directory = HOME/data
maillog_file = HOME/log
maillog_file_prefixes = HOME
syslog_name = firstline-test
myhostname = mx.acme.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtputf8_enable = yes
message_size_limit = 1000000
default_transport = error:this server delivers to acme.example only
smtpd_relay_restrictions = reject_unauth_destination
smtpd_recipient_restrictions = reject_unauth_destination
smtpd_tls_security_level = may
smtpd_tls_cert_file = HOME/server.pem
smtpd_tls_key_file = HOME/server-key.pem
virtual_mailbox_domains = acme.example
virtual_mailbox_base = HOME/mail
virtual_mailbox_maps = inline:{ BOXES }
virtual_uid_maps = static:USER
virtual_gid_maps = static:GROUP
virtual_minimum_uid = 1
";

const MASTER_CF: &str = "\
127.0.0.1:PORT inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
";
