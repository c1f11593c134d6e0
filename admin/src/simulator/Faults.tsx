import { Checkbox, Flex, Typography } from '@strapi/design-system';
import { useIntl } from 'react-intl';
import type { SetFault, SimulatorState } from '../../../server/src/sandbox/contract';
import type en from '../translations/en.json';
import { t } from '../translate';

type FaultId = Extract<keyof typeof en, `fault.${string}`>;

interface Props {
  faults: SimulatorState['faults'];
  onSet(body: SetFault.Body): void;
}

/** Makes the pretended Meta misbehave. A fault that has no translation is described in the simulator's own words. */
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
        <Flex key={name} direction="column" alignItems="flex-start">
          <Checkbox checked={active} onCheckedChange={(on) => onSet({ name, active: on === true })}>
            {wordsOf(name, description)}
          </Checkbox>
          <Typography variant="pi" textColor="neutral600" style={{ paddingInlineStart: '2.8rem' }}>
            {name}
          </Typography>
        </Flex>
      ))}
    </Flex>
  );
};
