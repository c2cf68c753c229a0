import { booleanForms } from './boolean-forms.fixture.ts';
import type { Choices } from './choices.fixture.ts';
import { commonForms } from './common-forms.fixture.ts';
import { functionForms, recordForms, tupleForms } from './function-forms.fixture.ts';
import { integerForms, stringForms } from './integer-forms.fixture.ts';
import { bagForms, sequenceForms } from './sequence-forms.fixture.ts';
import { setForms } from './set-forms.fixture.ts';
import { atom, type Term, TermWriter } from './term.fixture.ts';
import { BOOLEAN, INTEGER, MODEL, randomType, STRING, sameType, setOf, type Type } from './types.fixture.ts';

/** A name that an expression may use. */
export interface Name {
  readonly name: string;
  readonly type: Type;
  /** Of an operator: the types of its parameters. */
  readonly parameters?: readonly Type[];
}

export type Scope = readonly Name[];

/** One way to write an expression of some type. */
export type Form = () => Term;

/** What stands before the expressions: TLC evaluates nothing that explodes, as every set is taken small. */
export const PRELUDE = `
Small(S) == IF Cardinality(S) <= 4 THEN S ELSE {}
Tiny(S) == IF Cardinality(S) <= 2 THEN S ELSE {}
Clip(n) == IF n > 5 THEN 5 ELSE IF n < -2 THEN -2 ELSE n
Apply(F(_), x) == F(x)
Twice(F(_), x) == F(F(x))
Both(F(_, _), x, y) == F(F(x, y), y)
Pair(x, y) == <<x, y>>
Range(f) == {f[x] : x \\in DOMAIN f}
RECURSIVE Total(_)
Total(S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \\in S : TRUE IN x + Total(S \\ {x})
Fold(F(_, _), first, seq) ==
    LET fold[i \\in 0..Len(seq)] == IF i = 0 THEN first ELSE F(fold[i - 1], seq[i]) IN fold[Len(seq)]
`;

/** The model values that a generated expression may use; declared as constants. */
export const MODEL_VALUES: readonly string[] = ['m1', 'm2', 'm3'];

const STRINGS = ['"a"', '"b"', '"c"', '"ab"', '""'];
const ILL_TYPED_ONE_IN = 90;

/** Writes a random expression: of the type that was asked for, but for a small share of mistakes where they are wanted. */
export class ExpressionGenerator {
  readonly choices: Choices;
  readonly write: TermWriter;
  readonly #isIllTyped: boolean;
  #names = 0;

  constructor(choices: Choices, { isIllTyped = true }: { readonly isIllTyped?: boolean } = {}) {
    this.choices = choices;
    this.#isIllTyped = isIllTyped;
    this.write = new TermWriter(choices);
  }

  expression(type: Type, scope: Scope, depth: number): Term {
    if (this.#isIllTyped && this.choices.oneIn(ILL_TYPED_ONE_IN)) {
      return this.#wellTyped(randomType(this.choices, 1), scope, Math.min(depth, 1));
    }
    return this.#wellTyped(type, scope, depth);
  }

  /** A new name: TLA+ has no shadowing. */
  freshName(prefix: string): string {
    this.#names += 1;
    return `${prefix}${this.#names}`;
  }

  /** A set whose elements are of a type, of at most four of them. */
  smallSet(item: Type, scope: Scope, depth: number): Term {
    if (depth <= 0 || this.choices.oneIn(2)) return this.literal(setOf(item), scope, Math.min(depth, 1));
    return atom(`Small(${this.expression(setOf(item), scope, depth).text})`);
  }

  tinySet(item: Type, scope: Scope, depth: number): Term {
    return atom(`Tiny(${this.expression(setOf(item), scope, depth).text})`);
  }

  /** The simplest expression of a type. */
  literal(type: Type, scope: Scope, depth: number): Term {
    const { choices } = this;
    const inner = (item: Type) =>
      depth > 0 ? this.expression(item, scope, depth - 1) : this.literal(item, scope, 0);
    const list = (item: Type, most: number) =>
      choices
        .several(0, most, () => inner(item))
        .map((term) => this.write.operand(term, 5))
        .join(', ');
    switch (type.kind) {
      case 'integer':
        return atom(choices.from(['0', '1', '2', '3', '4']));
      case 'boolean':
        return atom(choices.from(['TRUE', 'FALSE']));
      case 'string':
        return atom(choices.from(STRINGS));
      case 'model':
        return atom(choices.from(MODEL_VALUES));
      case 'set':
        return atom(`{${list(type.item, 3)}}`);
      case 'sequence':
        return atom(`<<${list(type.item, 3)}>>`);
      case 'tuple':
        return atom(`<<${type.items.map((item) => inner(item).text).join(', ')}>>`);
      case 'record':
        return atom(
          `[${Object.entries(type.fields)
            .map(([name, item]) => `${name} |-> ${inner(item).text}`)
            .join(', ')}]`,
        );
      case 'function': {
        const name = this.freshName('x');
        const domain = this.literal(setOf(type.from), scope, depth - 1).text;
        const body =
          depth > 0
            ? this.expression(type.to, [...scope, { name, type: type.from }], depth - 1)
            : this.literal(type.to, scope, 0);
        return atom(`[${name} \\in ${domain} |-> ${body.text}]`);
      }
      case 'bag':
        return atom(`SetToBag(${this.literal(setOf(type.item), scope, depth - 1).text})`);
    }
  }

  #wellTyped(type: Type, scope: Scope, depth: number): Term {
    const named = scope.filter((each) => sameType(each.type, type) && each.parameters === undefined);
    if (named.length > 0 && (depth <= 0 || this.choices.oneIn(2))) {
      return atom(this.choices.from(named).name);
    }
    if (depth <= 0) return this.literal(type, scope, 0);
    const own = this.#formsOf(type, scope, depth);
    const forms: Form[] = [() => this.literal(type, scope, depth), ...own, ...own];
    return this.choices.grow([...forms, ...commonForms(this, type, scope, depth)]);
  }

  #formsOf(type: Type, scope: Scope, depth: number): readonly Form[] {
    switch (type.kind) {
      case 'integer':
        return integerForms(this, scope, depth);
      case 'boolean':
        return booleanForms(this, scope, depth);
      case 'string':
        return stringForms(this, scope, depth);
      case 'model':
        return [];
      case 'set':
        return setForms(this, type.item, scope, depth);
      case 'sequence':
        return sequenceForms(this, type.item, scope, depth);
      case 'tuple':
        return tupleForms(this, type.items, scope, depth);
      case 'record':
        return recordForms(this, type.fields, scope, depth);
      case 'function':
        return functionForms(this, type, scope, depth);
      case 'bag':
        return bagForms(this, type.item, scope, depth);
    }
  }
}

/** The types that a top-level expression is drawn from. */
export function topType(choices: Choices): Type {
  return choices.grow<Type>([
    () => INTEGER,
    () => BOOLEAN,
    () => randomType(choices, 1),
    () => randomType(choices, 2),
    () => randomType(choices, 2),
    () => choices.from([STRING, MODEL]),
  ]);
}
