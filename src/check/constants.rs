//! Constants and their versions.

use crate::diagnostics::names::NameSpace;
use crate::diagnostics::types as report;
use crate::program::*;
use crate::source::Span;
use crate::syntax::tree::{ConstantDeclaration, ItemKind};

use super::lower::Want;
use super::state::{Checker, Placed};
use super::versions::Version;

impl Checker<'_> {
    /// The type of a constant; `None` when it is wrong and has been reported.
    pub(super) fn constant_type(&self, id: ConstantId) -> Option<Type> {
        self.out.constants.get(id.index()).map(|constant| constant.ty).filter(|ty| *ty != Type::Nothing)
    }

    /// Takes in the constants: items of one name are versions of one.
    pub(super) fn constants(&mut self) {
        let mut groups: Vec<Vec<(Placed<'_, ConstantDeclaration>, Span)>> = Vec::new();
        for (language, item) in self.items() {
            let ItemKind::Constant(constant) = &item.kind else { continue };
            let entry = ((language, constant), item.span);
            match self.names.constants.get(&constant.name.text) {
                Some(place) => {
                    if let Some(group) = groups.get_mut(place) {
                        group.push(entry);
                    }
                }
                None => {
                    if self.declare(NameSpace::Constant, &constant.name).is_some() {
                        groups.push(vec![entry]);
                    }
                }
            }
        }
        for group in groups {
            self.constant(&group);
        }
    }

    fn constant(&mut self, group: &[(Placed<'_, ConstantDeclaration>, Span)]) {
        let Some(((language, first), _)) = group.first().copied() else { return };
        let stated = group.iter().find_map(|((language, constant), _)| {
            let ty = constant.ty.as_ref()?;
            Some((*language, constant, ty))
        });
        let mut want = None;
        if let Some((language, constant, ty)) = stated
            && let Some(known) = self.type_of(language, &constant.name, ty)
        {
            want = Some(Want::from(known, ty.span));
        }
        let mut versions = Vec::new();
        for ((_, constant), span) in group {
            let in_force = constant.in_force.as_ref().map(|range| self.range(range));
            let grounds = self.grounds(&constant.grounds);
            if stated.is_some() && want.is_none() {
                continue;
            }
            let Some((value, ty)) = self.fixed(&constant.value, want) else { continue };
            if ty == Type::Nothing {
                self.report(report::type_not_known(constant.value.span));
                continue;
            }
            want = want.or(Some(Want::from(ty, constant.value.span)));
            versions.push(ConstantVersion { in_force, value, grounds, span: *span });
        }
        let named = self.named(language, &first.name, &first.title);
        let judged: Vec<Version> = versions
            .iter()
            .map(|version| Version { in_force: version.in_force, span: version.span })
            .collect();
        let order = self.versions(&named.name, &judged);
        let versions = order.iter().filter_map(|place| versions.get(*place).cloned()).collect();
        let ty = want.map_or(Type::Nothing, |want| want.ty);
        self.out.constants.push(Constant { named, ty, versions });
    }
}
