import { Button, Field, Flex, SingleSelect, SingleSelectOption } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { Debug } from '../../../server/src/debug/contract';
import { api } from '../api/client';
import { debugResource } from '../api/resources';
import { Card } from '../design/Card';
import { fullDateTime } from '../design/time';
import { useNow } from '../design/use-now';
import { useStore } from '../store/use-store';
import { t } from '../translate';
import { useBusy } from './use-busy';

/** Minutes; the server allows up to a day. */
const SPANS = [15, 60, 240, 1440];

/** Debug mode with an end time; it cannot be left on by oversight. */
export const DebugCard = () => {
  const { formatMessage, locale } = useIntl();
  const [minutes, setMinutes] = useState(60);
  const { busy, run } = useBusy();
  const now = useNow(30_000);
  const until = useStore(debugResource.store, ({ data }) => data?.until ?? null);
  const on = until !== null && Date.parse(until) > now;

  const set = (next: number) =>
    run('work', async () => {
      const body: Debug.Request = { minutes: next };
      const { data } = await api.put<Debug.Response>('/debug', body);
      debugResource.store.set((state) => ({ ...state, data, error: null }));
    });

  return (
    <Card title={formatMessage(t('debug.title'))} text={formatMessage(t('debug.text'))}>
      <Flex gap={3} alignItems="flex-end" wrap="wrap">
        <Field.Root
          width={{ initial: '100%', small: '24rem' }}
          hint={on ? formatMessage(t('debug.until'), { until: fullDateTime(Date.parse(until), locale) }) : ''}
        >
          <Field.Label>{formatMessage(t('debug.span'))}</Field.Label>
          <SingleSelect value={String(minutes)} onChange={(value) => setMinutes(Number(value))}>
            {SPANS.map((span) => (
              <SingleSelectOption key={span} value={String(span)}>
                {span < 60
                  ? formatMessage(t('debug.minutes'), { count: span })
                  : formatMessage(t('debug.hours'), { count: span / 60 })}
              </SingleSelectOption>
            ))}
          </SingleSelect>
          <Field.Hint />
        </Field.Root>
        <Button
          size="L"
          variant={on ? 'tertiary' : 'secondary'}
          loading={busy !== null}
          onClick={() => void set(minutes)}
        >
          {formatMessage(t(on ? 'debug.prolong' : 'debug.switchOn'))}
        </Button>
        {on && (
          <Button size="L" variant="danger-light" disabled={busy !== null} onClick={() => void set(0)}>
            {formatMessage(t('debug.switchOff'))}
          </Button>
        )}
      </Flex>
    </Card>
  );
};
