import type { Binding, Bound, Expression, ExpressionOf, PathStep, Update } from '../syntax/ast.ts';
import { emitActionSearch } from './emit-action.ts';
import { chosen } from './emit-choice.ts';
import { emitLet } from './emit-let.ts';
import { emitUse } from './emit-use.ts';
import { type Environment, type Local, NO_STATE, withLocals } from './environment.ts';
import { partsOfUnchanged } from './unchanged-parts.ts';
import type { Unit } from './unit.ts';

/** A JavaScript expression with the value of a TLA+ expression. */
export function emitValue(unit: Unit, expression: Expression, environment: Environment): string {
  const constant = emitConstantOnce(unit, expression, environment);
  if (constant !== undefined) return constant;
  return emitAnew(unit, expression, environment);
}

/** As emitValue, but never by way of a value that was computed before. */
export function emitAnew(unit: Unit, expression: Expression, environment: Environment): string {
  return located(unit, expression, emitPlainValue(unit, expression, environment));
}

/** A JavaScript expression that is true or false, or throws where TLC demands a formula. */
export function emitBoolean(unit: Unit, expression: Expression, environment: Environment): string {
  const value = emitValue(unit, expression, environment);
  return unit.forms.isBoolean(expression) ? value : located(unit, expression, `boolean(${value})`);
}

/** With probes, an error learns the place of the innermost expression that it comes from. */
export function located(unit: Unit, expression: Expression, code: string): string {
  return isAtomic(expression) ? code : locatedAt(unit, expression, code);
}

/** The same for code that may fail whatever the expression is. */
export function locatedAt(unit: Unit, { span }: Expression, code: string): string {
  return unit.instrumentation.places ? `at(${unit.span(span)}, () => ${code})` : code;
}

function isAtomic(expression: Expression): boolean {
  return expression.kind === 'number' || expression.kind === 'string' || expression.kind === 'boolean';
}

/** Constructors that are worth keeping where nothing in them changes. */
const WORTH_KEEPING: ReadonlySet<Expression['kind']> = new Set([
  'apply',
  'set',
  'filter',
  'map',
  'function',
  'function-set',
  'record',
  'record-set',
  'tuple',
  'product',
  'choose',
  'except',
  'application',
]);

function emitConstantOnce(unit: Unit, expression: Expression, environment: Environment): string | undefined {
  if (!WORTH_KEEPING.has(expression.kind) || environment.context.isOpen) return undefined;
  if (!unit.levels.isClosedConstant(expression, environment)) return undefined;
  const { context } = environment;
  const clean = { ...environment, scope: new Map(), current: NO_STATE, next: NO_STATE };
  const name = unit.constant(expression, context.id, () => emitAnew(unit, expression, clean));
  return MAY_REPEAT.has(expression.kind) ? `anew(${name}())` : `${name}()`;
}

/** What may be a set that TLC enumerates otherwise once it has settled it: it computes a new one each time. */
const MAY_REPEAT: ReadonlySet<Expression['kind']> = new Set([
  'apply',
  'filter',
  'function-set',
  'record-set',
  'product',
]);

function emitPlainValue(unit: Unit, expression: Expression, environment: Environment): string {
  const value = (inner: Expression): string => emitValue(unit, inner, environment);
  const boolean = (inner: Expression): string => emitBoolean(unit, inner, environment);
  switch (expression.kind) {
    case 'number':
    case 'boolean':
      return String(expression.value);
    case 'string':
      return unit.string(expression.value);
    case 'reference':
    case 'apply':
      return emitUse(unit, expression, environment);
    case 'conjunction':
      return `(${expression.items.map(boolean).join(' && ')})`;
    case 'disjunction':
      return `(${expression.items.map(boolean).join(' || ')})`;
    case 'if':
      return `(${chosen(unit, expression.condition, environment, boolean(expression.condition))} ? ${value(expression.consequence)} : ${value(expression.alternative)})`;
    case 'case':
      return emitCase(unit, expression, environment);
    case 'let':
      return emitLet(
        unit,
        expression,
        environment,
        (inside) => `return ${emitValue(unit, expression.body, inside)};`,
      );
    case 'quantified':
      return emitQuantified(unit, expression, environment);
    case 'choose':
    case 'filter':
      return emitSelection(unit, expression, environment);
    case 'set':
      return `setOf([${expression.items.map(value).join(', ')}])`;
    case 'map':
      return emitMap(unit, expression, environment);
    case 'function':
      return emitFunction(unit, expression.bindings, environment, (inside) =>
        emitValue(unit, expression.body, inside),
      );
    case 'recursive-function':
      return emitRecursiveFunction(unit, expression, environment);
    case 'function-set':
      return `functionSet(${value(expression.domain)}, ${value(expression.range)})`;
    case 'record':
      return `recordOf(${unit.shape(expression.fields.map((field) => field.name))}, [${expression.fields
        .map((field) => value(field.value))
        .join(', ')}])`;
    case 'record-set':
      return `recordSet(${JSON.stringify(expression.fields.map((field) => field.name))}, [${expression.fields
        .map((field) => value(field.value))
        .join(', ')}])`;
    case 'tuple':
      return `sequence([${expression.items.map(value).join(', ')}])`;
    case 'product':
      return `product([${expression.items.map(value).join(', ')}])`;
    case 'except':
      return emitExcept(unit, expression, environment);
    case 'at':
      return environment.at ?? 'refuse("@ outside of EXCEPT")';
    case 'application':
      return `apply(${value(expression.function)}, ${emitIndex(unit, expression.arguments, environment)})`;
    case 'field':
      return `selectAt(${unit.fieldSite(expression.name)}, ${value(expression.record)})`;
    case 'prime':
      return emitValue(unit, expression.operand, primed(environment));
    case 'unchanged':
      return emitUnchangedValue(unit, expression.operand, environment);
    case 'enabled':
      return emitActionSearch(unit, expression.operand, environment);
    case 'action-or-stutter':
      return emitActionOrStutter(unit, expression, environment);
    case 'within':
      return emitValue(unit, expression.body, unit.contexts.inside(expression, environment));
    case 'always':
    case 'eventually':
    case 'leads-to':
    case 'fairness':
      return `refuse("a temporal formula as a value")`;
    case 'unsupported':
      return `refuse(${JSON.stringify(expression.construct)})`;
  }
}

/** The environment in which the operand of a prime is read. */
export function primed(environment: Environment): Environment {
  return { ...environment, current: environment.next, next: NO_STATE };
}

/**
 * Variable by variable, so that no tuples are made that are only compared; but all are read before, because TLC makes
 * the tuples, and refuses where the last variable has no value yet though the first one has changed.
 */
function emitUnchangedValue(unit: Unit, operand: Expression, environment: Environment): string {
  const parts = partsOfUnchanged(unit, operand, environment);
  if (parts.length === 0 || parts.some(({ variable }) => variable === undefined)) {
    const before = emitValue(unit, operand, environment);
    return `equal(${emitValue(unit, operand, primed(environment))}, ${before})`;
  }
  const values = parts.map(({ expression, environment: place }) => ({
    before: emitValue(unit, expression.operand, place),
    after: emitValue(unit, expression.operand, primed(place)),
  }));
  const reads = values.map(({ after }) => after);
  const comparisons = values.map(({ before, after }) => `equal(${after}, ${before})`);
  return `(${[...reads, emitConjunction(comparisons)].join(', ')})`;
}

/** The conjunction of formulas that are emitted already. */
export function emitConjunction(formulas: readonly string[]): string {
  return formulas.length === 0 ? 'true' : `(${formulas.join(' && ')})`;
}

function emitActionOrStutter(
  unit: Unit,
  expression: ExpressionOf<'action-or-stutter'>,
  environment: Environment,
): string {
  const action = emitBoolean(unit, expression.action, environment);
  const { subscript, span } = expression;
  // TLC asks first whether the step stutters (tlc2.tool.liveness.LNAction): the action may have no value there.
  const stutters = emitBoolean(unit, { kind: 'unchanged', operand: subscript, span }, environment);
  return expression.form === 'box' ? `(${stutters} || ${action})` : `(!${stutters} && ${action})`;
}

function emitCase(unit: Unit, expression: ExpressionOf<'case'>, environment: Environment): string {
  const otherwise =
    expression.other === undefined ? 'noArm()' : emitValue(unit, expression.other, environment);
  const { declarations, conditions } = emitArms(unit, expression, environment);
  const arms = expression.arms.map(
    (arm, index) => `${conditions[index]} ? ${emitValue(unit, arm.value, environment)} : `,
  );
  const value = `(${arms.join('')}${otherwise})`;
  return declarations === '' ? value : `(() => { ${declarations}return ${value}; })()`;
}

/**
 * The conditions of a CASE. Where each compares the same expression with a string, it is computed once: the first
 * comparison makes sure that it is a string, and the others need only look whether it is the same.
 */
export function emitArms(
  unit: Unit,
  expression: ExpressionOf<'case'>,
  environment: Environment,
): { readonly declarations: string; readonly conditions: readonly string[] } {
  const compared = expression.arms.map((arm) => comparedWithString(arm.condition));
  const first = compared[0]?.left;
  if (
    first === undefined ||
    compared.length < 3 ||
    compared.some((each) => each === undefined || !isSamePath(each.left, first))
  ) {
    return {
      declarations: '',
      conditions: expression.arms.map(({ condition }) =>
        chosen(unit, condition, environment, emitBoolean(unit, condition, environment)),
      ),
    };
  }
  const selector = unit.fresh('selector');
  return {
    declarations: `const ${selector} = ${emitValue(unit, first, environment)}; `,
    conditions: compared.map((each, index) => {
      const text = unit.string(each?.text ?? '');
      return index === 0 ? `equal(${selector}, ${text})` : `${selector} === ${text}`;
    }),
  };
}

/** Whether both are the same name, or the same field of such. */
function isSamePath(a: Expression, b: Expression): boolean {
  if (a.kind === 'field' && b.kind === 'field') return a.name === b.name && isSamePath(a.record, b.record);
  if (a.kind !== 'reference' || b.kind !== 'reference') return false;
  return a.reference.via.length + b.reference.via.length === 0 && a.reference.target === b.reference.target;
}

function comparedWithString(condition: Expression): { left: Expression; text: string } | undefined {
  if (condition.kind !== 'apply' || condition.reference.target.kind !== 'builtin') return undefined;
  const [left, right] = condition.arguments;
  if (condition.reference.target.name !== '=' || left === undefined || right?.kind !== 'string')
    return undefined;
  return left.kind === 'operator' || left.kind === 'lambda' ? undefined : { left, text: right.value };
}

/** One loop of a set constructor or quantifier: the set, the loop variable, and what the pattern's names are. */
export interface Loop {
  readonly set: string;
  /** Where the set stands. */
  readonly place: Expression;
  readonly element: string;
  /** Declarations that take a tuple apart; empty for a plain name. */
  readonly prologue: string;
  readonly locals: readonly (readonly [Bound, Local])[];
}

/**
 * `x, y \in S, <<a, b>> \in T` as one loop for each name or tuple, all sets read outside of the loops. The first is
 * the innermost: in TLC the first name runs fastest (tlc2.tool.ContextEnumerator).
 */
export function loopsOf(
  unit: Unit,
  bindings: readonly Binding[],
  environment: Environment,
  takeApart: 'itemsOf' | 'firstItemsOf' = 'itemsOf',
): Loop[] {
  return bindings.flatMap((binding) => {
    const set = emitValue(unit, binding.set, environment);
    if (binding.pattern === 'tuple') return [tupleLoop(unit, binding, set, takeApart)];
    return binding.names.map((name): Loop => {
      const element = unit.fresh(name.name);
      return {
        set,
        place: binding.set,
        element,
        prologue: '',
        locals: [[name, { kind: 'value', js: element }]],
      };
    });
  });
}

function tupleLoop(unit: Unit, binding: Binding, set: string, takeApart: string): Loop {
  const element = unit.fresh('tuple');
  const parts = binding.names.map((name) => unit.fresh(name.name));
  const items = locatedAt(unit, binding.set, `${takeApart}(${element}, ${parts.length})`);
  return {
    set,
    place: binding.set,
    element,
    prologue: `const [${parts.join(', ')}] = ${items}; `,
    locals: binding.names.map((name, index) => [name, { kind: 'value', js: parts[index] ?? element }]),
  };
}

/** Declarations of the sets of nested loops: as in TLC each is evaluated once, even if the one before is empty. */
export function declareSets(
  unit: Unit,
  loops: readonly Loop[],
): { declarations: string; loops: readonly Loop[] } {
  if (loops.length < 2) return { declarations: '', loops };
  const names = new Map(loops.map(({ set }) => [set, unit.fresh('set')]));
  const declarations = [...names].map(([set, name]) => `const ${name} = ${set}; `).join('');
  return { declarations, loops: loops.map((loop) => ({ ...loop, set: names.get(loop.set) ?? loop.set })) };
}

export function insideLoops(environment: Environment, loops: readonly Loop[]): Environment {
  return withLocals(
    environment,
    loops.flatMap((loop) => [...loop.locals]),
  );
}

/** `(x) => value`, or with a body where the element is a tuple to take apart. */
export function arrow(loop: Loop, value: string): string {
  return loop.prologue === ''
    ? `(${loop.element}) => ${value.startsWith('{') ? `(${value})` : value}`
    : `(${loop.element}) => { ${loop.prologue}return ${value}; }`;
}

function emitQuantified(
  unit: Unit,
  expression: ExpressionOf<'quantified'>,
  environment: Environment,
): string {
  const loops = loopsOf(unit, expression.bindings, environment);
  const body = emitBoolean(unit, expression.body, insideLoops(environment, loops));
  const test = expression.quantifier === 'exists' ? 'some' : 'every';
  const { declarations, loops: nested } = declareSets(unit, loops);
  const code = nested.reduce((inner, loop) => `${test}(${loop.set}, ${arrow(loop, inner)})`, body);
  return declarations === '' ? code : `(() => { ${declarations}return ${code}; })()`;
}

function emitSelection(
  unit: Unit,
  expression: ExpressionOf<'choose'> | ExpressionOf<'filter'>,
  environment: Environment,
): string {
  const { binding } = expression;
  const single: Binding = binding;
  const takeApart = expression.kind === 'choose' ? 'itemsOf' : 'firstItemsOf';
  const [loop] = loopsOf(unit, [single], environment, takeApart);
  if (loop === undefined) return 'refuse("a binding without a name")';
  const predicate = expression.kind === 'choose' ? expression.body : expression.predicate;
  const test = emitBoolean(unit, predicate, insideLoops(environment, [loop]));
  return `${expression.kind}(${loop.set}, ${arrow(loop, test)})`;
}

function emitMap(unit: Unit, expression: ExpressionOf<'map'>, environment: Environment): string {
  const loops = loopsOf(unit, expression.bindings, environment);
  const add = unit.fresh('add');
  const body = emitValue(unit, expression.body, insideLoops(environment, loops));
  const { declarations, loops: nested } = declareSets(unit, loops);
  const code = nested.reduce(
    (inner, loop) => `for (const ${loop.element} of elements(${loop.set})) { ${loop.prologue}${inner} }`,
    `${add}(${body});`,
  );
  return `collect((${add}) => { ${declarations}${code} })`;
}

function emitFunction(
  unit: Unit,
  bindings: readonly Binding[],
  environment: Environment,
  emitBody: (inside: Environment) => string,
  make: (set: string, rule: string) => string = (set, rule) => `functionOver(${set}, ${rule})`,
): string {
  const loops = loopsOf(unit, bindings, environment);
  const body = emitBody(insideLoops(environment, loops));
  const [single] = loops;
  if (loops.length === 1 && single !== undefined) return make(single.set, arrow(single, body));
  const argument = unit.fresh('tuple');
  const parts = loops
    .map((loop, index) => `const ${loop.element} = apply(${argument}, ${index + 1}); ${loop.prologue}`)
    .join('');
  return make(
    `product([${loops.map((loop) => loop.set).join(', ')}])`,
    `(${argument}) => { ${parts}return ${body}; }`,
  );
}

function emitRecursiveFunction(
  unit: Unit,
  expression: ExpressionOf<'recursive-function'>,
  environment: Environment,
): string {
  const self = unit.fresh(expression.self.name);
  const inside = withLocals(environment, [[expression.self, { kind: 'value', js: self }]]);
  const made = emitFunction(
    unit,
    expression.bindings,
    inside,
    (innermost) => emitValue(unit, expression.body, innermost),
    (set, rule) => `lazyFunction(${set}, ${rule}, true)`,
  );
  return `(() => { const ${self} = ${made}; return ${self}; })()`;
}

function emitIndex(unit: Unit, indexes: readonly Expression[], environment: Environment): string {
  const [single] = indexes;
  if (indexes.length === 1 && single !== undefined) return emitValue(unit, single, environment);
  return `sequence([${indexes.map((index) => emitValue(unit, index, environment)).join(', ')}])`;
}

function emitExcept(unit: Unit, expression: ExpressionOf<'except'>, environment: Environment): string {
  return expression.updates.reduce(
    (base, update) => emitUpdate(unit, base, update, update.path, environment),
    emitValue(unit, expression.base, environment),
  );
}

function emitUpdate(
  unit: Unit,
  base: string,
  update: Update,
  path: readonly PathStep[],
  environment: Environment,
): string {
  const [step, ...rest] = path;
  if (step === undefined) return emitValue(unit, update.value, { ...environment, at: base });
  const old = unit.fresh('old');
  const key =
    step.kind === 'field'
      ? unit.string(step.name)
      : emitIndex(unit, step.arguments, { ...environment, at: environment.at });
  return `except(${base}, ${key}, (${old}) => ${emitUpdate(unit, old, update, rest, environment)})`;
}
