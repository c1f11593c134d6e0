import { useCallback } from 'react';
import { useIntl } from 'react-intl';
import { TEMPLATE_LIMITS } from '../../../../server/src/templates/limits';
import { t } from '../../translate';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

const STEPS = [
  30,
  MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  30 * DAY,
];

/** Times in seconds that Meta takes for a category; -1, where Meta has it, means 30 days. */
export const ttlChoices = (category: string): number[] => {
  const range = TEMPLATE_LIMITS.ttlSeconds[category];
  if (!range) return [];
  const within = STEPS.filter((seconds) => seconds >= range.least && seconds <= range.most);
  return category === 'MARKETING' ? within : [...within, -1];
};

const unitOf = (seconds: number): [number, 'second' | 'minute' | 'hour' | 'day'] => {
  if (seconds % DAY === 0) return [seconds / DAY, 'day'];
  if (seconds % HOUR === 0) return [seconds / HOUR, 'hour'];
  if (seconds % MINUTE === 0) return [seconds / MINUTE, 'minute'];
  return [seconds, 'second'];
};

/** `600` → "10 minutes". */
export const useDurationWords = (): ((seconds: number) => string) => {
  const { formatMessage } = useIntl();
  return useCallback(
    (seconds) => {
      const [count, unit] = unitOf(seconds === -1 ? 30 * DAY : seconds);
      return formatMessage(t(`templates.duration.${unit}`), { count });
    },
    [formatMessage],
  );
};
