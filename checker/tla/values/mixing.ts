/** Spreads the bits of a 32-bit integer over all 32 (the finaliser of MurmurHash3). */
export function mix(bits: number): number {
  let h = bits ^ (bits >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** As mix, and never 0: a hash of 0 means "not yet known". */
export function finish(bits: number): number {
  const h = mix(bits);
  return h === 0 ? 1 : h;
}

/** The hash of a text, from its UTF-16 units: the same in every thread. */
export function hashOfText(text: string, seed: number): number {
  let h = seed;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return finish(h);
}
