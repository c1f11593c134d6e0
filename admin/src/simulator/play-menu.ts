import type { PlayCustomer } from '../../../server/src/sandbox/contract';
import type { TranslationId } from '../translate';

export interface Play {
  id: TranslationId;
  body: PlayCustomer.Body;
}

/** What a customer can send besides text, grouped as the phone's menu shows it. */
export const PLAYS: { group: TranslationId; plays: Play[] }[] = [
  {
    group: 'play.files',
    plays: [
      { id: 'type.image', body: { type: 'image' } },
      { id: 'type.video', body: { type: 'video' } },
      { id: 'type.voice', body: { type: 'audio', voice: true } },
      { id: 'type.audio', body: { type: 'audio' } },
      { id: 'type.document', body: { type: 'document' } },
      { id: 'type.sticker', body: { type: 'sticker' } },
      { id: 'play.brokenMedia', body: { type: 'broken_media' } },
    ],
  },
  {
    group: 'play.things',
    plays: [
      { id: 'type.location', body: { type: 'location' } },
      { id: 'type.contacts', body: { type: 'contacts' } },
      { id: 'type.order', body: { type: 'order' } },
      { id: 'play.form', body: { type: 'flow_reply' } },
      { id: 'play.address', body: { type: 'address_reply' } },
      { id: 'play.callPermission', body: { type: 'call_permission', response: 'accept' } },
    ],
  },
  {
    group: 'play.texts',
    plays: [
      { id: 'play.forwarded', body: { type: 'text', text: 'Look what I got', forwarded: true } },
      { id: 'play.fromAd', body: { type: 'referral' } },
      {
        id: 'play.product',
        body: {
          type: 'text',
          text: 'Is this one in stock?',
          product: { catalogId: '777', productRetailerId: 'SKU-1' },
        },
      },
      { id: 'play.opensChat', body: { type: 'request_welcome' } },
    ],
  },
  {
    group: 'play.odd',
    plays: [
      { id: 'play.poll', body: { type: 'unsupported', subtype: 'poll_creation' } },
      { id: 'play.unknown', body: { type: 'unknown' } },
      { id: 'play.newUserId', body: { type: 'changed_user_id' } },
      { id: 'play.stop', body: { type: 'preference', value: 'stop' } },
      { id: 'play.resume', body: { type: 'preference', value: 'resume' } },
    ],
  },
  {
    group: 'play.business',
    plays: [
      { id: 'play.echo', body: { type: 'echo', text: 'Answered on the phone' } },
      {
        id: 'play.history',
        body: { type: 'history', texts: ['Hello, are you open?', 'Yes, until six.', 'Thanks!'], media: true },
      },
    ],
  },
];
