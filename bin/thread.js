// The entry of each thread. What speeds up the start of the command is not handed on to its threads, so it is said
// here again: without it the modules of one thread take half a second of CPU.
import * as nodeModule from 'node:module';
import { findOwnModulesQuickly } from './own-modules.js';

const [, , module, caching] = process.argv;
if (module === undefined) throw new TypeError('a thread was given no module');
if (caching === 'cached') nodeModule.enableCompileCache?.();
findOwnModulesQuickly();
await import(module);
