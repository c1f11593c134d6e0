import { GraphError } from '../../../../server/src/cloud-api/graph-error';
import { WhatsAppError } from '../../../../server/src/errors';
import { HOLD_MS, holdFor } from '../../../../server/src/outbound/template-hold';

const NOW = 1_790_000_000_000;
const ofStatus = (status: string) =>
  new WhatsAppError('template_not_approved', 'It cannot be sent now.', { status });
const ofMeta = (code: number) =>
  new GraphError('config', 'Refused.', { meta: { code, title: null, details: null, fbtraceId: null } });

describe('a message whose template cannot be sent', () => {
  it.each(['PAUSED', 'PENDING', 'IN_APPEAL'])('waits while it is %s', (status) => {
    expect(holdFor(ofStatus(status), NOW - 1_000, NOW)).toMatchObject({ class: 'wait', retryable: false });
  });
  it.each(['REJECTED', 'DISABLED', 'PENDING_DELETION', 'ARCHIVED', 'REMOVED'])(
    'does not for %s',
    (status) => {
      expect(holdFor(ofStatus(status), NOW, NOW)).toBeNull();
    },
  );
  it('waits when Meta says that it is paused, and for nothing else', () => {
    expect(holdFor(ofMeta(132015), NOW, NOW)).toMatchObject({ code: '132015', class: 'wait' });
    for (const code of [132016, 132001, 131056]) expect(holdFor(ofMeta(code), NOW, NOW)).toBeNull();
    expect(holdFor(new GraphError('unreachable', 'Away.'), NOW, NOW)).toBeNull();
    expect(holdFor(new WhatsAppError('template_not_found', 'Gone.'), NOW, NOW)).toBeNull();
  });
  it('waits for two days and no longer', () => {
    expect(holdFor(ofStatus('PAUSED'), NOW - HOLD_MS + 1, NOW)).not.toBeNull();
    expect(holdFor(ofStatus('PAUSED'), NOW - HOLD_MS, NOW)).toBeNull();
  });
});
