/** The number after a flag; undefined if the flag is not there. */
export function numberAfter(args: readonly string[], flag: string): number | undefined {
  const text = textAfter(args, flag);
  const value = text === undefined ? undefined : Number(text);
  if (value !== undefined && !(Number.isInteger(value) && value > 0))
    throw new Error(`${flag} takes a number`);
  return value;
}

export function textAfter(args: readonly string[], flag: string): string | undefined {
  const at = args.indexOf(flag);
  return at === -1 ? undefined : args[at + 1];
}

export function hasFlag(args: readonly string[], flag: string): boolean {
  return args.includes(flag);
}
