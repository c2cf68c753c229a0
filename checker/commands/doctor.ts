import { BaseCommand } from './base-command.ts';

export default class Doctor extends BaseCommand {
  static override summary = 'Show what raftcheck needs on this machine, and what is missing.';

  override async run(): Promise<unknown> {
    await this.parse(Doctor);
    this.log(`Node ${process.versions.node}`);
    return { format: 'raftcheck-doctor', version: 1, node: process.versions.node };
  }
}
