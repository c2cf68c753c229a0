import { basename } from 'node:path';
import { paint } from '../diagnostics/render.ts';
import type { Coverage } from '../tla/model/coverage.ts';

/** A coverage for people: each action, and each conjunct that was not always true; what never happened stands out. */
export function renderCoverage({ actions, conjuncts }: Coverage): string {
  const lines = ['actions', heading(['steps'], 'action')];
  for (const { action, file, line, taken } of actions) {
    const never = taken === 0 ? paint('yellow', ' never taken') : '';
    lines.push(`${column(count(taken))}  ${action} ${place(file, line)}${never}`);
  }
  const decisive = conjuncts.filter((each) => each.held < each.evaluated || each.evaluated === 0);
  const rest = count(conjuncts.length - decisive.length);
  lines.push('', `conjuncts that were not always true (${rest} more were)`);
  lines.push(heading(['true', 'evaluated'], 'definition, and where the conjunct begins'));
  for (const { definition, file, line, column: at, evaluated, held } of decisive) {
    const never = held === 0 ? paint('yellow', evaluated === 0 ? ' never evaluated' : ' never true') : '';
    const where = place(file, line, at);
    lines.push(`${column(count(held))}${column(count(evaluated))}  ${definition ?? ''} ${where}${never}`);
  }
  return lines.join('\n');
}

function heading(columns: readonly string[], last: string): string {
  return paint('dim', `${columns.map(column).join('')}  ${last}`);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function column(text: string): string {
  return text.padStart(14);
}

/** With the column, for a line may have several conjuncts. */
function place(file: string, line: number, column?: number): string {
  const at = column === undefined ? `${line}` : `${line}:${column}`;
  return paint('dim', `(${basename(file)}:${at})`);
}
