import { VARIABLES } from './actions.ts';
import type { End, Header } from './trace-format.ts';

const SERVER = /^[A-Za-z][A-Za-z0-9_.-]*$/;
const OBSERVABLE: ReadonlySet<unknown> = new Set(VARIABLES);
const FEATURES: ReadonlySet<unknown> = new Set(['atomicPersistence']);

/**
 * Recognises headers that fit the schema, without a general validator: to load and compile that one costs more than
 * to check a thousand events. It may fail to recognise one (every header with `initial` or `unrecorded`), which the
 * validator then looks at; it never takes one that the validator would refuse.
 */
export function isPlainHeader(value: object): value is Header {
  return (
    Object.entries(value).every(([name, field]) => fits(name, field)) &&
    REQUIRED.every((name) => name in value)
  );
}

const REQUIRED = ['format', 'version', 'protocol', 'run', 'servers', 'configuration', 'features', 'observed'];

function fits(name: string, field: unknown): boolean {
  switch (name) {
    case 'format':
      return field === 'raftcheck-trace';
    case 'version':
      return field === 1;
    case 'protocol':
      return field === 'raft';
    case 'run':
      return typeof field === 'string' && field.length > 0;
    case 'servers':
      return areServers(field) && field.length <= 99;
    case 'configuration':
      return isObject(field) && Object.keys(field).join() === 'voters' && areServers(field['voters']);
    case 'features':
      return isSetOf(field, (each) => FEATURES.has(each));
    case 'observed':
      return isSetOf(field, (each) => OBSERVABLE.has(each));
    case 'spec':
      return typeof field === 'string';
    case 'source':
      return isSource(field);
    case 'server':
      return isServer(field);
    default:
      return false;
  }
}

/** The same for the last line. */
export function isPlainEnd(value: object): value is End {
  if (!isObject(value) || Object.keys(value).sort().join() !== 'end,events') return false;
  const { end, events } = value;
  return (
    end === true && typeof events === 'number' && Number.isInteger(events) && events >= 0 && events < 2 ** 31
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isServer(value: unknown): boolean {
  return typeof value === 'string' && SERVER.test(value);
}

function areServers(value: unknown): value is readonly unknown[] {
  return isSetOf(value, isServer) && value.length > 0;
}

function isSetOf(value: unknown, isElement: (element: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every(isElement) && new Set(value).size === value.length;
}

function isSource(value: unknown): boolean {
  if (!isObject(value) || typeof value['program'] !== 'string') return false;
  return ['version', 'seed'].every((name) => !(name in value) || typeof value[name] === 'string');
}
