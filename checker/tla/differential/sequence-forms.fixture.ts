import type { ExpressionGenerator, Form, Scope } from './expression-generator.fixture.ts';
import { atom, call, type Term } from './term.fixture.ts';
import { BOOLEAN, INTEGER, sameType, sequenceOf, setOf, type Type } from './types.fixture.ts';

export function sequenceForms(
  g: ExpressionGenerator,
  item: Type,
  scope: Scope,
  depth: number,
): readonly Form[] {
  const below = (type: Type, names: Scope = scope) => g.expression(type, names, depth - 1);
  const sequence = () => below(sequenceOf(item));
  const forms: Form[] = [
    () => call('Append', sequence(), below(item)),
    () => call('Append', sequence(), below(item)),
    () => g.write.infix(sequence(), '\\o', sequence()),
    () => atom(`Tail(Append(${sequence().text}, ${below(item).text}))`),
    () => (g.choices.oneIn(4) ? call('Tail', sequence()) : sequence()),
    () => {
      const name = g.freshName('s');
      const from = g.choices.from(['1', '2', '0', '3']);
      const to = g.choices.from([`Len(${name})`, '1', '2', `Len(${name}) - 1`, '0']);
      return atom(`Apply(LAMBDA ${name} : SubSeq(${name}, ${from}, ${to}), ${sequence().text})`);
    },
    () => call('SubSeq', sequence(), atom(g.choices.from(['1', '2', '0'])), below(INTEGER)),
    () => {
      const bound = { name: g.freshName('x'), type: item };
      const test = below(BOOLEAN, [...scope, bound]);
      return atom(`SelectSeq(${sequence().text}, LAMBDA ${bound.name} : ${test.text})`);
    },
    () => {
      const bound = { name: g.freshName('i'), type: INTEGER };
      const domain = g.choices.from(['1..2', '1..3', '1..1', '1..0']);
      return atom(`[${bound.name} \\in ${domain} |-> ${below(item, [...scope, bound]).text}]`);
    },
    () => exceptOf(g, sequence(), `[${g.choices.from(['1', '2', '1', '0'])}]`, item, scope, depth),
    () => exceptOf(g, literalOf(g, item, scope, depth), '[1]', item, scope, depth),
  ];
  if (sameType(item, INTEGER)) {
    forms.push(() => atom(`SortSeq(${sequence().text}, LAMBDA a, b : a ${g.choices.from(['<', '>'])} b)`));
  }
  return forms;
}

function literalOf(g: ExpressionGenerator, item: Type, scope: Scope, depth: number): Term {
  return atom(`<<${g.choices.several(1, 3, () => g.expression(item, scope, depth - 1).text).join(', ')}>>`);
}

/** [f EXCEPT !path = e], where e may use @, once in a while several at once. */
export function exceptOf(
  g: ExpressionGenerator,
  base: Term,
  path: string,
  item: Type,
  scope: Scope,
  depth: number,
): Term {
  const at = { name: '@', type: item };
  const update = () => `!${path} = ${g.expression(item, [...scope, at, at], depth - 1).text}`;
  const updates = g.choices.several(1, g.choices.oneIn(4) ? 2 : 1, update);
  return atom(`[${g.write.operand(base, 5)} EXCEPT ${updates.join(', ')}]`);
}

export function bagForms(g: ExpressionGenerator, item: Type, scope: Scope, depth: number): readonly Form[] {
  const bag = () => g.expression({ kind: 'bag', item }, scope, depth - 1);
  return [
    () => g.write.infix(bag(), '(+)', bag()),
    () => g.write.infix(bag(), '(-)', bag()),
    () => call('SetToBag', g.expression(setOf(item), scope, depth - 1)),
    () => atom('EmptyBag'),
    () =>
      g.write.infix(g.expression(item, scope, depth - 1), ':>', atom(g.choices.from(['1', '2', '3', '1']))),
  ];
}
