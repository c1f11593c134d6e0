import type { DoctorCheck } from './contract';

export interface About {
  plugin: string;
  strapi: string;
  node: string;
  database: string;
  at: number;
}

const SIGNS = { ok: 'ok     ', warning: 'WARNING', error: 'ERROR  ', skipped: 'skipped' } as const;

/**
 * The findings as text that may be pasted into a support request: versions, names of checks and their sentences, in none of
 * which stands a token, a secret, a phone number or what somebody wrote. Numbers are counted, not named.
 */
export const reportOf = (checks: DoctorCheck[], about: About): string => {
  const scopes = [...new Set(checks.map(({ scope }) => scope))];
  const titleOf = (scope: string): string =>
    scope === 'plugin' ? 'Plugin' : `Number ${scopes.filter((s) => s !== 'plugin').indexOf(scope) + 1}`;
  const lines = scopes.flatMap((scope) => [
    '',
    titleOf(scope),
    ...checks
      .filter((check) => check.scope === scope)
      .map(({ state, name, message }) => `  ${SIGNS[state]} ${name}: ${message}`),
  ]);
  return [
    `WhatsApp plugin ${about.plugin}, Strapi ${about.strapi}, Node ${about.node}, ${about.database}`,
    new Date(about.at).toISOString(),
    ...lines,
  ].join('\n');
};
