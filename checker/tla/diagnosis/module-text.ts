import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { packageRoot } from '../../package-root.ts';
import type { Conjunct } from '../../verdict.ts';
import type { MetCondition } from '../compile/probe.ts';
import type { Span } from '../syntax/span.ts';

/** The texts of a spec's modules, each read once. Where a file is gone meanwhile, its texts are empty. */
export class ModuleTexts {
  readonly #lines = new Map<string, readonly string[]>();

  /** What stands at a place, on one line. */
  at(span: Span): string {
    const lines = this.#linesOf(span.file).slice(span.line - 1, span.endLine);
    return lines
      .map((line, index) => {
        const start = index === 0 ? span.column - 1 : 0;
        const end = index === lines.length - 1 ? span.endColumn : undefined;
        const text = line.slice(start, end);
        return (end === undefined ? text.replace(/\\\*.*$/, '') : text).trim();
      })
      .join(' ');
  }

  /** Where a condition stands, and its text. */
  conjunct({ site }: Pick<MetCondition, 'site'>): Conjunct {
    const { kind, span } = site.expression;
    const text = this.at(span);
    return this.place(span, site.definition ?? '', kind === 'unchanged' ? `UNCHANGED ${text}` : text);
  }

  place({ file, line }: Span, definition: string, text: string): Conjunct {
    const isBundled = dirname(file) === join(packageRoot(), 'spec', 'raft');
    return { module: basename(file, '.tla'), definition, text, line, ...(isBundled ? {} : { file }) };
  }

  #linesOf(file: string): readonly string[] {
    let lines = this.#lines.get(file);
    if (lines === undefined) {
      lines = readLines(file);
      this.#lines.set(file, lines);
    }
    return lines;
  }
}

function readLines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'utf8').split(/\r\n?|\n/);
  } catch {
    return [];
  }
}
