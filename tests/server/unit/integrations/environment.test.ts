import { withoutLocked, withoutRepeats } from '../../../../server/src/integrations/columns';
import { createEnvironment } from '../../../../server/src/integrations/environment';
import type { IntegrationRow } from '../../../../server/src/integrations/row';

const FULL = {
  phoneNumberId: '111',
  phoneNumber: '+14155550123',
  businessAccountId: '222',
  accessToken: 'EAAtoken12345',
  appSecret: 'secret1234567',
};
const row = { phoneNumberId: '111', businessAccountId: '222' } as IntegrationRow;

const pathsOf = (work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (error) {
    return (error as { details: { errors: { path: string }[] } }).details.errors.map(({ path }) => path);
  }
};

describe('numbers of the environment', () => {
  it('fix what is given; what is not set fixes nothing', () => {
    const environment = createEnvironment([
      { phoneNumberId: '111', accessToken: ' EAAtoken12345 ', appSecret: '', name: undefined },
      { accessToken: 'of nobody' },
    ]);
    expect(environment.of('111')).toEqual({ phoneNumberId: '111', accessToken: 'EAAtoken12345' });
    expect(environment.lockedFields('111')).toEqual(['phoneNumberId', 'accessToken']);
    expect(environment.lockedFields('333')).toEqual([]);
  });

  it('are connected when all that is needed is said', () => {
    const { appSecret: _missing, ...partly } = FULL;
    const environment = createEnvironment([FULL, { ...partly, phoneNumberId: '999' }]);
    expect(environment.complete().map(({ phoneNumberId }) => phoneNumberId)).toEqual(['111']);
  });

  it('are changed by nobody, but a form may send back what it was shown', () => {
    const environment = createEnvironment([{ ...FULL, name: 'Shop' }]);
    expect(withoutLocked(row, environment, { name: 'Shop', phoneNumberId: '111', active: false })).toEqual({
      active: false,
    });
    const wanted = { name: 'Other', accessToken: FULL.accessToken, apiVersion: 'v24.0' };
    expect(pathsOf(() => withoutLocked(row, environment, wanted))).toEqual(['accessToken', 'name']);
    expect(pathsOf(() => withoutLocked(row, createEnvironment([]), wanted))).toEqual([]);
  });
});

it('the same number and account sent again are no change', () => {
  const sent = { phoneNumberId: '111', businessAccountId: '333', name: 'x' };
  expect(withoutRepeats(row, sent)).toEqual({ businessAccountId: '333', name: 'x' });
});
