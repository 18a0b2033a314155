//! The report of a month, to who chose it.

use fluent_bundle::FluentValue;
use jiff::{SignedDuration, civil::Date};
use rules::reports::Summary;

use super::{
    Reader, Text,
    sheet::{Block, Sheet},
};
use crate::time::{length, month};

/// What a month was like, in a few sentences and a link.
pub fn month_report(reader: &Reader<'_>, first: Date, of: &Summary, page: &str) -> Text {
    let month = month(reader.lang, first);
    let say = |key: &str, arguments: &[(&str, FluentValue<'_>)]| reader.say(key, arguments);
    let n = |name: &'static str, count: u64| (name, FluentValue::from(count));
    let mut blocks = vec![Block::Said(say("mail-month-filed", &[n("filed", of.filed), n("solved", of.solved)]))];
    blocks.push(Block::Said(match of.in_time {
        Some(percent) => {
            say("mail-month-answered", &[n("answered", of.answered), n("percent", percent.into()), n("late", of.late)])
        }
        None => say("mail-month-answered-none", &[n("answered", of.answered), n("late", of.late)]),
    }));
    if let Some((median, ninetieth)) = of.median_seconds.zip(of.ninetieth_seconds) {
        let said = |seconds| FluentValue::from(length(reader.lang, SignedDuration::from_secs(seconds)));
        blocks.push(Block::Said(say("mail-month-took", &[("median", said(median)), ("ninetieth", said(ninetieth))])));
    }
    blocks.push(Block::Said(match of.rated {
        0 => say("mail-month-unrated", &[n("reopened", of.reopened)]),
        rated => say("mail-month-rated", &[n("reopened", of.reopened), n("good", of.good), n("rated", rated)]),
    }));
    blocks.push(Block::Said(say("mail-month-waiting", &[n("ours", of.ours), n("theirs", of.theirs)])));
    blocks.push(Block::Link { label: say("mail-month-link", &[]), url: page });
    let subject = say("mail-month-subject", &[("month", month.into())]);
    Sheet { subject, blocks, foot: vec![say("mail-month-why", &[])] }.set(reader)
}
