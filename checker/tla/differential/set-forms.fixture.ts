import { bindings } from './boolean-forms.fixture.ts';
import type { ExpressionGenerator, Form, Scope } from './expression-generator.fixture.ts';
import { atom, call, open } from './term.fixture.ts';
import {
  BOOLEAN,
  INTEGER,
  randomIndexType,
  randomType,
  sequenceOf,
  setOf,
  type Type,
} from './types.fixture.ts';

export function setForms(g: ExpressionGenerator, item: Type, scope: Scope, depth: number): readonly Form[] {
  const below = (type: Type) => g.expression(type, scope, depth - 1);
  const set = () => below(setOf(item));
  const forms: Form[] = [
    () => g.write.infix(set(), '\\cup', set()),
    () => g.write.infix(set(), '\\cap', set()),
    () => g.write.infix(set(), '\\', set()),
    () => filter(g, item, scope, depth),
    () => filter(g, item, scope, depth),
    () => {
      const { text, names } = bindings(g, scope, depth);
      return atom(`{${g.write.operand(g.expression(item, [...scope, ...names], depth - 1), 5)} : ${text}}`);
    },
    () => g.write.prefix('UNION', below(setOf(setOf(item)))),
    () => call('Range', below(sequenceOf(item))),
    () => call('Range', below({ kind: 'function', from: randomIndexType(g.choices), to: item })),
    ...formsByItem(g, item, scope, depth),
  ];
  return forms;
}

function filter(g: ExpressionGenerator, item: Type, scope: Scope, depth: number) {
  const bound = { name: g.freshName('x'), type: item };
  const set = g.smallSet(item, scope, depth - 1);
  const predicate = g.expression(BOOLEAN, [...scope, bound], depth - 1);
  return atom(`{${bound.name} \\in ${g.write.operand(set, 5)} : ${predicate.text}}`);
}

/** Sets that are written by what their elements look like: SUBSET S, [S -> T], S \X T, 1..n. */
function formsByItem(g: ExpressionGenerator, item: Type, scope: Scope, depth: number): readonly Form[] {
  const below = (type: Type) => g.expression(type, scope, depth - 1);
  const tiny = (type: Type) => g.tinySet(type, scope, depth - 1);
  switch (item.kind) {
    case 'integer':
      return [
        () => g.write.prefix('DOMAIN', below(sequenceOf(randomType(g.choices, 1)))),
        () => atom(`Clip(${below(INTEGER).text})..Clip(${below(INTEGER).text})`),
        () => ({ text: g.choices.from(['1..3', '0..2', '1..0', '2..4']), binds: 9 }),
        () =>
          g.write.prefix('DOMAIN', below({ kind: 'function', from: INTEGER, to: randomType(g.choices, 1) })),
      ];
    case 'boolean':
      return [() => atom('BOOLEAN')];
    case 'set':
      return [
        () => g.write.prefix('SUBSET', atom(`Small(${below(item).text})`)),
        () => {
          const name = g.freshName('x');
          const size = g.choices.from(['1', '2']);
          return atom(`{${name} \\in SUBSET Small(${below(item).text}) : Cardinality(${name}) = ${size}}`);
        },
      ];
    case 'tuple':
      return [
        () => open(item.items.map((each) => `(${tiny(each).text})`).join(' \\X ')),
        () => open(item.items.map((each) => `(${tiny(each).text})`).join(' \\X ')),
      ];
    case 'record':
      return [
        () =>
          atom(
            `[${Object.entries(item.fields)
              .map(([name, type]) => `${name} : ${tiny(type).text}`)
              .join(', ')}]`,
          ),
      ];
    case 'function':
      return [() => atom(`[${tiny(item.from).text} -> ${tiny(item.to).text}]`)];
    case 'sequence':
      return [() => atom(`[1..2 -> ${tiny(item.item).text}]`)];
    case 'string':
      return [
        () =>
          g.write.prefix(
            'DOMAIN',
            below(
              g.choices.from<Type>([
                { kind: 'record', fields: { a: INTEGER, b: BOOLEAN } },
                { kind: 'record', fields: { c: INTEGER } },
              ]),
            ),
          ),
      ];
    case 'model':
      return [() => call('BagToSet', below({ kind: 'bag', item })), () => atom('{m1, m2, m3}')];
    case 'bag':
      return [];
  }
}
