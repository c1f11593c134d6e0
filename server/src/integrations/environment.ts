/**
 * A number whose values come from the server's environment (option `numbers`, usually filled with `env('…')`). What is
 * given here wins over the database, is never stored, is shown as locked and refused on PUT.
 */
export interface EnvironmentNumber {
  /** Meta's id of the number: says which one is meant. An entry without it is not used. */
  phoneNumberId?: string;
  /** E.164. */
  phoneNumber?: string;
  businessAccountId?: string;
  accessToken?: string;
  appSecret?: string;
  verifyToken?: string;
  name?: string;
  endpointUrl?: string;
  /** `v25.0` */
  apiVersion?: string;
}

export type EnvironmentField = keyof EnvironmentNumber;

export const ENVIRONMENT_FIELDS: readonly EnvironmentField[] = [
  'phoneNumberId',
  'phoneNumber',
  'businessAccountId',
  'accessToken',
  'appSecret',
  'verifyToken',
  'name',
  'endpointUrl',
  'apiVersion',
];

/** What a new row needs; the rest has defaults. */
const REQUIRED: readonly EnvironmentField[] = [
  'phoneNumberId',
  'phoneNumber',
  'businessAccountId',
  'accessToken',
  'appSecret',
];

type Locked = Partial<Record<EnvironmentField, string>>;

export interface Environment {
  /** What the environment fixes for this number; empty for most. */
  of(phoneNumberId: string): Locked;
  /** Names of the fixed fields. */
  lockedFields(phoneNumberId: string): EnvironmentField[];
  /** Numbers of which the environment says all that is needed to connect them. */
  complete(): (Required<Pick<EnvironmentNumber, 'phoneNumberId' | 'phoneNumber' | 'businessAccountId'>> &
    Locked)[];
}

/** A variable that is not set arrives as undefined or as an empty text: neither fixes anything. */
const given = (number: EnvironmentNumber): Locked =>
  Object.fromEntries(
    ENVIRONMENT_FIELDS.flatMap((field) => {
      const value = number[field]?.trim();
      return value ? [[field, value]] : [];
    }),
  );

export const createEnvironment = (numbers: readonly EnvironmentNumber[]): Environment => {
  const entries = new Map<string, Locked>();
  for (const number of numbers) {
    const locked = given(number);
    if (locked.phoneNumberId) entries.set(locked.phoneNumberId, locked);
  }
  const of = (phoneNumberId: string): Locked => entries.get(phoneNumberId) ?? {};
  return {
    of,
    lockedFields: (phoneNumberId) => Object.keys(of(phoneNumberId)) as EnvironmentField[],
    complete: () =>
      [...entries.values()].filter((locked) => REQUIRED.every((field) => locked[field])) as ReturnType<
        Environment['complete']
      >,
  };
};
