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
