import type { Encryption } from '../encryption/service';
import { callbackProblem } from '../integrations/callback-url';
import type { Integration, IntegrationCheck } from '../integrations/contract';
import type { Inspect, Inspection } from '../integrations/inspect';
import type { ConnectedNumber, Registry } from '../integrations/registry';
import type { Integrations } from '../integrations/service';
import type { Database } from '../storage/database';
import type { Scope } from '../storage/scope';
import { judgeNumberHere, judgePlugin } from './checks';
import type { DoctorCheck, GetDoctor } from './contract';
import type { Presence } from './presence';
import { reportOf, type About } from './report';
import { createDoctorFacts } from './repository';

interface Deps {
  db: Database;
  registry: Registry;
  integrations: Integrations;
  inspect: Inspect;
  encryption: Encryption;
  presence: Presence;
  /** Any address of the webhook: host and protocol are what counts. */
  webhookUrl(key: string): string;
  about: Omit<About, 'at'>;
  now(): number;
}

/** At once: a page waits, and Meta counts calls per account and hour. */
const TOGETHER = 5;

const LABELS: Record<string, string> = {
  token: 'Access token',
  number: 'Number',
  account: 'Business account',
  subscription: 'Subscription',
  callback: 'Callback',
  secret: 'App secret',
};

const moment = (iso: string | null): number | null => (iso === null ? null : Date.parse(iso));

const asDoctors = (scope: string, at: number, { ok: _ok, ...check }: IntegrationCheck): DoctorCheck => ({
  ...check,
  scope,
  label: LABELS[check.name] ?? check.name,
  at: new Date(at).toISOString(),
});

export const createDoctor = (deps: Deps) => {
  const { db, registry, now } = deps;

  const inspectAll = async (numbers: ConnectedNumber[]): Promise<Map<number, Inspection>> => {
    const found = new Map<number, Inspection>();
    for (let start = 0; start < numbers.length; start += TOGETHER) {
      const some = numbers.slice(start, start + TOGETHER);
      const results = await Promise.all(some.map(deps.inspect));
      results.forEach((inspection, index) => found.set(some[index].id, inspection));
    }
    return found;
  };

  const pluginChecks = async (
    scope: Scope,
    numbers: Integration[],
    inspections: Inspection[],
  ): Promise<DoctorCheck[]> => {
    const facts = createDoctorFacts(db, scope);
    const heard = numbers.flatMap(({ lastWebhookAt }) => moment(lastWebhookAt) ?? []);
    return judgePlugin({
      now: now(),
      encryption: await deps.encryption.state(),
      callbackProblem: callbackProblem(deps.webhookUrl('key')),
      hasRealNumbers: numbers.some(({ sandbox }) => !sandbox),
      hasNumbers: numbers.length > 0,
      clockSkews: inspections.flatMap(({ clockSkewMs }) => clockSkewMs ?? []),
      lastWebhookAt: heard.length > 0 ? Math.max(...heard) : null,
      ...(await facts.queue(now())),
      unresolvedQuarantine: await facts.unresolvedQuarantine(),
      failingJobs: await facts.failingJobs(),
      processes: await deps.presence.embedded(now()),
    });
  };

  return {
    /** All checks of a tenant's numbers and of the installation; one that fails hides no other. */
    async examine(scope: Scope): Promise<GetDoctor.Response['data']> {
      const connected = (await registry.all()).filter((n) => n.organizationId === scope.organizationId);
      const inspections = await inspectAll(connected);
      // Read after Meta was asked: the checks store what they learn.
      const numbers = await deps.integrations.all(scope);
      const at = now();
      const ofNumbers = numbers.flatMap((number) => {
        const here = judgeNumberHere({ ...number, lastWebhookAt: moment(number.lastWebhookAt) }, at);
        const atMeta = inspections.get(Number(number.id))?.checks ?? [];
        return [...atMeta.map((check) => asDoctors(number.id, at, check)), ...here];
      });
      const checks = [...(await pluginChecks(scope, numbers, [...inspections.values()])), ...ofNumbers];
      return { checks, report: reportOf(checks, { ...deps.about, at }) };
    },
  };
};

export type Doctor = ReturnType<typeof createDoctor>;
