//! The nearest known name to one that nobody knows.

/// The candidate that is nearest to a word, if one is near enough to be meant.
///
/// Distance counts inserted, dropped, changed and swapped letters; å, ä, ö without their dots count as nearly right.
/// At most a third of the letters may differ, and at least one must agree. Of two that are equally near, one to which the word
/// only adds a Swedish ending is meant, then the one that stands first.
///
/// ```
/// use frist::diagnostics::nearest::nearest;
/// assert_eq!(nearest("annrs", ["om", "annars", "avslås"]), Some("annars"));
/// assert_eq!(nearest("xyz", ["om", "annars"]), None);
/// assert_eq!(nearest("svaret", ["start", "svar"]), Some("svar"));
/// ```
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = fold(word);
    let limit = (letters.len().saturating_add(2) / 3).max(1);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let folded = fold(candidate);
            let cost = distance(&letters, &folded);
            let plausible = cost <= limit && cost < letters.len().max(folded.len());
            plausible.then_some((
                cost,
                candidate != word && candidate.to_lowercase() != word.to_lowercase(),
                !is_inflected(&letters, &folded),
                candidate,
            ))
        })
        .min_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)))
        .map(|(_, _, _, candidate)| candidate)
}

/// Whether a word is another with the ending of a definite form or of a plural: `svaret` is `svar` sooner than `start`.
/// Of a short one, such as `tim`, what follows may as well be the rest of a longer.
fn is_inflected(word: &[char], stem: &[char]) -> bool {
    let ending: Option<String> =
        word.strip_prefix(stem).filter(|_| stem.len() > 3).map(|rest| rest.iter().collect());
    ending.is_some_and(|ending| matches!(ending.as_str(), "en" | "et" | "ar" | "er" | "or" | "na"))
}

fn fold(word: &str) -> Vec<char> {
    word.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'å' | 'ä' => 'a',
            'ö' => 'o',
            'é' => 'e',
            other => other,
        })
        .collect()
}

/// Edits between two words, a swap of neighbours counted as one.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut row = vec![i.saturating_add(1)];
        for (j, right) in b.iter().enumerate() {
            let at = |cells: &[usize], index: usize| cells.get(index).copied().unwrap_or(usize::MAX / 2);
            let changed = at(&last, j).saturating_add(usize::from(left != right));
            let dropped = at(&last, j.saturating_add(1)).saturating_add(1);
            let inserted = at(&row, j).saturating_add(1);
            let mut best = changed.min(dropped).min(inserted);
            let swapped = i > 0
                && j > 0
                && a.get(i.saturating_sub(1)) == Some(right)
                && b.get(j.saturating_sub(1)) == Some(left);
            if swapped {
                best = best.min(at(&before, j.saturating_sub(1)).saturating_add(1));
            }
            row.push(best);
        }
        before = last;
        last = row;
    }
    last.last().copied().unwrap_or(usize::MAX)
}
