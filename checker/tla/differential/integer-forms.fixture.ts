import type { ExpressionGenerator, Form, Scope } from './expression-generator.fixture.ts';
import { atom, call, open } from './term.fixture.ts';
import { INTEGER, randomIndexType, randomType, STRING, sequenceOf, setOf } from './types.fixture.ts';

export function integerForms(g: ExpressionGenerator, scope: Scope, depth: number): readonly Form[] {
  const integer = () => g.expression(INTEGER, scope, depth - 1);
  const any = () => randomType(g.choices, 1);
  return [
    () => g.write.infix(integer(), '+', integer()),
    () => g.write.infix(integer(), '-', integer()),
    () => g.write.infix(integer(), '*', integer()),
    () => g.write.infix(integer(), '\\div', atom(g.choices.from(['1', '2', '3']))),
    () => g.write.infix(integer(), '%', atom(g.choices.from(['1', '2', '3', '7']))),
    () => g.write.infix(integer(), g.choices.from(['\\div', '%']), integer()),
    () => g.write.prefix('-', integer()),
    () => g.write.infix(integer(), '^', atom(g.choices.from(['0', '1', '2', '3']))),
    () => call('Cardinality', g.expression(setOf(any()), scope, depth - 1)),
    () => call('Len', g.expression(sequenceOf(any()), scope, depth - 1)),
    () =>
      call(
        'BagCardinality',
        g.expression({ kind: 'bag', item: randomIndexType(g.choices) }, scope, depth - 1),
      ),
    () => {
      const item = randomIndexType(g.choices);
      return call(
        'CopiesIn',
        g.expression(item, scope, depth - 1),
        g.expression({ kind: 'bag', item }, scope, depth - 1),
      );
    },
    () => call('Total', g.smallSet(INTEGER, scope, depth - 1)),
    () => recursiveFunction(g, scope, depth),
    () => recursiveOperator(g, scope, depth),
    () => atom(g.choices.from(['17', '2147483647', '(-3)', '1000000', '65536'])),
  ];
}

/** LET f[n \in 0..k] == IF n = 0 THEN e ELSE ... f[n - 1] ... IN f[m] */
function recursiveFunction(g: ExpressionGenerator, scope: Scope, depth: number) {
  const name = g.freshName('f');
  const bound = { name: g.freshName('n'), type: INTEGER };
  const base = g.expression(INTEGER, scope, depth - 1);
  const previous = { name: `${name}[${bound.name} - 1]`, type: INTEGER };
  const step = g.expression(INTEGER, [...scope, bound, previous, previous], depth - 1);
  const most = g.choices.from(['3', '4']);
  const at = g.choices.from(['2', '3', '3', '1', '5']);
  return open(
    `LET ${name}[${bound.name} \\in 0..${most}] == IF ${bound.name} = 0 THEN ${base.text} ELSE ${step.text} IN ${name}[${at}]`,
  );
}

/** LET RECURSIVE R(_) ... */
function recursiveOperator(g: ExpressionGenerator, scope: Scope, depth: number) {
  const name = g.freshName('R');
  const bound = { name: g.freshName('n'), type: INTEGER };
  const base = g.expression(INTEGER, [...scope, bound], depth - 1);
  const previous = { name: `${name}(${bound.name} - 1)`, type: INTEGER };
  const step = g.expression(INTEGER, [...scope, bound, previous], depth - 1);
  return open(
    `LET RECURSIVE ${name}(_) ${name}(${bound.name}) == IF ${bound.name} <= 0 THEN ${base.text} ELSE ${step.text} IN ${name}(${g.choices.from(['2', '0', '3'])})`,
  );
}

export function stringForms(g: ExpressionGenerator, scope: Scope, depth: number): readonly Form[] {
  return [
    () => call('ToString', g.expression(randomType(g.choices, 0), scope, depth - 1)),
    () =>
      g.write.infix(g.expression(STRING, scope, depth - 1), '\\o', g.expression(STRING, scope, depth - 1)),
    () => atom(g.choices.from(['"zz"', '"x y"', '"new"', '"a\\"b"', '"\\\\"'])),
  ];
}
