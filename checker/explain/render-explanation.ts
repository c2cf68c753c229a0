import { type Row, renderConjunct, renderDifference, renderRejection } from '../check/render-rejection.ts';
import { paint } from '../diagnostics/render.ts';
import type { ConsideredAction, ExplainedConjunct, Explanation } from '../tla/diagnosis/explanation.ts';
import type { SeenValue } from '../verdict.ts';
import type { ExplainResult } from './explain-line.ts';

/** The longest line; `--format json` has all of it. */
const MAX_LENGTH = 220;

/**
 * The account of an event for people: what was recorded, the state before, every conjunct of its action, what it
 * changes or where it differs, and what other actions say. Where a line has two, one after the other.
 *
 * @returns lines without a final line break
 */
export function renderExplanation(result: ExplainResult): string {
  const { second, path } = result;
  const account = renderEvent(result);
  return second === undefined ? account : `${account}\n\n${renderEvent({ ...second, path })}`;
}

type Account = Explanation & Pick<ExplainResult, 'asked' | 'path'>;

function renderEvent(result: Account): string {
  const sections: readonly (readonly string[])[] = [
    heading(result),
    section('recorded', recorded(result)),
    section(`${result.server ?? ''} before the event`, before(result)),
    section(`in flight to ${result.server ?? ''}`, inFlight(result)),
    section(`${result.action}, conjunct by conjunct`, result.conjuncts.flatMap(conjunct)),
    section('what it changes', changes(result)),
    section('what differs', result.differences.map(renderDifference)),
    section('other actions of the server', result.others.flatMap(considered)),
    rejection(result),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function heading({ asked, file, line, server, action, verdict }: Account): readonly string[] {
  const badge = paint(['bold', verdict === 'accepted' ? 'green' : 'red'], `[${verdict}]`);
  const head = `${badge} ${paint('bold', `${file}:${line}`)}  ${server ?? 'network'}  ${paint('bold', action)}`;
  if (asked === undefined) return [head];
  return [`${asked.file}:${asked.line} was not reached: the trace is rejected before it, here:`, head];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [paint('bold', title), ...lines.map((line) => `  ${cut(line)}`)];
}

function recorded({ event }: Account): readonly string[] {
  return Object.entries(event).flatMap(([name, value]) =>
    name === 'action' || name === 'server' ? [] : [assignment(name, value)],
  );
}

function before({ before: state }: Account): readonly string[] {
  if (state === undefined) return [];
  return [
    ...Object.entries(state.variables).map(([name, value]) => assignment(name, value)),
    assignment('disk', state.disk),
    ...state.pending.map((write, index) => assignment(`pending[${index + 1}]`, write)),
  ];
}

function inFlight({ inFlight: shown }: Account): readonly string[] {
  if (shown === undefined) return [];
  const lines = shown.messages.map(
    ({ id, message }) => `${id ?? 'not recorded'}  ${JSON.stringify(message)}`,
  );
  const others = shown.total - lines.length;
  return others > 0 ? [...lines, `and ${others.toLocaleString('en-US')} more`] : lines;
}

function conjunct(each: ExplainedConjunct): readonly string[] {
  const outcome =
    each.kind === 'assignment' ? '     ' : each.holds ? 'TRUE ' : paint(['bold', 'red'], 'FALSE');
  const seen = each.values.map(({ text, value }: SeenValue) => `${text} = ${shortened(value)}`).join(', ');
  return [`${outcome}  ${renderConjunct(each)}`, ...(seen === '' ? [] : [`       ${seen}`])];
}

function changes({ changes: changed }: Account): readonly string[] {
  return (changed ?? []).flatMap(({ variable, before: old, after }) => {
    if (variable === 'disk') return fieldChanges(variable, old, after);
    if (variable === 'pending') return pendingChanges(old, after);
    return [change(variable, old, after)];
  });
}

function change(name: string, old: unknown, after: unknown): string {
  return `${name}: ${shortened(JSON.stringify(old) ?? '')} -> ${shortened(JSON.stringify(after) ?? '')}`;
}

/** Of a write only what differs. */
function fieldChanges(name: string, old: unknown, after: unknown): readonly string[] {
  return Object.entries(Object(after)).flatMap(([field, value]) => {
    const before: unknown = Reflect.get(Object(old), field);
    return JSON.stringify(before) === JSON.stringify(value)
      ? []
      : [change(`${name}.${field}`, before, value)];
  });
}

/** Writes leave the queue at its front, and each of them stands above; what is new or changed is shown. */
function pendingChanges(old: unknown, after: unknown): readonly string[] {
  if (!Array.isArray(old) || !Array.isArray(after)) return [change('pending', old, after)];
  if (after.length < old.length) return [`pending: ${writes(old.length)} -> ${writes(after.length)}`];
  return after.flatMap((write: unknown, index) =>
    index < old.length
      ? fieldChanges(`pending[${index + 1}]`, old[index], write)
      : [`pending[${index + 1}]: new, ${JSON.stringify(write)}`],
  );
}

function writes(count: number): string {
  return count === 0 ? 'none' : `${count} ${count === 1 ? 'write' : 'writes'}`;
}

function considered({ step, enabled, conjuncts, reason }: ConsideredAction): readonly string[] {
  if (enabled) return [`${paint('green', 'enabled ')}  ${step}`];
  const failed = conjuncts.findLast(({ holds }) => !holds);
  const head = `disabled  ${step}${reason === undefined ? '' : `: ${reason}`}`;
  return failed === undefined ? [head] : [head, ...conjunct(failed).map((line) => `          ${line}`)];
}

/** All that `check` says of the same event, but what stands above in full. */
function rejection({ rejection: rejected, path, conjuncts }: Account): readonly string[] {
  if (rejected === undefined) return [];
  const { conjunct: failed } = rejected;
  const isShown = conjuncts.some(
    (each) =>
      each.kind !== 'assignment' &&
      !each.holds &&
      each.module === failed?.module &&
      each.line === failed.line,
  );
  const left: ReadonlySet<string> = new Set(['at', 'again', ...(isShown ? ['conjunct', 'saw'] : [])]);
  return renderRejection(rejected, path).flatMap(([name, text]: Row) =>
    left.has(name) ? [] : [`${paint('dim', name.padEnd(9))} ${text}`],
  );
}

function assignment(name: string, value: unknown): string {
  return `${name} = ${JSON.stringify(value)}`;
}

function shortened(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 80)}...`;
}

function cut(line: string): string {
  return line.length <= MAX_LENGTH ? line : `${line.slice(0, MAX_LENGTH)}...`;
}
