import type { Permutation } from '../explore/explored-model.ts';
import type { Expression, Reference } from '../syntax/ast.ts';

/**
 * Those of the permutations that a SYMMETRY names by which TLC reduces: all or none. Where the definition's body is an
 * operator with at least as many operands as there are permutations, TLC takes the operands for sets of one element
 * each, warns that they are too small, and does not reduce (tlc2.tool.impl.Tool.getSymmetryPerms). It means
 * `Permutations({a}) \cup Permutations({b})`, and hits `Permutations({a, b}) \cup {}`, too.
 *
 * @param definition what the configuration names
 */
export function usedPermutations(
  definition: Reference | undefined,
  permutations: readonly Permutation[],
): readonly Permutation[] {
  const target = definition?.target;
  if (target?.kind !== 'definition') return permutations;
  return operandsOf(target.body) >= permutations.length ? [] : permutations;
}

/** How many arguments the expression has as SANY reads it (tla2sany.semantic.OpApplNode). */
function operandsOf(expression: Expression): number {
  switch (expression.kind) {
    case 'reference':
      return argumentsOfInstances(expression.reference);
    case 'apply':
      return argumentsOfInstances(expression.reference) + expression.arguments.length;
    case 'set':
      return expression.items.length;
    case 'if':
      return 3;
    case 'case':
      return expression.arms.length + (expression.other === undefined ? 0 : 1);
    case 'application':
    case 'field':
      return 2;
    case 'filter':
    case 'map':
    case 'choose':
      return 1;
    default:
      return 0;
  }
}

function argumentsOfInstances({ via }: Reference): number {
  return via.reduce((sum, step) => sum + step.arguments.length, 0);
}
