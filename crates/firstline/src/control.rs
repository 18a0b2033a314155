//! The command line's way to a running desk: one JSON line each way over a socket in the data folder, which only
//! its owner can open. Without a running desk, a command opens the folder itself and does the same.

pub(crate) mod audit;
mod erasures;
mod exports;
mod installed;
mod licences;
mod redactions;
mod releases;
mod search;
mod simulation;
mod tools;
mod visibility;
mod would_change;

use std::{
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use desk::{
    Actor, Desk, Kept,
    people::{Added, NewStaff, PasswordLink},
    policy::{NewPolicy, NotApplied},
    sla::{NewTrial, Progress},
};
use rules::{
    ids::PolicyVersionId,
    instant::Instant,
    policy::{Checked, Policy, Severity},
};
use serde::{Deserialize, Serialize};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{UnixListener, UnixStream, unix::OwnedWriteHalf},
    sync::mpsc,
    task::JoinSet,
};
use tokio_util::sync::CancellationToken;
use words::lang::Lang;

pub use erasures::Going;
pub use exports::Whom;
pub use licences::Give;
pub use redactions::{Gone, Run};
pub use releases::{Releasing, SupportedUntil, What};
pub(crate) use search::said as search_said;
pub use visibility::Sighted;

use crate::{backup, differences::differences, folder::Folder};

/// Bytes of a request, at most: a policy fits many times.
const LONGEST: u64 = 16 * 1024 * 1024;

/// What a command wants done.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Request {
    ApplyPolicy {
        source: String,
        from: Option<Instant>,
    },
    /// What a policy would change for requests that are open.
    WouldChange {
        source: String,
    },
    /// The file of the version in force.
    ReadPolicy,
    /// What a policy would have found late of what was filed since.
    SimulatePolicy {
        source: String,
        since: jiff::civil::Date,
    },
    /// Whether the server can do its work.
    IsReady,
    /// A whole copy into a folder, named from the root.
    Backup {
        into: PathBuf,
    },
    AddStaff {
        name: String,
        address: String,
        grants: Vec<rules::access::Grant>,
    },
    /// A build of the migration tool: its file, named from the root.
    AddTool {
        file: PathBuf,
        version: String,
        platform: String,
    },
    /// All that concerns somebody, into a folder or a ZIP, named from the root.
    Export {
        whom: Whom,
        into: PathBuf,
    },
    /// Somebody is gone for good, or it is said what would go.
    Erase(Going),
    /// Whether the audit is whole, and has these entries.
    VerifyAudit {
        heads: Vec<rules::audit::Head>,
    },
    /// All of the audit, into a file, named from the root.
    ExportAudit {
        into: PathBuf,
    },
    GiveLicence(Give),
    /// Takes a passage or a file out of a request, or says where it would go.
    Redact(Gone),
    /// Makes the search index anew, beside the work.
    RebuildSearch,
    /// How far that is.
    SearchProgress,
    /// A table of licences, or what would come of it.
    ImportLicences {
        text: String,
        dry: bool,
    },
    /// A list of installations, or what would come of it.
    ImportInstalled {
        text: String,
        dry: bool,
    },
    ListLicences {
        organisation: String,
    },
    /// A release is published, rolled out, withdrawn; a list of them is taken, or told.
    Release(Releasing),
    /// Whether somebody sees a request, and why.
    ExplainVisibility {
        person: String,
        request: rules::ids::TicketId,
    },
}

/// What came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    /// Done, in words.
    Done(String),
    /// What was asked for.
    Text(String),
    /// Whether somebody sees a request.
    Sight(Sighted),
    /// Not done, and why.
    Refused(String),
}

/// A line from the server: how far it is, or its answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
enum Said {
    Progress { done: u64, total: u64 },
    Answer(Response),
}

/// Whom a long command tells how far it is.
pub type Tell<'a> = &'a (dyn Fn(Progress) + Sync);

/// Does it.
pub async fn perform(desk: &Desk, request: Request) -> Response {
    perform_telling(desk, request, &|_| {}).await
}

/// The same, and tells on the way how far it is.
pub async fn perform_telling(desk: &Desk, request: Request, tell: Tell<'_>) -> Response {
    match request {
        Request::SimulatePolicy { source, since } => simulation::run(desk, NewTrial { source, since }, tell).await,
        Request::AddTool { file, version, platform } => tools::add(desk, &file, version, platform).await,
        Request::Export { whom, into } => exports::write(desk, &whom, &into).await,
        Request::Erase(going) => erasures::erase(desk, &going).await,
        Request::VerifyAudit { heads } => audit::verify(desk, &heads).await,
        Request::ExportAudit { into } => audit::write(desk, &into).await,
        Request::Redact(gone) => redactions::redact(desk, gone).await,
        Request::RebuildSearch => search::rebuild(desk).await,
        Request::SearchProgress => search::progress(desk).await,
        Request::GiveLicence(give) => licences::give(desk, give).await,
        Request::ImportInstalled { text, dry } => installed::import(desk, &text, dry).await,
        Request::ImportLicences { text, dry } => licences::import(desk, &text, dry).await,
        Request::Release(asked) => releases::run(desk, asked).await,
        Request::ListLicences { organisation } => licences::list(desk, &organisation).await,
        Request::ExplainVisibility { person, request } => visibility::explain(desk, &person, request).await,
        Request::ApplyPolicy { source, from } => apply_policy(desk, source, from).await,
        Request::WouldChange { source } => would_change::run(desk, &source).await,
        Request::ReadPolicy => match read_policy(desk).await {
            Ok(source) => Response::Text(source),
            Err(error) => Response::Refused(error.to_string()),
        },
        Request::IsReady => match is_ready(desk).await {
            Ok(()) => Response::Done("ready".to_owned()),
            Err(error) => Response::Refused(error.to_string()),
        },
        Request::Backup { into } => match backup::take(desk, &into).await {
            Ok(said) => Response::Done(said),
            Err(error) => Response::Refused(format!("{error:#}")),
        },
        Request::AddStaff { name, address, grants } => {
            let held = grants.iter().map(|grant| grant.as_str()).collect::<Vec<_>>().join(", ");
            let written = address.clone();
            match desk::people::add_staff(desk, &Actor::COMMAND, NewStaff { name, address, grants }).await {
                Ok(added) => Response::Done(said_of(&added, &written, &held)),
                Err(error) => Response::Refused(in_words(desk, error).await),
            }
        }
    }
}

/// Whether what is written lasts, the database answers, and a policy is in force.
pub(crate) async fn is_ready(desk: &Desk) -> desk::Result<()> {
    desk.store.can_last()?;
    desk.policy().await.map(drop)
}

/// What came of adding somebody, and whether there is something for them to do.
fn said_of(added: &Added, address: &str, grants: &str) -> String {
    let name = &added.name;
    let mut said = match added.was_known {
        true => format!("Set the grants of {name} <{address}>, who was here already: {grants}."),
        false => format!("Added {name} <{address}>: {grants}."),
    };
    match &added.link {
        Some(PasswordLink { url, hours }) => {
            said.push_str(&format!(" They set their password here, within {hours} hours: {url}"));
        }
        None => said.push_str(" They have a password, so there is no link; they sign in as before."),
    }
    said
}

/// An error as the pages say it.
pub(crate) async fn in_words(desk: &Desk, error: desk::Error) -> String {
    let Ok(policy) = desk.policy().await else { return error.to_string() };
    match error {
        desk::Error::Invalid(faults) => {
            let said: Vec<String> =
                faults.iter().map(|it| words::refusal::fault(Lang::En, policy.policy(), &it.fault)).collect();
            said.join(" ")
        }
        desk::Error::Refused(why) => words::refusal::refusal(Lang::En, policy.policy(), &why),
        other => other.to_string(),
    }
}

/// Stores it, and says what it changes against the version in force.
async fn apply_policy(desk: &Desk, source: String, from: Option<Instant>) -> Response {
    let before = match desk.policies().await {
        Ok(policies) => policies.at(desk.now()).ok().cloned(),
        Err(error) => return Response::Refused(error.to_string()),
    };
    match desk::policy::apply(desk, &Actor::COMMAND, NewPolicy { source: source.clone(), from }).await {
        Ok(version) => Response::Done(applied(version, from, before.as_ref().zip(Policy::parse(&source).ok()))),
        Err(NotApplied::Faulty(faults)) => {
            let faults: Vec<String> = faults.iter().map(|fault| fault.render(Severity::Error, "policy")).collect();
            Response::Refused(faults.join(""))
        }
        Err(NotApplied::Past { from, now }) => Response::Refused(format!(
            "{from} has passed: it is {now} now, and clocks run by what was in force then; \
             leave --from away, or name an instant to come"
        )),
        Err(NotApplied::Unchanged { version, since }) => Response::Done(format!(
            "Nothing changed: this is word for word version {version}, in force since {since}, so nothing was stored."
        )),
        Err(NotApplied::Error(error)) => Response::Refused(error.to_string()),
    }
}

fn applied(version: PolicyVersionId, from: Option<Instant>, change: Option<(&Kept, Checked)>) -> String {
    let mut said = match from {
        Some(from) => format!("Version {version} is stored and in force from {from} on."),
        None => format!("Version {version} is stored and in force."),
    };
    if let Some((before, new)) = change {
        said.push_str(&format!(" Against version {}, in force since {}:", before.id, before.from));
        for difference in differences(before.policy.policy(), &new.policy) {
            said.push('\n');
            said.push_str(&difference);
        }
    }
    said
}

async fn read_policy(desk: &Desk) -> desk::Result<String> {
    let version = desk.policies().await?.at(desk.now())?.id;
    Ok(store::policy::get(desk.store.read(), version).await?.source)
}

/// Opens the socket; one left over from a killed process is replaced, since the folder is ours.
pub(crate) fn listen(folder: &Path) -> anyhow::Result<UnixListener> {
    let path = Folder::socket(folder);
    unlisten(folder);
    let listener = UnixListener::bind(&path).with_context(|| format!("{} cannot be made", path.display()))?;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
    Ok(listener)
}

/// Removes the socket.
pub(crate) fn unlisten(folder: &Path) {
    // Not there is as good as removed; anything else shows when it is made anew.
    let _ = std::fs::remove_file(Folder::socket(folder));
}

/// Answers commands until told to stop, and ends those under way. A long one, a backup, holds up no other.
pub(crate) async fn answer(listener: UnixListener, desk: Desk, stop: CancellationToken) {
    let mut commands = JoinSet::new();
    loop {
        let stream = tokio::select! {
            () = stop.cancelled() => break,
            Some(_) = commands.join_next() => continue,
            stream = listener.accept() => stream,
        };
        match stream {
            Ok((stream, _)) => {
                let desk = desk.clone();
                commands.spawn(async move {
                    if let Err(error) = answer_one(stream, &desk).await {
                        tracing::warn!(%error, "a command broke off");
                    }
                });
            }
            Err(error) => tracing::warn!(%error, "a command could not be heard"),
        }
    }
    commands.join_all().await;
}

async fn answer_one(stream: UnixStream, desk: &Desk) -> anyhow::Result<()> {
    use tokio::io::AsyncReadExt;
    let (read, mut write) = stream.into_split();
    let mut line = String::new();
    BufReader::new(read.take(LONGEST)).read_line(&mut line).await?;
    let request = match serde_json::from_str(&line) {
        Ok(request) => request,
        Err(error) => {
            let refusal = format!("this server does not understand the command: {error}");
            return say(&mut write, &Said::Answer(Response::Refused(refusal))).await;
        }
    };
    let (told, mut heard) = mpsc::unbounded_channel();
    // Who went away hears nothing more.
    let tell = |progress: Progress| {
        let _ = told.send(progress);
    };
    let mut work = std::pin::pin!(perform_telling(desk, request, &tell));
    let response = loop {
        tokio::select! {
            Some(Progress { done, total }) = heard.recv() => say(&mut write, &Said::Progress { done, total }).await?,
            response = &mut work => break response,
        }
    };
    while let Ok(Progress { done, total }) = heard.try_recv() {
        say(&mut write, &Said::Progress { done, total }).await?;
    }
    say(&mut write, &Said::Answer(response)).await
}

async fn say(write: &mut OwnedWriteHalf, said: &Said) -> anyhow::Result<()> {
    write.write_all(format!("{}\n", serde_json::to_string(said)?).as_bytes()).await?;
    Ok(())
}

/// Asks the server that holds the folder; `None` when none does.
pub async fn ask(folder: &Path, request: &Request) -> anyhow::Result<Option<Response>> {
    ask_telling(folder, request, &|_| {}).await
}

/// The same, and hears on the way how far it is.
pub async fn ask_telling(folder: &Path, request: &Request, tell: Tell<'_>) -> anyhow::Result<Option<Response>> {
    let stream = match UnixStream::connect(Folder::socket(folder)).await {
        Ok(stream) => stream,
        Err(error) if is_nobody(&error) => return Ok(None),
        Err(error) => bail!("{} cannot be opened: {error}", Folder::socket(folder).display()),
    };
    let (read, mut write) = stream.into_split();
    write.write_all(serde_json::to_string(request)?.as_bytes()).await?;
    write.write_all(b"\n").await?;
    let mut lines = BufReader::new(read).lines();
    while let Some(line) = lines.next_line().await? {
        match serde_json::from_str(&line).context("the server answered something else; are both of one release?")? {
            Said::Progress { done, total } => tell(Progress { done, total }),
            Said::Answer(response) => return Ok(Some(response)),
        }
    }
    bail!("the server went away before it answered; its log says why")
}

fn is_nobody(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::ConnectionRefused)
}

impl Response {
    /// What there is to print.
    pub fn words(&self) -> &str {
        match self {
            Response::Done(words) | Response::Text(words) | Response::Refused(words) => words,
            Response::Sight(sighted) => &sighted.text,
        }
    }
}
