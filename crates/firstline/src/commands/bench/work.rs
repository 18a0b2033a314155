//! Many clients at once, for a while.

use std::{cell::Cell, collections::BTreeMap, net::SocketAddr, rc::Rc, time::Duration};

use tokio::task::LocalSet;

use super::{
    client::{Answer, Client},
    figures::Samples,
    machine::now,
};

/// How many, and for how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    pub clients: usize,
    pub length: Duration,
}

/// What came of it.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub samples: Samples,
    pub by_status: BTreeMap<u16, usize>,
    took: Duration,
}

impl Done {
    pub(super) fn per_second(&self) -> f64 {
        self.samples.count() as f64 / self.took.as_secs_f64()
    }
}

/// Each client asks again as soon as it was answered; `ask` hears how many were asked before, by all of them.
pub(super) async fn drive<F>(to: SocketAddr, work: Work, ask: F) -> anyhow::Result<Done>
where
    F: AsyncFn(&mut Client, usize) -> anyhow::Result<Answer> + Clone + 'static,
{
    let (begun, asked) = (now(), Rc::new(Cell::new(0)));
    let local = LocalSet::new();
    let tasks: Vec<_> = (0..work.clients)
        .map(|_| {
            let (ask, asked) = (ask.clone(), Rc::clone(&asked));
            local.spawn_local(async move {
                let mut client = Client::connect(to, "").await?;
                let mut done = Done::default();
                while begun.elapsed() < work.length {
                    let answer = ask(&mut client, asked.replace(asked.get() + 1)).await?;
                    done.samples.add(answer.took);
                    *done.by_status.entry(answer.status).or_default() += 1;
                }
                anyhow::Ok(done)
            })
        })
        .collect();
    local.await;
    let mut all = Done { took: begun.elapsed(), ..Done::default() };
    for task in tasks {
        let done = task.await??;
        all.samples.append(done.samples);
        for (status, count) in done.by_status {
            *all.by_status.entry(status).or_default() += count;
        }
    }
    Ok(all)
}
