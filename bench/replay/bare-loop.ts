import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { printCost } from './measured.ts';

// The least that a checker in Node could do with an NDJSON file.
let events = 0;
const input = createReadStream(process.argv[2] ?? '');
for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
  if ('action' in JSON.parse(line)) events += 1;
}
printCost(events);
