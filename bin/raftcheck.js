#!/usr/bin/env node
// Plain JavaScript with static imports of nothing but the like and Node's own modules, so that a Node that is too old
// to run the rest still gets as far as saying so.
import * as nodeModule from 'node:module';
import { findOwnModulesQuickly, urlOfOwnModule } from './own-modules.js';

const NEEDED = { major: 22, minor: 18 };

/** @param {string} version the running Node's version, such as "20.20.2" */
function isTooOld(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < NEEDED.major || (major === NEEDED.major && minor < NEEDED.minor);
}

if (isTooOld(process.versions.node)) {
  process.stderr.write(
    `raftcheck needs Node ${NEEDED.major}.${NEEDED.minor} or newer, and this is Node ${process.versions.node} (${process.execPath}).\n` +
      'In a checkout of raftcheck, `npm ci` installs a Node that fits and `npx raftcheck` uses it.\n' +
      'Elsewhere install a newer Node (https://nodejs.org) and try again.\n',
  );
  process.exit(2);
}

// Compiled modules are kept in the user's cache, so that the next start need not parse them again.
nodeModule.enableCompileCache?.();

findOwnModulesQuickly();
const { runCli } = await import(urlOfOwnModule('checker/commands/cli'));
await runCli(process.argv.slice(2));
