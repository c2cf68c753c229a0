import type { Bound, Definition, Expression, LocalDefinition, Parameter, Reference } from './ast.ts';
import { type Labels, labelsOf } from './labels.ts';
import { counted, type ModuleReader } from './module-reader.ts';
import { type Binder, type Divisible, operandsOf, scopeIn } from './operands.ts';
import type { SyntaxNode } from './parser.ts';
import { replaceBound } from './replace-bound.ts';
import type { NameSelector, Selector } from './selectors.ts';

/** A part of a definition's body as a definition of its own, and what is given for its parameters. */
export interface Part {
  readonly definition: Definition;
  readonly given: readonly SyntaxNode[];
}

/** Whether the parameters of the definitions, labels and quantifiers on the way are given, or an operator is meant. */
export type Use = 'expression' | 'operator';

/**
 * Selects a part of a definition's body by what is written behind the definition's name, as SANY does: the part takes
 * the parameters of the definition, and of each label and quantifier on the way, as its own
 * (tla2sany.semantic.Generator, selectorToNode).
 *
 * @returns undefined if the tree does not keep that part
 * @throws TlaError if there is no such part, RC1813
 */
export function selectPart(
  reader: ModuleReader,
  definition: Definition,
  name: NameSelector,
  rest: readonly Selector[],
  use: Use,
): Part | undefined {
  const selection = new Selection(reader, use);
  selection.enter(definition, name);
  for (const [index, selector] of rest.entries()) selection.follow(selector, rest[index + 1]);
  return selection.part([name, ...rest].map(wordOf).join('!'));
}

class Selection {
  readonly #reader: ModuleReader;
  readonly #use: Use;
  readonly #binders: Binder[] = [];
  readonly #given: SyntaxNode[] = [];
  readonly #surroundings: (readonly LocalDefinition[])[] = [];
  /** What a recursive function calls itself, outside of its definition. */
  readonly #selves = new Map<Bound, Reference>();
  #after: 'definition' | 'label' | 'whole' | 'operand' = 'definition';
  #last: Selector | undefined;
  #module = '';
  #labels: Labels = new Map();
  #current: Divisible | undefined;

  constructor(reader: ModuleReader, use: Use) {
    this.#reader = reader;
    this.#use = use;
  }

  enter(definition: Definition, selector: NameSelector): void {
    const { body, parameters } = definition;
    this.#take(parameters, selector.node, selector.given, selector.name);
    if (body.kind === 'recursive-function') this.#selves.set(body.self, { target: definition, via: [] });
    this.#module = definition.module;
    this.#labels = labelsOf(definition) ?? this.#failInside(selector);
    this.#current = body;
    this.#after = 'definition';
  }

  follow(selector: Selector, next: Selector | undefined): void {
    this.#last = selector;
    if (this.#current === undefined) return;
    if (selector.kind === 'name') {
      if (this.#isAfterName()) this.#followLabel(selector);
      else this.#enterLocal(selector);
    } else if (selector.kind === 'whole') this.#followWhole(selector, next);
    else {
      this.#current = this.#selectIn(this.#current, selector);
      this.#after = 'operand';
    }
  }

  part(name: string): Part | undefined {
    const current = this.#current;
    if (current === undefined) return undefined;
    if (current.kind === 'arm')
      return this.#fail('an arm of a CASE is no expression: write !1 or !2 behind it');
    if (current.kind === 'operator' || current.kind === 'lambda') {
      return this.#use === 'operator' ? undefined : this.#fail('this part is an operator, not an expression');
    }
    const replaced = new Map(this.#selves);
    const parameters = this.#binders.map((binder): Parameter => {
      if (binder.kind === 'parameter') return binder;
      const parameter: Parameter = { ...binder, kind: 'parameter', arity: 0 };
      replaced.set(binder, { target: parameter, via: [] });
      return parameter;
    });
    const { span } = current;
    const inside = this.#surroundings.reduceRight(
      (body: Expression, definitions): Expression => ({ kind: 'let', definitions, body, span }),
      current,
    );
    const definition: Definition = {
      kind: 'definition',
      name,
      parameters,
      body: replaceBound(inside, replaced),
      isRecursive: false,
      isLocal: true,
      module: this.#module,
      span,
    };
    return { definition, given: this.#given };
  }

  #isAfterName(): boolean {
    return this.#after === 'definition' || this.#after === 'label';
  }

  #followLabel({ name, node, given }: NameSelector): void {
    const label = this.#labels.get(name);
    if (label === undefined) {
      this.#reader.fail('RC1813', node, `there is no label ${name} directly in what stands before it`);
    }
    this.#take(label.parameters, node, given, name);
    this.#surroundings.push(...label.surroundings);
    this.#labels = label.labels;
    this.#current = label.body;
    this.#after = 'label';
  }

  #followWhole(selector: Selector, next: Selector | undefined): void {
    const isPlaced = next === undefined ? this.#after === 'definition' : next.kind === 'name';
    if (!this.#isAfterName() || !isPlaced) {
      this.#fail('!: stands only behind the name of a definition, at the end or before a name', selector);
    }
    this.#after = 'whole';
  }

  /** A definition of the LET that is selected. */
  #enterLocal(selector: NameSelector): void {
    const current = this.#current;
    if (current?.kind !== 'let') {
      this.#fail(`${selector.name} is sought in a LET, but this part is none`, selector);
    }
    const found = current.definitions.find((each) => each.name === selector.name);
    if (found === undefined) {
      this.#reader.fail('RC1813', selector.node, `the LET does not define ${selector.name}`);
    }
    this.#surroundings.push(current.definitions);
    if (found.kind === 'definition') this.enter(found, selector);
    else this.#current = undefined;
  }

  #selectIn(current: Divisible, selector: Selector): Divisible | undefined {
    switch (selector.kind) {
      case 'arguments':
      case 'operator':
        return this.#open(current, selector);
      case 'operand':
        if (current.kind === 'let') this.#surroundings.push(current.definitions);
        return this.#operand(operandsOf(current), selector.which);
      default:
        return undefined;
    }
  }

  #operand(
    operands: readonly (Divisible | undefined)[] | undefined,
    which: number | 'first' | 'second',
  ): Divisible | undefined {
    if (operands === undefined) return undefined;
    const { length } = operands;
    const chosen = which === 'first' ? operands[0] : which === 'second' ? operands[1] : operands[which - 1];
    if (chosen !== undefined && (which !== 'second' || length === 2)) return chosen;
    return this.#fail(`what is before it has ${countedParts(length)}`);
  }

  /** Below names that are bound. */
  #open(current: Divisible, selector: Selector): Expression | undefined {
    if (current.kind === 'unsupported') return undefined;
    const inner = scopeIn(current);
    if (inner === undefined) return this.#fail('what is before it binds no names');
    if (selector.kind === 'arguments') this.#take(inner.names, selector.node, selector.given, '!(...)');
    else this.#takeNone(inner.names, selector.node);
    return inner.body;
  }

  #takeNone(binders: readonly Binder[], node: SyntaxNode): void {
    this.#binders.push(...binders);
    if (this.#use === 'operator') return;
    this.#reader.fail('RC1807', node, '!@ makes an operator, but an expression is expected');
  }

  #take(
    binders: readonly Binder[],
    node: { readonly start: number; readonly end: number },
    given: readonly SyntaxNode[],
    name: string,
  ): void {
    this.#binders.push(...binders);
    this.#given.push(...given);
    if (this.#use === 'operator') {
      if (given.length === 0) return;
      this.#reader.fail('RC1805', node, `an operator is expected: ${name} is not given arguments here`);
    }
    if (binders.length === given.length) return;
    const count = given.length === 0 ? 'none' : given.length;
    this.#reader.fail('RC1805', node, `${name} needs ${counted(binders.length)}, but is given ${count}`);
  }

  #failInside({ node, name }: NameSelector): never {
    this.#reader.fail('RC1813', node, `${name} has no parts inside its own definition`);
  }

  #fail(why: string, selector = this.#last): never {
    const node = selector?.node ?? { start: 0, end: 0 };
    return this.#reader.fail('RC1813', node, `there is no such part: ${why}`);
  }
}

function countedParts(count: number): string {
  if (count === 0) return 'no parts';
  return count === 1 ? '1 part' : `${count} parts`;
}

function wordOf(selector: Selector): string {
  switch (selector.kind) {
    case 'name':
      return selector.name;
    case 'operand':
      return selector.which === 'first' ? '<<' : selector.which === 'second' ? '>>' : String(selector.which);
    case 'arguments':
      return '()';
    case 'operator':
      return '@';
    default:
      return ':';
  }
}
