import { paint } from '../diagnostics/render.ts';
import type { Finding } from '../doctor/examine.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { type Define, examples } from './command.ts';
import type { Output } from './output.ts';

const MARKS = { ok: paint('green', 'ok'), missing: paint('red', 'missing'), wrong: paint('red', 'wrong') };

export interface DoctorResult {
  readonly format: 'raftcheck-doctor';
  readonly version: 1;
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

const DESCRIPTION =
  'Looks at Node, Java, TLC and the cache, and names the command that mends what is missing. Touches no network. ' +
  'Exit code 0 if everything is there, 5 if something is missing.';

const EXAMPLES = examples([
  { description: 'See what is missing', command: 'raftcheck doctor' },
  { description: 'The same for a program', command: 'raftcheck doctor --format json' },
]);

export const defineDoctor: Define = (command, output) => {
  command
    .description(DESCRIPTION)
    .addHelpText('after', EXAMPLES)
    .action(async () => output.result(await doctor(output)));
};

async function doctor(output: Output): Promise<DoctorResult> {
  const { examine } = await import('../doctor/examine.ts');
  const findings = examine();
  const ok = findings.every((finding) => finding.status === 'ok');
  for (const finding of findings) {
    output.log(`${finding.name.padEnd(6)} ${MARKS[finding.status]}: ${finding.detail}`);
    if (finding.neededFor !== undefined) output.log(`       needed for ${finding.neededFor}`);
    if (finding.remedy !== undefined) output.log(`       try: ${finding.remedy}`);
  }
  process.exitCode = ok ? EXIT_CODES.ok : EXIT_CODES.toolFailed;
  return { format: 'raftcheck-doctor', version: 1, ok, findings };
}
