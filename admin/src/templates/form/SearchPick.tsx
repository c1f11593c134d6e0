import { Badge, Field, Flex, Typography } from '@strapi/design-system';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { ListRow } from '../../design/ListRow';
import { report } from '../../design/report';
import { t } from '../../translate';
import { ChosenValue } from './ChosenValue';
import { moveFocus } from './move-focus';
import { PlainInput } from './PlainInput';

const WAIT_MS = 200;

const Results = styled.ul`
  max-height: 220px;
  margin: 4px 0 0;
  padding: 4px;
  border: 1px solid ${({ theme }) => theme.colors.neutral200};
  border-radius: ${({ theme }) => theme.borderRadius};
  list-style: none;
  overflow: auto;
`;
export interface Choice<Value> {
  key: string;
  label: string;
  badges?: string[];
  value: Value;
}

/** Asks a little after the last keystroke; only the answer to the latest question is shown. */
const useChoices = <Value,>(
  load: (q: string, signal: AbortSignal) => Promise<Choice<Value>[]>,
  q: string,
  enabled: boolean,
) => {
  const [found, setFound] = useState<Choice<Value>[] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!enabled) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      load(q.trim(), abort.signal).then(
        (choices) => {
          setFound(choices);
          setFailed(false);
        },
        (cause: unknown) => {
          if (abort.signal.aborted) return;
          report('A search failed', cause);
          setFailed(true);
        },
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [load, q, enabled]);
  return { found, failed };
};

interface Props<Value> {
  /** Of the field: "Which product?". */
  label: string;
  /** What was chosen, in words; null: nothing yet. */
  chosen: string | null;
  /** The same function for as long as it asks for the same things. */
  load(q: string, signal: AbortSignal): Promise<Choice<Value>[]>;
  onChoose(value: Value | null): void;
}

/** One thing out of many, by search: arrows walk through what was found, Enter takes the first. */
export const SearchPick = <Value,>({ label, chosen, load, onChoose }: Props<Value>) => {
  const { formatMessage } = useIntl();
  const [q, setQ] = useState('');
  const { found, failed } = useChoices(load, q, chosen === null);
  if (chosen !== null) {
    return (
      <ChosenValue
        words={chosen}
        takeAway={formatMessage(t('search.other'), { name: chosen })}
        onTakeAway={() => onChoose(null)}
      />
    );
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    moveFocus(event, 'input, [data-item]');
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    // Enter in the search does not send the form around it.
    event.preventDefault();
    if (found?.[0]) onChoose(found[0].value);
  };
  return (
    <Field.Root error={failed ? formatMessage(t('search.failed')) : undefined}>
      <Field.Label>{label}</Field.Label>
      <div onKeyDown={onKeyDown}>
        <PlainInput
          value={q}
          aria-label={label}
          placeholder={formatMessage(t('search.placeholder'))}
          onChange={(event) => setQ(event.target.value)}
        />
        {found && (
          <Results aria-label={formatMessage(t('search.found'), { count: found.length })}>
            {found.length === 0 && (
              <li>
                <Typography variant="pi" textColor="neutral600">
                  {formatMessage(t('search.none'))}
                </Typography>
              </li>
            )}
            {found.map(({ key, label: words, badges = [], value }) => (
              <li key={key}>
                <ListRow type="button" data-item onClick={() => onChoose(value)}>
                  <bdi>{words}</bdi>
                  <Flex gap={1} shrink={0}>
                    {badges.map((badge) => (
                      <Badge key={badge}>{badge}</Badge>
                    ))}
                  </Flex>
                </ListRow>
              </li>
            ))}
          </Results>
        )}
      </div>
      <Field.Error />
    </Field.Root>
  );
};
