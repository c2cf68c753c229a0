import type {
  Argument,
  Bound,
  Constant,
  Definition,
  Expression,
  ExpressionOf,
  Instance,
  InstanceStep,
  Module,
  Parameter,
  Reference,
  Target,
  Variable,
} from '../syntax/ast.ts';
import { isInside, type Span } from '../syntax/span.ts';
import type { Value } from '../values/value.ts';
import type { ConstantBindings } from './constant-bindings.ts';

/**
 * What the constants and variables of a module mean: those of the root module have a value or an index in the
 * state, those of an instantiated module stand for expressions of the module that instantiates it.
 */
export interface Context {
  readonly id: number;
  readonly parent: Context | undefined;
  /** The instantiated module's name, or the root's. */
  readonly module: string;
  readonly substitutions: ReadonlyMap<Target, Macro>;
  /**
   * An open context refers to names of the place where it was made (the arguments of a parameterised instance, an
   * instance within a LET): its definitions are expanded in place, for a function of their own could not see these.
   */
  readonly isOpen: boolean;
  /** Inside ENABLED of an instance. */
  readonly own?: OwnState;
}

/**
 * The next state that ENABLED looks for inside an instance with expressions for its variables. It is one of the
 * instantiated module's: ENABLED says that values of that module's primed variables exist (Lamport: Specifying Systems,
 * 17.8), and no values of the root's variables might give its expressions these.
 */
export interface OwnState {
  /** The context that this one stands for. */
  readonly of: Context;
  /** The JavaScript name of the state. */
  readonly state: string;
  /** The module's variables, with their places in the state. */
  readonly variables: ReadonlyMap<Target, number>;
}

/** An argument with the place where it was written: put in where the parameter is used. */
export interface Macro {
  readonly kind: 'macro';
  readonly argument: Argument;
  readonly environment: Environment;
}

/** A LET's definition: how it is called depends on where it is used, so it is emitted on demand. */
export interface LetLocal {
  readonly kind: 'let';
  readonly definition: Definition;
  /** Where it was defined, itself and its neighbours in scope. */
  environment: Environment;
  /** What has been declared so far: the form to its JavaScript name. */
  readonly names: Map<LetForm, string>;
  readonly declarations: string[];
}

export type LetForm = 'value' | 'direct' | ActionMode;

/** A recursive function that is under way as an action: it is called with an argument and what comes after. */
export interface FunctionAction {
  readonly js: string;
  /** The states that it reads and assigns. */
  readonly current: string;
  readonly next: string;
}

/** How a local name is read in JavaScript. A `lazy` one may hold a Lazy or a value. */
export type Local =
  | {
      readonly kind: 'value' | 'lazy' | 'operator';
      readonly js: string;
      readonly action?: FunctionAction;
      /** Whether it may depend on the state that is being made. */
      readonly isOfDraft?: boolean;
    }
  | Macro
  | LetLocal;

/** An action assigns the primed variables, an initial predicate the unprimed. */
export type ActionMode = 'next' | 'init';

/** The JavaScript variables that hold the two states. */
export interface States {
  /** The state that unprimed variables are read from. */
  readonly current: string;
  /** The state that primed variables are read from. */
  readonly next: string;
  /** The one of them that is being made: what is read from it is not the same later, or in another way. */
  readonly draft?: string | undefined;
}

/** Where an expression stands: what its names mean, and in which states it is read. */
export interface Environment extends States {
  readonly context: Context;
  /** The module whose text is read: what a configuration replaces for one module holds in its text. */
  readonly module: string;
  readonly scope: ReadonlyMap<Parameter | Bound | Definition, Local>;
  /** The old value that @ stands for. */
  readonly at: string | undefined;
  /** Instances of enclosing LETs, each with its context. */
  readonly instances: ReadonlyMap<Instance, Environment>;
}

/** The state that is not there: whoever reads it is told (runtime.ts). */
export const NO_STATE = 'noStateHere';
export const NO_STATES: States = { current: NO_STATE, next: NO_STATE };

export function rootContext(module: Module): Context {
  return { id: 0, parent: undefined, module: module.name, substitutions: new Map(), isOpen: false };
}

export function environmentOf(
  context: Context,
  { current, next, draft }: States,
  module: string = context.module,
): Environment {
  return { context, module, scope: new Map(), current, next, draft, at: undefined, instances: new Map() };
}

/** Where the body of a definition is read, which may stand in a module that the context's module extends. */
export function insideDefinition(definition: Definition, place: Environment): Environment {
  return { ...place, module: definition.module };
}

export function withLocals(
  environment: Environment,
  locals: Iterable<readonly [Parameter | Bound | Definition, Local]>,
): Environment {
  return { ...environment, scope: new Map([...environment.scope, ...locals]) };
}

/** Inside a LET that has an instance. */
export function withInstance(environment: Environment, instance: Instance): Environment {
  return { ...environment, instances: new Map([...environment.instances, [instance, environment]]) };
}

/** Where a local name was given its meaning, read in the states of the place that uses it: substitution goes under primes. */
export function placeOf(local: Macro | LetLocal, user: Environment): Environment {
  return inStatesOf(local.environment, user);
}

/** Whether a LET's definition is read in the states in which the LET stands. */
export function isAtHome(local: LetLocal, user: Environment): boolean {
  return local.environment.current === user.current && local.environment.next === user.next;
}

/** A place, read in the states of the place that uses it. */
export function inStatesOf(place: Environment, user: Environment): Environment {
  const { current, next, draft } = user;
  return { ...place, context: presentContext(place.context, user), current, next, draft };
}

/** A context, or what stands for it inside ENABLED. */
function presentContext(context: Context, { context: around }: Environment): Context {
  for (let each: Context | undefined = around; each !== undefined; each = each.parent) {
    if (each.own?.of === context) return each;
  }
  return context;
}

/** The contexts of a root module and its instances, each made once. */
export class Contexts {
  readonly root: Context;
  readonly bindings: ConstantBindings;
  readonly #module: Module;
  readonly #topLevel: ReadonlySet<Definition>;
  readonly #children = new Map<Context, Map<Instance, Context>>();
  /** The values of the configuration, those that hold for one module under a key of their own. */
  readonly values: ReadonlyMap<string, Value>;
  /** The same, to add to. */
  readonly #kept: Map<string, Value>;
  readonly #variables: ReadonlyMap<string, number>;
  readonly #ids = new WeakMap<Definition | Expression, number>();
  #idCount = 0;
  #count = 1;

  constructor(module: Module, bindings: ConstantBindings) {
    this.#module = module;
    this.bindings = bindings;
    this.root = rootContext(module);
    const values = new Map(bindings.values);
    for (const [scope, names] of bindings.scopedValues ?? []) {
      for (const [name, value] of names) values.set(scopedKey(scope, name), value);
    }
    this.values = values;
    this.#kept = values;
    this.#variables = new Map(module.variables.map((variable, index) => [variable.name, index]));
    this.#topLevel = new Set(
      [...module.definitions.values()].flatMap(({ target }) =>
        target.kind === 'definition' ? [target] : [],
      ),
    );
  }

  /** The environment in which the target of a reference is to be read. */
  follow(via: readonly InstanceStep[], environment: Environment): Environment {
    return via.reduce((place, step) => this.#enter(step, place, environment), environment);
  }

  /** Inside what is to be read in instances: names of the place around it keep their meaning. */
  inside({ via }: ExpressionOf<'within'>, environment: Environment): Environment {
    return withLocals(this.follow(via, environment), environment.scope);
  }

  /** What a configuration puts in the place of a name: a definition or a constant of the root module. */
  overrideOf(reference: Reference, user: Environment): Reference | undefined {
    const { target } = reference;
    if (target.kind !== 'definition' && target.kind !== 'constant' && target.kind !== 'builtin')
      return undefined;
    const { overrides, scopedOverrides } = this.bindings;
    const name =
      (scopedOverrides === undefined ? undefined : this.#scoped(target, user, scopedOverrides)) ??
      (overrides.has(target.name) && this.#isOfRoot(reference, user)
        ? overrides.get(target.name)
        : undefined);
    if (name === undefined) return undefined;
    const constant = this.#module.constants.find((each) => each.name === name);
    return constant === undefined ? this.#module.definitions.get(name) : { target: constant, via: [] };
  }

  /** The key of the value that a configuration puts in the place of a definition. */
  valueOf(definition: Definition, via: readonly InstanceStep[], user: Environment): string | undefined {
    const { values, scopedValues } = this.bindings;
    if (scopedValues?.get(definition.module)?.has(definition.name)) {
      return scopedKey(definition.module, definition.name);
    }
    const isReplaced = values.has(definition.name) && this.#isOfRoot({ target: definition, via }, user);
    return isReplaced ? definition.name : undefined;
  }

  /** A name for a value, which no text can have: to be put where an expression is asked for. */
  keep(value: Value, span: Span): Reference {
    const name = `value ${this.#kept.size}`;
    this.#kept.set(name, value);
    return { target: { kind: 'constant', name, arity: 0, span }, via: [] };
  }

  /** Whether there is a value under a key. */
  hasValue(key: string): boolean {
    return this.values.has(key);
  }

  /** Whether a configuration may put something else in the place of a name. */
  isReplaced(name: string): boolean {
    const { values, overrides, scopedOverrides, scopedValues } = this.bindings;
    if (values.has(name) || overrides.has(name)) return true;
    const scoped = [...(scopedOverrides?.values() ?? []), ...(scopedValues?.values() ?? [])];
    return scoped.some((names) => names.has(name));
  }

  #scoped(
    target: Definition | Constant | { kind: 'builtin'; name: string },
    user: Environment,
    scoped: ReadonlyMap<string, ReadonlyMap<string, string>>,
  ): string | undefined {
    const own = target.kind === 'definition' ? scoped.get(target.module)?.get(target.name) : undefined;
    return own ?? scoped.get(user.module)?.get(target.name);
  }

  get variableCount(): number {
    return this.#variables.size;
  }

  variableIndex(name: string): number {
    const index = this.#variables.get(name);
    if (index === undefined) throw new RangeError(`${name} is no variable of the root module`);
    return index;
  }

  variableAt(index: number): Variable {
    const variable = this.#module.variables[index];
    if (variable === undefined) throw new RangeError(`the root module has no variable ${index}`);
    return variable;
  }

  /** A number for a node of the syntax tree. */
  idOf(node: Definition | Expression): number {
    let id = this.#ids.get(node);
    if (id === undefined) {
      this.#idCount += 1;
      id = this.#idCount;
      this.#ids.set(node, id);
    }
    return id;
  }

  /** The context that stands for another one where ENABLED looks for a state of the instantiated module. */
  withOwnState(context: Context, state: string, variables: ReadonlyMap<Target, number>): Context {
    this.#count += 1;
    return { ...context, id: this.#count, isOpen: true, own: { of: context, state, variables } };
  }

  /** The definition of a module in whose text a place is. */
  definitionAround(place: Span): Definition | undefined {
    for (const definition of this.#topLevel) if (isInside(place, definition.span)) return definition;
    return undefined;
  }

  /** Whether a definition stands in a module, and not in a LET. */
  isTopLevel(definition: Definition): boolean {
    return this.#topLevel.has(definition);
  }

  /**
   * Whether a name means what it means in the root module. TLC puts what replaces a definition at the definition
   * itself, wherever it is used: in nested and in instantiated modules too (tlc2.tool.impl.SpecProcessor). But an
   * INSTANCE with something to substitute makes definitions of its own: those are replaced where the root names them.
   */
  #isOfRoot(reference: Reference, user: Environment): boolean {
    const { target, via } = reference;
    if (target.kind === 'builtin') return true;
    if (target.kind === 'constant')
      return (
        [...this.#module.constants, ...this.#module.repeated].includes(target) &&
        substitutionFor(target, this.follow(via, user).context) === undefined
      );
    const own = this.#module.definitions.get(target.name);
    if (own?.target !== target) return false;
    if (via.length === 0 && own.via.every(({ instance }) => !isParameterised(instance.module))) return true;
    return via.length === own.via.length && via.every((step, i) => step.instance === own.via[i]?.instance);
  }

  #enter(step: InstanceStep, place: Environment, user: Environment): Environment {
    const { instance } = step;
    const local = place.instances.get(instance);
    const home = local ?? place;
    const isOpen = instance.parameters.length > 0 || local !== undefined || home.context.isOpen;
    const context = isOpen
      ? this.#create(step, home, user, true)
      : this.#closed(step, environmentOf(home.context, place));
    return { ...environmentOf(context, place), scope: isOpen ? place.scope : new Map() };
  }

  #closed(step: InstanceStep, home: Environment): Context {
    let children = this.#children.get(home.context);
    if (children === undefined) {
      children = new Map();
      this.#children.set(home.context, children);
    }
    let context = children.get(step.instance);
    if (context === undefined) {
      context = this.#create(step, home, home, false);
      children.set(step.instance, context);
    }
    return context;
  }

  #create(step: InstanceStep, home: Environment, user: Environment, isOpen: boolean): Context {
    const { instance } = step;
    const parameters = instance.parameters.map((parameter, index): [Parameter, Local] => {
      const argument = step.arguments[index];
      if (argument === undefined) throw new RangeError(`${instance.name} lacks an argument`);
      return [parameter, { kind: 'macro', argument, environment: user }];
    });
    const inside = withLocals(home, parameters);
    const substitutions = new Map<Target, Macro>();
    for (const [declaration, argument] of instance.substitutions) {
      substitutions.set(declaration, { kind: 'macro', argument, environment: inside });
    }
    this.#count += 1;
    return { id: this.#count, parent: home.context, module: instance.module.name, substitutions, isOpen };
  }
}

/** Under which name a value that holds for one module is kept. */
export const scopedKey = (module: string, name: string): string => `[${module}]${name}`;

/** What a constant or variable stands for in a context; undefined if it is the root module's own. */
export function substitutionFor(target: Constant | Variable, context: Context): Macro | undefined {
  for (let place: Context | undefined = context; place !== undefined; place = place.parent) {
    const macro = place.substitutions.get(target);
    if (macro !== undefined) return macro;
  }
  return undefined;
}

/** Whether there is something to substitute in a module, so that each of its instances is another. */
function isParameterised(module: Module): boolean {
  return module.constants.length > 0 || module.variables.length > 0;
}
