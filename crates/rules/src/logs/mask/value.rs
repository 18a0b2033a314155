//! Whether a value whose name sounds secret is one: not a word of a message, not a place-holder, not a reference to
//! somewhere else, and for tokens random enough.

use std::ops::Range;

use serde::Deserialize;

/// How a value is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Judged {
    Password,
    Token,
    /// What a command was given: whatever it is, it is the value.
    Option,
}

/// What stands behind such a name in messages and settings, and is no secret.
const WORDS: &[&str] = &[
    "a",
    "absent",
    "all",
    "amd64",
    "arm64",
    "i386",
    "accepted",
    "added",
    "admin-only",
    "algorithm",
    "and",
    "auth",
    "authentication",
    "basic",
    "bearer",
    "being",
    "blank",
    "by",
    "can",
    "changed",
    "changeme?",
    "check",
    "count",
    "created",
    "default",
    "deleted",
    "denied",
    "disabled",
    "does",
    "empty",
    "enabled",
    "encoded",
    "encrypted",
    "error",
    "exceeded",
    "exists",
    "expired",
    "expires",
    "expiring",
    "failed",
    "failure",
    "false",
    "field",
    "filtered",
    "for",
    "found",
    "from",
    "generated",
    "given",
    "has",
    "hash",
    "hidden",
    "ignored",
    "in",
    "incorrect",
    "invalid",
    "is",
    "issued",
    "key",
    "length",
    "loaded",
    "login",
    "masked",
    "match",
    "mismatch",
    "missing",
    "must",
    "n/a",
    "needed",
    "needs",
    "nil",
    "no",
    "none",
    "not",
    "null",
    "of",
    "off",
    "ok",
    "on",
    "only",
    "optional",
    "or",
    "parameter",
    "password",
    "policy",
    "present",
    "prompt",
    "protected",
    "provided",
    "redacted",
    "refresh",
    "refreshed",
    "refused",
    "rejected",
    "removed",
    "renewed",
    "request",
    "required",
    "reset",
    "resets",
    "revoked",
    "secret",
    "service",
    "set",
    "should",
    "skipped",
    "strategy",
    "string",
    "success",
    "successful",
    "successfully",
    "system",
    "the",
    "this",
    "to",
    "token",
    "too",
    "true",
    "type",
    "undefined",
    "unknown",
    "unset",
    "updated",
    "used",
    "user",
    "valid",
    "validated",
    "validation",
    "value",
    "verified",
    "was",
    "weak",
    "will",
    "with",
    "wrong",
    "yes",
    "your",
    "falsch",
    "ungültig",
    "abgelaufen",
    "неверный",
    "неверен",
    "устарел",
];

impl Judged {
    pub(super) fn is_secret(self, line: &str, at: &Range<usize>) -> bool {
        let value = line[at.clone()].trim_matches(|c: char| matches!(c, '.' | ':' | '!' | '?' | ',' | '`'));
        if is_nothing(value) || is_reference(value) || is_place_holder(value) {
            return false;
        }
        match self {
            Judged::Password => !is_prose(line, at, value),
            Judged::Token => is_random(value),
            Judged::Option => true,
        }
    }
}

/// Too short to be anything, or a number that counts: `tokens=12`.
fn is_nothing(value: &str) -> bool {
    value.is_empty() || WORDS.contains(&value.to_lowercase().as_str())
}

/// `${DB_PASSWORD}`, `$PASS`, `%PASS%`, `{{ .Values.password }}`, `file:/run/secrets/x`, `vault:…`, `env(…)`.
fn is_reference(value: &str) -> bool {
    let starts = [
        "${",
        "$(",
        "{{",
        "{%",
        "#{",
        "@{",
        "<%",
        "%(",
        "file:",
        "/run/secrets/",
        "/var/run/secrets/",
        "env.",
        "vault:",
        "!vault",
        "ref+",
        "arn:",
    ];
    let is_variable = value
        .strip_prefix('$')
        .is_some_and(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit()));
    let is_windows = value.len() > 2 && value.starts_with('%') && value.ends_with('%');
    let is_path = value.starts_with('/') && value.matches('/').count() > 1 && !value.ends_with('=');
    is_variable || is_windows || is_path || starts.iter().any(|start| value.starts_with(start))
}

/// What stands beside such words in manuals.
const BESIDE: &[&str] = &[
    "change", "me", "my", "the", "here", "password", "passwd", "pass", "secret", "token", "key", "api", "access",
    "client", "user", "db", "database",
];

/// `changeme`, `<your-api-key>`, `YOUR_PASSWORD_HERE`: such words alone. A password with one of them in it is one still.
fn is_written_for_one(value: &str) -> bool {
    const SAYS_SO: &[&str] = &[
        "redacted",
        "filtered",
        "masked",
        "hidden",
        "removed",
        "changeme",
        "placeholder",
        "example",
        "sample",
        "dummy",
        "todo",
        "your",
    ];
    let lower = value.to_ascii_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.clone().all(|word| SAYS_SO.contains(&word) || BESIDE.contains(&word))
        && words.any(|word| SAYS_SO.contains(&word))
}

/// Stars, dots, one letter again and again, words in brackets, what manuals write.
fn is_place_holder(value: &str) -> bool {
    let first = value.chars().next();
    let is_one_letter = value.chars().all(|c| Some(c) == first);
    let stars = value.chars().filter(|c| matches!(c, '*' | '•' | '●' | '█' | '▒')).count();
    is_one_letter
        || stars >= 3
        || value.to_ascii_lowercase().ends_with("xxxx")
        || (value.starts_with('[') && value.ends_with(']'))
        || is_written_for_one(value)
}

/// A word of a sentence: "password: must contain a digit", not "password: tulip" at the end of a line.
fn is_prose(line: &str, at: &Range<usize>, value: &str) -> bool {
    let is_word = value.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\''));
    if !is_word {
        // A class or a package: java.lang.String, o.s.s.PasswordEncoder@1f2a.
        return is_name_of_code(value);
    }
    let before = line[..at.start].trim_end_matches(['"', '\'', '\\']);
    let is_assigned = before.ends_with('=') || line[..at.start].ends_with(['"', '\'', '>']);
    let goes_on = line[at.end..].starts_with(' ')
        && line[at.end..].trim_start().chars().next().is_some_and(char::is_alphanumeric);
    !is_assigned && goes_on
}

fn is_name_of_code(value: &str) -> bool {
    let parts: Vec<&str> = value.split(['.', '$', '@', '#', ':']).collect();
    parts.len() >= 3 && parts.iter().all(|part| part.chars().all(|c| c.is_ascii_alphabetic() || c == '_'))
}

/// Whether letters and digits stand as if drawn by lot. Words, counts, versions, dates and classes do not.
fn is_random(value: &str) -> bool {
    let core = value.trim_matches('=');
    let has = |of: fn(&char) -> bool| core.chars().any(|c| of(&c));
    let (digits, lower, upper) =
        (has(char::is_ascii_digit), has(char::is_ascii_lowercase), has(char::is_ascii_uppercase));
    let letters = lower || upper;
    if core.len() < 6 || !core.is_ascii() || is_name_of_code(core) || is_measure(core) {
        return false;
    }
    let bits = entropy(core);
    match (digits, letters) {
        (true, true) => bits >= 2.5 || core.len() >= 20,
        // Digits alone are ids and counts, unless nobody counts that far.
        (true, false) => core.len() >= 24 && bits >= 2.5,
        (false, true) => is_drawn(core, bits),
        (false, false) => false,
    }
}

/// Letters without a digit: long, of both cases and in no order that words have.
fn is_drawn(core: &str, bits: f64) -> bool {
    let letters = core.chars().filter(char::is_ascii_alphabetic);
    let turns =
        core.as_bytes().windows(2).filter(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()).count();
    let is_plain = letters.clone().count() == core.len();
    let vowels = letters.filter(|c| matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u')).count();
    core.len() >= 16 && bits >= 3.5 && (turns * 5 >= core.len() || (is_plain && vowels * 5 < core.len()))
}

/// `3600s`, `1.25.4`, `2026-11-20T14:02`, `12ms`, `ROLE_USER_2`, `RS256`, `v1beta1`: what stands behind such names too.
fn is_measure(core: &str) -> bool {
    let is_number =
        core.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ':' | '-' | '/' | '_' | 'T' | 'Z' | '+'));
    let with_unit = core.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let has_unit = (1..=7).contains(&(core.len() - with_unit.len()))
        && !with_unit.is_empty()
        && with_unit.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_algorithm = [
        "HS256",
        "HS384",
        "HS512",
        "RS256",
        "RS384",
        "RS512",
        "ES256",
        "ES384",
        "PS256",
        "EdDSA",
        "SHA-256",
        "SHA256",
        "AES256",
        "AES-256-GCM",
        "OAuth2",
        "oauth2",
    ]
    .iter()
    .any(|name| core.eq_ignore_ascii_case(name));
    let parts = core.split(['.', '-', '_', '/']);
    let is_dotted = core.len() < 60
        && parts.clone().count() > 1
        && parts.clone().all(|part| part.chars().all(|c| c.is_ascii_alphabetic()) || part.len() <= 2);
    (is_number && core.len() < 24) || has_unit || is_algorithm || is_dotted || is_stage(core)
}

/// `v1beta1`, `v2alpha`, `v3rc12`.
fn is_stage(core: &str) -> bool {
    let digits = |text: &str| text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(rest) = core.strip_prefix('v') else { return false };
    ["alpha", "beta", "rc"].iter().filter_map(|stage| rest.split_once(stage)).any(|(of, at)| digits(of) && digits(at))
}

/// Shannon's entropy of the characters, in bits each.
fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 128];
    text.bytes().filter(u8::is_ascii).for_each(|byte| counts[usize::from(byte)] += 1);
    let length = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX));
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f64::from(*count) / length)
        .map(|part| -part * part.log2())
        .sum()
}

#[cfg(test)]
#[path = "value_test.rs"]
mod tests;
