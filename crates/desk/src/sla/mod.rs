//! Clocks that run out: swept when a mark has come; how fast they were answered; and how they would have gone by another
//! policy. How they are told from the events is `clocks`'.

mod figures;
mod simulate;
mod simulation;
mod sweep;

pub(crate) use figures::{COUNTING, Counted, catch_up};
pub use figures::{Figures, figures};
pub use simulate::{NewTrial, NotTried, Progress, Simulated, simulate};
pub(crate) use simulation::{SIMULATION, step, sweep_simulations};
pub use simulation::{ShownGroup, ShownSimulation, begin_simulation, show_simulation};
pub use sweep::{Swept, marks, sweep};
