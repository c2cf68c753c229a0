import { shapeOf, VARIABLES } from './actions.ts';
import { type CompoundLine, checkEvent } from './line-schema.ts';
import { TraceError, type TracePlace } from './trace-error.ts';
import type { Action, Header, ServerTraceEvent, TraceEvent, Variable } from './trace-format.ts';

/**
 * Makes two events of a line whose source cannot separate two actions: `seq` and `seq + 1`. The message goes to the
 * action that receives, the sends to the one that sends, each argument to the one that takes it. A variable that only
 * one of them can change is shown by that one; what both can change is unobserved after the first and must be given,
 * changed or not, for nobody but the source knows what it was in between.
 *
 * @throws TraceError RC1017, RC1018, and what checkEvent throws of either event
 */
export function splitCompound(
  line: CompoundLine,
  header: Header,
  place: TracePlace,
): readonly [TraceEvent, TraceEvent] {
  const [first, second] = line.actions;
  checkPair(first, second, place);
  const shared = sharedVariables(line, header);
  for (const variable of shared) {
    if ((variable === 'log' ? line.log : line.state?.[variable]) !== undefined) continue;
    throw new TraceError(
      'RC1017',
      `${first} and ${second} in one line: both can change ${variable}, so it must be given`,
      place,
    );
  }
  return [
    checkEvent(
      partOf(line, first, line.seq, (v) => canChange(first, v) && !canChange(second, v), shared),
      place,
    ),
    checkEvent(
      partOf(line, second, line.seq + 1, (v) => canChange(second, v) || !canChange(first, v), []),
      place,
    ),
  ];
}

function checkPair(first: Action, second: Action, place: TracePlace): void {
  const impossible = (why: string) =>
    new TraceError('RC1018', `${first} and ${second} cannot be one line: ${why}`, place);
  if (first === second) throw impossible('it is one action twice');
  const [a, b] = [shapeOf(first), shapeOf(second)];
  if (a.receives !== undefined && b.receives !== undefined) throw impossible('both receive a message');
  if (a.sends !== undefined && b.sends !== undefined) throw impossible('both send a message');
}

function sharedVariables(
  { actions: [first, second], unobserved }: CompoundLine,
  header: Header,
): readonly Variable[] {
  return VARIABLES.filter(
    (variable) =>
      canChange(first, variable) &&
      canChange(second, variable) &&
      header.observed.includes(variable) &&
      unobserved?.includes(variable) !== true,
  );
}

function canChange(action: Action, variable: Variable): boolean {
  return shapeOf(action).changes.includes(variable);
}

/** One of the two events, not checked yet: what belongs to neither is left with the first, which then does not fit. */
function partOf(
  line: CompoundLine,
  action: ServerTraceEvent['action'],
  seq: number,
  shows: (variable: Variable) => boolean,
  hides: readonly Variable[],
): { readonly action: string; readonly [property: string]: unknown } {
  const shape = shapeOf(action);
  const isFirst = action === line.actions[0];
  const other = shapeOf(line.actions[isFirst ? 1 : 0]);
  const takes = (mine: unknown, others: unknown) => mine !== undefined || (isFirst && others === undefined);
  const argumentNames = namesOfArguments(action);
  const otherNames = namesOfArguments(line.actions[isFirst ? 1 : 0]);
  const args = Object.entries(line.args ?? {}).filter(([name]) =>
    takes(
      argumentNames.find((each) => each === name),
      otherNames.find((each) => each === name),
    ),
  );
  const state = Object.entries(line.state ?? {}).filter(([name]) =>
    VARIABLES.some((variable) => variable === name && shows(variable)),
  );
  const unobserved = [...new Set([...(line.unobserved ?? []), ...hides])];
  return {
    server: line.server,
    seq,
    action,
    ...(line.message !== undefined && takes(shape.receives, other.receives) ? { message: line.message } : {}),
    ...(line.sends !== undefined && takes(shape.sends, other.sends) ? { sends: line.sends } : {}),
    ...(line.releases !== undefined && takes(shape.releases, other.releases)
      ? { releases: line.releases }
      : {}),
    ...(args.length > 0 ? { args: Object.fromEntries(args) } : {}),
    ...(state.length > 0 ? { state: Object.fromEntries(state) } : {}),
    ...(line.log !== undefined && shows('log') ? { log: line.log } : {}),
    ...(unobserved.length > 0 ? { unobserved } : {}),
    ...(line.time !== undefined ? { time: line.time } : {}),
  };
}

function namesOfArguments(action: Action): readonly string[] {
  const { args = [], choosesCommitIndex } = shapeOf(action);
  return [...args.flat(), ...(choosesCommitIndex === true ? ['commitIndex'] : [])];
}
