import type { ExpressionGenerator, Form, Name, Scope } from './expression-generator.fixture.ts';
import { atom, call, open, type Term } from './term.fixture.ts';
import {
  BOOLEAN,
  INTEGER,
  MODEL,
  randomIndexType,
  randomType,
  sequenceOf,
  setOf,
  type Type,
} from './types.fixture.ts';

export function booleanForms(g: ExpressionGenerator, scope: Scope, depth: number): readonly Form[] {
  const below = (type: Type, names: Scope = scope) => g.expression(type, names, depth - 1);
  const any = () => randomType(g.choices, 1);
  const compare = (type: Type, operators: readonly string[]) =>
    g.write.infix(below(type), g.choices.from(operators), below(type));
  return [
    () => compare(any(), ['=', '#', '/=']),
    () => compare(randomType(g.choices, 2), ['=', '#']),
    () => compare(INTEGER, ['<', '<=', '\\leq', '>', '>=']),
    () => g.write.infix(below(BOOLEAN), g.choices.from(['/\\', '\\/']), below(BOOLEAN)),
    () => compare(BOOLEAN, ['=>', '<=>', '/\\', '\\/']),
    () => g.write.prefix('~', below(BOOLEAN)),
    () => {
      const item = any();
      return g.write.infix(below(item), g.choices.from(['\\in', '\\notin']), below(setOf(item)));
    },
    () => compare(setOf(any()), ['\\subseteq']),
    () => compare({ kind: 'bag', item: randomIndexType(g.choices) }, ['\\sqsubseteq', '=']),
    () => quantified(g, scope, depth),
    () => quantified(g, scope, depth),
    () => typeTest(g, scope, depth),
    () => typeTest(g, scope, depth),
    () => call('IsFiniteSet', below(setOf(any()))),
    () => call('IsABag', below({ kind: 'bag', item: randomIndexType(g.choices) })),
    () => {
      const item = randomIndexType(g.choices);
      return call('BagIn', below(item), below({ kind: 'bag', item }));
    },
    () => g.write.infix(below(MODEL), '=', below(any())),
  ];
}

/** One or two bounds, names that share a set, or a tuple as a pattern. */
export function bindings(
  g: ExpressionGenerator,
  scope: Scope,
  depth: number,
): { readonly text: string; readonly names: readonly Name[] } {
  const names: Name[] = [];
  const binding = (): string => {
    if (g.choices.oneIn(5)) {
      const items = [randomType(g.choices, 0), randomType(g.choices, 1)] as const;
      const pair = items.map((type) => ({ name: g.freshName('x'), type }));
      const set = g.smallSet({ kind: 'tuple', items }, scope, depth - 1);
      names.push(...pair);
      return `<<${pair.map(({ name }) => name).join(', ')}>> \\in ${g.write.operand(set, 5)}`;
    }
    const type = randomType(g.choices, 1);
    const bound = g.choices.several(1, g.choices.oneIn(4) ? 2 : 1, () => ({ name: g.freshName('x'), type }));
    const set = g.smallSet(type, scope, depth - 1);
    names.push(...bound);
    return `${bound.map(({ name }) => name).join(', ')} \\in ${g.write.operand(set, 5)}`;
  };
  const text = g.choices.several(1, g.choices.oneIn(3) ? 2 : 1, binding).join(', ');
  return { text, names };
}

function quantified(g: ExpressionGenerator, scope: Scope, depth: number): Term {
  const { text, names } = bindings(g, scope, depth);
  const body = g.expression(BOOLEAN, [...scope, ...names], depth - 1);
  return open(`${g.choices.from(['\\A', '\\E'])} ${text} : ${body.text}`);
}

/** x \in Nat, \in Seq(S), \in [S -> T], \in SUBSET S and other sets that are never listed. */
function typeTest(g: ExpressionGenerator, scope: Scope, depth: number): Term {
  const below = (type: Type) => g.expression(type, scope, depth - 1);
  const item = randomType(g.choices, 0);
  const set = () => below(setOf(item)).text;
  const member = (type: Type, text: string) => g.write.infix(below(type), '\\in', atom(`(${text})`));
  return g.choices.grow<Term>([
    () => member(INTEGER, g.choices.from(['Nat', 'Int', '1..3'])),
    () => member(item, 'STRING'),
    () => member(BOOLEAN, 'BOOLEAN'),
    () => member(sequenceOf(item), `Seq(${set()})`),
    () => member(setOf(item), `SUBSET ${g.write.operand(below(setOf(item)), 8)}`),
    () => {
      const from = randomIndexType(g.choices);
      const type: Type = { kind: 'function', from, to: item };
      return member(type, `[${below(setOf(from)).text} -> ${set()}]`);
    },
    () => member({ kind: 'record', fields: { a: item, b: INTEGER } }, `[a : ${set()}, b : Nat]`),
    () => member({ kind: 'tuple', items: [item, INTEGER] }, `(${set()}) \\X Int`),
    () => member(setOf(INTEGER), 'SUBSET Nat'),
    () => member({ kind: 'function', from: INTEGER, to: item }, `[1..2 -> ${set()}]`),
    () => member(INTEGER, `Nat \\cup {${below(INTEGER).text}}`),
    () => member(INTEGER, 'Int \\ {1}'),
    () => member(INTEGER, `{${g.freshName('q')} \\in Nat : TRUE}`),
    () => member(setOf(setOf(item)), `SUBSET SUBSET (${set()})`),
  ]);
}
