//! Work shared out to threads, its results taken in the order of the work.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, channel, sync_channel};
use std::sync::{Mutex, PoisonError, TryLockError};
use std::thread;

/// How many pieces of work for each thread may be under way.
const AHEAD: usize = 3;

/// Does pieces of work on threads; their results come in the order in which the work was given out.
///
/// `next` gives the work, `begin` what each thread starts with, `work` does a piece, `take` has its result; `next` and
/// `take` run on the calling thread. It is one of the threads: it works, too, while there is nothing to give out or to take.
/// No more work is under way than the threads need.
///
/// # Errors
/// The first error of `next` or `take`, which ends everything.
pub(super) fn in_order<W, T, R, E>(
    threads: usize,
    mut next: impl FnMut() -> Result<Option<T>, E>,
    begin: impl Fn() -> W + Sync,
    work: impl Fn(&mut W, T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
{
    let mut own = begin();
    let Some(others) = threads.checked_sub(1).filter(|others| *others > 0) else {
        while let Some(piece) = next()? {
            take(work(&mut own, piece))?;
        }
        return Ok(());
    };
    let most = threads.saturating_mul(AHEAD);
    let (give, pieces) = sync_channel::<(u64, T)>(most);
    let pieces = Mutex::new(pieces);
    let (pieces, begin, work) = (&pieces, &begin, &work);
    thread::scope(move |scope| {
        let (done, results) = channel::<(u64, R)>();
        for _ in 0..others {
            let done = done.clone();
            scope.spawn(move || {
                let mut worker = begin();
                while let Some((number, piece)) = one_of(pieces) {
                    if done.send((number, work(&mut worker, piece))).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        let (mut given, mut taken, mut ended) = (0_u64, 0_u64, false);
        let mut early: BTreeMap<u64, R> = BTreeMap::new();
        // Where this ends early, what it gives with is dropped, and the threads end for want of work.
        let give = give;
        loop {
            while !ended && given.saturating_sub(taken) < most as u64 {
                match next()? {
                    Some(piece) => {
                        ended = give.send((given, piece)).is_err();
                        given = given.saturating_add(1);
                    }
                    None => ended = true,
                }
            }
            if taken >= given {
                return Ok(());
            }
            early.extend(results.try_iter());
            if !early.contains_key(&taken) {
                if let Some((number, piece)) = one_waiting(pieces) {
                    early.insert(number, work(&mut own, piece));
                } else {
                    let Ok((number, result)) = results.recv() else { return Ok(()) };
                    early.insert(number, result);
                }
            }
            while let Some(result) = early.remove(&taken) {
                taken = taken.saturating_add(1);
                take(result)?;
            }
        }
    })
}

/// The next piece of work, for whoever asks first; nothing when there will be no more.
fn one_of<T>(pieces: &Mutex<Receiver<T>>) -> Option<T> {
    pieces.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// The next piece of work, if one waits. Whoever is asking for it just now has it.
fn one_waiting<T>(pieces: &Mutex<Receiver<T>>) -> Option<T> {
    match pieces.try_lock() {
        Ok(pieces) => pieces.try_recv().ok(),
        Err(TryLockError::Poisoned(pieces)) => pieces.into_inner().try_recv().ok(),
        Err(TryLockError::WouldBlock) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn squares(threads: usize, count: u64, fails_at: Option<u64>) -> (Vec<u64>, Result<(), u64>) {
        let (mut numbers, mut found) = (0..count, Vec::new());
        let done = in_order(
            threads,
            || Ok(numbers.next()),
            || (),
            |(), number| {
                // Early pieces take longest.
                thread::sleep(std::time::Duration::from_micros(200_u64.saturating_sub(number)));
                number.saturating_mul(number)
            },
            |square| {
                found.push(square);
                if fails_at == Some(square) { Err(square) } else { Ok(()) }
            },
        );
        (found, done)
    }

    #[test]
    fn results_come_in_the_order_of_the_work() {
        for threads in [0, 1, 2, 7] {
            assert_eq!(squares(threads, 100, None), ((0..100).map(|n| n * n).collect(), Ok(())));
        }
    }

    #[test]
    fn an_error_ends_everything() {
        for threads in [1, 2, 7] {
            assert_eq!(squares(threads, 1_000_000, Some(9)), (vec![0, 1, 4, 9], Err(9)));
        }
    }
}
