import type { Definition, Expression } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import type { Contexts } from './environment.ts';
import type { FormulaForms } from './formula-forms.ts';
import type { Levels } from './levels.ts';
import type { ParameterUses } from './parameter-uses.ts';

/** What is known of the expressions of a spec; all its units share it. */
export interface Analyses {
  readonly levels: Levels;
  readonly parameters: ParameterUses;
  readonly forms: FormulaForms;
}

/** What a unit's code does besides computing. */
export interface Instrumentation {
  /** Errors get the place of the innermost expression that fails. */
  readonly places: boolean;
  /** Each definition that an action enters is told, with the values of its arguments. */
  readonly calls: boolean;
  /** Each condition that decides about an action is told, with its value. */
  readonly conditions: boolean;
  /** Each conjunct counts how often it is evaluated, and how often it is true. */
  readonly counts: boolean;
}

export const PLAIN: Instrumentation = { places: false, calls: false, conditions: false, counts: false };

/** A condition of an action, as the code reports it: what stands where, and where the values that it sees come from. */
export interface ConditionSite {
  readonly expression: Expression;
  /** The definition that the condition stands in; undefined at the root. */
  readonly definition: string | undefined;
  /** The texts of the parts whose values are told. */
  readonly parts: readonly Expression[];
  /** Of an assignment, what the value is computed from. */
  readonly operands?: readonly Expression[];
}

/**
 * The JavaScript source of one compiled formula: the functions that it needs, each emitted once and on demand, and
 * the constants that they share.
 */
export class Unit {
  readonly contexts: Contexts;
  readonly levels: Levels;
  readonly parameters: ParameterUses;
  readonly forms: FormulaForms;
  readonly instrumentation: Instrumentation;
  readonly spans: Span[] = [];
  readonly sites: ConditionSite[] = [];
  readonly #names = new Map<string, string>();
  readonly #declarations: string[] = [];
  readonly #expanding = new Map<Definition, number>();
  #separate: ReadonlySet<Expression> = new Set();
  #definitionName: string | undefined;
  #count = 0;

  constructor(contexts: Contexts, analyses: Analyses, instrumentation: Instrumentation) {
    this.contexts = contexts;
    this.levels = analyses.levels;
    this.parameters = analyses.parameters;
    this.forms = analyses.forms;
    this.instrumentation = instrumentation;
  }

  /** A JavaScript identifier that is not used yet, with a readable part. */
  fresh(hint: string): string {
    this.#count += 1;
    // TLA+ has names such as 2PC.
    return `${hint.replaceAll(/\W/g, '').replace(/^\d+/, '') || 'v'}_${this.#count}`;
  }

  /** A declaration at the top of the unit, made once for each key. `emit` gets the name before the text exists. */
  hoist(key: string, hint: string, emit: (name: string) => string): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = this.fresh(hint);
    this.#names.set(key, name);
    this.#declarations.push(emit(name));
    return name;
  }

  span(span: Span): number {
    return this.spans.push(span) - 1;
  }

  site(site: ConditionSite): number {
    return this.sites.push(site) - 1;
  }

  /** A site that is told: it bears the name of the definition that it is read in, however it is reached. */
  toldSite(
    expression: Expression,
    parts: readonly Expression[],
    operands: readonly Expression[] = [],
  ): number {
    const around = this.contexts.definitionAround(expression.span);
    return this.site({ expression, definition: around?.name ?? this.definitionName, parts, operands });
  }

  string(text: string): string {
    return this.hoist(`string:${text}`, 'text', (name) => `const ${name} = string(${JSON.stringify(text)});`);
  }

  /** A place of the source that selects a field: each has a memory of its own. */
  fieldSite(field: string): string {
    const text = this.string(field);
    const name = this.fresh(field);
    this.#declarations.push(`const ${name} = fieldSite(${text});`);
    return name;
  }

  /** The shape of a record with these fields. */
  shape(names: readonly string[]): string {
    const list = JSON.stringify(names);
    return this.hoist(`shape:${list}`, 'shape', (name) => `const ${name} = recordShape(${list});`);
  }

  /** The value of a constant of the root module; without one, it is refused where it is used. */
  constantValue(constant: string): string {
    const text = JSON.stringify(constant);
    if (!this.contexts.hasValue(constant)) return `noValue(${text})`;
    return this.hoist(`constant:${constant}`, constant, (name) => `const ${name} = host.constant(${text});`);
  }

  /** A function that computes the value of an expression once, for all units of the spec. */
  constant(expression: Expression, context: number, emit: () => string): string {
    const { places, conditions } = this.instrumentation;
    // Parts of a value may be found only when they are needed: where places are looked for it is computed anew, with probes.
    const key = `${this.contexts.idOf(expression)}:${context}${places && !conditions ? ':placed' : ''}`;
    return this.hoist(`value-of:${key}`, 'constant', (name) => {
      const code = emit();
      const kept = `${name}_value`;
      return `let ${kept};\nconst ${name} = () => ${kept} ?? (${kept} = host.once(${JSON.stringify(key)}, () => ${code}));`;
    });
  }

  variableIndex(name: string): number {
    return this.contexts.variableIndex(name);
  }

  /** The calls whose arguments TLC computes while it takes Next apart. */
  set separateCalls(calls: ReadonlySet<Expression>) {
    this.#separate = calls;
  }

  isSeparate(call: Expression): boolean {
    return this.#separate.has(call);
  }

  get definitionName(): string | undefined {
    return this.#definitionName;
  }

  /** Emits the body of a definition: what is told about its conditions bears its name. */
  within(definition: Definition, emit: () => string): string {
    return this.withinName(definition.name, emit);
  }

  withinName(name: string | undefined, emit: () => string): string {
    const outer = this.#definitionName;
    this.#definitionName = name;
    try {
      return emit();
    } finally {
      this.#definitionName = outer;
    }
  }

  /** Guards the expansion of a definition in place, which never ends if the definition is recursive. */
  expanding(definition: Definition, emit: () => string): string {
    const depth = this.#expanding.get(definition) ?? 0;
    if (depth > 3 && definition.isRecursive) {
      throw new EvaluationError(
        'RC4252',
        `the recursive definition ${definition.name} cannot be used here: it reads an argument in another state, or stands in an instance with arguments or of a LET`,
        definition.span,
      );
    }
    this.#expanding.set(definition, depth + 1);
    try {
      return emit();
    } finally {
      this.#expanding.set(definition, depth);
    }
  }

  /** The source of a function body that takes `runtime` apart and hands `root` to `receive`. */
  source(runtimeNames: readonly string[], root: string): string {
    return [
      "'use strict';",
      `const {${runtimeNames.join(', ')}} = runtime;`,
      ...this.#declarations,
      `receive(${root});`,
    ].join('\n');
  }
}
