import type { Argument, Expression, ExpressionOf } from '../syntax/ast.ts';
import { variableBehind } from './assigned-variable.ts';
import { isExpression } from './children.ts';
import { partsOfCondition } from './condition-parts.ts';
import { emitActionCall, emitLetAction } from './emit-action-call.ts';
import { emitAppliedFunction } from './emit-applied-function.ts';
import { allUses, bindArguments } from './emit-call.ts';
import { emitDirect } from './emit-direct.ts';
import { emitLetStatements } from './emit-let.ts';
import { meaningOf } from './emit-use.ts';
import {
  declareSets,
  emitArms,
  emitBoolean,
  emitValue,
  insideLoops,
  type Loop,
  located,
  loopsOf,
} from './emit-value.ts';
import { type ActionMode, type Environment, withLocals } from './environment.ts';
import { LEVEL } from './levels.ts';
import { partsOfUnchanged } from './unchanged-parts.ts';
import type { Unit } from './unit.ts';

/** Statements for what comes after: they run once for each way in which what comes before can be true. */
export type Rest = () => string;

/**
 * An action as JavaScript statements that assign the next state's variables and run `rest` for each way in which
 * the action is possible, in TLC's order (tlc2.tool.Tool.getNextStates). In mode `init` it assigns the unprimed
 * variables of an initial state in the same manner.
 */
export function emitAction(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const action = (inner: Expression, after: Rest): string =>
    emitAction(unit, inner, environment, mode, after);
  if (isCondition(unit, expression, environment, mode))
    return emitCondition(unit, expression, environment, rest);
  if (isDirect(unit, expression, mode)) return emitDirectly(unit, expression, environment, rest);
  switch (expression.kind) {
    case 'conjunction':
      return joinedConjuncts(unit, expression, environment, mode).reduceRight<Rest>(
        (after, item, index) => () =>
          index === 0 ? action(item, after) : emitLaterConjunct(unit, item, environment, mode, after),
        rest,
      )();
    case 'disjunction':
      return sharing(unit, rest, (after) =>
        expression.items.map((item) => `{ ${action(item, after)} }`).join('\n'),
      );
    case 'if':
      return sharing(unit, rest, (after) => {
        const condition = emitBoolean(unit, expression.condition, environment);
        return `if (${condition}) { ${action(expression.consequence, after)} } else { ${action(expression.alternative, after)} }`;
      });
    case 'case':
      return emitCaseAction(unit, expression, environment, mode, rest);
    case 'let':
      return `{ ${emitLetStatements(unit, expression, environment, (inside) =>
        emitAction(unit, expression.body, inside, mode, rest),
      )} }`;
    case 'quantified':
      return emitQuantifiedAction(unit, expression, environment, mode, rest);
    case 'reference':
      return emitActionUse(unit, expression, [], environment, mode, rest);
    case 'apply':
      return emitActionUse(unit, expression, expression.arguments, environment, mode, rest);
    case 'application':
      return sharing(
        unit,
        rest,
        (after) =>
          emitAppliedFunction(
            unit,
            expression,
            environment,
            (body, inside, then) => emitAction(unit, body, inside, mode, then),
            after,
          ) ?? emitCondition(unit, expression, environment, after),
      );
    case 'unchanged':
      return mode === 'next'
        ? emitUnchanged(unit, expression.operand, environment, rest)
        : emitCondition(unit, expression, environment, rest);
    case 'action-or-stutter':
      return emitActionOrStutter(unit, expression, environment, mode, rest);
    case 'within': {
      const place = unit.contexts.follow(expression.via, environment);
      return emitAction(unit, expression.body, place, mode, rest);
    }
    default:
      return emitCondition(unit, expression, environment, rest);
  }
}

/** Whether a formula can only be tested: it assigns nothing, and is true in at most one way. */
function isCondition(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  mode: ActionMode,
): boolean {
  const level = unit.levels.of(expression, environment);
  if (level === LEVEL.action || (mode === 'init' && level === LEVEL.state)) return false;
  if (unit.instrumentation.conditions) return false;
  return !unit.forms.isBranching(expression);
}

/** Whether an action can be taken in at most one way. Probes need to see every condition on its own. */
function isDirect(unit: Unit, expression: Expression, mode: ActionMode): boolean {
  const { conditions, calls, counts } = unit.instrumentation;
  return mode === 'next' && !conditions && !calls && !counts && !unit.forms.isBranching(expression);
}

/** The conjuncts; those that follow each other and can be taken in at most one way are one, and undone as one. */
function joinedConjuncts(
  unit: Unit,
  conjunction: ExpressionOf<'conjunction'>,
  environment: Environment,
  mode: ActionMode,
): readonly Expression[] {
  const joined: [Expression, ...Expression[]][] = [];
  let isOpen = false;
  for (const item of conjunction.items) {
    const canBeJoined = isDirect(unit, item, mode);
    if (isOpen && canBeJoined) joined.at(-1)?.push(item);
    else {
      joined.push([item]);
      isOpen = canBeJoined && !isCondition(unit, item, environment, mode);
    }
  }
  return joined.map((items) => (items.length === 1 ? items[0] : { ...conjunction, items }));
}

/**
 * A conjunct after the first. Where every variable has its value already, TLC only evaluates what is left: however
 * many ways there are for it to be true, they are one state (tlc2.tool.Tool.getNextStatesAllAssigned).
 */
function emitLaterConjunct(
  unit: Unit,
  expression: Expression,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  // A diagnosis asks for every condition by itself, and not for how many states there are.
  if (unit.instrumentation.conditions || !unit.forms.isBranching(expression))
    return emitAction(unit, expression, environment, mode, rest);
  const draft = mode === 'next' ? environment.next : environment.current;
  return sharing(unit, rest, (after) =>
    [
      `if (isComplete(${draft}, ${unit.contexts.variableCount})) { ${emitCondition(unit, expression, environment, after)} }`,
      `else { ${emitAction(unit, expression, environment, mode, after)} }`,
    ].join('\n'),
  );
}

function emitDirectly(unit: Unit, expression: Expression, environment: Environment, rest: Rest): string {
  const before = unit.fresh('before');
  return [
    `const ${before} = ${environment.next}.slice();`,
    `if (${emitDirect(unit, expression, environment)}) { ${rest()} }`,
    `restore(${environment.next}, ${before});`,
  ].join('\n');
}

function emitCondition(unit: Unit, expression: Expression, environment: Environment, rest: Rest): string {
  const condition = emitBoolean(unit, expression, environment);
  return `if (${told(unit, expression, environment, condition)}) { ${rest()} }`;
}

/** With probes, every condition is told with its outcome, and how to compute the values that it compares. */
function told(unit: Unit, expression: Expression, environment: Environment, condition: string): string {
  if (unit.instrumentation.counts) {
    return `host.count(${unit.site({ expression, definition: unit.definitionName, parts: [] })}, ${condition})`;
  }
  if (!unit.instrumentation.conditions) return condition;
  const parts = partsOfCondition(expression);
  const site = unit.site({ expression, definition: unit.definitionName, parts });
  const values = parts.map((part) => `() => ${emitValue(unit, part, environment)}`);
  return `host.condition(${site}, ${condition}, [${values.join(', ')}])`;
}

/** Code after a branching is written once, as a function, and called from each branch. */
function sharing(unit: Unit, rest: Rest, emit: (after: Rest) => string): string {
  const code = rest();
  if (/^\w+\(\);$/.test(code)) return emit(() => code);
  const proceed = unit.fresh('proceed');
  return `const ${proceed} = () => { ${code} };\n${emit(() => `${proceed}();`)}`;
}

function emitCaseAction(
  unit: Unit,
  expression: ExpressionOf<'case'>,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  return sharing(unit, rest, (after) => {
    const { declarations, conditions } = emitArms(unit, expression, environment);
    const arms = expression.arms.map(
      (arm, index) =>
        `if (${conditions[index]}) { ${emitAction(unit, arm.value, environment, mode, after)} } else `,
    );
    const other =
      expression.other === undefined
        ? 'noArm();'
        : `{ ${emitAction(unit, expression.other, environment, mode, after)} }`;
    return declarations + arms.join('') + other;
  });
}

function emitQuantifiedAction(
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
    (after) => declarations + nestedLoops(loops, emitAction(unit, expression.body, inside, mode, after)),
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
  const body = emitAction(unit, expression.body, environment, mode, next);
  const later = emitLaterConjunct(unit, expression.body, environment, mode, next);
  return [
    `const ${items} = conjunctsOfAll((${add}) => { ${nestedLoops(loops, `${add}(${elements});`)} });`,
    `const ${from} = (${index}) => {`,
    `if (${index} === ${items}.length) { ${rest()} return; }`,
    `const ${elements} = ${items}[${index}]; ${loops.map((loop) => loop.prologue).join('')}`,
    later === body ? body : `if (${index} === 0) { ${body} } else { ${later} }`,
    `};\n${from}(0);`,
  ].join('\n');
}

/** The first name runs fastest. */
function nestedLoops(loops: readonly Loop[], body: string): string {
  return loops.reduce(
    (inner, loop) => `for (const ${loop.element} of elements(${loop.set})) { ${loop.prologue}${inner} }`,
    body,
  );
}

function emitActionOrStutter(
  unit: Unit,
  expression: ExpressionOf<'action-or-stutter'>,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const { action, subscript, span } = expression;
  const stutter: Expression = { kind: 'unchanged', operand: subscript, span };
  if (expression.form === 'box') {
    return sharing(
      unit,
      rest,
      (after) =>
        `{ ${emitAction(unit, action, environment, mode, after)} }\n{ ${emitAction(unit, stutter, environment, mode, after)} }`,
    );
  }
  return emitAction(
    unit,
    action,
    environment,
    mode,
    () => `if (!${emitBoolean(unit, stutter, environment)}) { ${rest()} }`,
  );
}

function emitActionUse(
  unit: Unit,
  expression: ExpressionOf<'reference'> | ExpressionOf<'apply'>,
  inside: readonly Argument[],
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const meaning = meaningOf(unit, expression.reference, environment);
  switch (meaning.kind) {
    case 'builtin':
      return emitBuiltinAction(unit, expression, meaning.name, inside, environment, mode, rest);
    case 'definition':
      return emitActionCall(unit, meaning.definition, meaning.place, inside, environment, mode, rest);
    case 'let':
      return emitLetAction(unit, meaning.local, inside, environment, mode, rest);
    case 'macro': {
      const { argument, place } = meaning;
      if (argument.kind === 'operator') {
        const use: Expression = {
          kind: 'apply',
          reference: argument.reference,
          arguments: inside,
          span: argument.span,
        };
        if (inside.length === 0) return emitCondition(unit, expression, environment, rest);
        return emitMacroCall(unit, use, place, environment, mode, rest);
      }
      if (argument.kind === 'lambda') {
        const bound = bindArguments(
          unit,
          argument.parameters,
          inside,
          environment,
          allUses(argument.parameters),
        );
        const body = emitAction(unit, argument.body, withLocals(place, bound.locals), mode, rest);
        return `{ ${bound.declarations}${body} }`;
      }
      return emitAction(unit, argument, place, mode, rest);
    }
    default:
      return emitCondition(unit, expression, environment, rest);
  }
}

/** An operator that was passed by name: its name is read where it was passed, its arguments where it is used. */
function emitMacroCall(
  unit: Unit,
  use: ExpressionOf<'apply'> & Expression,
  place: Environment,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const meaning = meaningOf(unit, use.reference, place);
  if (meaning.kind === 'definition') {
    return emitActionCall(unit, meaning.definition, meaning.place, use.arguments, environment, mode, rest);
  }
  if (meaning.kind === 'let')
    return emitLetAction(unit, meaning.local, use.arguments, environment, mode, rest);
  return emitCondition(unit, use, { ...place, scope: new Map([...environment.scope, ...place.scope]) }, rest);
}

function emitBuiltinAction(
  unit: Unit,
  expression: Expression,
  name: string,
  inside: readonly Argument[],
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const [left, right] = inside;
  if (left === undefined || right === undefined || left.kind === 'operator' || left.kind === 'lambda') {
    return emitCondition(unit, expression, environment, rest);
  }
  if (right.kind === 'operator' || right.kind === 'lambda')
    return emitCondition(unit, expression, environment, rest);
  if (name === '=>') {
    return sharing(
      unit,
      rest,
      (after) =>
        `if (${emitBoolean(unit, left, environment)}) { ${emitAction(unit, right, environment, mode, after)} } else { ${after()} }`,
    );
  }
  const variable = name === '=' || name === '\\in' ? assignedBy(unit, left, environment, mode) : undefined;
  if (variable === undefined) return emitCondition(unit, expression, environment, rest);
  return name === '='
    ? emitAssignment(unit, expression, variable, emitValue(unit, right, environment), environment, mode, rest)
    : emitChoice(unit, expression, variable, emitValue(unit, right, environment), environment, mode, rest);
}

/** The index of the variable that `x' = ..` (or `x = ..` in an initial predicate) assigns. */
function assignedBy(
  unit: Unit,
  left: Expression,
  environment: Environment,
  mode: ActionMode,
): number | undefined {
  if (mode === 'init') return variableBehind(unit, left, environment);
  if (left.kind === 'prime') return variableBehind(unit, left.operand, environment);
  if (left.kind !== 'reference') return undefined;
  const meaning = meaningOf(unit, left.reference, environment);
  return meaning.kind === 'macro' && isExpression(meaning.argument)
    ? assignedBy(unit, meaning.argument, meaning.place, mode)
    : undefined;
}

/** The first conjunct about a variable assigns it, a later one compares; what is done is undone behind `rest`. */
function emitAssignment(
  unit: Unit,
  expression: Expression,
  variable: number,
  value: string,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const slot = `${mode === 'next' ? environment.next : environment.current}[${variable}]`;
  const before = unit.fresh('before');
  const after = unit.fresh('value');
  const agrees = told(unit, expression, environment, `${before} === undefined || equal(${before}, ${after})`);
  return [
    `const ${before} = ${slot};`,
    `const ${after} = ${located(unit, expression, value)};`,
    `if (${before} === undefined) ${slot} = ${after};`,
    `if (${agrees}) { ${rest()} }`,
    `${slot} = ${before};`,
  ].join('\n');
}

function emitChoice(
  unit: Unit,
  expression: Expression,
  variable: number,
  set: string,
  environment: Environment,
  mode: ActionMode,
  rest: Rest,
): string {
  const slot = `${mode === 'next' ? environment.next : environment.current}[${variable}]`;
  const before = unit.fresh('before');
  const choices = unit.fresh('choices');
  const element = unit.fresh('element');
  return sharing(unit, rest, (after) =>
    [
      `const ${before} = ${slot};`,
      `const ${choices} = ${located(unit, expression, set)};`,
      `if (${before} === undefined) {`,
      `for (const ${element} of elements(${choices})) { ${slot} = ${element}; ${after()} }`,
      `${slot} = undefined;`,
      `} else if (${told(unit, expression, environment, `isMember(${before}, ${choices})`)}) { ${after()} }`,
    ].join('\n'),
  );
}

function emitUnchanged(unit: Unit, operand: Expression, environment: Environment, rest: Rest): string {
  return partsOfUnchanged(unit, operand, environment).reduceRight<Rest>(
    (after, { expression, environment: place, variable }) =>
      () => {
        if (variable === undefined) return emitCondition(unit, expression, place, after);
        const value = emitValue(unit, expression.operand, place);
        return emitAssignment(unit, expression, variable, value, place, 'next', after);
      },
    rest,
  )();
}

/** ENABLED: whether the action has a successor, tried on a state of its own. */
export function emitActionSearch(unit: Unit, action: Expression, environment: Environment): string {
  const next = unit.fresh('next');
  const found = unit.fresh('found');
  const body = emitAction(unit, action, { ...environment, next }, 'next', () => `${found}();`);
  return `isPossible((${found}) => { const ${next} = []; ${body} })`;
}
