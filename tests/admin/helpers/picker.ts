import type { PickerTemplate } from '../../../server/src/template-use/contract';
import { parametersOf } from '../../../server/src/templates/parameters';
import { ORDER_READY } from './templates';

export const aPickerTemplate = (change: Partial<PickerTemplate> = {}): PickerTemplate => {
  const template = { ...ORDER_READY, ...change };
  return {
    id: '1',
    metaId: 'm1',
    integrationId: 'n1',
    businessAccountId: 'waba',
    status: 'APPROVED',
    quality: null,
    parameters: parametersOf(template),
    rejectedReason: null,
    lastSyncedAt: null,
    favourite: false,
    lastUsedAt: null,
    sendable: true,
    reason: null,
    hasBindings: false,
    ...template,
  };
};
