import { withFileId } from '../cloud-api/element';
import type { ConnectedNumber } from '../integrations/registry';
import type { Scope } from '../storage/scope';
import type { Files, OutgoingContent } from './contract';

type OutgoingMessage = Extract<OutgoingContent, { kind: 'message' }>;

/**
 * Uploads the files of a carousel's cards, so that the element is complete: a message has room for one file of its own.
 * One after the other, because cards often share a picture and the second then finds the first one's id.
 */
export const withCardFiles = async (
  files: Pick<Files, 'idNow'>,
  scope: Scope,
  number: ConnectedNumber,
  { cardFiles = [], ...content }: OutgoingMessage,
): Promise<OutgoingMessage> => {
  let { element } = content;
  for (const { at, ...slot } of cardFiles) {
    element = withFileId(element, at, await files.idNow(scope, number, slot));
  }
  return { ...content, element };
};
