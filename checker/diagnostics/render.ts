import { styleText } from 'node:util';
import type { Diagnostic, Severity } from './diagnostic.ts';

type StyleFormat = Parameters<typeof styleText>[0];

const SEVERITY_STYLES: Readonly<Record<Severity, StyleFormat>> = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  note: ['bold', 'cyan'],
};

/**
 * Text in a colour or weight, if the stream is a terminal and NO_COLOR is not set; else the plain text.
 */
export function paint(
  format: StyleFormat,
  text: string,
  stream: NodeJS.WritableStream = process.stdout,
): string {
  return styleText(format, text, { stream });
}

/**
 * A diagnostic for people: a line with severity, code and message, then where it is and what to do or to know.
 *
 * @returns lines without a final line break
 */
export function renderDiagnostic(
  diagnostic: Diagnostic,
  stream: NodeJS.WritableStream = process.stderr,
): string {
  const head = paint(
    SEVERITY_STYLES[diagnostic.severity],
    `${diagnostic.severity} ${diagnostic.code}`,
    stream,
  );
  const lines = [`${head}: ${diagnostic.message}`];
  if (diagnostic.file !== undefined) {
    const place = diagnostic.line === undefined ? diagnostic.file : `${diagnostic.file}:${diagnostic.line}`;
    lines.push(`  at ${place}`);
  }
  if (diagnostic.hint !== undefined) lines.push(`  hint: ${diagnostic.hint}`);
  return lines.join('\n');
}
