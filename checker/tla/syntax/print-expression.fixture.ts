import type { Argument, Binding, Expression, Reference } from './ast.ts';

/** An expression in one line, fully bracketed: what the tests compare. */
export function print(e: Argument): string {
  switch (e.kind) {
    case 'number':
    case 'boolean':
      return String(e.value);
    case 'string':
      return JSON.stringify(e.value);
    case 'reference':
    case 'operator':
      return name(e.reference);
    case 'lambda':
      return `(LAMBDA ${e.parameters.map((each) => each.name).join()}: ${print(e.body)})`;
    case 'apply':
      return `${name(e.reference)}(${all(e.arguments)})`;
    case 'if':
      return `if(${all([e.condition, e.consequence, e.alternative])})`;
    case 'case':
      return `case(${e.arms.map((arm) => `${print(arm.condition)}->${print(arm.value)}`).join()}${e.other === undefined ? '' : `,else->${print(e.other)}`})`;
    case 'let':
      return `let(${e.definitions.map((each) => (each.kind === 'instance' ? `${each.name}=INSTANCE ${each.module.name}` : `${each.name}=${print(each.body)}`)).join()};${print(e.body)})`;
    case 'quantified':
      return `${e.quantifier}(${bound(e.bindings)}:${print(e.body)})`;
    case 'choose':
      return `choose(${bound([e.binding])}:${print(e.body)})`;
    case 'filter':
      return `filter(${bound([e.binding])}:${print(e.predicate)})`;
    case 'map':
    case 'function':
      return `${e.kind}(${bound(e.bindings)}:${print(e.body)})`;
    case 'recursive-function':
      return `rec ${e.self.name}(${bound(e.bindings)}:${print(e.body)})`;
    case 'record':
    case 'record-set':
      return `${e.kind}(${e.fields.map((field) => `${field.name}:${print(field.value)}`).join()})`;
    case 'except':
      return `except(${print(e.base)}${e.updates.map((update) => `;${update.path.map((step) => (step.kind === 'field' ? `.${step.name}` : `[${all(step.arguments)}]`)).join('')}=${print(update.value)}`).join('')})`;
    case 'at':
      return '@';
    case 'application':
      return `${print(e.function)}[${all(e.arguments)}]`;
    case 'field':
      return `${print(e.record)}.${e.name}`;
    case 'function-set':
      return `[${print(e.domain)}->${print(e.range)}]`;
    case 'action-or-stutter':
      return `${e.form}(${print(e.action)},${print(e.subscript)})`;
    case 'leads-to':
      return `leads-to(${print(e.from)},${print(e.to)})`;
    case 'fairness':
      return `${e.strength}(${print(e.subscript)},${print(e.action)})`;
    case 'unsupported':
      return `unsupported(${e.construct})`;
    case 'within':
      return `within(${print(e.body)})`;
    case 'conjunction':
    case 'disjunction':
    case 'set':
    case 'tuple':
    case 'product':
      return `${e.kind}(${all(e.items)})`;
    default:
      return `${e.kind}(${print(e.operand)})`;
  }
}

function all(items: readonly Argument[]): string {
  return items.map(print).join();
}

function bound(bindings: readonly Binding[]): string {
  return bindings
    .map(({ pattern, names, set }) => {
      const list = names.map((each) => each.name).join();
      return `${pattern === 'tuple' ? `<<${list}>>` : list} in ${print(set)}`;
    })
    .join(' ');
}

function name({ via, target }: Reference): string {
  const path = via.map(({ instance, arguments: given }) =>
    given.length === 0
      ? `${instance.name ?? ''}!`
      : `${instance.name}(${given.map((each: Expression | Argument) => print(each)).join()})!`,
  );
  return `${path.join('')}${target.name}`;
}
