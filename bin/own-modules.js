// How each thread finds raftcheck's own modules. Plain JavaScript with static imports of nothing but Node's own
// modules, as raftcheck.js, which imports it.
import { existsSync } from 'node:fs';
import * as nodeModule from 'node:module';

// A checkout has the TypeScript sources and runs them as they are. The published package has only dist/,
// because Node refuses to strip types from files under node_modules.
const sources = new URL('../', import.meta.url);
const isCheckout = existsSync(new URL('checker/commands/cli.ts', sources));
const home = isCheckout ? sources : new URL('dist/', sources);
const [extension, format] = isCheckout ? ['.ts', 'module-typescript'] : ['.js', 'module'];

/**
 * Where one of our modules names another, the name is its place. To look for it as Node does (links, package.json,
 * other spellings) is a quarter of the start for the hundred modules of a command.
 */
export function findOwnModulesQuickly() {
  nodeModule.registerHooks({
    resolve(specifier, context, next) {
      const isOwn = specifier.startsWith('.') && specifier.endsWith(extension);
      if (!isOwn || !context.parentURL?.startsWith(home.href)) return next(specifier, context);
      return { url: new URL(specifier, context.parentURL).href, format, shortCircuit: true };
    },
  });
}

/**
 * @param {string} path of one of our modules, without its ending
 * @returns {string}
 */
export function urlOfOwnModule(path) {
  return new URL(`${path}${extension}`, home).href;
}
