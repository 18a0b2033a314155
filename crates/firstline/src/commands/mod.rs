//! The command line: one file per command. What a command prints goes through `Terminal`, nothing else prints.

mod audit;
mod backup;
mod bench;
mod demo;
mod doctor;
mod erase;
mod explain;
mod export;
mod fixture;
mod generate;
mod health;
mod holidays;
mod init;
mod installed;
mod licence;
mod policy;
mod redact;
mod release;
mod restore;
mod search;
mod serve;
mod simulate;
mod staff;
mod talk;
mod tool;
mod written;

use std::{io::Write, process::ExitCode};

/// Firstline: the help desk for companies that ship software.
#[derive(Debug, clap::Parser)]
#[command(name = "firstline", version, arg_required_else_help = true)]
pub struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Say why: a deadline, an address, a log, who sees a request.
    #[command(subcommand)]
    Explain(explain::Explain),
    /// Check, explain, compare, render and apply support policies.
    #[command(subcommand)]
    Policy(policy::Policy),
    /// Make an empty desk: configuration, data folder, policy, first administrator.
    Init(init::Init),
    /// Open a desk with a believable world, and links to sign in with.
    Demo(demo::Demo),
    /// Serve the desk.
    Serve(serve::Serve),
    /// Who works at the desk.
    #[command(subcommand)]
    Staff(staff::Staff),
    /// What organisations have paid for.
    #[command(subcommand)]
    Licence(licence::Licence),
    /// Which version runs where.
    #[command(subcommand)]
    Installed(installed::Installed),
    /// Releases and hotfixes of the product: published, rolled out, withdrawn.
    #[command(subcommand)]
    Release(release::Release),
    /// Builds of the migration tool.
    #[command(subcommand)]
    Tool(tool::Tool),
    /// All that concerns a person or an organisation, as JSON and files.
    #[command(subcommand)]
    Export(export::Export),
    /// Take away for good who a person or an organisation was; prints every place that was looked at.
    #[command(subcommand)]
    Erase(erase::Erase),
    /// Who did what to rights and people's data: proven whole, or written out.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Take a passage or a file out of a request for good; prints every place that was looked at.
    Redact(redact::Redact),
    /// What can be searched.
    #[command(subcommand)]
    Search(search::Search),
    /// Look the desk over: configuration, folder, database, disk, mail, queue, time; ends with 1 if anything fails.
    Doctor(doctor::Doctor),
    /// Ask the server whether it is ready, for health checks; ends with 1 if it is not or if there is none.
    Health(health::Health),
    /// Write a whole copy of the desk, also while it serves.
    Backup(backup::Backup),
    /// Make a desk of a backup again, or try whether one would come of it; ends with 1 if anything is wrong.
    Restore(restore::Restore),
    /// Make a world of many requests, and measure a desk on it.
    #[command(hide = true)]
    Bench(bench::Bench),
    /// Make a small desk of this schema, for the tests of upgrades.
    #[command(hide = true)]
    Fixture(fixture::Fixture),
    /// Write the references in docs.
    #[command(hide = true)]
    Generate(generate::Generate),
}

/// Runs a command; its error is printed to standard error, with its causes, and ends with 1.
pub fn run(line: Line) -> ExitCode {
    let mut terminal = Terminal { out: std::io::stdout().lock() };
    let done = match line.command {
        Command::Explain(command) => explain::run(command, &mut terminal),
        Command::Policy(command) => policy::run(command, &mut terminal),
        Command::Init(command) => init::run(command, &mut terminal),
        Command::Demo(command) => demo::run(command, &mut terminal),
        Command::Serve(command) => serve::run(command, &mut terminal),
        Command::Staff(command) => staff::run(command, &mut terminal),
        Command::Licence(command) => licence::run(command, &mut terminal),
        Command::Installed(command) => installed::run(command, &mut terminal),
        Command::Release(command) => release::run(command, &mut terminal),
        Command::Tool(command) => tool::run(command, &mut terminal),
        Command::Export(command) => export::run(command, &mut terminal),
        Command::Erase(command) => erase::run(command, &mut terminal),
        Command::Audit(command) => audit::run(command, &mut terminal),
        Command::Redact(command) => redact::run(command, &mut terminal),
        Command::Search(command) => search::run(command, &mut terminal),
        Command::Doctor(command) => doctor::run(command, &mut terminal),
        Command::Health(command) => health::run(command, &mut terminal),
        Command::Backup(command) => backup::run(command, &mut terminal),
        Command::Restore(command) => restore::run(command, &mut terminal),
        Command::Bench(command) => bench::run(command, &mut terminal),
        Command::Fixture(command) => fixture::run(command, &mut terminal),
        Command::Generate(command) => generate::run(command, &mut terminal),
    };
    match done {
        Ok(code) => code,
        Err(error) if error.is::<Closed>() => ExitCode::from(CLOSED),
        Err(error) => {
            // A closed standard error leaves nobody to tell.
            let _ = writeln!(std::io::stderr(), "firstline: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Where commands print.
#[derive(Debug)]
pub struct Terminal<W: Write = std::io::StdoutLock<'static>> {
    pub out: W,
}

impl<W: Write> Terminal<W> {
    /// One line to standard output.
    pub fn say(&mut self, line: impl std::fmt::Display) -> anyhow::Result<()> {
        writeln!(self.out, "{line}").map_err(unsaid)
    }
}

/// Nobody reads on: `firstline … | head`. No fault of anybody, so nothing is said of it.
#[derive(Debug)]
struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("nobody reads on")
    }
}

impl std::error::Error for Closed {}

/// What a shell sees of a program that a closed pipe ended: 128 and the number of the signal.
const CLOSED: u8 = 128 + 13;

/// Why something could not be printed.
fn unsaid(error: std::io::Error) -> anyhow::Error {
    if error.kind() == std::io::ErrorKind::BrokenPipe { Closed.into() } else { error.into() }
}
