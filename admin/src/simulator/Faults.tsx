import { Flex, Switch, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { SetFault, SimulatorState } from '../../../server/src/sandbox/contract';
import type en from '../translations/en.json';
import { t } from '../translate';

type FaultId = Extract<keyof typeof en, `fault.${string}`>;

interface Props {
  faults: SimulatorState['faults'];
  onSet(body: SetFault.Body): void;
}

/** Switches that make the pretended Meta misbehave. A fault that has no translation shows the simulator's own words. */
export const Faults = ({ faults, onSet }: Props) => {
  const { formatMessage, messages } = useIntl();
  const wordsOf = (name: string, description: string) =>
    `whatsapp.fault.${name}` in messages ? formatMessage(t(`fault.${name}` as FaultId)) : description;
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
      {faults.map(({ name, description, active }) => (
        <Flex key={name} gap={3} alignItems="flex-start" justifyContent="space-between">
          <Flex direction="column" alignItems="flex-start" style={{ minWidth: 0 }}>
            <Typography fontWeight="semiBold">{name}</Typography>
            <Typography variant="pi" textColor="neutral600">
              {wordsOf(name, description)}
            </Typography>
          </Flex>
          <Switch aria-label={name} checked={active} onCheckedChange={(on) => onSet({ name, active: on })} />
        </Flex>
      ))}
    </Flex>
  );
};
