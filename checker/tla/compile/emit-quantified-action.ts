import type { ExpressionOf } from '../syntax/ast.ts';
import { emitAction } from './emit-action.ts';
import { emitLaterConjunct } from './emit-conjunction.ts';
import { declareSets, insideLoops, type Loop, locatedAt, loopsOf } from './emit-value.ts';
import type { ActionMode, Environment } from './environment.ts';
import { type Rest, sharing } from './rest.ts';
import type { Unit } from './unit.ts';

/** \E has a way for each element, \A is a conjunct for each. */
export function emitQuantifiedAction(
  unit: Unit,
  expression: ExpressionOf<'quantified'>,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const { declarations, loops } = declareSets(unit, loopsOf(unit, expression.bindings, environment));
  const inside = insideLoops(environment, loops);
  if (expression.quantifier === 'forall')
    return declarations + emitForAll(unit, expression, loops, inside, mode, rest);
  return sharing(
    unit,
    rest,
    (after) =>
      declarations + nestedLoops(unit, loops, emitAction(unit, expression.body, inside, mode, after)),
  );
}

/**
 * \A is a conjunction of as many conjuncts as there are elements, each of which goes on with the next one. After the
 * first TLC takes them from the last to the second (ActionItemList.cons).
 */
function emitForAll(
  unit: Unit,
  expression: ExpressionOf<'quantified'>,
  loops: readonly Loop[],
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const items = unit.fresh('items');
  const add = unit.fresh('add');
  const from = unit.fresh('from');
  const index = unit.fresh('index');
  const elements = `[${loops.map((loop) => loop.element).join(', ')}]`;
  const next: Rest = () => `${from}(${index} + 1);`;
  const body = emitLaterConjunct(unit, expression.body, environment, mode, next, `${index} > 0`);
  return [
    `const ${items} = conjunctsOfAll((${add}) => { ${nestedLoops(unit, loops, `${add}(${elements});`)} });`,
    `const ${from} = (${index}) => {`,
    `if (${index} === ${items}.length) { ${rest()} return; }`,
    `const ${elements} = ${items}[${index}]; ${loops.map((loop) => loop.prologue).join('')}`,
    body,
    `};\n${from}(0);`,
  ].join('\n');
}

/** The first name runs fastest. */
export function nestedLoops(unit: Unit, loops: readonly Loop[], body: string): string {
  return loops.reduce((inner, { set, place, element, prologue }) => {
    const elements = locatedAt(unit, place, `elements(${set})`);
    return `for (const ${element} of ${elements}) { ${prologue}${inner} }`;
  }, body);
}
