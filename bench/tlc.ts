import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../checker/package-root.ts';
import { javaCommand } from '../checker/tlc/java.ts';
import { checkWithTlc } from '../checker/tlc/tlc-engine.ts';
import { ensureTlcJar } from '../checker/tlc/tlc-install.ts';
import { FAULTS } from '../impl/simulator/faults.ts';
import { headerOf, type SimulationPlan, simulate } from '../impl/simulator/simulate.ts';
import type { RecordedEvent } from '../traces/recording.ts';
import type { TraceEvent } from '../traces/trace-format.ts';

export const description =
  'CPU seconds of TLC for a trace of 5,000 events, against 60 and against etcd’s trace checker';

const EVENTS = 5_000;
const MAX_CPU_SECONDS = 60;
/** etcd's raft trace validation with TLC, measured on 4,888 events of its own. */
const ETCD = { events: 4_888, cpuSeconds: 2_105 };
/** The unit of /proc/self/stat. */
const TICKS_PER_SECOND = 100;

/** Simulates a trace, has TLC check it, and prints what that cost, the JVM included. */
export async function run(args: readonly string[]): Promise<void> {
  const count = Number(args[0] ?? EVENTS);
  const jar = await ensureTlcJar({ onProgress: (message) => console.error(message) });
  const trace = simulatedTrace(count);
  const folder = await mkdtemp(join(tmpdir(), 'raftcheck-bench-tlc-'));
  try {
    const before = cpuSeconds();
    const { verdict, elapsedMs } = await checkWithTlc(trace, { jar, keepFolder: folder });
    const spent = cpuSeconds() - before;
    if (verdict.verdict !== 'accepted')
      throw new Error(`the trace was not accepted: ${JSON.stringify(verdict)}`);
    const parsing = parsingSeconds(jar.path, join(folder, 'run-1'));
    const perEvent = (seconds: number, events: number) =>
      `${((seconds / events) * 1_000).toFixed(2)} ms an event`;
    console.log(`${count} simulated events, accepted by TLC in ${(elapsedMs / 1_000).toFixed(1)} s`);
    console.log(
      `CPU              ${spent.toFixed(1)} s, ${perEvent(spent, count)}, start of the JVM included`,
    );
    console.log(`  of it SANY     ${parsing.toFixed(1)} s: starting a JVM and parsing the generated module`);
    console.log(
      `etcd's checker   ${ETCD.cpuSeconds} s for ${ETCD.events} events, ${perEvent(ETCD.cpuSeconds, ETCD.events)}`,
    );
    console.log(
      `ratio            ${(ETCD.cpuSeconds / ETCD.events / (spent / count)).toFixed(0)} times less CPU an event`,
    );
    if (count === EVENTS && spent > MAX_CPU_SECONDS)
      throw new Error(`more than ${MAX_CPU_SECONDS} CPU seconds`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function simulatedTrace(count: number): { header: ReturnType<typeof headerOf>; events: RecordedEvent[] } {
  const events: RecordedEvent[] = [];
  const received = new Set<string>();
  const record = (event: TraceEvent) => {
    const position = events.length;
    const id = 'message' in event ? event.message.id : undefined;
    const origin = id === undefined ? 'none' : received.has(id) ? 'repeated' : 'sent';
    if (id !== undefined) received.add(id);
    events.push({ event: structuredClone(event), position, file: 'simulated', line: position + 2, origin });
  };
  const plan: SimulationPlan = {
    course: { type: 'drawn', servers: 3, seed: 42, events: count, faults: new Set(FAULTS) },
    checkInvariants: false,
    trace: record,
  };
  simulate(plan);
  return { header: headerOf(plan, 'bench'), events };
}

/** User and system time of this process and of the children that it has waited for. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  // The command's name, in parentheses, may hold blanks; cutime and cstime are the 16th and 17th field.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  const children = Number(fields[13]) + Number(fields[14]);
  return (user + system) / 1e6 + children / TICKS_PER_SECOND;
}

function parsingSeconds(jar: string, folder: string): number {
  const before = cpuSeconds();
  const library = join(packageRoot(), 'spec', 'raft');
  const options = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', `-DTLA-Library=${library}`, '-cp', jar];
  spawnSync(javaCommand(), [...options, 'tla2sany.SANY', 'RecordedTrace.tla'], { cwd: folder });
  return cpuSeconds() - before;
}
