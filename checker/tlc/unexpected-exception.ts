/** Of TLC's exceptions these are what it throws where an expression has no value; any other is a fault of its own. */
const KINDS =
  '(?:java\\.lang\\.RuntimeException|tlc2\\.tool\\.EvalException|util\\.Assert\\$TLCRuntimeException)';
const OF_SPEC = new RegExp(
  `^TLC threw an unexpected exception\\.\\n[\\s\\S]*?The exception was a ${KINDS}\\n: (?:${KINDS}: )?`,
);
const OF_ANY = 'TLC threw an unexpected exception.';

/** Whether what TLC says in general is about the spec: it says "unexpected" also where an expression has no value. */
export function isAboutSpec(message: string): boolean {
  return !message.startsWith(OF_ANY) || OF_SPEC.test(message);
}

/** What TLC says of the spec, without the lines that name the exception it comes from. */
export function causeOf(message: string): string {
  const cause = message.replace(OF_SPEC, '').trim();
  return cause === '' ? message : cause;
}
