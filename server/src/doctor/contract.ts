import type { IntegrationCheck } from '../integrations/contract';

/** One finding of the Doctor. */
export interface DoctorCheck extends Omit<IntegrationCheck, 'ok'> {
  /** `plugin`, or the id of the number that it is about. */
  scope: string;
  /** What was looked at, in words. */
  label: string;
  /** When it was looked at, or the time of the event that it speaks of. */
  at: string | null;
}

/** GET /doctor */
export namespace GetDoctor {
  export interface Response {
    data: {
      checks: DoctorCheck[];
      /** Plain text for a support request: no token, no phone number, no message. */
      report: string;
    };
  }
}
