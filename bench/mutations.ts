import { ensureTlcJar } from '../checker/tlc/tlc-install.ts';
import { FAULTS } from '../impl/simulator/faults.ts';
import { headerOf, type SimulationPlan, simulate } from '../impl/simulator/simulate.ts';
import type { TraceEvent } from '../traces/trace-format.ts';
import { askTlc } from './mutations/ask-tlc.ts';
import { emptyScore, type Run, type Score, scoreRun } from './mutations/score.ts';

export const description = 'how many changes of how many fields of a trace reader and replay notice, by kind';

/**
 * Changes every field of every kind of event, drops, repeats and swaps events in simulated traces, and counts what is
 * noticed. What is accepted is listed: with the reason why the spec allows it, or as a miss.
 *
 * @param args `--seeds N` (12), `--events N` (400) a trace, `--each N` (6) times a kind of mutation is tried; `--tlc`:
 *   hold every verdict of replay against TLC's (slow: take fewer and shorter traces)
 * @throws if there is a miss, or a false alarm
 */
export async function run(args: readonly string[]): Promise<void> {
  const seeds = numberAfter(args, '--seeds') ?? 12;
  const score = emptyScore();
  const limit = limited(numberAfter(args, '--each') ?? 6);
  for (let seed = 1; seed <= seeds; seed += 1) {
    await scoreRun(recordRun(seed, numberAfter(args, '--events') ?? 400), score, limit);
  }
  printScore(score);
  if (args.includes('--tlc')) await compareWithTlc(score);
  const misses = score.survivors.filter(({ reason }) => reason === undefined);
  if (misses.length > 0) throw new Error(`${misses.length} mutations were accepted without a reason`);
}

async function compareWithTlc({ judged }: Score): Promise<void> {
  const jar = await ensureTlcJar({});
  const faults = await askTlc(judged, jar);
  console.log(`\n${judged.length} of these verdicts held against TLC's; they differ in ${faults.length}:`);
  for (const fault of faults) console.log(`  ${fault}`);
  if (faults.some((fault) => fault.startsWith('FALSE'))) throw new Error('replay rejects what TLC accepts');
}

function numberAfter(args: readonly string[], flag: string): number | undefined {
  const at = args.indexOf(flag);
  return at === -1 ? undefined : Number(args[at + 1]);
}

/** A simulated run of three servers with every fault. */
export function recordRun(seed: number, events: number): Run {
  const plan: SimulationPlan = {
    course: { type: 'drawn', servers: 3, seed, events, faults: new Set(FAULTS) },
    checkInvariants: false,
  };
  const recorded: TraceEvent[] = [];
  simulate({ ...plan, trace: (event) => recorded.push(event) });
  return { seed, header: headerOf(plan, '0'), events: recorded };
}

/** Whether a kind was tried less than so many times. */
export function limited(each: number): (kind: string) => boolean {
  const tried = new Map<string, number>();
  return (kind) => {
    const before = tried.get(kind) ?? 0;
    tried.set(kind, before + 1);
    return before < each;
  };
}

function printScore({ byAction, byCode, survivors }: Score): void {
  console.log('action                       mutations  malformed  rejected  (at the event)  accepted');
  for (const [action, row] of byAction) {
    const columns = [row.mutations, row.malformed, row.rejected, row.atTheEvent, row.accepted];
    console.log(
      action.padEnd(28),
      columns.map((each, at) => String(each).padStart([9, 10, 9, 15, 9][at] ?? 9)).join(' '),
    );
  }
  const total = [...byAction.values()].reduce((sum, { mutations }) => sum + mutations, 0);
  const missed = survivors.filter(({ reason }) => reason === undefined).length;
  const judged = total - (survivors.length - missed);
  console.log(`\n${total} mutations, ${survivors.length - missed} of them allowed by the spec;`);
  console.log(
    `score: ${judged - missed} of ${judged} noticed (${((100 * (judged - missed)) / judged).toFixed(1)} %)`,
  );
  console.log(
    `\ncodes: ${[...byCode]
      .sort()
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}`,
  );
  const groups = Map.groupBy(
    survivors,
    ({ action, kind, change, reason }) =>
      `${reason === undefined ? 'MISS    ' : 'allowed '} ${action} ${kind === change ? '' : `${kind} `}${change}${reason === undefined ? '' : `: ${reason}`}`,
  );
  console.log();
  for (const [text, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = group;
    console.log(
      `${String(group.length).padStart(4)}  ${text}  (seed ${first?.seed}, event ${first?.position})`,
    );
  }
}
