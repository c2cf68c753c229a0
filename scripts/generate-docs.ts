import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../checker/package-root.ts';
import { diagnosticsPage } from './diagnostics-page.ts';

writeFileSync(join(packageRoot(), 'docs/diagnostics.md'), diagnosticsPage());
