/** Signals that come together are one: npx and timeout send theirs besides the terminal's, and people press twice. */
const ONE_SIGNAL_MS = 1_000;

/** Calls `stop` at Ctrl-C or SIGTERM, after which the command ends by itself; a later one ends the process. */
export function onInterruption(stop: () => void): void {
  let firstMs: number | undefined;
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.on(signal, () => {
      firstMs ??= performance.now();
      if (performance.now() - firstMs > ONE_SIGNAL_MS) process.exit(128 + number);
      stop();
    });
  }
}
