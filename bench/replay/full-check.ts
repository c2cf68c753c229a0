import { replay } from '../../checker/replay/replay.ts';
import { openRecording } from '../../traces/open-recording.ts';
import { printCost } from './measured.ts';

const file = process.argv[2] ?? '';
const recording = await openRecording({ kind: 'merged', path: file, files: [file] });
const { verdict, events } = await replay(recording);
if (verdict.verdict !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(verdict)}`);
printCost(events);
