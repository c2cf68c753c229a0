import type { Span } from '../syntax/span.ts';
import { EvaluationError } from '../values/evaluation-error.ts';
import type { Host } from './host.ts';
import { runtime } from './runtime.ts';
import type { Unit } from './unit.ts';

const RUNTIME_NAMES = Object.keys(runtime);

/**
 * Turns the source of a unit into a function. The source is made of the checker's own text, numbers and quoted
 * strings only: no text of a spec is ever taken as code.
 */
export function link<Root>(unit: Unit, root: string, host: Host): Root {
  let received: Root | undefined;
  const program = new Function('runtime', 'host', 'at', 'receive', unit.source(RUNTIME_NAMES, root));
  program(runtime, host, placing(unit.spans), (value: Root) => {
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
      if (error instanceof EvaluationError && span !== undefined) throw error.at(span);
      throw error;
    }
  };
}
