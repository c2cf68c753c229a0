import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlcJar } from '../../tlc/tlc-jar.ts';
import { runTlc } from '../../tlc/tlc-process.ts';
import { MODEL_VALUES, PRELUDE } from './expression-generator.fixture.ts';

/** What an expression evaluates to, as TLC prints it on one line; or that it has no value. */
export type Outcome =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'refused'; readonly message: string };

export const EXPRESSIONS_MODULE = 'Expressions';

/** Expression k is the definition Ek of a module, which native and TLC read alike. */
export function moduleOfExpressions(
  expressions: readonly string[],
  prelude = PRELUDE,
  more: readonly string[] = [],
): string {
  return [
    `---- MODULE ${EXPRESSIONS_MODULE} ----`,
    'EXTENDS Integers, Sequences, FiniteSets, Bags, TLC',
    `CONSTANTS ${MODEL_VALUES.join(', ')}`,
    prelude,
    ...expressions.map((text, position) => `E${position + 1} == ${text}`),
    ...more,
    '====',
    '',
  ].join('\n');
}

export const EXPRESSIONS_CONFIG = `CONSTANTS\n${MODEL_VALUES.map((name) => `    ${name} = ${name}`).join('\n')}\n`;

/**
 * Evaluates thousands of expressions by one start of TLC. It evaluates every constant definition as it starts, and
 * forgets the errors on the way: so each expression prints itself, and one that has no value loses nothing else.
 *
 * @throws Error if TLC cannot read the module
 */
export async function evaluateWithTlc(
  jar: Pick<TlcJar, 'path'>,
  expressions: readonly string[],
  prelude = PRELUDE,
): Promise<readonly Outcome[]> {
  const folder = await mkdtemp(join(tmpdir(), 'raftcheck-differential-'));
  try {
    const prints = expressions.map(
      (_, position) => `P${position + 1} == PrintT(<<${position + 1}, E${position + 1}>>)`,
    );
    const specFile = join(folder, `${EXPRESSIONS_MODULE}.tla`);
    const configFile = join(folder, `${EXPRESSIONS_MODULE}.cfg`);
    const end = 'ASSUME PrintT("ends")';
    await writeFile(specFile, moduleOfExpressions(expressions, prelude, [...prints, end]));
    await writeFile(configFile, EXPRESSIONS_CONFIG);
    const result = await runTlc({ jar, specFile, configFile, jvmOptions: ['-Xss16m'] });
    if (!result.printed.includes('"ends"')) {
      throw new Error(
        `TLC did not come to the end (${result.end}): ${JSON.stringify(result.complaints)} ${result.stderr}`,
      );
    }
    const values = valuesOf(result.printed);
    return expressions.map((_, position): Outcome => {
      const text = values.get(position + 1);
      return text === undefined ? { kind: 'refused', message: '' } : { kind: 'value', text };
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** `<<k, value>>` by k; a long one goes over several lines. */
function valuesOf(printed: readonly string[]): ReadonlyMap<number, string> {
  const values = new Map<number, string>();
  let current: { readonly position: number; readonly lines: string[] } | undefined;
  const finish = () => {
    if (current === undefined) return;
    const text = onOneLine(current.lines.join('\n'));
    values.set(current.position, text.slice(0, -'>>'.length));
  };
  for (const line of printed) {
    const [, number, rest] = /^<< ?(\d+),(.*)$/.exec(line) ?? [];
    if (number !== undefined && rest !== undefined) {
      finish();
      current = { position: Number(number), lines: [rest] };
    } else current?.lines.push(line);
    if (line === '"ends"') break;
  }
  current?.lines.pop();
  finish();
  return values;
}

/**
 * Without the blanks between tokens, which depend on where a line is broken, and with intervals listed: whether TLC
 * prints 1..2 or {1, 2} depends on how the set came about. Strings stay as they are.
 */
export function onOneLine(text: string): string {
  return text.replaceAll(
    /("(?:[^"\\]|\\.)*")|\s+|(-?\d+)\.\.(-?\d+)/g,
    (_, string: string | undefined, low: string | undefined, high: string | undefined) =>
      low === undefined || high === undefined ? (string ?? '') : listed(Number(low), Number(high)),
  );
}

function listed(low: number, high: number): string {
  if (high - low > 100) return `${low}..${high}`;
  return `{${Array.from({ length: Math.max(0, high - low + 1) }, (_, position) => low + position).join(',')}}`;
}
