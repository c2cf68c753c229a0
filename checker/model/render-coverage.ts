import { basename } from 'node:path';
import { paint } from '../diagnostics/render.ts';
import type { Coverage } from '../tla/model/coverage.ts';

/** A coverage for people: each action, and each conjunct that was not always true; what never happened stands out. */
export function renderCoverage({ actions, conjuncts }: Coverage): string {
  const lines = ['actions, and how many steps each took'];
  for (const { action, file, line, taken } of actions) {
    lines.push(
      `${column(taken)}  ${action} ${place(file, line)}${taken === 0 ? paint('yellow', ' never taken') : ''}`,
    );
  }
  const decisive = conjuncts.filter((each) => each.held < each.evaluated || each.evaluated === 0);
  const rest = conjuncts.length - decisive.length;
  lines.push('', `conjuncts: how often true, how often evaluated (${rest} more were always true)`);
  for (const { definition, file, line, evaluated, held } of decisive) {
    const note = held === 0 ? paint('yellow', evaluated === 0 ? ' never evaluated' : ' never true') : '';
    lines.push(`${column(held)}${column(evaluated)}  ${definition ?? ''} ${place(file, line)}${note}`);
  }
  return lines.join('\n');
}

function column(count: number): string {
  return count.toLocaleString('en-US').padStart(14);
}

function place(file: string, line: number): string {
  return paint('dim', `(${basename(file)}:${line})`);
}
