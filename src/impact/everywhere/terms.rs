//! Combinations of answers told in as few words as can be: what does not matter is left out.

/// For each question the answers that are meant; nothing where any answer will do.
pub(super) type Term = Vec<Option<Vec<u32>>>;

/// More combinations than these are not told in fewer words.
const MOST: usize = 4_000;

/// Terms that together hold of these combinations and of none of the others. Each combination has an answer for each
/// question.
pub(super) fn terms(these: &[&Vec<u32>], others: &[&Vec<u32>]) -> Vec<Term> {
    let mut all: Vec<Term> = Vec::new();
    if others.is_empty() {
        return vec![these.first().map_or_else(Vec::new, |one| vec![None; one.len()])];
    }
    for one in these {
        if all.iter().any(|term| holds(term, one)) {
            continue;
        }
        let mut term: Term = one.iter().map(|answer| Some(vec![*answer])).collect();
        if these.len().saturating_add(others.len()) <= MOST {
            for question in 0..term.len() {
                widen(&mut term, question, these, others);
            }
        }
        all.push(term);
    }
    all
}

/// Leaves a question out of a term if it can, else adds all answers that it can to it.
fn widen(term: &mut Term, question: usize, these: &[&Vec<u32>], others: &[&Vec<u32>]) {
    let clean = |term: &Term| !others.iter().any(|other| holds(term, other));
    let Some(slot) = term.get_mut(question) else { return };
    let kept = slot.take();
    if clean(term) {
        return;
    }
    let mut answers: Vec<u32> = kept.unwrap_or_default();
    let mut more: Vec<u32> = these.iter().filter_map(|one| one.get(question)).copied().collect();
    more.sort_unstable();
    more.dedup();
    for answer in more {
        if answers.contains(&answer) {
            continue;
        }
        answers.push(answer);
        let Some(slot) = term.get_mut(question) else { return };
        *slot = Some(answers.clone());
        if !clean(term) {
            answers.pop();
        }
    }
    answers.sort_unstable();
    if let Some(slot) = term.get_mut(question) {
        *slot = Some(answers);
    }
}

fn holds(term: &Term, one: &[u32]) -> bool {
    term.iter().zip(one).all(|(meant, answer)| meant.as_ref().is_none_or(|meant| meant.contains(answer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_matter_is_left_out() {
        let all: Vec<Vec<u32>> = (0..8).map(|n| vec![n & 1, n >> 1 & 1, n >> 2 & 1]).collect();
        let split = |wanted: &dyn Fn(&Vec<u32>) -> bool| {
            let these: Vec<&Vec<u32>> = all.iter().filter(|one| wanted(one)).collect();
            let others: Vec<&Vec<u32>> = all.iter().filter(|one| !wanted(one)).collect();
            terms(&these, &others)
        };
        assert_eq!(split(&|one| one[1] == 1), [vec![None, Some(vec![1]), None]]);
        assert_eq!(split(&|one| one[0] == 1 && one[2] == 0), [vec![Some(vec![1]), None, Some(vec![0])]]);
        assert_eq!(split(&|_| true), [vec![None, None, None]]);
        let either = split(&|one| one[0] == 1 || one[1] == 1);
        assert_eq!(either.len(), 2);
        assert!(
            all.iter().all(|one| either.iter().any(|term| holds(term, one)) == (one[0] == 1 || one[1] == 1))
        );
    }
}
