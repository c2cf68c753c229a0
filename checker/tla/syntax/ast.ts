import type { BuiltinName } from './builtins.ts';
import type { Span } from './span.ts';

/**
 * The syntax tree of TLA+, after names are resolved: every use of a name points to the declaration or
 * definition that it means. What an operator symbol or a keyword stands for is a builtin; layout, parentheses,
 * labels and proofs are gone.
 *
 * A definition is stored once, however often its module is instantiated: a use through an INSTANCE carries the
 * instances that it goes through, and the compiler substitutes.
 */

/** CONSTANT C, or CONSTANT F(_, _) with arity 2. */
export interface Constant {
  readonly kind: 'constant';
  readonly name: string;
  readonly arity: number;
  readonly span: Span;
}

export interface Variable {
  readonly kind: 'variable';
  readonly name: string;
  readonly span: Span;
}

/** A formal parameter of an operator, LAMBDA or parameterised instance; arity > 0 if it is itself an operator. */
export interface Parameter {
  readonly kind: 'parameter';
  readonly name: string;
  readonly arity: number;
  readonly span: Span;
}

/** A name bound by a quantifier, CHOOSE, set or function constructor; or a recursive function's own name. */
export interface Bound {
  readonly kind: 'bound';
  readonly name: string;
  readonly span: Span;
}

/**
 * `name(parameters) == body`, of a module or of a LET. `body` is set once the definition has been read through:
 * a recursive definition is referred to by its own body.
 */
export interface Definition {
  readonly kind: 'definition';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  body: Expression;
  readonly isRecursive: boolean;
  readonly isLocal: boolean;
  /** The module whose text holds it. */
  readonly module: string;
  readonly span: Span;
}

/** What stands behind a name whose meaning the checker knows: the language's own and the standard modules'. */
export interface Builtin {
  readonly kind: 'builtin';
  readonly name: BuiltinName;
  readonly arity: number;
}

export type Target = Constant | Variable | Parameter | Bound | Definition | Builtin;

/** One `I(arguments)!` of a path, or an unnamed INSTANCE (no arguments). */
export interface InstanceStep {
  readonly instance: Instance;
  readonly arguments: readonly Argument[];
}

/** A use of a name. `via` lists the instances from the outermost to the one that holds the target. */
export interface Reference {
  readonly target: Target;
  readonly via: readonly InstanceStep[];
}

/** INSTANCE M WITH c <- e: every constant and variable of M has a substitution, written or of the same name. */
export interface Instance {
  readonly kind: 'instance';
  /** undefined for an INSTANCE without a name. */
  readonly name: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly module: Module;
  readonly substitutions: ReadonlyMap<Constant | Variable, Argument>;
  readonly isLocal: boolean;
  readonly span: Span;
}

export interface Assumption {
  readonly name: string | undefined;
  /** Whether it is an AXIOM: TLC believes it, and evaluates only what ASSUME and ASSUMPTION say. */
  readonly isAxiom: boolean;
  readonly body: Expression;
  readonly span: Span;
}

export interface Module {
  readonly name: string;
  readonly file: string;
  /** Its own and those of the modules that it extends, in the order of their declaration. */
  readonly constants: readonly Constant[];
  readonly variables: readonly Variable[];
  /** What modules that it extends declare once more: each is one with the constant or variable of the same name above. */
  readonly repeated: readonly (Constant | Variable)[];
  /** Every name visible at its end, imported ones included: the names that a cfg may use. */
  readonly definitions: ReadonlyMap<string, Reference>;
  readonly instances: ReadonlyMap<string, Instance>;
  /** Those of the modules that it extends come first. */
  readonly assumptions: readonly Assumption[];
  /** The names of the modules that it extends, directly or not, itself last; sorted as they were read. */
  readonly extended: readonly string[];
  readonly span: Span;
}

/** What stands where an operator expects something: an expression, or an operator of arity > 0. */
export type Argument = Expression | OperatorArgument;

export type OperatorArgument =
  | { readonly kind: 'operator'; readonly reference: Reference; readonly arity: number; readonly span: Span }
  | {
      readonly kind: 'lambda';
      readonly parameters: readonly Parameter[];
      readonly body: Expression;
      readonly span: Span;
    };

/** `x, y \in S` or `<<x, y>> \in S`. */
export interface Binding {
  readonly pattern: 'names' | 'tuple';
  readonly names: readonly Bound[];
  readonly set: Expression;
}

export interface CaseArm {
  readonly condition: Expression;
  readonly value: Expression;
}

export interface Field {
  readonly name: string;
  readonly value: Expression;
}

/** One step of an EXCEPT's path: `[e]`, `[e1, e2]` (a tuple) or `.name`. */
export type PathStep =
  | { readonly kind: 'index'; readonly arguments: readonly Expression[]; readonly span: Span }
  | { readonly kind: 'field'; readonly name: string; readonly span: Span };

export interface Update {
  readonly path: readonly PathStep[];
  readonly value: Expression;
  readonly span: Span;
}

/** A LET defines operators and, seldom, named instances. */
export type LocalDefinition = Definition | Instance;

export type Expression = { readonly span: Span } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** A name without arguments. */
  | { readonly kind: 'reference'; readonly reference: Reference }
  /** An operator with its arguments; builtins such as `=`, `\cup` and `Len` too. */
  | { readonly kind: 'apply'; readonly reference: Reference; readonly arguments: readonly Argument[] }
  /** A bulleted list or infix `/\`; at least two items but for a list of one bullet. */
  | { readonly kind: 'conjunction'; readonly items: readonly Expression[] }
  | { readonly kind: 'disjunction'; readonly items: readonly Expression[] }
  | {
      readonly kind: 'if';
      readonly condition: Expression;
      readonly consequence: Expression;
      readonly alternative: Expression;
    }
  | { readonly kind: 'case'; readonly arms: readonly CaseArm[]; readonly other: Expression | undefined }
  | { readonly kind: 'let'; readonly definitions: readonly LocalDefinition[]; readonly body: Expression }
  | {
      readonly kind: 'quantified';
      readonly quantifier: 'forall' | 'exists';
      readonly bindings: readonly Binding[];
      readonly body: Expression;
    }
  | { readonly kind: 'choose'; readonly binding: Binding; readonly body: Expression }
  | { readonly kind: 'set'; readonly items: readonly Expression[] }
  /** {x \in S : p} */
  | { readonly kind: 'filter'; readonly binding: Binding; readonly predicate: Expression }
  /** {e : x \in S, y \in T} */
  | { readonly kind: 'map'; readonly bindings: readonly Binding[]; readonly body: Expression }
  /** [x \in S |-> e] */
  | { readonly kind: 'function'; readonly bindings: readonly Binding[]; readonly body: Expression }
  /** f[x \in S] == e: the body of f's definition; `self` is f inside e. */
  | {
      readonly kind: 'recursive-function';
      readonly self: Bound;
      readonly bindings: readonly Binding[];
      readonly body: Expression;
    }
  /** [S -> T] */
  | { readonly kind: 'function-set'; readonly domain: Expression; readonly range: Expression }
  | { readonly kind: 'record'; readonly fields: readonly Field[] }
  /** [a : S, b : T] */
  | { readonly kind: 'record-set'; readonly fields: readonly Field[] }
  | { readonly kind: 'tuple'; readonly items: readonly Expression[] }
  /** S \X T \X U, flat as written without parentheses. */
  | { readonly kind: 'product'; readonly items: readonly Expression[] }
  | { readonly kind: 'except'; readonly base: Expression; readonly updates: readonly Update[] }
  /** @ inside an EXCEPT. */
  | { readonly kind: 'at' }
  /** f[e], f[e1, e2] */
  | { readonly kind: 'application'; readonly function: Expression; readonly arguments: readonly Expression[] }
  /** r.name */
  | { readonly kind: 'field'; readonly record: Expression; readonly name: string }
  | { readonly kind: 'prime'; readonly operand: Expression }
  | { readonly kind: 'unchanged'; readonly operand: Expression }
  | { readonly kind: 'enabled'; readonly operand: Expression }
  /** [A]_v (`box`) or <<A>>_v (`angle`). */
  | {
      readonly kind: 'action-or-stutter';
      readonly form: 'box' | 'angle';
      readonly action: Expression;
      readonly subscript: Expression;
    }
  | { readonly kind: 'always'; readonly operand: Expression }
  | { readonly kind: 'eventually'; readonly operand: Expression }
  | { readonly kind: 'leads-to'; readonly from: Expression; readonly to: Expression }
  | {
      readonly kind: 'fairness';
      readonly strength: 'weak' | 'strong';
      readonly subscript: Expression;
      readonly action: Expression;
    }
  /** An expression to be read inside instances: made by the checker where it takes a definition's body apart. */
  | { readonly kind: 'within'; readonly via: readonly InstanceStep[]; readonly body: Expression }
  /** What TLC refuses too: `\E x : p`, `CHOOSE x : p`, `\AA`, `-+->`, `\cdot`. Refused when it is evaluated. */
  | { readonly kind: 'unsupported'; readonly construct: string }
);

export type ExpressionKind = Expression['kind'];
export type ExpressionOf<Kind extends ExpressionKind> = Extract<Expression, { readonly kind: Kind }>;
