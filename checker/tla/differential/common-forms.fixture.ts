import type { ExpressionGenerator, Form, Name, Scope } from './expression-generator.fixture.ts';
import { atom, call, open, type Term } from './term.fixture.ts';
import {
  BOOLEAN,
  INTEGER,
  randomIndexType,
  randomType,
  sameType,
  sequenceOf,
  setOf,
  type Type,
} from './types.fixture.ts';

/** What an expression of any type may be. */
export function commonForms(
  g: ExpressionGenerator,
  type: Type,
  scope: Scope,
  depth: number,
): readonly Form[] {
  const below = (item: Type, names: Scope = scope) => g.expression(item, names, depth - 1);
  const forms: Form[] = [
    () => open(`IF ${below(BOOLEAN).text} THEN ${below(type).text} ELSE ${below(type).text}`),
    () => caseForm(g, type, scope, depth),
    () => letValue(g, type, scope, depth),
    () => letOperator(g, type, scope, depth),
    () => chooseForm(g, type, scope, depth),
    () => applied(g, type, scope, depth),
    () => applied(g, type, scope, depth),
    () => lambdaForm(g, type, scope, depth),
    () => foldForm(g, type, scope, depth),
    () => atom(`(${below(type).text})`),
  ];
  // TLC 2.18 counts wrong in an EXCEPT of the tuple that TLCEval returns: [TLCEval(<<1, 2>>) EXCEPT ![2] = 3].
  if (type.kind === 'set') forms.push(() => call('TLCEval', below(type)));
  const operators = scope.filter((each) => each.parameters !== undefined && sameType(each.type, type));
  if (operators.length > 0) {
    const use = () => {
      const { name, parameters = [] } = g.choices.from(operators);
      return call(name, ...parameters.map((each) => below(each)));
    };
    forms.push(use, use, use);
  }
  return forms;
}

function caseForm(g: ExpressionGenerator, type: Type, scope: Scope, depth: number): Term {
  const below = (item: Type) => g.expression(item, scope, depth - 1);
  const arm = () => {
    const value = below(type);
    // A CASE or an IF inside an arm would swallow the arms after it.
    return `${below(BOOLEAN).text} -> ${g.write.operand(value, 1)}`;
  };
  const arms = g.choices.several(1, 2, arm);
  if (!g.choices.oneIn(6)) arms.push(`OTHER -> ${g.write.operand(below(type), 1)}`);
  return open(`CASE ${arms.join(' [] ')}`);
}

function letValue(g: ExpressionGenerator, type: Type, scope: Scope, depth: number): Term {
  const definitions: string[] = [];
  let names = scope;
  for (const position of Array.from({ length: 1 + g.choices.pick(2) }).keys()) {
    const local: Name = { name: g.freshName('v'), type: position === 0 ? type : randomType(g.choices, 1) };
    definitions.push(`${local.name} == ${g.expression(local.type, names, depth - 1).text}`);
    names = [...names, local];
  }
  return open(`LET ${definitions.join(' ')} IN ${g.expression(type, names, depth - 1).text}`);
}

function letOperator(g: ExpressionGenerator, type: Type, scope: Scope, depth: number): Term {
  const parameters = g.choices.several(1, 2, () => ({
    name: g.freshName('p'),
    type: randomType(g.choices, 1),
  }));
  const operator: Name = { name: g.freshName('f'), type, parameters: parameters.map((each) => each.type) };
  const head = `${operator.name}(${parameters.map(({ name }) => name).join(', ')})`;
  const body = g.expression(type, [...scope, ...parameters], depth - 1);
  return open(`LET ${head} == ${body.text} IN ${g.expression(type, [...scope, operator], depth - 1).text}`);
}

function chooseForm(g: ExpressionGenerator, type: Type, scope: Scope, depth: number): Term {
  const bound: Name = { name: g.freshName('x'), type };
  const set = g.smallSet(type, scope, depth - 1);
  const predicate = g.choices.oneIn(3)
    ? g.expression(BOOLEAN, [...scope, bound], depth - 1)
    : atom(`${bound.name} = ${bound.name}`);
  const chosen = open(`CHOOSE ${bound.name} \\in ${g.write.operand(set, 5)} : ${predicate.text}`);
  if (g.choices.oneIn(6)) return chosen;
  // Most sets may be empty; of those nothing can be chosen.
  const item = g.expression(type, scope, depth - 2);
  return open(
    `CHOOSE ${bound.name} \\in {${g.write.operand(item, 5)}} \\cup ${g.write.operand(set, 8)} : ${bound.name} \\in {${bound.name}}`,
  );
}

/** f[x], s[i], t[1], r.a, Head(s): mostly within the domain. */
function applied(g: ExpressionGenerator, type: Type, scope: Scope, depth: number): Term {
  const below = (item: Type, names: Scope = scope) => g.expression(item, names, depth - 1);
  return g.choices.grow<Term>([
    () => atom(`<<${below(type).text}, ${below(type).text}>>[${g.choices.from(['1', '2', '1', '2', '3'])}]`),
    () => {
      const from = randomIndexType(g.choices);
      const index = g.write.operand(below(from), 5);
      const bound = { name: g.freshName('x'), type: from };
      const body = below(type, [...scope, bound]);
      const rest = g.literal(setOf(from), scope, 0);
      const map = `[${bound.name} \\in ({${index}} \\cup ${rest.text}) |-> ${body.text}]`;
      return atom(`${map}[${g.choices.oneIn(10) ? g.write.operand(below(from), 5) : index}]`);
    },
    () => {
      const other = randomType(g.choices, 1);
      return atom(`[a |-> ${below(type).text}, b |-> ${below(other).text}].a`);
    },
    () => atom(`Head(Append(${below(sequenceOf(type)).text}, ${below(type).text}))`),
    () => {
      const record: Type = { kind: 'record', fields: { a: type, b: INTEGER } };
      return atom(`${g.write.applied(below(record))}.a`);
    },
    () => {
      const tuple: Type = { kind: 'tuple', items: [INTEGER, type] };
      return atom(`${g.write.applied(below(tuple))}[2]`);
    },
    () => {
      const map: Type = { kind: 'function', from: INTEGER, to: type };
      const first = g.write.infix(atom('1'), ':>', below(type));
      return atom(`(${g.write.infix(first, '@@', below(map)).text})[1]`);
    },
    () => {
      const sequence = below(sequenceOf(type));
      return open(`LET ${g.freshName('v')} == ${sequence.text} IN ${below(type).text}`);
    },
  ]);
}

function lambdaForm(g: ExpressionGenerator, type: Type, scope: Scope, depth: number): Term {
  const one = { name: g.freshName('y'), type };
  const two = { name: g.freshName('y'), type };
  const below = (names: Scope) => g.expression(type, names, depth - 1).text;
  return g.choices.grow<Term>([
    () => atom(`Apply(LAMBDA ${one.name} : ${below([...scope, one])}, ${below(scope)})`),
    () => atom(`Twice(LAMBDA ${one.name} : ${below([...scope, one])}, ${below(scope)})`),
    () =>
      atom(
        `Both(LAMBDA ${one.name}, ${two.name} : ${below([...scope, one, two])}, ${below(scope)}, ${below(scope)})`,
      ),
  ]);
}

function foldForm(g: ExpressionGenerator, type: Type, scope: Scope, depth: number): Term {
  const item = randomType(g.choices, 1);
  const one = { name: g.freshName('y'), type };
  const two = { name: g.freshName('y'), type: item };
  const body = g.expression(type, [...scope, one, two], depth - 1);
  const first = g.expression(type, scope, depth - 1);
  const sequence = g.expression(sequenceOf(item), scope, depth - 1);
  return atom(`Fold(LAMBDA ${one.name}, ${two.name} : ${body.text}, ${first.text}, ${sequence.text})`);
}
