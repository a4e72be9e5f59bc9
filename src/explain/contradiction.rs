//! A conflict in one sentence: who says what, and what is not known for it.

use super::sentence::Speaker;
use crate::Language;
use crate::program::RuleId;
use crate::run::{Claim, Contested};
use crate::value::Value;
use crate::words;

impl Speaker<'_> {
    /// Rules, or rows of a table, that contradict each other.
    pub(super) fn conflict(&self, rules: &[RuleId], over: Contested, claims: &[Claim]) -> String {
        let quoted: Vec<String> = rules.iter().map(|rule| self.quoted_rule(*rule)).collect();
        let rules = words::list(&quoted, self.language);
        match over {
            Contested::Fact { fact, of, from } => {
                let (fact, day) = (self.fact(fact, of), self.day(from));
                let says = self.claims(claims, |claim| match (claim.value, claim.until, self.language) {
                    (Value::YesNo(true), None, Language::Swedish) => "att det gäller".to_owned(),
                    (Value::YesNo(true), None, Language::English) => "that it applies".to_owned(),
                    // Two that begin on one day may differ in their last day alone.
                    (Value::YesNo(true), Some(last), Language::Swedish) => {
                        format!("att det gäller till och med {}", self.day(last))
                    }
                    (Value::YesNo(true), Some(last), Language::English) => {
                        format!("that it applies through {}", self.day(last))
                    }
                    (Value::YesNo(false) | Value::None, _, Language::Swedish) => "att det upphör".to_owned(),
                    (Value::YesNo(false) | Value::None, _, Language::English) => "that it ends".to_owned(),
                    (value, ..) => self.value(value),
                });
                match self.language {
                    Language::Swedish => {
                        format!(
                            "{rules} säger emot varandra om {fact} från och med {day}: {says}. Därför är det okänt från den dagen."
                        )
                    }
                    Language::English => {
                        format!(
                            "{rules} contradict each other about {fact} from {day}: {says}. It is therefore unknown from that day."
                        )
                    }
                }
            }
            Contested::Permission { role, action } => {
                let (who, what) = (self.role(role), self.action(action));
                let says = self.claims(claims, |claim| match (claim.value, self.language) {
                    (Value::YesNo(true), Language::Swedish) => "att det får ske".to_owned(),
                    (_, Language::Swedish) => "att det inte får ske".to_owned(),
                    (Value::YesNo(true), Language::English) => "that it may".to_owned(),
                    (_, Language::English) => "that it must not".to_owned(),
                });
                match self.language {
                    Language::Swedish => {
                        format!("{rules} säger emot varandra om {who} får {what}: {says}.")
                    }
                    Language::English => {
                        format!("{rules} contradict each other about whether {who} may {what}: {says}.")
                    }
                }
            }
            Contested::Exception => match self.language {
                Language::Swedish => format!(
                    "{rules} gör båda anspråk på att gälla i stället för regeln, och inget sägs om vilket som går före."
                ),
                Language::English => {
                    format!(
                        "{rules} both claim to apply instead of the rule, and nothing says which goes first."
                    )
                }
            },
            Contested::Answer(table) => {
                let table = self
                    .program
                    .tables
                    .get(table.index())
                    .map_or("?", |table| table.named.title.get(self.language));
                let answers: Vec<String> = claims.iter().map(|claim| self.value(claim.value)).collect();
                let answers = words::list(&answers, self.language);
                match self.language {
                    Language::Swedish => {
                        format!(
                            "flera rader i tabellen {table} passar och svarar olika: {answers}. Svaret till {rules} är därför okänt."
                        )
                    }
                    Language::English => {
                        format!(
                            "several rows of the table {table} fit and answer differently: {answers}. The answer to {rules} is therefore unknown."
                        )
                    }
                }
            }
        }
    }

    /// Each rule with what it says.
    fn claims(&self, claims: &[Claim], say: impl Fn(&Claim) -> String) -> String {
        let each: Vec<String> = claims
            .iter()
            .map(|claim| {
                format!("{} {} {}", self.quoted_rule(claim.rule), self.choose("säger", "says"), say(claim))
            })
            .collect();
        words::list(&each, self.language)
    }
}
