import { paint } from '../diagnostics/render.ts';
import type { Finding } from '../doctor/examine.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { BaseCommand } from './base-command.ts';

const MARKS = { ok: paint('green', 'ok'), missing: paint('red', 'missing'), wrong: paint('red', 'wrong') };

export interface DoctorResult {
  readonly format: 'raftcheck-doctor';
  readonly version: 1;
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

export default class Doctor extends BaseCommand {
  static override summary = 'Show what raftcheck needs on this machine, and what is missing.';
  static override description =
    'Looks at Node, Java, TLC and the cache, and names the command that mends what is missing. Touches no network. ' +
    'Exit code 0 if everything is there, 5 if something is missing.';
  static override examples = ['<%= config.bin %> doctor', '<%= config.bin %> doctor --format json'];

  override async run(): Promise<DoctorResult> {
    await this.parse(Doctor);
    const { examine } = await import('../doctor/examine.ts');
    const findings = examine();
    const ok = findings.every((finding) => finding.status === 'ok');
    for (const finding of findings) {
      this.log(`${finding.name.padEnd(6)} ${MARKS[finding.status]}: ${finding.detail}`);
      if (finding.neededFor !== undefined) this.log(`       needed for ${finding.neededFor}`);
      if (finding.remedy !== undefined) this.log(`       try: ${finding.remedy}`);
    }
    this.setExitCode(ok ? EXIT_CODES.ok : EXIT_CODES.toolFailed);
    return { format: 'raftcheck-doctor', version: 1, ok, findings };
  }
}

export const COMMANDS = { doctor: Doctor };
