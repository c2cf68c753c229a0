import { createRequire } from 'node:module';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { ACTIONS, isAction } from './actions.ts';
import { isPlainEnd, isPlainHeader } from './quick-header.ts';
import schema from './trace.schema.json' with { type: 'json' };
import { TraceError, type TracePlace } from './trace-error.ts';
import type { Action, End, Header, Message, ServerTraceEvent, TraceEvent, Variable } from './trace-format.ts';

/** A line with the actions that a source cannot separate; compound-line.ts makes two events of it. */
export interface CompoundLine {
  readonly server: string;
  readonly seq: number;
  readonly actions: readonly [ServerTraceEvent['action'], ServerTraceEvent['action']];
  readonly message?: Message;
  readonly sends?: readonly [Message];
  readonly args?: Readonly<Record<string, string | number>>;
  readonly releases?: readonly string[];
  readonly state?: NonNullable<ServerTraceEvent['state']>;
  readonly log?: NonNullable<ServerTraceEvent['log']>;
  readonly unobserved?: readonly Variable[];
  readonly time?: number;
}

/**
 * One validator for a line type, and one for an action, so that none has to try alternatives; each is compiled when it
 * is first needed, for most events never come here (quick-check.ts).
 */
class LazyValidator<T> {
  readonly #definition: string;
  #validate: ValidateFunction<T> | undefined;

  constructor(definition: string) {
    this.#definition = definition;
  }

  get(): ValidateFunction<T> {
    this.#validate ??= ajv().compile<T>({ $ref: `${schema.$id}#/$defs/${this.#definition}` });
    return this.#validate;
  }
}

let loaded: Ajv2020 | undefined;

/** Loaded when a line is met that quick-check.ts and quick-header.ts do not recognise: most traces have none. */
function ajv(): Ajv2020 {
  if (loaded === undefined) {
    const library: typeof import('ajv/dist/2020.js') = createRequire(import.meta.url)('ajv/dist/2020.js');
    // A test holds the schema against its own schema: to compile that one costs more than all the rest.
    loaded = new library.Ajv2020({ verbose: true, allowUnionTypes: true, validateSchema: false });
    loaded.addSchema(schema);
  }
  return loaded;
}

const headerValidator = new LazyValidator<Header>('header');
const endValidator = new LazyValidator<End>('end');
const compoundValidator = new LazyValidator<CompoundLine>('compound');
const eventValidators: ReadonlyMap<unknown, LazyValidator<TraceEvent>> = new Map(
  Object.keys(ACTIONS).map((action) => [action, new LazyValidator<TraceEvent>(action)]),
);

/** @throws TraceError RC1009 if there is no such action, else what `schemaError` says */
export function checkEvent(value: object & { readonly action: unknown }, place: TracePlace): TraceEvent {
  const fits = eventValidators.get(value.action)?.get();
  if (fits === undefined) throw unknownAction(value.action, place);
  if (fits(value)) return value;
  throw schemaError(fits.errors, place);
}

export function checkHeader(value: object, place: TracePlace): Header {
  if (isPlainHeader(value)) return value;
  const fits = headerValidator.get();
  if (fits(value)) return value;
  throw schemaError(fits.errors, place);
}

/** Whether the schema itself accepts a header, whatever quick-header.ts says. */
export function validatesHeader(value: object): boolean {
  return headerValidator.get()(value);
}

/** The same for an end line. */
export function validatesEnd(value: object): boolean {
  return endValidator.get()(value);
}

export function checkEnd(value: object, place: TracePlace): End {
  if (isPlainEnd(value)) return value;
  const fits = endValidator.get();
  if (fits(value)) return value;
  throw schemaError(fits.errors, place);
}

export function checkCompound(
  value: object & { readonly actions: unknown },
  place: TracePlace,
): CompoundLine {
  if (Array.isArray(value.actions)) {
    const unknown = value.actions.find((action) => !isAction(action));
    if (unknown !== undefined) throw unknownAction(unknown, place);
  }
  const fits = compoundValidator.get();
  if (fits(value)) return value;
  throw schemaError(fits.errors, place);
}

function unknownAction(action: unknown, place: TracePlace): TraceError {
  const known: readonly Action[] = Object.keys(ACTIONS).filter(isAction);
  return new TraceError(
    'RC1009',
    `unknown action ${abbreviated(action)}`,
    place,
    `The actions are ${known.join(', ')}.`,
  );
}

/** Turns what the validator complains about into RC1007, RC1008, RC1016 or RC4101. */
function schemaError(errors: readonly ErrorObject[] | null | undefined, place: TracePlace): TraceError {
  const error = mostTelling(errors ?? []);
  if (error === undefined) return new TraceError('RC1007', 'the line does not fit the schema', place);
  const pointer = error.instancePath === '' ? 'the line' : error.instancePath;
  const value = abbreviated(error.data);
  if (error.keyword === 'maximum' || (isAboutNatural(error) && error.data === Number.POSITIVE_INFINITY)) {
    return new TraceError('RC4101', `${pointer} is ${value}: numbers end at 2147483647`, place);
  }
  if (isAboutNatural(error)) {
    if (error.data === 0) return new TraceError('RC1016', `${pointer} is 0: it counts from 1`, place);
    return new TraceError('RC1016', `${pointer} is ${value}: a natural number is expected`, place);
  }
  if (error.instancePath === '/protocol' || error.instancePath.startsWith('/features/')) {
    return new TraceError('RC1008', `${pointer} is ${value}, which this raftcheck does not know`, place);
  }
  return new TraceError('RC1007', `${pointer} ${expectation(error)}`, place);
}

/** Where alternatives fail, the deepest complaint is about the one that was meant. */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  let best: ErrorObject | undefined;
  for (const error of errors) {
    if (best === undefined || depth(error) > depth(best)) best = error;
    else if (depth(error) === depth(best) && error.keyword === 'anyOf') best = error;
  }
  return best;
}

function depth(error: ErrorObject): number {
  return error.instancePath.split('/').length;
}

function isAboutNatural({ keyword, parentSchema }: ErrorObject): boolean {
  return (keyword === 'type' || keyword === 'minimum') && parentSchema?.type === 'integer';
}

function expectation({ keyword, message, params, parentSchema, data }: ErrorObject): string {
  switch (keyword) {
    case 'required':
      return `lacks the property ${abbreviated(params.missingProperty)}`;
    case 'additionalProperties':
      return `has an unknown property ${abbreviated(params.additionalProperty)}`;
    case 'const':
    case 'enum': {
      const allowed: readonly unknown[] = keyword === 'const' ? [params.allowedValue] : params.allowedValues;
      return `is ${abbreviated(data)}, expected ${allowed.map((each) => JSON.stringify(each)).join(' or ')}`;
    }
    case 'anyOf':
      return `is ${abbreviated(data)}, expected: ${parentSchema?.description ?? message}`;
    default:
      return `is ${abbreviated(data)}: it ${message}`;
  }
}

/** A value as JSON, short enough for a message. */
export function abbreviated(value: unknown): string {
  // JSON.stringify has null for it.
  if (value === Number.POSITIVE_INFINITY) return 'a number of more than 308 digits';
  let json: string;
  try {
    json = JSON.stringify(value) ?? String(value);
  } catch {
    // JSON.parse reads what is nested deeper than JSON.stringify can follow.
    json = 'a deeply nested value';
  }
  // JSON leaves some control characters as they are; a message goes to a terminal.
  const printable = json.replace(
    /\p{Cc}/gu,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return printable.length > 80 ? `${printable.slice(0, 77)}...` : printable;
}
