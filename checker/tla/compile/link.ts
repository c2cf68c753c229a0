import type { Span } from '../syntax/span.ts';
import { EvaluationError, tooDeep } from '../values/evaluation-error.ts';
import type { Host } from './host.ts';
import { runtime } from './runtime.ts';
import type { Unit } from './unit.ts';

const RUNTIME_NAMES = Object.keys(runtime);

/** The text of a unit: the checker's own words, numbers and quoted strings; no text of a spec is ever taken as code. */
export function sourceOf(unit: Unit, root: string): string {
  return unit.source(RUNTIME_NAMES, root);
}

/** Turns a unit into the function that its root is. */
export function link<Root>(unit: Unit, root: string, host: Host): Root {
  return linkSource(sourceOf(unit, root), host, unit.spans);
}

/**
 * Turns the source of a unit into a function.
 *
 * @param spans the places that a unit with probes names by their numbers
 */
export function linkSource<Root>(source: string, host: Host, spans: readonly Span[] = []): Root {
  let received: Root | undefined;
  const program = new Function('runtime', 'host', 'at', 'receive', source);
  program(runtime, host, placing(spans), (value: Root) => {
    received = value;
  });
  if (received === undefined) throw new RangeError('a compiled unit handed nothing over');
  return received;
}

function placing(spans: readonly Span[]): <Result>(index: number, compute: () => Result) => Result {
  return (index, compute) => {
    try {
      return compute();
    } catch (error) {
      const span = spans[index];
      const cause = tooDeep(error);
      if (cause instanceof EvaluationError && span !== undefined) throw cause.at(span);
      throw cause;
    }
  };
}
