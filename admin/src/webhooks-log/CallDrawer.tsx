import { Button, Flex, Modal, Typography } from '@strapi/design-system';
import { ArrowClockwise, Duplicate } from '@strapi/icons';
import { useNotification } from '@strapi/strapi/admin';
import { useEffect, useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { OneWebhookCall, WebhookCall } from '../../../server/src/webhooks-log/contract';
import { api } from '../api/client';
import { Notice } from '../design/Notice';
import { PaneFailure } from '../design/PaneBoundary';
import { report } from '../design/report';
import { exactDateTime } from '../design/time';
import { useCopy } from '../design/use-copy';
import { PaneLoading } from '../design/PaneLoading';
import { useBusy } from '../settings/use-busy';
import { t } from '../translate';
import { CallState, useBytes, useSignature } from './CallRow';
import { prettyJson } from './pretty-json';

const Payload = styled.pre`
  max-height: 42vh;
  padding: 12px;
  overflow: auto;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => theme.colors.neutral100};
  color: ${({ theme }) => theme.colors.neutral800};
  font-size: 1.2rem;
  line-height: 1.6;
`;
const Facts = styled.dl`
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr));
  gap: 12px;
  font-size: 1.4rem;
  color: ${({ theme }) => theme.colors.neutral800};
  dt {
    color: ${({ theme }) => theme.colors.neutral600};
    font-size: 1.2rem;
  }
  dd {
    overflow-wrap: anywhere;
  }
`;

type Call = OneWebhookCall.Response['data'];

const useCall = (id: string | null) => {
  const [call, setCall] = useState<Call | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    setCall(null);
    setFailure(null);
    if (id === null) return;
    let current = true;
    api.get<OneWebhookCall.Response>(`/webhook-log/${encodeURIComponent(id)}`).then(
      ({ data }) => current && setCall(data),
      (cause: unknown) => {
        const reference = report('The call could not be loaded', cause);
        if (current) setFailure(reference);
      },
    );
    return () => {
      current = false;
    };
  }, [id]);
  return { call, setCall, failure };
};

const CallFacts = ({ call }: { call: Call }) => {
  const { formatMessage, formatNumber, locale } = useIntl();
  const bytes = useBytes();
  const signatureOf = useSignature();
  const facts = [
    [t('audit.when'), exactDateTime(Date.parse(call.at), locale)],
    [t('webhookLog.path'), call.path],
    [t('webhookLog.kind'), call.kinds.join(', ') || '–'],
    [t('list.number'), call.integration?.name ?? '–'],
    [t('webhookLog.signature'), signatureOf(call.signature)],
    [t('webhookLog.size'), bytes(call.bytes)],
    [t('webhookLog.events'), formatNumber(call.events)],
    [t('webhookLog.duration'), call.durationMs === null ? '–' : `${formatNumber(call.durationMs)} ms`],
  ] as const;
  return (
    <Facts>
      {facts.map(([label, value]) => (
        <div key={label.id}>
          <dt>{formatMessage(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </Facts>
  );
};

interface Props {
  /** null: closed. */
  id: string | null;
  canReplay: boolean;
  onClose(): void;
  onReplayed(call: WebhookCall): void;
}

/** One call with its payload, and the button that applies it again. */
export const CallDrawer = ({ id, canReplay, onClose, onReplayed }: Props) => {
  const { formatMessage } = useIntl();
  const { toggleNotification } = useNotification();
  const copy = useCopy();
  const { call, setCall, failure } = useCall(id);
  const { busy, run } = useBusy();

  const replay = () =>
    run('work', async () => {
      const path = `/webhook-log/${encodeURIComponent(id ?? '')}/replay`;
      const { data } = await api.post<OneWebhookCall.Response>(path);
      setCall((old) => ({ ...data, payload: data.payload ?? old?.payload ?? null }));
      onReplayed(data);
      toggleNotification({
        type: data.state === 'applied' ? 'success' : 'warning',
        message: formatMessage(
          t(data.state === 'applied' ? 'webhookLog.replayed' : 'webhookLog.replayedInVain'),
        ),
      });
    });

  const replayable = call !== null && (call.state === 'quarantined' || call.state === 'applied');
  return (
    <Modal.Root open={id !== null} onOpenChange={(open: boolean) => !open && onClose()}>
      <Modal.Content>
        <Modal.Header>
          <Modal.Title>{formatMessage(t('webhookLog.one'))}</Modal.Title>
        </Modal.Header>
        <Modal.Body>
          {failure !== null && <PaneFailure reference={failure} />}
          {failure === null && call === null && <PaneLoading />}
          {call && (
            <Flex direction="column" alignItems="stretch" gap={4}>
              <CallState state={call.state} />
              {call.error && (
                <Notice tone="danger" title={formatMessage(t('webhookLog.error'))}>
                  {call.error}
                </Notice>
              )}
              <CallFacts call={call} />
              {call.payload ? (
                <Payload
                  tabIndex={0}
                  role="region"
                  aria-label={formatMessage(t('webhookLog.payload'))}
                  dir="ltr"
                >
                  {prettyJson(call.payload)}
                </Payload>
              ) : (
                <Typography textColor="neutral600">{formatMessage(t('webhookLog.payloadGone'))}</Typography>
              )}
            </Flex>
          )}
        </Modal.Body>
        <Modal.Footer>
          <Button
            variant="tertiary"
            startIcon={<Duplicate />}
            disabled={!call?.payload}
            onClick={() => void copy(prettyJson(call?.payload ?? ''))}
          >
            {formatMessage(t('webhookLog.copyPayload'))}
          </Button>
          {canReplay && (
            <Button
              startIcon={<ArrowClockwise />}
              disabled={!replayable}
              title={call && !replayable ? formatMessage(t('webhookLog.notReplayable')) : undefined}
              loading={busy !== null}
              onClick={() => void replay()}
            >
              {formatMessage(t('webhookLog.replay'))}
            </Button>
          )}
        </Modal.Footer>
      </Modal.Content>
    </Modal.Root>
  );
};
