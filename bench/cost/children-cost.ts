import { readFileSync } from 'node:fs';

/** What the processes cost that were started meanwhile. */
export interface Cost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** The most memory that one of them held at once. */
  readonly peakMb: number;
}

/** The unit of /proc/self/stat. */
const TICKS_PER_SECOND = 100;
const SAMPLE_MS = 50;

/**
 * Measures what the children of this process cost that are started, and ended, while `work` runs. On Linux only: it
 * reads /proc.
 */
export async function costOfChildren<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly cost: Cost }> {
  let peakMb = 0;
  const sample = () => {
    peakMb = Math.max(peakMb, ...childrenOf(process.pid).map(highWaterMb));
  };
  const timer = setInterval(sample, SAMPLE_MS);
  const cpuBefore = childrenCpuSeconds();
  const startMs = performance.now();
  try {
    const result = await work();
    const wallSeconds = (performance.now() - startMs) / 1000;
    return { result, cost: { cpuSeconds: childrenCpuSeconds() - cpuBefore, wallSeconds, peakMb } };
  } finally {
    clearInterval(timer);
  }
}

/** User and system time of the children that have ended, and of theirs. */
function childrenCpuSeconds(): number {
  // The command's name, in parentheses, may hold blanks; cutime and cstime are the 16th and 17th field.
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS_PER_SECOND;
}

function childrenOf(pid: number): readonly number[] {
  const text = readOrEmpty(`/proc/${pid}/task/${pid}/children`).trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

function highWaterMb(pid: number): number {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readOrEmpty(`/proc/${pid}/status`)) ?? [];
  return Number(kilobytes ?? 0) / 1024;
}

/** A process may end before it is looked at. */
function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
