//! The signs that a timeline is drawn with on a terminal.

/// One set of signs.
pub(super) struct Signs {
    /// An event; several on one place are counted.
    pub event: char,
    /// A timer will look.
    pub timer: char,
    /// A yes.
    pub yes: char,
    /// A yes that is scheduled after the as-of day.
    pub yes_ahead: char,
    /// A no, or a known none.
    pub no: char,
    /// Nobody has said.
    pub unknown: char,
    /// Where a value begins.
    pub turn: char,
    /// A value.
    pub value: char,
    /// A value that is scheduled after the as-of day.
    pub value_ahead: char,
    /// A duty arises.
    pub born: char,
    /// A duty is open.
    pub open: char,
    /// Days left of a duty after the as-of day.
    pub left: char,
    /// Its last day.
    pub last: char,
    /// It is overdue.
    pub overdue: char,
    /// It is met in time.
    pub met: char,
    /// It is met after its last day.
    pub met_late: char,
    /// Its ground ends.
    pub lapsed: char,
    /// A time that was missed.
    pub missed: char,
    /// The day asked about.
    pub on: char,
    /// The as-of day.
    pub as_of: char,
    /// Beneath the two lines.
    pub on_foot: char,
    /// Beneath the as-of line.
    pub as_of_foot: char,
    /// A line between the dates and the bars, and where a date stands on it.
    pub rule: (char, char),
    /// What is left out.
    pub cut: char,
}

/// With all signs there are.
pub(super) const UNICODE: Signs = Signs {
    event: '•',
    timer: '◇',
    yes: '█',
    yes_ahead: '▒',
    no: '─',
    unknown: '·',
    turn: '╞',
    value: '═',
    value_ahead: '╌',
    born: '○',
    open: '─',
    left: '╌',
    last: '┤',
    overdue: '━',
    met: '●',
    met_late: '◆',
    lapsed: '×',
    missed: '!',
    on: '│',
    as_of: '┊',
    on_foot: '▲',
    as_of_foot: '△',
    rule: ('─', '┬'),
    cut: '…',
};

/// With those of ASCII only.
pub(super) const ASCII: Signs = Signs {
    event: '*',
    timer: '?',
    yes: '#',
    yes_ahead: '=',
    no: '-',
    unknown: '.',
    turn: '[',
    value: '_',
    value_ahead: '~',
    born: 'o',
    open: '-',
    left: '~',
    last: ']',
    overdue: '=',
    met: '@',
    met_late: '&',
    lapsed: 'x',
    missed: '!',
    on: '|',
    as_of: ':',
    on_foot: '^',
    as_of_foot: '"',
    rule: ('-', '+'),
    cut: '>',
};
