//! What is asked of a rule, of two rules, and of a guarantee.

use crate::Words;
use crate::program::{ActionId, RuleId};
use crate::source::Span;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Whether there is a situation in which the branches of a rule leave out what is to happen.
    Gap,
    /// Whether the conditions of two branches can hold at once, so that their order decides.
    Overlap,
    /// Whether there is a branch that is never taken, because earlier ones always are.
    Masked,
    /// Whether the ways of counting months give different days at the ends of months.
    MonthEnds,
    /// Whether an effect can begin before its trigger.
    Retroactive,
    /// Whether the last day of a duty can lie before the day on which the duty arises.
    LateBorn,
    /// Whether two rules can give one fact different values from one day, or permit and forbid one thing at once.
    Clash,
    /// Whether a guarantee holds.
    Guarantee,
}

impl Question {
    /// Every standard question: those that are asked of each rule without being written.
    pub const STANDARD: [Question; 7] = [
        Question::Gap,
        Question::Overlap,
        Question::Masked,
        Question::MonthEnds,
        Question::Retroactive,
        Question::LateBorn,
        Question::Clash,
    ];

    /// The name as the interface writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Question::Gap => "gap",
            Question::Overlap => "overlap",
            Question::Masked => "masked_branch",
            Question::MonthEnds => "month_ends",
            Question::Retroactive => "retroactive",
            Question::LateBorn => "late_born_duty",
            Question::Clash => "clash",
            Question::Guarantee => "guarantee",
        }
    }

    /// What is promised when the answer is good, in a few words.
    pub fn words(self) -> Words {
        let (sv, en) = match self {
            Question::Gap => ("inga luckor mellan grenarna", "no gap between branches"),
            Question::Overlap => ("grenarnas ordning avgör inget", "the order of branches decides nothing"),
            Question::Masked => ("varje gren kan väljas", "every branch can be chosen"),
            Question::MonthEnds => ("månadsslut är entydiga", "month ends are unambiguous"),
            Question::Retroactive => ("ingen verkan före utlösaren", "no effect before its trigger"),
            Question::LateBorn => ("ingen sista dag före skyldigheten", "no last day before its duty arises"),
            Question::Clash => ("inga motsägelser mellan regler", "no contradiction between rules"),
            Question::Guarantee => ("garantin håller", "the guarantee holds"),
        };
        Words::new(sv, en)
    }
}

/// What a question was asked of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// The question.
    pub question: Question,
    /// The rule.
    pub rule: RuleId,
    /// The other rule of two.
    pub other: Option<RuleId>,
    /// The guarantee, by where it stands.
    pub guarantee: Option<Span>,
    /// The action, of a guarantee about what follows when it is not done.
    pub action: Option<ActionId>,
}

impl Asked {
    /// A standard question of a rule.
    pub const fn of(question: Question, rule: RuleId) -> Asked {
        Asked { question, rule, other: None, guarantee: None, action: None }
    }
}
