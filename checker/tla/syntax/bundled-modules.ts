/** Modules that specs extend though they are neither files of theirs nor standard modules with operators of Java. */
export const BUNDLED_MODULES: Readonly<Record<string, string>> = {};
