import { Button, Checkbox, Field, Flex, Typography } from '@strapi/design-system';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import type { SetFault, SimulatorFault, SimulatorState } from '../../../server/src/sandbox/contract';
import { t, type TranslationId } from '../translate';

const GROUPS: SimulatorFault['group'][] = [
  'sending',
  'delivery',
  'media',
  'webhooks',
  'account',
  'everything',
];

interface FaultProps {
  fault: SimulatorFault;
  words: string;
  onSet(body: SetFault.Body): void;
}

const whole = (text: string): number | undefined => {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= 0 ? value : undefined;
};

/** One fault: on or off, and what it takes to be switched on. */
const Fault = ({ fault, words, onSet }: FaultProps) => {
  const { formatMessage } = useIntl();
  const { name, active, needsCode, times, delayMs } = fault;
  const [code, setCode] = useState(String(fault.code ?? 131026));
  const [most, setMost] = useState('');
  const chosen = whole(code);
  const set = (on: boolean) =>
    onSet({
      name,
      active: on,
      ...(on && needsCode ? { code: chosen } : {}),
      ...(on && whole(most) ? { times: whole(most) } : {}),
      ...(on && delayMs !== null ? { delayMs } : {}),
    });
  return (
    <Flex direction="column" alignItems="stretch" gap={1}>
      <Checkbox
        checked={active}
        disabled={!active && needsCode && chosen === undefined}
        onCheckedChange={(on) => set(on === true)}
      >
        {words}
      </Checkbox>
      <Typography variant="pi" textColor="neutral600" style={{ paddingInlineStart: '2.8rem' }}>
        {name}
        {active && times !== null && ` · ${formatMessage(t('simulator.faults.left'), { count: times })}`}
        {delayMs !== null && ` · ${delayMs} ms`}
      </Typography>
      {!active && (
        <Flex gap={2} style={{ paddingInlineStart: '2.8rem' }}>
          {needsCode && (
            <Field.Root name={`${name}-code`} width="88px">
              <Field.Input
                size="S"
                aria-label={formatMessage(t('simulator.faults.code'), { name })}
                value={code}
                inputMode="numeric"
                onChange={(event) => setCode(event.target.value)}
              />
            </Field.Root>
          )}
          <Field.Root name={`${name}-times`} width="88px">
            <Field.Input
              size="S"
              aria-label={formatMessage(t('simulator.faults.times'), { name })}
              placeholder={formatMessage(t('simulator.faults.always'))}
              value={most}
              inputMode="numeric"
              onChange={(event) => setMost(event.target.value)}
            />
          </Field.Root>
        </Flex>
      )}
    </Flex>
  );
};

interface Props {
  faults: SimulatorState['faults'];
  onSet(body: SetFault.Body): void;
  onClear(): void;
}

/** Makes the pretended Meta misbehave. A fault that has no translation is described in the simulator's own words. */
export const Faults = ({ faults, onSet, onClear }: Props) => {
  const { formatMessage, messages } = useIntl();
  const wordsOf = ({ name, description }: SimulatorFault) =>
    `whatsapp.fault.${name}` in messages ? formatMessage(t(`fault.${name}` as TranslationId)) : description;
  const active = faults.filter((fault) => fault.active).length;
  const groups = GROUPS.map((group) => ({ group, list: faults.filter((fault) => fault.group === group) }));
  return (
    <Flex direction="column" alignItems="stretch" gap={4} padding={5}>
      <Flex direction="column" alignItems="flex-start" gap={1}>
        <Typography variant="delta" tag="h2">
          {formatMessage(t('simulator.faults'))}
        </Typography>
        <Typography variant="pi" textColor="neutral600">
          {formatMessage(t('simulator.faults.text'))}
        </Typography>
      </Flex>
      {active > 0 && (
        <Button variant="tertiary" onClick={onClear}>
          {formatMessage(t('simulator.faults.clear'), { count: active })}
        </Button>
      )}
      {groups
        .filter(({ list }) => list.length > 0)
        .map(({ group, list }) => (
          <Flex key={group} tag="section" direction="column" alignItems="stretch" gap={4}>
            <Typography variant="sigma" tag="h3" textColor="neutral600">
              {formatMessage(t(`simulator.faults.${group}`))}
            </Typography>
            {list.map((fault) => (
              <Fault key={fault.name} fault={fault} words={wordsOf(fault)} onSet={onSet} />
            ))}
          </Flex>
        ))}
    </Flex>
  );
};
