import type { Core } from '@strapi/strapi';
import { PLUGIN_ID } from '../constants';
import type { AuditTold } from './service';

interface Lifecycle {
  registerEvent(name: string, transform: (told: AuditTold) => Record<string, unknown>): void;
}

/** What Strapi's own log shows of an entry of ours. */
const shapeOf = ({ target, before, after }: AuditTold) => ({
  resource: { type: `${PLUGIN_ID}.${target.type}`, id: target.id, name: target.label },
  details: { before, after },
});

/**
 * Hands entries to Strapi's audit log where that is licensed (it keeps what admins do and drops the rest). Messages stay
 * out: a day of an inbox would bury everything else there.
 */
export const createStrapiRelay = (strapi: Core.Strapi, onError: (error: unknown) => void) => {
  const registered = new Set<string>();

  const isLicensed = (): boolean => {
    const features = (strapi as unknown as { ee?: { features: { isEnabled(name: string): boolean } } }).ee
      ?.features;
    return features?.isEnabled('audit-logs') === true && strapi.has('audit-logs-lifecycle');
  };

  return (told: AuditTold): void => {
    if (told.actorType !== 'admin' || told.action.startsWith('message.') || !isLicensed()) return;
    const name = `${PLUGIN_ID}.${told.action}`;
    if (!registered.has(name)) {
      (strapi.get('audit-logs-lifecycle') as unknown as Lifecycle).registerEvent(name, shapeOf);
      registered.add(name);
    }
    strapi.eventHub.emit(name, told).catch(onError);
  };
};
