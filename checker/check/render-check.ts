import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { paint } from '../diagnostics/render.ts';
import type { EngineName } from '../verdict.ts';
import type { CheckResult, EngineResult, Outcome, TraceResult } from './check-result.ts';
import { renderRejection } from './render-rejection.ts';

const OUTCOME_STYLES = {
  accepted: 'green',
  rejected: 'red',
  inconclusive: 'yellow',
  malformed: 'red',
  failed: 'magenta',
} as const satisfies Record<Outcome, Parameters<typeof paint>[0]>;

/**
 * The result of a check for people: a line for each accepted trace, and under a dozen lines for a rejected one
 * that name the line, the server, the action, the conjunct and both values.
 *
 * @returns lines without a final line break
 */
export function renderCheck(result: CheckResult): string {
  const lines = result.traces.flatMap(renderTrace);
  if (result.spec !== undefined) lines.push(field('spec', `${result.spec.folder}  ${result.spec.sha256}`));
  if (result.traces.length > 1) lines.push('', renderTotals(result));
  return lines.join('\n');
}

function renderTrace(trace: TraceResult): string[] {
  const head = `${badge(trace.verdict)} ${trace.path}  ${eventsOf(trace)}  ${engineList(trace)}`.trimEnd();
  return [head, ...renderReason(trace), ...trace.notes.map(renderNote)];
}

function renderReason(trace: TraceResult): string[] {
  if (trace.rejection !== undefined)
    return renderRejection(trace.rejection, trace.path).map(([name, text]) => field(name, text));
  if (trace.error === undefined) return [];
  const { code, message, file, line, hint } = trace.error;
  return [
    ...(file === undefined ? [] : [field('at', line === undefined ? file : `${file}:${line}`)]),
    field(code, message),
    ...(hint === undefined ? [] : [field('hint', hint)]),
    ...(trace.kept === undefined ? [] : [field('kept', trace.kept)]),
  ];
}

function renderNote(note: Diagnostic): string {
  return field(note.severity, `${note.message}${note.hint === undefined ? '' : ` (${note.hint})`}`);
}

function renderTotals(result: CheckResult): string {
  const counts = new Map<Outcome, number>();
  for (const { verdict } of result.traces) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const parts = [...counts].map(([outcome, count]) => `${count} ${outcome}`);
  return `${badge(result.verdict)} ${result.traces.length} traces: ${parts.join(', ')}`;
}

function engineList(trace: TraceResult): string {
  const ran = (['replay', 'native', 'tlc'] as const).flatMap((name) => {
    const engine = trace.engines[name];
    return engine === undefined ? [] : [renderEngine(name, engine)];
  });
  return ran.length === 0 ? '' : `(${ran.join(', ')})`;
}

function renderEngine(name: EngineName, engine: EngineResult): string {
  const place = engine.line === undefined ? '' : ` line ${engine.line}`;
  return `${name}: ${engine.verdict}${place}`;
}

function badge(outcome: Outcome): string {
  return paint(['bold', OUTCOME_STYLES[outcome]], `[${outcome}]`);
}

function field(name: string, text: string): string {
  return `  ${paint('dim', name.padEnd(9))} ${text}`;
}

function eventsOf({ events }: TraceResult): string {
  return `${events.toLocaleString('en-US')} ${events === 1 ? 'event' : 'events'}`;
}
