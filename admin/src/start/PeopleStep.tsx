import { SingleSelect, SingleSelectOption, Typography, VisuallyHidden } from '@strapi/design-system';
import { Phone } from '@strapi/icons';
import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Integration } from '../../../server/src/integrations/contract';
import type { StartPerson, TypedPhone } from '../../../server/src/start/contract';
import { PaneFailure } from '../design/PaneBoundary';
import { PaneLoading } from '../design/PaneLoading';
import { Delayed } from '../design/Skeleton';
import { moveFocus } from '../templates/form/move-focus';
import { PlainInput } from '../templates/form/PlainInput';
import { t } from '../translate';
import { PersonRow, Row, Words } from './PersonRow';
import { countryName, phoneProblem } from './phone-words';
import type { People } from './use-people';

const Fields = styled.div`
  display: grid;
  flex: none;
  gap: 12px;
  padding: 16px 20px 8px;
`;
const List = styled.ul`
  flex: 1;
  min-height: 0;
  margin: 0;
  padding: 0 12px 12px;
  list-style: none;
  overflow: auto;
`;
const Round = styled.span`
  display: inline-flex;
  flex: none;
  align-items: center;
  justify-content: center;
  width: 36px;
  height: 36px;
  border-radius: 50%;
  background: ${({ theme }) => theme.colors.primary100};
  svg path {
    fill: ${({ theme }) => theme.colors.primary600};
  }
`;

export type KnownPhone = Extract<TypedPhone, { problem: null }>;

interface Props {
  numbers: Integration[];
  integrationId: string;
  onNumber(id: string): void;
  q: string;
  onQ(q: string): void;
  people: People & { retry(): void };
  onPerson(person: StartPerson): void;
  onPhone(phone: KnownPhone): void;
}

/** Whom to write to: one field for names and numbers alike. Arrows walk through what was found, Enter takes the first. */
export const PeopleStep = (props: Props) => {
  const { numbers, integrationId, onNumber, q, onQ, people, onPerson, onPhone } = props;
  const { formatMessage, locale } = useIntl();
  const hint = useId();
  const { found, failure } = people;
  const settled = people.q === q.trim() && (found !== null || failure !== null);
  const [entered, setEntered] = useState(false);
  const known = found?.people ?? [];
  const phone = found?.phone?.problem === null && !known.some(({ isTyped }) => isTyped) ? found.phone : null;
  const problem = known.length === 0 ? phoneProblem(found?.phone ?? null, formatMessage) : null;
  const country = phone && countryName(phone.country, locale);

  useEffect(() => {
    // Enter that came before the answer takes the first of the answer.
    if (!entered || !settled) return;
    setEntered(false);
    if (phone) onPhone(phone);
    else if (known[0]) onPerson(known[0]);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what was found is that of the render which settled
  }, [entered, settled]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    moveFocus(event, 'input, [data-item]');
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    if (!(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    if (q.trim() !== '') setEntered(true);
  };
  const nobody = settled && failure === null && known.length === 0 && !phone;
  const empty =
    problem ?? formatMessage(t(q.trim() === '' ? 'newConversation.nobodyYet' : 'newConversation.none'));

  return (
    <>
      <Fields onKeyDown={onKeyDown}>
        {numbers.length > 1 && (
          <SingleSelect
            aria-label={formatMessage(t('newConversation.from'))}
            value={integrationId}
            onChange={(value) => onNumber(String(value))}
          >
            {numbers.map(({ id, name, phoneNumber }) => (
              <SingleSelectOption key={id} value={id}>
                {formatMessage(t('newConversation.fromNumber'), { name, number: phoneNumber })}
              </SingleSelectOption>
            ))}
          </SingleSelect>
        )}
        <PlainInput
          autoFocus
          value={q}
          maxLength={200}
          autoComplete="off"
          placeholder={formatMessage(t('newConversation.who'))}
          aria-label={formatMessage(t('newConversation.who'))}
          aria-describedby={hint}
          onChange={(event) => {
            setEntered(false);
            onQ(event.target.value);
          }}
        />
        <Typography id={hint} variant="pi" textColor="neutral600">
          {formatMessage(t('newConversation.hint'))}
        </Typography>
      </Fields>
      <VisuallyHidden role="status">
        {settled && !nobody
          ? formatMessage(t('search.found'), { count: known.length + (phone ? 1 : 0) })
          : nobody
            ? empty
            : ''}
      </VisuallyHidden>
      <List onKeyDown={(event) => moveFocus(event, '[data-item]')} aria-busy={!settled}>
        {phone && (
          <li>
            <Row type="button" data-item onClick={() => onPhone(phone)}>
              <Round>
                <Phone width={16} height={16} aria-hidden />
              </Round>
              <Words>
                <Typography fontWeight="semiBold" textColor="neutral800">
                  {formatMessage(t('newConversation.writeTo'), {
                    number: <bdi dir="ltr">{phone.formatted}</bdi>,
                  })}
                </Typography>
                <Typography variant="pi" textColor="neutral600">
                  {country
                    ? formatMessage(t('newConversation.newIn'), { country })
                    : formatMessage(t('newConversation.new'))}
                </Typography>
              </Words>
            </Row>
          </li>
        )}
        {known.map((person) => (
          <li key={person.contactId}>
            <PersonRow person={person} onChoose={() => onPerson(person)} />
          </li>
        ))}
        {nobody && (
          <li>
            <Typography textColor="neutral600" tag="p" padding={2}>
              {empty}
            </Typography>
          </li>
        )}
        {failure && (
          <li>
            <PaneFailure reference={failure} onRetry={people.retry} />
          </li>
        )}
        {!found && !failure && (
          <li>
            <Delayed>
              <PaneLoading />
            </Delayed>
          </li>
        )}
      </List>
    </>
  );
};
