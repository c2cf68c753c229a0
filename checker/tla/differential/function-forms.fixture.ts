import type { ExpressionGenerator, Form, Scope } from './expression-generator.fixture.ts';
import { exceptOf } from './sequence-forms.fixture.ts';
import { atom, open, type Term } from './term.fixture.ts';
import { INTEGER, setOf, type Type } from './types.fixture.ts';

export function functionForms(
  g: ExpressionGenerator,
  type: Type & { readonly kind: 'function' },
  scope: Scope,
  depth: number,
): readonly Form[] {
  const below = (each: Type, names: Scope = scope) => g.expression(each, names, depth - 1);
  const map = () => {
    const bound = { name: g.freshName('x'), type: type.from };
    const domain = g.smallSet(type.from, scope, depth - 1);
    const body = below(type.to, [...scope, bound]);
    return atom(`[${bound.name} \\in ${g.write.operand(domain, 5)} |-> ${body.text}]`);
  };
  return [
    map,
    map,
    () => g.write.infix(below(type.from), ':>', below(type.to)),
    () => g.write.infix(below(type), '@@', below(type)),
    () => g.write.infix(below(type), '@@', g.write.infix(below(type.from), ':>', below(type.to))),
    () => exceptOf(g, below(type), `[${g.write.operand(below(type.from), 5)}]`, type.to, scope, depth),
    () => nestedExcept(g, type, scope, depth),
    () => {
      const bound = { name: g.freshName('x'), type: setOf(type.from) };
      const domain = g.smallSet(type.from, scope, depth - 1);
      return open(
        `LET ${bound.name} == ${domain.text} IN CHOOSE ${g.freshName('x')} \\in {[${g.freshName('x')} \\in ${bound.name} |-> ${below(type.to).text}]} : TRUE`,
      );
    },
  ];
}

/** [f EXCEPT ![x].a[1] = e] of a function with a nested range. */
function nestedExcept(
  g: ExpressionGenerator,
  type: Type & { readonly kind: 'function' },
  scope: Scope,
  depth: number,
): Term {
  const { to } = type;
  const index = g.expression(type.from, scope, depth - 1);
  const base = g.expression(type, scope, depth - 1);
  const first = g.write.infix(index, ':>', g.expression(to, scope, depth - 1));
  const defined = atom(`(${g.write.infix(first, '@@', base).text})`);
  const [inner, item] = innerPath(g, to);
  return exceptOf(g, defined, `[${g.write.operand(index, 5)}]${inner}`, item, scope, depth);
}

function innerPath(g: ExpressionGenerator, type: Type): readonly [string, Type] {
  switch (type.kind) {
    case 'record': {
      const [name, item] = g.choices.from(Object.entries(type.fields));
      return [g.choices.oneIn(3) ? `["${name}"]` : `.${name}`, item];
    }
    case 'tuple':
      return ['[1]', type.items[0] ?? INTEGER];
    case 'sequence':
      return ['[1]', type.item];
    default:
      return ['', type];
  }
}

export function recordForms(
  g: ExpressionGenerator,
  fields: Readonly<Record<string, Type>>,
  scope: Scope,
  depth: number,
): readonly Form[] {
  const record: Type = { kind: 'record', fields };
  const base = () => g.expression(record, scope, depth - 1);
  const update = () => {
    const [name, item] = g.choices.from(Object.entries(fields));
    const [inner, innerItem] = g.choices.oneIn(2) ? innerPath(g, item) : (['', item] as const);
    const path = g.choices.oneIn(4) ? `["${name}"]` : `.${name}`;
    return exceptOf(g, base(), `${path}${inner}`, innerItem, scope, depth);
  };
  const asFunction = () => {
    const entries = Object.entries(fields).map(
      ([name, item]) => `"${name}" :> ${g.write.operand(g.expression(item, scope, depth - 1), 7)}`,
    );
    return { text: entries.join(' @@ '), binds: entries.length > 1 ? 6 : 7 };
  };
  return [update, update, asFunction];
}

export function tupleForms(
  g: ExpressionGenerator,
  items: readonly Type[],
  scope: Scope,
  depth: number,
): readonly Form[] {
  const base = () => g.expression({ kind: 'tuple', items }, scope, depth - 1);
  const forms: Form[] = items.map((item, position) => () => {
    const [inner, innerItem] = g.choices.oneIn(2) ? innerPath(g, item) : (['', item] as const);
    return exceptOf(g, base(), `[${position + 1}]${inner}`, innerItem, scope, depth);
  });
  const [first, second] = items;
  if (first !== undefined && second !== undefined && items.length === 2) {
    forms.push(() =>
      atom(
        `Pair(${g.expression(first, scope, depth - 1).text}, ${g.expression(second, scope, depth - 1).text})`,
      ),
    );
  }
  return forms;
}
