/** The other name that is most like the one that is not known, if it is near enough to be a slip. */
export function nearName(unknown: string, known: Iterable<string>): string | undefined {
  const most = Math.max(1, Math.floor(unknown.length / 3));
  let best: string | undefined;
  let least = most + 1;
  for (const name of known) {
    if (name === unknown || Math.abs(name.length - unknown.length) >= least) continue;
    const distance = name.toLowerCase() === unknown.toLowerCase() ? 0 : editDistance(unknown, name);
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** How many letters must be added, removed or changed to come from one word to the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
