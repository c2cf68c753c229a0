import { bodiesOf, childrenOf, isExpression } from '../compile/children.ts';
import type { Argument, Definition, Expression, ExpressionOf, Module, Parameter } from '../syntax/ast.ts';

/**
 * The expressions that the value of one may depend on: in the definitions that it uses, and in what is handed on to the
 * definition that it stands in, wherever that is called. Of a record only the field that is read counts.
 */
export function expressionsBehind(expression: Expression, module: Module): ReadonlySet<Expression> {
  const handedOn = argumentsByParameter(module);
  const search = new SearchBehind();
  const open = search.needsOf(expression, WHOLE);
  const done = new Set<string>();
  for (let need = open.pop(); need !== undefined; need = open.pop()) {
    const { parameter, field } = need;
    const key = `${search.idOf(parameter)} ${field ?? ''}`;
    if (done.has(key)) continue;
    done.add(key);
    for (const argument of handedOn.get(parameter) ?? [])
      if (isExpression(argument)) open.push(...search.needsOf(argument, field));
  }
  return search.found;
}

/** A field of a record, or undefined: all of a value. */
type Field = string | undefined;
const WHOLE: Field = undefined;

/** A parameter whose value, or a field of it, something depends on. */
interface Need {
  readonly parameter: Parameter;
  readonly field: Field;
}

class SearchBehind {
  readonly found = new Set<Expression>();
  readonly #needs = new Map<string, readonly Need[]>();
  readonly #ids = new Map<Definition | Parameter, number>();

  idOf(named: Definition | Parameter): number {
    const id = this.#ids.get(named) ?? this.#ids.size;
    this.#ids.set(named, id);
    return id;
  }

  /** Of what stands in a definition: which parameters it depends on. All other expressions are found. */
  needsOf(expression: Expression, field: Field): Need[] {
    this.found.add(expression);
    const whole = (inner: Expression): Need[] => this.needsOf(inner, WHOLE);
    const same = (inner: Expression): Need[] => this.needsOf(inner, field);
    switch (expression.kind) {
      case 'reference':
      case 'apply':
        return this.#needsOfUse(expression, field);
      case 'field':
        return this.needsOf(expression.record, expression.name);
      case 'record':
        return expression.fields.flatMap(({ name, value }) => (isRead(name, field) ? whole(value) : []));
      case 'except':
        return [...same(expression.base), ...updatesOf(expression, field).flatMap(whole)];
      case 'if':
        return [
          ...whole(expression.condition),
          ...same(expression.consequence),
          ...same(expression.alternative),
        ];
      case 'case':
        return [
          ...expression.arms.flatMap(({ condition, value }) => [...whole(condition), ...same(value)]),
          ...(expression.other === undefined ? [] : same(expression.other)),
        ];
      case 'let':
        return same(expression.body);
      default:
        return childrenOf(expression).flatMap(whole);
    }
  }

  #needsOfUse(use: ExpressionOf<'reference'> | ExpressionOf<'apply'>, field: Field): Need[] {
    const { target } = use.reference;
    const inside = use.kind === 'apply' ? use.arguments : [];
    if (target.kind !== 'definition') {
      const own = target.kind === 'parameter' ? [{ parameter: target, field }] : [];
      return [...own, ...inside.filter(isExpression).flatMap((each) => this.needsOf(each, WHOLE))];
    }
    return this.#needsOfBody(target, field).flatMap((need) => {
      const index = target.parameters.indexOf(need.parameter);
      const argument = inside[index];
      if (argument === undefined) return [need];
      return isExpression(argument) ? this.needsOf(argument, need.field) : [];
    });
  }

  #needsOfBody(definition: Definition, field: Field): readonly Need[] {
    const key = `${this.idOf(definition)} ${field ?? ''}`;
    const known = this.#needs.get(key);
    if (known !== undefined) return known;
    // Of a recursive definition all, as long as nothing is known.
    this.#needs.set(
      key,
      definition.parameters.map((parameter) => ({ parameter, field: WHOLE })),
    );
    const needs = distinct(this.needsOf(definition.body, field));
    this.#needs.set(key, needs);
    return needs;
  }
}

const isRead = (name: string, field: Field): boolean => field === undefined || field === name;

function distinct(needs: readonly Need[]): readonly Need[] {
  return needs.filter(
    ({ parameter, field }, index) =>
      needs.findIndex((each) => each.parameter === parameter && each.field === field) === index,
  );
}

/** What an EXCEPT puts in, with where it puts it. */
function updatesOf(expression: ExpressionOf<'except'>, field: Field): readonly Expression[] {
  return expression.updates.flatMap(({ path, value }) => {
    const [first] = path;
    if (first?.kind === 'field' && !isRead(first.name, field)) return [];
    return [...path.flatMap((step) => (step.kind === 'index' ? step.arguments : [])), value];
  });
}

function argumentsByParameter(module: Module): ReadonlyMap<Parameter, readonly Argument[]> {
  const found = new Map<Parameter, Argument[]>();
  const collect = (inner: Expression): void => {
    if (inner.kind === 'apply' && inner.reference.target.kind === 'definition') {
      inner.reference.target.parameters.forEach((parameter, index) => {
        const argument = inner.arguments[index];
        if (argument !== undefined) found.set(parameter, [...(found.get(parameter) ?? []), argument]);
      });
    }
    if (inner.kind === 'let') for (const body of bodiesOf(inner.definitions)) collect(body);
    for (const child of childrenOf(inner)) collect(child);
  };
  for (const { target } of module.definitions.values())
    if (target.kind === 'definition') collect(target.body);
  return found;
}
