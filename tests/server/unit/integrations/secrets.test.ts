import type { Core } from '@strapi/strapi';
import { createSecrets } from '../../../../server/src/integrations/secrets';

const strapiWith = (encrypt: (value: string) => string | null): Core.Strapi =>
  ({
    service: () => ({
      encrypt,
      decrypt: (value: string) => (value.startsWith('sealed:') ? value.slice(7) : null),
    }),
  }) as unknown as Core.Strapi;

describe('secrets', () => {
  it('are sealed and opened by Strapi', () => {
    const secrets = createSecrets(strapiWith((value) => `sealed:${value}`));
    expect(secrets.open(secrets.seal('token'))).toBe('token');
  });

  it('are refused rather than lost when there is no key', () => {
    const { seal } = createSecrets(strapiWith(() => null));
    expect(() => seal('token')).toThrow(
      expect.objectContaining({ code: 'encryption_key_missing', status: 500 }),
    );
  });

  it('in a form that Strapi refuses to look at read as absent', () => {
    const strapi = {
      service: () => ({
        decrypt() {
          throw new Error('Unsupported encryption version: v9');
        },
      }),
    } as unknown as Core.Strapi;
    expect(createSecrets(strapi).open('v9:whatever')).toBeNull();
  });

  it('that another key sealed read as absent', () => {
    const { open } = createSecrets(strapiWith(() => null));
    expect([open('v2:whatever'), open(null), open('')]).toEqual([null, null, null]);
  });
});
