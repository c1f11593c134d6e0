import { Button, Field, Flex, IconButton, Typography } from '@strapi/design-system';
import { Plus, Trash } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { t } from '../../translate';
import { InteractiveBody } from '../bubble/InteractiveBody';
import { Bubble, tokensOf } from '../bubble/shell';
import { shownContent, type JobContent } from '../job-content';
import {
  bodyMax,
  doubles,
  EMPTY_FORM,
  isComplete,
  isWebAddress,
  KINDS,
  LENGTHS,
  MAX_BUTTONS,
  MAX_ROWS,
  toInteractive,
  type InteractiveForm,
} from './interactive-form';
import { LimitedField } from './LimitedField';
import { BuilderShell } from './Shell';

const Columns = styled.div`
  display: grid;
  grid-template-columns: minmax(0, 1fr) 260px;
  gap: 24px;
  @media (max-width: 767px) {
    grid-template-columns: minmax(0, 1fr);
  }
`;
const Stage = styled.div`
  align-self: start;
  display: flex;
  flex-direction: column;
  align-items: flex-end;
  padding: 16px;
  border-radius: ${({ theme }) => theme.borderRadius};
  background: ${({ theme }) => tokensOf(theme).thread};
  > div {
    max-width: 100%;
  }
`;

interface PartProps {
  form: InteractiveForm;
  set(change: Partial<InteractiveForm>): void;
}

const replaceAt = <T,>(list: T[], at: number, value: T): T[] =>
  list.map((item, index) => (index === at ? value : item));
const without = <T,>(list: T[], at: number): T[] => list.filter((_, index) => index !== at);

const RemoveButton = ({ label, onClick }: { label: string; onClick(): void }) => (
  <IconButton type="button" variant="ghost" label={label} onClick={onClick}>
    <Trash />
  </IconButton>
);

const Buttons = ({ form, set }: PartProps) => {
  const { formatMessage } = useIntl();
  const twice = doubles(form.buttons);
  return (
    <>
      {form.buttons.map((title, index) => (
        <Flex key={index} gap={2} alignItems="flex-end">
          <div style={{ flex: 1 }}>
            <LimitedField
              name={`button-${index}`}
              label={formatMessage(t('builder.button'), { number: index + 1 })}
              required
              value={title}
              max={LENGTHS.button}
              error={twice.has(title.trim()) ? formatMessage(t('builder.double')) : undefined}
              onChange={(value) => set({ buttons: replaceAt(form.buttons, index, value) })}
            />
          </div>
          {form.buttons.length > 1 && (
            <RemoveButton
              label={formatMessage(t('builder.remove'), { number: index + 1 })}
              onClick={() => set({ buttons: without(form.buttons, index) })}
            />
          )}
        </Flex>
      ))}
      {form.buttons.length < MAX_BUTTONS && (
        <Button
          type="button"
          variant="tertiary"
          startIcon={<Plus />}
          onClick={() => set({ buttons: [...form.buttons, ''] })}
        >
          {formatMessage(t('builder.addButton'))}
        </Button>
      )}
    </>
  );
};

const Rows = ({ form, set }: PartProps) => {
  const { formatMessage } = useIntl();
  const twice = doubles(form.rows.map(({ title }) => title));
  return (
    <>
      <LimitedField
        name="listButton"
        label={formatMessage(t('builder.listButton'))}
        required
        value={form.listButton}
        max={LENGTHS.listButton}
        onChange={(listButton) => set({ listButton })}
      />
      {form.rows.map((row, index) => (
        <Flex key={index} gap={2} alignItems="flex-start">
          <Flex direction="column" alignItems="stretch" gap={2} style={{ flex: 1 }}>
            <LimitedField
              name={`row-${index}`}
              label={formatMessage(t('builder.row'), { number: index + 1 })}
              required
              value={row.title}
              max={LENGTHS.rowTitle}
              error={twice.has(row.title.trim()) ? formatMessage(t('builder.double')) : undefined}
              onChange={(title) => set({ rows: replaceAt(form.rows, index, { ...row, title }) })}
            />
            <LimitedField
              name={`description-${index}`}
              label={formatMessage(t('builder.rowDescription'), { number: index + 1 })}
              value={row.description}
              max={LENGTHS.rowDescription}
              onChange={(description) => set({ rows: replaceAt(form.rows, index, { ...row, description }) })}
            />
          </Flex>
          {form.rows.length > 1 && (
            <RemoveButton
              label={formatMessage(t('builder.remove'), { number: index + 1 })}
              onClick={() => set({ rows: without(form.rows, index) })}
            />
          )}
        </Flex>
      ))}
      {form.rows.length < MAX_ROWS && (
        <Button
          type="button"
          variant="tertiary"
          startIcon={<Plus />}
          onClick={() => set({ rows: [...form.rows, { title: '', description: '' }] })}
        >
          {formatMessage(t('builder.addRow'))}
        </Button>
      )}
    </>
  );
};

const Link = ({ form, set }: PartProps) => {
  const { formatMessage } = useIntl();
  const wrong = form.url.trim() !== '' && !isWebAddress(form.url);
  return (
    <>
      <LimitedField
        name="linkText"
        label={formatMessage(t('builder.linkText'))}
        required
        value={form.linkText}
        max={LENGTHS.linkText}
        onChange={(linkText) => set({ linkText })}
      />
      <Field.Root name="url" required error={wrong ? formatMessage(t('builder.noUrl')) : undefined}>
        <Field.Label>{formatMessage(t('builder.url'))}</Field.Label>
        <Field.Input
          dir="ltr"
          value={form.url}
          placeholder="https://"
          onChange={(event) => set({ url: event.target.value })}
        />
        <Field.Error />
      </Field.Root>
    </>
  );
};

interface Props {
  onSend(content: JobContent): void;
  onClose(): void;
}

/** Builds a message with buttons, a list, a link, or a question for the place; the bubble beside it is what goes out. */
export const InteractiveDialog = ({ onSend, onClose }: Props) => {
  const { formatMessage } = useIntl();
  const [form, setForm] = useState(EMPTY_FORM);
  const set = (change: Partial<InteractiveForm>) => setForm((old) => ({ ...old, ...change }));
  const interactive = toInteractive(form);
  const framed = form.kind !== 'location_request_message';
  const shown = shownContent({ type: 'interactive', interactive });
  return (
    <BuilderShell
      title={formatMessage(t('attach.interactive'))}
      canSubmit={isComplete(form)}
      onClose={onClose}
      onSubmit={() => onSend({ type: 'interactive', interactive })}
    >
      <Flex gap={2} wrap="wrap" role="group" aria-label={formatMessage(t('builder.kind'))}>
        {KINDS.map((kind) => (
          <Button
            key={kind}
            type="button"
            size="S"
            variant={kind === form.kind ? 'default' : 'tertiary'}
            aria-pressed={kind === form.kind}
            onClick={() => set({ kind })}
          >
            {formatMessage(t(`builder.kind.${kind}`))}
          </Button>
        ))}
      </Flex>
      <Columns>
        <Flex direction="column" alignItems="stretch" gap={4}>
          {framed && (
            <LimitedField
              name="header"
              label={formatMessage(t('builder.header'))}
              value={form.header}
              max={LENGTHS.header}
              onChange={(header) => set({ header })}
            />
          )}
          <LimitedField
            name="body"
            label={formatMessage(t('builder.body'))}
            required
            multiline
            value={form.body}
            max={bodyMax(form.kind)}
            onChange={(body) => set({ body })}
          />
          {framed && (
            <LimitedField
              name="footer"
              label={formatMessage(t('builder.footer'))}
              value={form.footer}
              max={LENGTHS.footer}
              onChange={(footer) => set({ footer })}
            />
          )}
          {form.kind === 'button' && <Buttons form={form} set={set} />}
          {form.kind === 'list' && <Rows form={form} set={set} />}
          {form.kind === 'cta_url' && <Link form={form} set={set} />}
        </Flex>
        <Stage aria-label={formatMessage(t('builder.preview'))} role="img">
          <Typography variant="pi" textColor="neutral600" paddingBottom={2}>
            {formatMessage(t('builder.preview'))}
          </Typography>
          <Bubble $tone="outgoing" $mine $first $last $flash={false}>
            <InteractiveBody message={{ ...shown, direction: 'outbound' }} />
          </Bubble>
        </Stage>
      </Columns>
    </BuilderShell>
  );
};
