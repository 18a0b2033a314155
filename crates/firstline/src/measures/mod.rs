//! What a desk tells whoever watches over it: `/metrics` on the health listener, as Prometheus reads it. Every name and
//! every label is in `names`, from which `docs/generated/metrics.md` is written. Labels hold words of ours alone:
//! patterns of routes, kinds, outcomes, never a name, an address or a text of people.

mod names;
mod page;
mod recorder;

use std::sync::{Arc, OnceLock};

pub(crate) use names::reference;
pub(crate) use page::{Watched, page};
use recorder::Recorder;

/// What is counted where it happens. One for the process, since that is what is measured.
static COUNTED: OnceLock<Arc<Recorder>> = OnceLock::new();

/// Begins to count.
pub(crate) fn count() -> Arc<Recorder> {
    let begin = || {
        let recorder = Arc::new(Recorder::default());
        // Only a second process in this one would have one already; then that one counts.
        let _ = metrics::set_global_recorder(Arc::clone(&recorder));
        // Zero is a statement too: an alarm on growth needs a beginning.
        for outcome in desk::mail::OUTCOMES {
            metrics::counter!("firstline_mails_total", "outcome" => outcome).increment(0);
        }
        for kind in desk::jobs::KINDS {
            for result in desk::jobs::RESULTS {
                metrics::counter!("firstline_jobs_run_total", "kind" => kind, "result" => result).increment(0);
            }
        }
        for mark in ["warned", "breached"] {
            metrics::counter!("firstline_clock_marks_total", "mark" => mark).increment(0);
        }
        recorder
    };
    Arc::clone(COUNTED.get_or_init(begin))
}
