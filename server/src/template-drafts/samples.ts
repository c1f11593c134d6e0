import { readFile } from 'node:fs/promises';
import { toGraphError } from '../cloud-api/errors';
import { WhatsAppError } from '../errors';
import { providerError } from '../integrations/provider-error';
import type { Scope } from '../storage/scope';
import type { Speaker, SpeakerOf } from '../templates/speaker';
import type { FileSource } from '../uploads/source';
import type { Uploads } from '../uploads/service';
import type { DraftSample } from './contract';
import type { TemplateDrafts } from './service';

interface Deps {
  drafts: TemplateDrafts;
  uploads: Pick<Uploads, 'create' | 'store'>;
  speakerOf: SpeakerOf;
}

/** What Meta takes as a sample (Meta, resumable upload API, and templates/components). */
const ACCEPTED = ['image/jpeg', 'image/png', 'video/mp4', 'application/pdf'];

/** Samples of media headers: looked at like every file that goes out, then handed to Meta for a handle. */
export const createSamples = ({ drafts, uploads, speakerOf }: Deps) => {
  /** App of each token, asked for once. */
  const apps = new Map<string, string>();

  const appOf = async ({ client, number }: Speaker): Promise<string> => {
    const token = number.accessToken ?? '';
    const known = apps.get(token);
    if (known !== undefined) return known;
    const { appId } = await client.debugToken(token);
    if (appId === null)
      throw new WhatsAppError('provider_error', 'WhatsApp does not say which app the token belongs to.', {
        reason: 'refused',
        meta: null,
      });
    if (apps.size > 100) apps.clear();
    apps.set(token, appId);
    return appId;
  };

  return {
    async add(scope: Scope, draftId: number | null, file: FileSource): Promise<DraftSample> {
      const draft = await drafts.load(scope, draftId);
      const speaker = await speakerOf(scope, draft.businessAccountId);
      const upload = await uploads.create(scope, file, null);
      const mimeType = upload.mimeType.split(';')[0];
      if (!ACCEPTED.includes(mimeType))
        throw new WhatsAppError('media_not_supported', 'A sample is a JPEG, PNG, MP4 or PDF file.', {
          accepted: ACCEPTED,
        });
      const bytes = await readFile(uploads.store.path(scope.organizationId, Number(upload.uploadId)));
      const fileName = upload.fileName ?? 'sample';
      try {
        const handle = await speaker.client.uploadSample(await appOf(speaker), { bytes, mimeType, fileName });
        return { handle, fileName, mimeType, size: bytes.length, url: upload.previewUrl };
      } catch (error) {
        if (error instanceof WhatsAppError) throw error;
        throw providerError(toGraphError(error, { sending: false }));
      }
    },
  };
};
