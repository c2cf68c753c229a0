import { readdirSync } from 'node:fs';
import { EXIT_CODES } from '../checker/exit-codes.ts';

/** What every file in bench/ exports, this one and the tests apart. */
interface Benchmark {
  /** One line: what is measured, and against what. */
  readonly description: string;
  /** Measures and prints; throws if the figure misses its target. */
  run(args: readonly string[]): Promise<void>;
}

function listNames(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'run.ts')
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}

const [name, ...args] = process.argv.slice(2);
const names = listNames();
if (name === undefined || !names.includes(name)) {
  console.error('usage: npm run bench -- NAME [ARGUMENTS]\n\nbenchmarks:');
  for (const each of names) {
    const { description }: Benchmark = await import(`./${each}.ts`);
    console.error(`  ${each.padEnd(12)} ${description}`);
  }
  process.exitCode = EXIT_CODES.usage;
} else {
  const benchmark: Benchmark = await import(`./${name}.ts`);
  await benchmark.run(args);
}
