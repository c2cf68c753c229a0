// tsc copies nothing but what it compiles. Data that the sources read from beside themselves goes along here.
import { cpSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../checker/package-root.ts';

for (const file of globSync('{traces,checker,impl}/**/*.{json,wasm,tla}', {
  cwd: packageRoot(),
  exclude: ['**/corpus/**', '**/*.fixture.*'],
})) {
  cpSync(join(packageRoot(), file), join(packageRoot(), 'dist', file));
}

// The published package holds the grammar of TLA+ itself: of its npm package, only this file is used.
const grammar = join(packageRoot(), 'node_modules/@tlaplus/tree-sitter-tlaplus');
const front = join(packageRoot(), 'dist/checker/tla/syntax');
cpSync(join(grammar, 'tree-sitter-tlaplus.wasm'), join(front, 'tree-sitter-tlaplus.wasm'));
cpSync(join(grammar, 'LICENSE'), join(front, 'tree-sitter-tlaplus.LICENSE'));
