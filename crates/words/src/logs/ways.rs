//! How one gets at a log, for each way that software is run: commands to copy (LOG-1). They take all of it, from the start of
//! the program on, and write a file; what stands in capitals is the reader's own.

use rules::policy::Reads;

use crate::lang::Lang;

/// A way, and its commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// "From Docker".
    pub title: String,
    pub commands: &'static str,
}

const LOG: &[(&str, &str)] = &[
    ("docker", "docker logs --timestamps CONTAINER > log.txt 2>&1"),
    ("compose", "docker compose logs --no-color --timestamps > log.txt"),
    (
        "kubernetes",
        "kubectl logs --namespace NAMESPACE --all-containers --timestamps POD > log.txt\n\
         # if it started anew, what it wrote before:\n\
         kubectl logs --namespace NAMESPACE --all-containers --timestamps --previous POD > log-before.txt",
    ),
    ("systemd", "journalctl --unit SERVICE --boot --no-pager --output short-iso > log.txt"),
    (
        "windows",
        "docker logs --timestamps CONTAINER > log.txt 2>&1\n\
         # of a Windows service, in PowerShell:\n\
         Get-WinEvent -LogName Application | Format-List TimeCreated, LevelDisplayName, ProviderName, Message | Out-File log.txt",
    ),
];

const COMMANDS: &[(&str, &str)] = &[
    ("shell", "history > history.txt"),
    ("zsh", "fc -l 1 > history.txt"),
    ("windows", "Get-Content (Get-PSReadLineOption).HistorySavePath | Out-File history.txt"),
];

const TERMINAL: &[(&str, &str)] =
    &[("shell", "COMMAND 2>&1 | tee terminal.txt"), ("windows", "COMMAND 2>&1 | Tee-Object terminal.txt")];

/// The ways to what a text file is asked for.
pub fn ways(lang: Lang, reads: Reads) -> Vec<Way> {
    let all = match reads {
        Reads::Log => LOG,
        Reads::Commands => COMMANDS,
        Reads::Terminal => TERMINAL,
    };
    all.iter().map(|(way, commands)| Way { title: lang.say("log-way", &[("way", (*way).into())]), commands }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn log_1_a_log_is_had_from_every_way_to_run_a_program() {
        let titles: Vec<String> = ways(Lang::En, Reads::Log).into_iter().map(|way| way.title).collect();
        assert_eq!(titles, ["From Docker", "From Docker Compose", "From Kubernetes", "From systemd", "On Windows"]);
        for reads in [Reads::Log, Reads::Commands, Reads::Terminal] {
            for way in ways(Lang::En, reads) {
                assert!(way.commands.contains(".txt"), "{}", way.commands);
                assert!(!way.commands.contains("tail"), "a part of a log is no log");
            }
        }
    }
}
