import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../checker/package-root.ts';

// The lint rule that keeps the judge and the judged apart is a checker like any other: it counts only if it is
// seen to fire. Each row is a file with one violation, or with none.
const VIOLATIONS: readonly (readonly [file: string, source: string, rule: string])[] = [
  ['checker/replay/a.ts', `import '../../impl/raft/server.ts';`, 'noRestrictedImports'],
  ['checker/model/a.ts', `await import('../../impl/raft/server.ts');`, 'noRestrictedImports'],
  ['checker/model/b.ts', `export * from '../../impl/raft/server.ts';`, 'noRestrictedImports'],
  ['checker/model/c.ts', `import '../commands/check.ts';`, 'noRestrictedImports'],
  ['checker/model/c.test.ts', `import '../../impl/raft/server.ts';`, 'noRestrictedImports'],
  ['impl/raft/a.ts', `import '../../checker/exit-codes.ts';`, 'noRestrictedImports'],
  ['impl/raft/b.ts', `import 'node:fs';`, 'noRestrictedImports'],
  ['impl/cluster/a.ts', `import '../../checker/replay/replay.ts';`, 'noRestrictedImports'],
  ['traces/a.ts', `import '../impl/raft/server.ts';`, 'noRestrictedImports'],
  ['traces/b.ts', `import '../checker/exit-codes.ts';`, 'noRestrictedImports'],
  ['impl/raft/c.ts', 'export const now = Date.now();', 'noRestrictedGlobals'],
  ['impl/simulator/a.ts', 'setTimeout(() => undefined, 1);', 'noRestrictedGlobals'],
  ['impl/simulator/b.ts', 'export const r = Math.random();', 'plugin'],
  ['checker/replay/b.ts', 'export const now = performance.now();', 'noRestrictedGlobals'],
];
const ALLOWED: readonly (readonly [file: string, source: string])[] = [
  ['checker/commands/ok.ts', `import '../../impl/raft/server.ts';`],
  ['checker/replay/ok.ts', `import '../../traces/trace-reader.ts';`],
  ['impl/simulator/ok.ts', `import '../../traces/trace-writer.ts';\nimport '../raft/server.ts';`],
  ['impl/cluster/ok.ts', 'setTimeout(() => undefined, Math.random() * 5);'],
  ['checker/tlc/ok.ts', 'export const now = Date.now();'],
];

let folder = '';
let findings: { file: string; rule: string }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'raftcheck-lint-'));
  await cp(join(packageRoot(), 'biome.json'), join(folder, 'biome.json'));
  await cp(join(packageRoot(), 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
  for (const [file, source] of [...VIOLATIONS, ...ALLOWED]) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), `${source}\n`);
  }
  const biome = join(packageRoot(), 'node_modules/.bin/biome');
  const report = await new Promise<string>((resolve) => {
    execFile(
      biome,
      ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=github'],
      { cwd: folder, maxBuffer: 1 << 24 },
      (_error, stdout) => resolve(stdout),
    );
  });
  findings = [...report.matchAll(/title=([^,]*),file=([^,]*)/g)].map(([, title = '', file = '']) => ({
    file: relative(folder, resolve(folder, file)),
    rule: title.split('/').at(-1) ?? title,
  }));
});
afterAll(() => rm(folder, { recursive: true }));

describe('import directions and determinism', () => {
  test.each(VIOLATIONS)('%s is refused: %s', (file, _source, rule) => {
    expect(findings).toContainEqual({ file, rule });
  });

  test.each(ALLOWED)('%s is fine: %s', (file) => {
    expect(findings.filter((finding) => finding.file === file)).toEqual([]);
  });
});
