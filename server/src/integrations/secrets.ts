import type { Core } from '@strapi/strapi';
import { WhatsAppError } from '../errors';

export interface Secrets {
  /** AES-256-GCM text; throws `encryption_key_missing` rather than store nothing in its place. */
  seal(plain: string): string;
  /** null when it was sealed under another key, or by something else: one bad row must not take all numbers down. */
  open(sealed: string | null): string | null;
}

interface Cipher {
  encrypt(value: string): string | null;
  decrypt(value: string): string | null;
}

/**
 * Strapi's own encryption (AES-256-GCM, key from `admin.secrets.encryptionKey`). It answers null, not an exception, when
 * the key is missing: storing that null would lose the token.
 */
export const createSecrets = (strapi: Core.Strapi): Secrets => {
  const cipher = (): Cipher => strapi.service('admin::encryption') as unknown as Cipher;
  return {
    seal(plain) {
      const sealed = cipher().encrypt(plain);
      if (sealed === null) {
        throw new WhatsAppError(
          'encryption_key_missing',
          'Set admin.secrets.encryptionKey (env ENCRYPTION_KEY) first: tokens are only ever stored encrypted. Nothing was saved.',
        );
      }
      return sealed;
    },
    open(sealed) {
      if (sealed === null || sealed === '') return null;
      try {
        return cipher().decrypt(sealed);
      } catch {
        // Strapi throws for what is not of its own form; the number shows as unusable and can get a new token.
        return null;
      }
    },
  };
};
