import { WhatsAppError } from '../errors';
import { isOld, openWith, sealWith, type KeyRing } from './key-ring';

export interface Secrets {
  /** AES-256-GCM text for this place; throws `encryption_key_missing` rather than store nothing in its place. */
  seal(plain: string, owner: string): string;
  /** null when it was sealed under another key or for another place: one bad row must not take all numbers down. */
  open(sealed: string | null, owner: string): string | null;
  /** Whether it should be sealed again under the newest key. */
  isOld(sealed: string): boolean;
  configured: boolean;
  /** Fingerprints, newest first. */
  keyIds: readonly string[];
}

/** The place of a sealed value, part of what is authenticated. Document ids survive a move to another database. */
export const placeOf = (table: string, documentId: string, column: string): string =>
  `${table}/${documentId}/${column}`;

export const createSecrets = (ring: KeyRing): Secrets => ({
  seal(plain, owner) {
    const sealed = sealWith(ring, owner, plain);
    if (sealed === null) {
      throw new WhatsAppError(
        'encryption_key_missing',
        'Set WHATSAPP_ENCRYPTION_KEYS, or admin.secrets.encryptionKey (env ENCRYPTION_KEY), first: tokens are only ever stored encrypted. Nothing was saved.',
      );
    }
    return sealed;
  },
  open: (sealed, owner) => (sealed === null || sealed === '' ? null : openWith(ring, owner, sealed)),
  isOld: (sealed) => isOld(ring, sealed),
  configured: ring.length > 0,
  keyIds: ring.map(({ id }) => id),
});
