import type {
  Argument,
  Binding,
  Bound,
  Definition,
  Expression,
  Field,
  Instance,
  InstanceStep,
  LocalDefinition,
  PathStep,
  Reference,
} from './ast.ts';

/** The expression with other references in the place of names that are bound around it. */
export function replaceBound(expression: Expression, by: ReadonlyMap<Bound, Reference>): Expression {
  return by.size === 0 ? expression : new Replacement(by).expression(expression);
}

class Replacement {
  readonly #by: ReadonlyMap<Bound, Reference>;
  /** What LETs inside define: made anew, for it may speak of the names that are replaced. */
  readonly #definitions = new Map<Definition, Definition>();
  readonly #instances = new Map<Instance, Instance>();

  constructor(by: ReadonlyMap<Bound, Reference>) {
    this.#by = by;
  }

  expression(e: Expression): Expression {
    switch (e.kind) {
      case 'number':
      case 'string':
      case 'boolean':
      case 'at':
      case 'unsupported':
        return e;
      case 'reference':
        return { ...e, reference: this.#reference(e.reference) };
      case 'apply':
        return { ...e, reference: this.#reference(e.reference), arguments: this.#arguments(e.arguments) };
      case 'conjunction':
      case 'disjunction':
      case 'set':
      case 'tuple':
      case 'product':
        return { ...e, items: this.#all(e.items) };
      case 'if':
        return {
          ...e,
          condition: this.expression(e.condition),
          consequence: this.expression(e.consequence),
          alternative: this.expression(e.alternative),
        };
      case 'case':
        return {
          ...e,
          arms: e.arms.map(({ condition, value }) => ({
            condition: this.expression(condition),
            value: this.expression(value),
          })),
          other: e.other === undefined ? undefined : this.expression(e.other),
        };
      case 'let': {
        const definitions = this.#local(e.definitions);
        return { ...e, definitions, body: this.expression(e.body) };
      }
      case 'quantified':
      case 'map':
      case 'function':
      case 'recursive-function':
        return {
          ...e,
          bindings: e.bindings.map((each) => this.#binding(each)),
          body: this.expression(e.body),
        };
      case 'choose':
        return { ...e, binding: this.#binding(e.binding), body: this.expression(e.body) };
      case 'filter':
        return { ...e, binding: this.#binding(e.binding), predicate: this.expression(e.predicate) };
      case 'function-set':
        return { ...e, domain: this.expression(e.domain), range: this.expression(e.range) };
      case 'record':
      case 'record-set':
        return { ...e, fields: this.#fields(e.fields) };
      case 'except':
        return {
          ...e,
          base: this.expression(e.base),
          updates: e.updates.map((update) => ({
            ...update,
            path: update.path.map((step) => this.#pathStep(step)),
            value: this.expression(update.value),
          })),
        };
      case 'application':
        return { ...e, function: this.expression(e.function), arguments: this.#all(e.arguments) };
      case 'field':
        return { ...e, record: this.expression(e.record) };
      case 'prime':
      case 'unchanged':
      case 'enabled':
      case 'always':
      case 'eventually':
        return { ...e, operand: this.expression(e.operand) };
      case 'action-or-stutter':
      case 'fairness':
        return { ...e, action: this.expression(e.action), subscript: this.expression(e.subscript) };
      case 'leads-to':
        return { ...e, from: this.expression(e.from), to: this.expression(e.to) };
      case 'within':
        return { ...e, via: this.#via(e.via), body: this.expression(e.body) };
    }
  }

  #all(expressions: readonly Expression[]): Expression[] {
    return expressions.map((each) => this.expression(each));
  }

  #arguments(given: readonly Argument[]): Argument[] {
    return given.map((each) => this.#argument(each));
  }

  #argument(argument: Argument): Argument {
    if (argument.kind === 'operator') return { ...argument, reference: this.#reference(argument.reference) };
    if (argument.kind === 'lambda') return { ...argument, body: this.expression(argument.body) };
    return this.expression(argument);
  }

  #reference({ target, via }: Reference): Reference {
    if (target.kind === 'bound') return this.#by.get(target) ?? { target, via };
    const local = target.kind === 'definition' ? this.#definitions.get(target) : undefined;
    return { target: local ?? target, via: this.#via(via) };
  }

  #via(via: readonly InstanceStep[]): InstanceStep[] {
    return via.map((step) => ({
      instance: this.#instances.get(step.instance) ?? step.instance,
      arguments: this.#arguments(step.arguments),
    }));
  }

  #binding(binding: Binding): Binding {
    return { ...binding, set: this.expression(binding.set) };
  }

  #fields(fields: readonly Field[]): Field[] {
    return fields.map(({ name, value }) => ({ name, value: this.expression(value) }));
  }

  #pathStep(step: PathStep): PathStep {
    return step.kind === 'field' ? step : { ...step, arguments: this.#all(step.arguments) };
  }

  /** Definitions may refer to those that follow them (RECURSIVE), so all are there before any is read. */
  #local(definitions: readonly LocalDefinition[]): LocalDefinition[] {
    for (const each of definitions) {
      if (each.kind === 'definition') this.#definitions.set(each, { ...each });
    }
    return definitions.map((each) => {
      if (each.kind === 'instance') return this.#instance(each);
      const copy = this.#definitions.get(each) ?? each;
      copy.body = this.expression(each.body);
      return copy;
    });
  }

  #instance(instance: Instance): Instance {
    const substitutions = new Map(
      [...instance.substitutions].map(([of, argument]) => [of, this.#argument(argument)]),
    );
    const copy = { ...instance, substitutions };
    this.#instances.set(instance, copy);
    return copy;
  }
}
