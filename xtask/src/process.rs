//! Running other programs and saying how long it took. A program that cannot be started or fails is an
//! error that names it; nothing is skipped.

use std::{
    fmt::Display,
    io::Write,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// Runs `command` with this process's own output; fails when it fails.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| not_started(command))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// What `command` prints; fails when it fails, with what it said.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let Output { status, stdout, stderr } = command.output().with_context(|| not_started(command))?;
    if !status.success() {
        bail!("`{}` failed ({status}): {}", line(command), String::from_utf8_lossy(&stderr).trim());
    }
    String::from_utf8(stdout).with_context(|| format!("`{}` printed something that is not UTF-8", line(command)))
}

/// What `command` prints, while what it says to standard error is shown; fails when it fails.
pub(crate) fn read_while_talking(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| not_started(command))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` printed something that is not UTF-8", line(command)))
}

/// Announces a step, does it, and says how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    say(format_args!("\n== {name}"));
    let started = now();
    let done = work().with_context(|| format!("step `{name}`"))?;
    say(format_args!("== {name}: {}", seconds(started.elapsed())));
    Ok(done)
}

/// Waits until `ready` says yes, asking again and again for at most `limit`.
pub(crate) fn wait_for(what: &str, limit: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
    let started = now();
    while !ready() {
        if started.elapsed() > limit {
            bail!("{what} was not ready after {}", seconds(limit));
        }
        #[expect(clippy::disallowed_methods, reason = "a pause between two looks at a condition with a deadline")]
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// One line to the person at the terminal.
pub(crate) fn say(text: impl Display) {
    // A closed terminal leaves nobody to tell; the exit code still speaks.
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

pub(crate) fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "steps are timed for the person who waits for them")]
    Instant::now()
}

pub(crate) fn seconds(length: Duration) -> String {
    format!("{:.1} s", length.as_secs_f64())
}

/// The command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

fn not_started(command: &Command) -> String {
    format!("`{}` could not be started; is it installed?", command.get_program().to_string_lossy())
}
