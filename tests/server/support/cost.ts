import type { Stage } from './stage';

/** What the database was asked so far. */
export interface Cost {
  statements: number;
  commits: number;
}

export const costSoFar = ({ strapi }: Stage): Cost =>
  strapi.plugin('whatsapp').service('diagnostics').snapshot() as Cost;
