import type { Span } from '../syntax/span.ts';

/** A name that a configuration uses, and where. */
export interface ConfigName {
  readonly name: string;
  readonly span: Span;
}

/** A value as TLC's configuration files write them. A bare identifier is a model value. */
export type ConfigValue = { readonly span: Span } & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'model-value'; readonly name: string }
  | { readonly kind: 'set'; readonly items: readonly ConfigValue[] }
);

/** `name = value`, or `name = [scope]value`: of the module `scope` alone. */
export interface ConfigAssignment {
  readonly name: string;
  readonly scope: string | undefined;
  readonly value: ConfigValue;
  readonly span: Span;
}

/** `name <- replacement`, or `name <- [scope]replacement`. The replacement is a definition of the root module. */
export interface ConfigOverride {
  readonly name: string;
  readonly scope: string | undefined;
  readonly replacement: string;
  readonly span: Span;
}

/** A configuration file of TLC: what is checked, with what for the constants. */
export interface ModelConfig {
  readonly file: string;
  readonly specification: ConfigName | undefined;
  readonly init: ConfigName | undefined;
  readonly next: ConfigName | undefined;
  readonly invariants: readonly ConfigName[];
  readonly properties: readonly ConfigName[];
  readonly assignments: readonly ConfigAssignment[];
  readonly overrides: readonly ConfigOverride[];
  readonly constraints: readonly ConfigName[];
  readonly actionConstraints: readonly ConfigName[];
  readonly symmetry: ConfigName | undefined;
  readonly view: ConfigName | undefined;
  readonly alias: ConfigName | undefined;
  /** Where POSTCONDITION stands, which is not supported. */
  readonly postcondition: ConfigName | undefined;
  /** undefined where it does not say; TLC then checks. */
  readonly checkDeadlock: boolean | undefined;
  /**
   * The strings and model values in it, by first appearance: TLC has seen them before any text of a module, and
   * orders strings and model values so. (It does not so remember the names of constants and definitions: tried.)
   */
  readonly atoms: readonly string[];
}
