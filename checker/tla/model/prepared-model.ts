import { CodedError } from '../../diagnostics/coded-error.ts';
import { type CompiledModule, compileSpec } from '../compile/compile-spec.ts';
import type { CompiledSpec, StatePredicate, StepPredicate } from '../compile/compiled-spec.ts';
import type { Effects } from '../compile/host.ts';
import { attempt } from '../compile/probe.ts';
import { bindConstants } from '../config/bind-constants.ts';
import type { ConfigName, ModelConfig } from '../config/model-config.ts';
import { parseModelConfig } from '../config/parse-config.ts';
import type { ExploredModel, Permutation } from '../explore/explored-model.ts';
import type { Expression, Module, Reference } from '../syntax/ast.ts';
import { loadModule } from '../syntax/load-module.ts';
import { initParser } from '../syntax/parser.ts';
import { variableOrder } from '../syntax/variable-order.ts';
import { internToken } from '../values/operations.ts';
import { checkBindings } from './check-bindings.ts';
import { checkReplacements } from './check-replacements.ts';
import { explainingDepth } from './circular-replacement.ts';
import { mismatch, namedExpression } from './configured-names.ts';
import { Formulas } from './formulas.ts';
import { placeBindings } from './place-bindings.ts';
import { type LivenessPart, type NamedFormula, takePropertyApart } from './properties.ts';
import { type Specification, takeSpecificationApart } from './specification.ts';
import { permutationsOf } from './symmetry.ts';
import { usedPermutations } from './used-permutations.ts';

/** Where a model stands: plain data, so that every worker can prepare it for itself. */
export interface ModelSource {
  readonly specFile: string;
  readonly configFile: string;
  /** The configuration's text. */
  readonly configText: string;
  /** Folders in which modules are looked up besides the spec's own. */
  readonly libraryFolders: readonly string[];
}

/** A model that is ready to be explored. */
export interface PreparedModel {
  readonly module: Module;
  readonly config: ModelConfig;
  readonly compiled: CompiledModule;
  /** undefined where the configuration names no behaviour: only assumptions are checked. */
  readonly specification: Specification | undefined;
  readonly explored: ExploredModel;
  /** What the properties say about infinite behaviours: exploring states does not check it. */
  readonly liveness: readonly LivenessPart[];
  readonly formulas: Formulas;
}

const SILENT: Effects = { print: () => {} };

/**
 * Reads, configures and compiles a model. Texts are seen in TLC's order: the configuration's values first.
 *
 * @throws CodedError RC18xx and RC1902 where spec or configuration are wrong, RC42xx where something is not supported
 */
export async function prepareModel(source: ModelSource, effects: Effects = SILENT): Promise<PreparedModel> {
  await initParser();
  const config = parseModelConfig(source.configText, source.configFile);
  const given = bindConstants(config);
  const { root: module, modules, tokens } = loadModule(source.specFile, { libraries: source.libraryFolders });
  for (const token of tokens) internToken(token);
  checkBindings(config, module, modules);
  refuseUnsupported(config);
  const bindings = placeBindings(given, modules);
  const formulas = new Formulas(module, bindings);
  const compiled = compileSpec(module, bindings, effects);
  checkReplacements(config, module, formulas, compiled);
  compiled.level.current = 0;
  const names = new ConfiguredModel(config, module, formulas, compiled);
  return explainingDepth({ config, module }, () => {
    const specification = names.specification();
    const explored = names.explored(specification);
    return { module, config, compiled, specification, explored, liveness: names.liveness, formulas };
  });
}

/** What a use of a name means where the configuration puts another definition in its place. */
export function replacementsOf({
  config,
  module,
}: Pick<PreparedModel, 'config' | 'module'>): (reference: Reference) => Reference {
  const overrides = new Map(config.overrides.map((each) => [each.name, each.replacement]));
  return (reference) => {
    const replacement = overrides.get(reference.target.name);
    return (replacement === undefined ? undefined : module.definitions.get(replacement)) ?? reference;
  };
}

function refuseUnsupported(config: ModelConfig): void {
  if (config.postcondition === undefined) return;
  const { span } = config.postcondition;
  throw new CodedError('RC4281', 'POSTCONDITION is not supported', { file: span.file, line: span.line });
}

/** Turns what a configuration names into what is explored. */
class ConfiguredModel {
  readonly liveness: LivenessPart[] = [];
  readonly #config: ModelConfig;
  readonly #module: Module;
  readonly #formulas: Formulas;
  readonly #compiled: CompiledSpec;

  constructor(config: ModelConfig, module: Module, formulas: Formulas, compiled: CompiledSpec) {
    this.#config = config;
    this.#module = module;
    this.#formulas = formulas;
    this.#compiled = compiled;
  }

  specification(): Specification | undefined {
    const { specification, init, next } = this.#config;
    const other = init ?? next;
    if (specification !== undefined && other !== undefined) {
      throw mismatch(other.span, 'a configuration has either SPECIFICATION or INIT and NEXT, not both');
    }
    if (specification !== undefined) {
      const { name } = specification;
      const apart = takeSpecificationApart(name, this.#expression(specification), this.#formulas);
      this.#refuseConstantStart(specification, apart.init);
      return apart;
    }
    if (other === undefined) {
      this.#refuseWithoutBehaviour();
      return undefined;
    }
    if (init === undefined) throw mismatch(other.span, 'NEXT without INIT: where does a behaviour begin?');
    if (next === undefined) throw mismatch(other.span, 'INIT without NEXT: how does a behaviour go on?');
    const start = this.#expression(init);
    this.#refuseConstantStart(init, start);
    return { init: start, next: this.#expression(next), fairness: [] };
  }

  /** It says nothing of the variables; where it is FALSE, no state would be looked at, and nothing be violated. */
  #refuseConstantStart({ name, span }: ConfigName, init: Expression): void {
    if (!this.#isConstant(name, init)) return;
    throw mismatch(span, `${name} begins with a constant: it does not say what the variables are`);
  }

  /** TLC refuses it, too: nothing would be looked at. */
  #refuseFalse({ span }: ConfigName, { name, formula }: NamedFormula): void {
    if (!this.#isConstant(name, formula)) return;
    if (attempt(() => this.#compiled.evaluate(formula)) !== false) return;
    throw mismatch(span, `the constraint ${name} is FALSE, whatever the state: nothing would be looked at`);
  }

  /** What has its value from the configuration is constant, too. */
  #isConstant(name: string, formula: Expression): boolean {
    const isGiven = this.#config.assignments.some((each) => each.name === name && each.scope === undefined);
    return isGiven || this.#formulas.isConstant(this.#formulas.formulaOf(formula));
  }

  #constraint(name: ConfigName): NamedFormula {
    const constraint = this.#stateFormula(name);
    this.#refuseFalse(name, constraint);
    return constraint;
  }

  #actionConstraint(name: ConfigName): NamedFormula {
    const constraint = this.#named(name);
    this.#refuseFalse(name, constraint);
    return constraint;
  }

  explored(specification: Specification | undefined): ExploredModel {
    const config = this.#config;
    const compiled = this.#compiled;
    const properties = config.properties.map((property) =>
      takePropertyApart(property.name, this.#expression(property), this.#formulas),
    );
    this.liveness.push(...properties.flatMap((each) => each.liveness));
    const invariants = config.invariants.map((each) => this.#stateFormula(each));
    const { view, symmetry } = config;
    const states = ({ name, formula }: NamedFormula): StatePredicate => compiled.compileState(name, formula);
    const steps = ({ name, formula }: NamedFormula): StepPredicate => compiled.compileStep(name, formula);
    return {
      variables: compiled.variables,
      level: compiled.level,
      variableOrder: variableOrder(this.#module),
      initialStates: (found) => {
        if (specification !== undefined) compiled.initialStates(specification.init, found);
      },
      successors: specification === undefined ? () => {} : compiled.compileNext(specification.next),
      invariants: [...invariants, ...properties.flatMap((each) => each.invariants)].map(states),
      steps: properties.flatMap((each) => each.steps).map(steps),
      initialPredicates: properties.flatMap((each) => each.initial).map(states),
      constraints: config.constraints.map((each) => states(this.#constraint(each))),
      actionConstraints: config.actionConstraints.map((each) => steps(this.#actionConstraint(each))),
      ...(view === undefined ? {} : { view: compiled.compileFunction(view.name, this.#view(view)) }),
      ...(symmetry === undefined ? {} : { symmetry: this.#permutations(symmetry) }),
      checkDeadlock: config.checkDeadlock ?? true,
    };
  }

  /** What has its value from the configuration is the same in all states, of which one would be seen; TLC refuses it, too. */
  #view(view: ConfigName): Expression {
    const given = this.#config.assignments.find(
      ({ name, scope }) => name === view.name && scope === undefined,
    );
    if (given === undefined) return this.#expression(view);
    throw mismatch(
      view.span,
      `the view ${view.name} is a constant, which line ${given.span.line} gives a value`,
      'name a definition of the module',
    );
  }

  #permutations(symmetry: ConfigName): readonly Permutation[] {
    const permutations = permutationsOf(this.#compiled.evaluate(this.#expression(symmetry)), symmetry.span);
    const override = this.#config.overrides.find(({ name }) => name === symmetry.name);
    return usedPermutations(this.#formulas.find(override?.replacement ?? symmetry.name), permutations);
  }

  /** A module without variables may have assumptions only. */
  #refuseWithoutBehaviour(): void {
    const { invariants, properties, file } = this.#config;
    const useless = invariants[0] ?? properties[0];
    const what = 'the configuration names no behaviours: it needs SPECIFICATION, or INIT and NEXT';
    if (useless !== undefined) throw mismatch(useless.span, what);
    if (this.#module.variables.length > 0) throw new CodedError('RC1902', what, { file });
  }

  #expression(name: ConfigName): Expression {
    return namedExpression(name, this.#module, this.#formulas);
  }

  #named(name: ConfigName): NamedFormula {
    return { name: name.name, formula: this.#expression(name) };
  }

  #stateFormula(name: ConfigName): NamedFormula {
    const named = this.#named(name);
    if (this.#formulas.isStateLevel(this.#formulas.formulaOf(named.formula))) return named;
    throw mismatch(
      name.span,
      `${name.name} is not about one state, as it has to be here`,
      'name it under PROPERTY',
    );
  }
}
