//! Which citation means which of several sentences that are alike.

use super::sentence::Run;

/// A citation of one of several alike sentences.
pub(super) struct Claim {
    /// `nr`, from 1.
    pub number: Option<u32>,
    /// The citation names a section.
    pub sectioned: bool,
    /// For each of the places: whether it stands in the section that the citation names. All do when it names none.
    pub fits: Vec<bool>,
}

/// What a citation of an anchor came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meant {
    /// This place.
    Place(usize),
    /// One of several places, and nothing says which.
    Several,
    /// No place is left for it.
    Nothing,
}

/// Settles which place each citation of one anchor means; `places` are all that the anchor fits, in the order of the text.
///
/// `nr` counts in the whole document. When the numbers or the sections no longer agree with the places, because one of
/// the sentences was taken away or moved, the order and the sections tell which ones are still there.
pub(super) fn settle(claims: &[Claim], places: &[Run]) -> Vec<Meant> {
    let mut meant: Vec<Meant> = claims.iter().map(|_| Meant::Nothing).collect();
    if places.is_empty() {
        return meant;
    }
    let mut numbered: Vec<(usize, usize)> = Vec::new();
    for (claim, one) in claims.iter().enumerate() {
        if let Some(place) = one.number.and_then(|number| usize::try_from(number).ok()?.checked_sub(1)) {
            numbered.push((place, claim));
        }
    }
    numbered.sort_unstable();
    let fits = |claim: usize, place: usize| {
        claims.get(claim).and_then(|claim| claim.fits.get(place)).copied().unwrap_or(false)
    };
    // A number beyond the last place is believed when its section has a place for each citation that names it.
    let has_room = |of: usize| {
        let Some(claim) = claims.get(of).filter(|claim| claim.sectioned) else { return false };
        let rivals = claims.iter().filter(|other| other.number.is_some() && other.fits == claim.fits).count();
        rivals <= claim.fits.iter().filter(|fits| **fits).count()
    };
    let believed = |claim: usize, place: usize| {
        let beyond = numbered.iter().any(|(number, of)| *of == claim && *number >= places.len());
        fits(claim, place) && (!beyond || has_room(claim))
    };
    if numbered.iter().all(|(place, claim)| fits(*claim, *place)) {
        for (place, claim) in &numbered {
            set(&mut meant, *claim, Meant::Place(*place));
        }
    } else {
        align(&numbered, places.len(), &believed, &mut meant);
    }
    unnumbered(claims, places.len(), &mut meant);
    meant
}

fn set(meant: &mut [Meant], claim: usize, what: Meant) {
    if let Some(slot) = meant.get_mut(claim) {
        *slot = what;
    }
}

/// Numbered citations in order against places in order: as many as can stand in their sections do. What is left over on
/// both sides has been moved, but for as many places as no citation ever named.
fn align(
    numbered: &[(usize, usize)],
    places: usize,
    fits: &dyn Fn(usize, usize) -> bool,
    meant: &mut [Meant],
) {
    // best[i][j]: how many fit of the citations from i on and the places from j on.
    let width = places.saturating_add(1);
    let cell = |row: usize, column: usize| row.saturating_mul(width).saturating_add(column);
    let mut best = vec![0usize; width.saturating_mul(numbered.len().saturating_add(1))];
    let read = |best: &[usize], row, column| best.get(cell(row, column)).copied().unwrap_or(0);
    for (row, (_, claim)) in numbered.iter().enumerate().rev() {
        for column in (0..places).rev() {
            let (down, along) = (row.saturating_add(1), column.saturating_add(1));
            let mut most = read(&best, down, column).max(read(&best, row, along));
            if fits(*claim, column) {
                most = most.max(read(&best, down, along).saturating_add(1));
            }
            if let Some(slot) = best.get_mut(cell(row, column)) {
                *slot = most;
            }
        }
    }
    let (mut row, mut column) = (0, 0);
    let mut left_claims = Vec::new();
    let mut left_places = Vec::new();
    while row < numbered.len() || column < places {
        let (down, along) = (row.saturating_add(1), column.saturating_add(1));
        let here = read(&best, row, column);
        match numbered.get(row) {
            Some((_, claim))
                if column < places
                    && fits(*claim, column)
                    && here == read(&best, down, along).saturating_add(1) =>
            {
                set(meant, *claim, Meant::Place(column));
                (row, column) = (down, along);
            }
            // An earlier number is missed rather than a place, when either would do.
            Some((_, claim)) if column >= places || here == read(&best, down, column) => {
                left_claims.push(*claim);
                row = down;
            }
            _ => {
                left_places.push(column);
                column = along;
            }
        }
    }
    let highest = numbered.last().map_or(0, |(place, _)| place.saturating_add(1));
    let distinct = numbered.len().min(highest);
    let nobodys = highest.saturating_sub(distinct);
    let moved = left_places.len().saturating_sub(nobodys);
    for (claim, place) in left_claims.into_iter().zip(left_places.into_iter().take(moved)) {
        set(meant, claim, Meant::Place(place));
    }
}

/// Citations without a number: the only place in their section, else the only one that nobody else means.
fn unnumbered(claims: &[Claim], places: usize, meant: &mut [Meant]) {
    let taken: Vec<usize> = meant
        .iter()
        .filter_map(|one| if let Meant::Place(place) = one { Some(*place) } else { None })
        .collect();
    for (number, claim) in claims.iter().enumerate().filter(|(_, claim)| claim.number.is_none()) {
        let all = || (0..places).filter(|place| claim.fits.get(*place).copied().unwrap_or(false));
        let free = || (0..places).filter(|place| !taken.contains(place));
        let only = |mut several: Box<dyn Iterator<Item = usize> + '_>| match (several.next(), several.next())
        {
            (Some(place), None) => Meant::Place(place),
            (Some(_), Some(_)) => Meant::Several,
            (None, _) => Meant::Nothing,
        };
        let what = match only(Box::new(all())) {
            Meant::Nothing => only(Box::new(free())),
            found => found,
        };
        set(meant, number, what);
    }
}
