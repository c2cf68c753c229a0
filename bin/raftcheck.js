#!/usr/bin/env node
// Plain JavaScript with static imports of nothing but Node's own modules, so that a Node that is too old to
// run the rest still gets as far as saying so.
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';

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

// A checkout has the TypeScript sources and runs them as they are. The published package has only dist/,
// because Node refuses to strip types from files under node_modules.
const sources = new URL('../', import.meta.url);
const isCheckout = existsSync(new URL('checker/commands/cli.ts', sources));
const home = isCheckout ? sources : new URL('dist/', sources);
const [extension, format] = isCheckout ? ['.ts', 'module-typescript'] : ['.js', 'module'];

// Where one of our modules names another, the name is its place. To look for it as Node does (links, package.json,
// other spellings) is a quarter of the start for the hundred modules of a command.
nodeModule.registerHooks({
  resolve(specifier, context, next) {
    const isOwn = specifier.startsWith('.') && specifier.endsWith(extension);
    if (!isOwn || !context.parentURL?.startsWith(home.href)) return next(specifier, context);
    return { url: new URL(specifier, context.parentURL).href, format, shortCircuit: true };
  },
});

const { runCli } = await import(new URL(`checker/commands/cli${extension}`, home).href);
await runCli(process.argv.slice(2));
