//! What was found kept otherwise than the events tell it, for whoever runs the command.

use desk::proof::Difference;

pub(crate) fn said(difference: &Difference) -> String {
    match difference {
        Difference::Untold { ticket, why } => format!("request {ticket}: its events tell nothing: {why}"),
        Difference::Clocks { ticket, kept, told } => {
            format!("request {ticket}: its clocks are kept as {kept:?}; its events tell {told:?}")
        }
        Difference::Turn { ticket, kept, told } => {
            format!("request {ticket}: its turn is kept as {kept:?}; its events tell {told:?}")
        }
        Difference::Queue { ticket, kept, told } => {
            format!("request {ticket}: its place in the queue is kept as {kept:?}; its events tell {told:?}")
        }
        Difference::Facts { ticket, kept, told } => {
            format!("request {ticket}: what reports count of it is kept as {kept:?}; its events tell {told:?}")
        }
        Difference::Messages { ticket, kept, told } => {
            format!("request {ticket}: it has {kept} messages; its events tell of {told}")
        }
        Difference::Gap { after, next } => {
            format!("the journal goes from entry {after} to {next}; what is between is gone")
        }
    }
}
