/** Last day of each version (Graph API changelog, versions, as of Nov 2026); null: Meta has not named one. */
const ENDS: Record<string, string | null> = {
  'v20.0': '2026-09-24',
  'v21.0': '2027-01-21',
  'v22.0': '2027-05-20',
  'v23.0': '2027-10-08',
  'v24.0': '2028-02-18',
  'v25.0': '2028-07-29',
  'v26.0': null,
};

const OLDEST_LISTED = 20;
const SOON_MS = 90 * 24 * 60 * 60 * 1000;

/** ms since 1970; null when Meta has named no day, or for a version that is not listed. */
export const versionEndsAt = (version: string): number | null => {
  const day = ENDS[version];
  return day ? Date.parse(`${day}T00:00:00Z`) : null;
};

export type VersionState = 'current' | 'ends_soon' | 'ended' | 'unknown';

/** After its end Meta serves the oldest version that is left instead: calls go on, and may behave differently. */
export const versionState = (version: string, now: number): VersionState => {
  if (!(version in ENDS)) return Number(version.slice(1)) < OLDEST_LISTED ? 'ended' : 'unknown';
  const endsAt = versionEndsAt(version);
  if (endsAt === null) return 'current';
  if (endsAt <= now) return 'ended';
  return endsAt - now < SOON_MS ? 'ends_soon' : 'current';
};
