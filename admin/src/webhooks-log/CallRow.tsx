import { Flex, Td, TextButton, Tr, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { WebhookCall, WebhookState } from '../../../server/src/webhooks-log/contract';
import { StateSign, type Sign } from '../design/StateSign';
import { exactDateTime } from '../design/time';
import { t, type TranslationId } from '../translate';

export const STATE_WORDS: Record<WebhookState, { label: TranslationId; sign: Sign }> = {
  applied: { label: 'webhookLog.state.applied', sign: 'ok' },
  quarantined: { label: 'webhookLog.state.quarantined', sign: 'error' },
  ignored: { label: 'webhookLog.state.ignored', sign: 'skipped' },
  rejected: { label: 'webhookLog.state.rejected', sign: 'warning' },
};

const SIGNATURES: Record<WebhookCall['signature'], TranslationId> = {
  valid: 'webhookLog.signature.valid',
  invalid: 'webhookLog.signature.invalid',
  missing: 'webhookLog.signature.missing',
};

export const useSignature = () => {
  const { formatMessage } = useIntl();
  return (signature: WebhookCall['signature']) => formatMessage(t(SIGNATURES[signature]));
};

export const CallState = ({ state }: { state: WebhookState }) => {
  const { formatMessage } = useIntl();
  const { label, sign } = STATE_WORDS[state];
  return (
    <Flex tag="span" gap={2} display="inline-flex">
      <StateSign sign={sign} iconOnly />
      <Typography textColor="neutral800">{formatMessage(t(label))}</Typography>
    </Flex>
  );
};

/** `1.2 kB` in the viewer's language. */
export const useBytes = () => {
  const { formatNumber } = useIntl();
  return (bytes: number) => {
    // The short form of bytes has no plural in English ("900 byte").
    if (bytes < 1_000) return formatNumber(bytes, { style: 'unit', unit: 'byte', unitDisplay: 'long' });
    const short = {
      style: 'unit',
      unit: 'kilobyte',
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    } as const;
    return formatNumber(bytes / 1_000, short);
  };
};

/** One call; its time is the link that opens it. */
export const CallRow = ({ call, onOpen }: { call: WebhookCall; onOpen(): void }) => {
  const { locale } = useIntl();
  const bytes = useBytes();
  const signatureOf = useSignature();
  return (
    <Tr onClick={onOpen} style={{ cursor: 'pointer' }}>
      <Td>
        <TextButton
          style={{ whiteSpace: 'nowrap' }}
          onClick={(event: { stopPropagation(): void }) => {
            event.stopPropagation();
            onOpen();
          }}
        >
          {exactDateTime(Date.parse(call.at), locale)}
        </TextButton>
      </Td>
      <Td>
        <CallState state={call.state} />
      </Td>
      <Td>
        <Typography textColor="neutral800">{call.kinds.join(', ') || '–'}</Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">
          <bdi>{call.integration?.name ?? '–'}</bdi>
        </Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">{bytes(call.bytes)}</Typography>
      </Td>
      <Td>
        <Typography textColor="neutral800">{signatureOf(call.signature)}</Typography>
      </Td>
    </Tr>
  );
};
