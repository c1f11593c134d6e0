import { screen } from '@testing-library/react';
import { useLock, type LockFacts } from '../../admin/src/conversations/use-lock';
import { renderAdmin } from './helpers/render';
import { aConversation, anIntegration } from './helpers/things';

const NOW = Date.parse('2026-11-22T08:00:00.000Z');
const inAnHour = new Date(NOW + 3_600_000).toISOString();

const Title = (facts: LockFacts) => <p>{useLock(facts, NOW)?.title ?? 'free'}</p>;
const facts = (change: Partial<LockFacts> = {}): LockFacts => ({
  conversation: aConversation({ windowExpiresAt: inAnHour }),
  integration: anIntegration(),
  numberGone: false,
  canSend: true,
  ...change,
});

describe('what keeps one from writing', () => {
  it.each([
    ['free', {}],
    ['free', { integration: null }],
    ['Read only', { canSend: false, numberGone: true }],
    ['This number is no longer connected', { integration: null, numberGone: true }],
    ['This number is switched off', { integration: anIntegration({ active: false }) }],
    [
      'The 24-hour window has closed',
      { conversation: aConversation({ windowExpiresAt: '2026-11-22T07:59:59.000Z' }) },
    ],
    ['This person has not written yet', { conversation: aConversation({ windowExpiresAt: null }) }],
  ])('%s', (title, change) => {
    renderAdmin(<Title {...facts(change)} />);
    expect(screen.getByText(title)).toBeInTheDocument();
  });
});
