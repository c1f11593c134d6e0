import type { NumberInfo } from '../cloud-api/graph-answers';

/** States in which Meta takes nothing from a number; the others are for people to know. */
export const SENDING_STOPPED = {
  DISCONNECTED:
    'Meta reports the number as disconnected. It has to be connected again at Meta before anything can be sent.',
  BANNED: 'Meta has banned this number. Nothing can be sent until Meta lifts the ban.',
  DELETED: 'Meta reports the number as deleted.',
  MIGRATED: 'The number was moved to another WhatsApp Business Account.',
} as const;

export type DownStatus = keyof typeof SENDING_STOPPED;

export const isDown = (status: string | null): status is DownStatus =>
  status !== null && Object.prototype.hasOwnProperty.call(SENDING_STOPPED, status);

/** What a reading of a number says about it, as columns; what Meta left out stays as it was. */
export interface NumberReading {
  numberStatus: string | null;
  qualityRating: string | null;
  messagingLimit: string | null;
  throughput: string | null;
  nameStatus: string | null;
  coexistence: boolean | null;
  /** Set while nothing can be sent. */
  stopped: string | null;
}

export const readingOf = (info: NumberInfo): NumberReading => ({
  numberStatus: info.status,
  qualityRating: info.qualityRating,
  messagingLimit: info.messagingLimit,
  throughput: info.throughput,
  nameStatus: info.nameStatus,
  coexistence: info.isOnBizApp,
  stopped: isDown(info.status) ? SENDING_STOPPED[info.status] : null,
});

/** Spread over a tenth of the interval by the row's id, so that a thousand numbers are not read in one minute. */
export const nextReading = (id: number, now: number, everyMs: number): number =>
  now + Math.round(everyMs * (0.95 + ((id * 2_654_435_761) % 1_000) / 10_000));
