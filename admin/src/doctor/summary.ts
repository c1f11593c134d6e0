import type { CheckState } from '../../../server/src/integrations/contract';
import type { DoctorCheck } from '../../../server/src/doctor/contract';

const RANK: Record<CheckState, number> = { error: 0, warning: 1, skipped: 2, ok: 3 };

export interface Group {
  /** `plugin`, or the id of a number. */
  scope: string;
  checks: DoctorCheck[];
}

/** The plugin first, then the numbers as they came; within each what is worst comes first. */
export const groupChecks = (checks: DoctorCheck[]): Group[] => {
  const scopes = [...new Set(checks.map(({ scope }) => scope))];
  const ordered = [
    ...scopes.filter((scope) => scope === 'plugin'),
    ...scopes.filter((scope) => scope !== 'plugin'),
  ];
  return ordered.map((scope) => ({
    scope,
    checks: checks.filter((check) => check.scope === scope).sort((a, b) => RANK[a.state] - RANK[b.state]),
  }));
};

export const countStates = (checks: DoctorCheck[]): Record<CheckState, number> => {
  const counts = { ok: 0, warning: 0, error: 0, skipped: 0 };
  for (const { state } of checks) counts[state] += 1;
  return counts;
};
