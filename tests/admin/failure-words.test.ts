import { explainFailure } from '../../admin/src/messages/failure';
import en from '../../admin/src/translations/en.json';
import tr from '../../admin/src/translations/tr.json';
import { ERROR_TABLE } from '../../server/src/cloud-api/error-table';
import type { MessageError, OwnErrorCode } from '../../server/src/messages/contract';

const error = (code: string, key?: string): MessageError => ({
  code,
  key,
  title: '',
  message: 'raw',
  hint: null,
  retryable: true,
});

const LANGUAGES: [string, Record<string, string>][] = [
  ['en', en],
  ['tr', tr],
];

/** Typed as a record so that a code added to the contract does not compile without standing here. */
const OWN: Record<OwnErrorCode, true> = {
  unknown_outcome: true,
  no_address: true,
  not_found: true,
  integration_inactive: true,
  window_closed: true,
  recipient_blocked: true,
  recipient_opted_out: true,
  recipient_not_opted_in: true,
  rate_limit_exceeded: true,
  template_not_found: true,
  template_not_approved: true,
  template_not_allowed: true,
  template_parameters_invalid: true,
  outside_business_hours: true,
  media_not_supported: true,
  file_missing: true,
  cancelled_by_reply: true,
  rejected: true,
  retryable: true,
  credential: true,
  config: true,
  unreachable: true,
};

describe.each(LANGUAGES)('words for failures (%s)', (_locale, texts) => {
  const codes = ERROR_TABLE.flatMap(({ key, codes: listed, hint }) =>
    listed.flat().map((code) => ({ code: String(code), key, hint })),
  );

  it.each(codes)("are there for Meta's $code", ({ code, key, hint }) => {
    const { cause, nextStep } = explainFailure(error(code, key));
    expect(cause).not.toBeNull();
    expect(texts[cause!]).toBeTruthy();
    // What the table tells the editor to do next is told in every language.
    if (hint !== null) expect(texts[nextStep!]).toBeTruthy();
  });

  it.each(Object.keys(OWN))('are there for our %s', (code) => {
    const { cause } = explainFailure(error(code, code));
    expect(texts[cause!]).toBeTruthy();
  });
});

describe('a failure', () => {
  it('keeps no words for codes that Meta no longer has', () => {
    const keys = new Set(ERROR_TABLE.map(({ key }) => key));
    const kept = Object.keys(en)
      .map((id) => /^metaError\.(\d+)/.exec(id)?.[1])
      .filter((key): key is string => key !== undefined);
    expect(kept.filter((key) => !keys.has(key))).toEqual([]);
  });

  it('of a closed window cannot be tried again, whoever said it', () => {
    expect(explainFailure(error('131047')).retryable).toBe(false);
    expect(explainFailure(error('window_closed')).retryable).toBe(false);
    expect(explainFailure(error('network')).retryable).toBe(true);
  });
});
