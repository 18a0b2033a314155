//! What is said of addresses, passwords and the proof of work (REG-1, REG-2).

use rules::people::{AddressFault, DomainFault, PasswordWeakness, captcha::CaptchaRefusal, password::Pattern};

use super::Said;

/// REG-3: not yet, or not and why.
pub(super) fn not_let_in(turned_away: Option<&str>) -> Said<'_> {
    match turned_away {
        None => Said::plain("refusal-waits"),
        Some(why) => Said::plain("refusal-turned-away").and("why", why),
    }
}

pub(super) fn address(fault: &AddressFault) -> Said<'_> {
    match fault {
        AddressFault::Empty => Said::plain("address-empty"),
        AddressFault::NoAt => Said::plain("address-no-at"),
        AddressFault::SeveralAts => Said::plain("address-several-ats"),
        AddressFault::NameAround => Said::plain("address-name-around"),
        AddressFault::Control => Said::plain("address-control"),
        AddressFault::Space => Said::plain("address-space"),
        AddressFault::LocalEmpty => Said::plain("address-local-empty"),
        AddressFault::LocalTooLong { octets, limit } => {
            Said::plain("address-local-too-long").and("octets", *octets).and("limit", *limit)
        }
        AddressFault::TooLong { octets, limit } => {
            Said::plain("address-too-long").and("octets", *octets).and("limit", *limit)
        }
        AddressFault::Quoted => Said::plain("address-quoted"),
        AddressFault::Comment => Said::plain("address-comment"),
        AddressFault::LocalDots => Said::plain("address-local-dots"),
        AddressFault::LocalNotAscii { character } => {
            Said::plain("address-local-not-ascii").and("character", character.to_string())
        }
        AddressFault::LocalCharacter { character } => {
            Said::plain("address-local-character").and("character", character.to_string())
        }
        AddressFault::Domain(fault) => domain(fault),
    }
}

fn domain(fault: &DomainFault) -> Said<'_> {
    match fault {
        DomainFault::Empty => Said::plain("address-domain-empty"),
        DomainFault::SingleLabel => Said::plain("address-domain-single"),
        DomainFault::IpAddress => Said::plain("address-domain-ip"),
        DomainFault::EmptyLabel => Said::plain("address-domain-dots"),
        DomainFault::TooLong { octets, limit } => {
            Said::plain("address-domain-too-long").and("octets", *octets).and("limit", *limit)
        }
        DomainFault::LabelTooLong { label, limit } => {
            Said::plain("address-domain-label").and("label", label.as_str()).and("limit", *limit)
        }
        DomainFault::NotAName => Said::plain("address-domain-name"),
    }
}

pub(super) fn captcha(refusal: CaptchaRefusal) -> &'static str {
    match refusal {
        CaptchaRefusal::Missing => "captcha-missing",
        CaptchaRefusal::Malformed => "captcha-malformed",
        CaptchaRefusal::Forged => "captcha-forged",
        CaptchaRefusal::Expired { .. } => "captcha-expired",
        CaptchaRefusal::Unsolved => "captcha-unsolved",
        CaptchaRefusal::Used => "captcha-used",
    }
}

pub(super) fn password(weakness: PasswordWeakness) -> Said<'static> {
    match weakness {
        PasswordWeakness::TooShort { least } => Said::plain("password-too-short").and("least", least),
        PasswordWeakness::TooLong { most } => Said::plain("password-too-long").and("most", most),
        PasswordWeakness::Personal => Said::plain("password-personal"),
        PasswordWeakness::Guessable { pattern, .. } => Said::plain(match pattern {
            Pattern::Common => "password-common",
            Pattern::Word => "password-word",
            Pattern::Name => "password-name",
            Pattern::Keyboard => "password-keyboard",
            Pattern::Repeat => "password-repeat",
            Pattern::Sequence => "password-sequence",
            Pattern::Date => "password-date",
            Pattern::Plain => "password-plain",
        }),
    }
}
