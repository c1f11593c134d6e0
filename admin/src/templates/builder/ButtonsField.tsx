import { Flex, IconButton, SimpleMenu, MenuItem, Typography } from '@strapi/design-system';
import { Drag, Plus, Trash } from '@strapi/icons';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { TEMPLATE_LIMITS as LIMITS } from '../../../../server/src/templates/limits';
import { buttonsOf, typeOf, type TemplateButton } from '../../../../server/src/templates/model';
import { t, type TranslationId } from '../../translate';
import { useBuilder, useFieldError } from './builder-context';
import { added, canAdd, CARD_KINDS, KINDS, newButton, withButtons, type Kind } from './buttons';
import { ButtonFields } from './ButtonFields';
import { moved, pathIn, scopeOf, withScope, type Components } from './components';
import { FieldAt } from './FieldAt';
import { useReorder } from './use-reorder';

const List = styled.ol`
  display: flex;
  flex-direction: column;
  gap: 12px;
  list-style: none;
  > li {
    padding: 12px;
    border: 1px solid ${({ theme }) => theme.colors.neutral150};
    border-radius: ${({ theme }) => theme.borderRadius};
    background: ${({ theme }) => theme.colors.neutral0};
  }
`;

const KIND_WORDS: Record<string, TranslationId> = {
  QUICK_REPLY: 'templates.button.QUICK_REPLY',
  URL: 'templates.button.URL',
  PHONE_NUMBER: 'templates.button.PHONE_NUMBER',
  COPY_CODE: 'templates.button.COPY_CODE',
  FLOW: 'templates.button.FLOW',
  CATALOG: 'templates.button.CATALOG',
  MPM: 'templates.button.MPM',
};

const useKindName = () => {
  const { formatMessage } = useIntl();
  return (type: string): string => (KIND_WORDS[type] ? formatMessage(t(KIND_WORDS[type])) : type);
};

interface RowProps {
  button: TemplateButton;
  index: number;
  count: number;
  path: string;
  source?: string;
  handle: object;
  onChange(button: TemplateButton): void;
  onRemove(): void;
}

const ButtonRow = ({ button, index, count, path, source, handle, onChange, onRemove }: RowProps) => {
  const { formatMessage } = useIntl();
  const kindName = useKindName();
  const error = useFieldError(path);
  const number = index + 1;
  return (
    <li>
      <Flex gap={2} paddingBottom={2}>
        {count > 1 && (
          <IconButton
            type="button"
            variant="ghost"
            label={formatMessage(t('templates.button.move'), { number, count })}
            {...handle}
          >
            <Drag />
          </IconButton>
        )}
        <Typography fontWeight="semiBold" textColor="neutral800" style={{ flex: 1 }}>
          {formatMessage(t('templates.button.title'), { number, kind: kindName(typeOf(button)) })}
        </Typography>
        <IconButton
          type="button"
          variant="ghost"
          label={formatMessage(t('templates.button.remove'), { number })}
          onClick={onRemove}
        >
          <Trash />
        </IconButton>
      </Flex>
      <ButtonFields button={button} path={path} source={source} onChange={onChange} />
      {error && typeOf(button) !== 'COPY_CODE' && typeOf(button) !== 'FLOW' && (
        <Typography variant="pi" textColor="danger600">
          {error}
        </Typography>
      )}
    </li>
  );
};

interface Props {
  card: number | null;
  /** The components in the language that is translated from. */
  source?: Components;
  /** Of a card: all cards change together. */
  onShape?(scope: Components): void;
}

/** The buttons below the text, in their order; quick replies stand together. */
export const ButtonsField = ({ card, source, onShape }: Props) => {
  const { formatMessage } = useIntl();
  const { draft, change } = useBuilder();
  const kindName = useKindName();
  const [said, setSaid] = useState('');
  const path = pathIn(card, 'buttons');
  const error = useFieldError(path);
  const scope = scopeOf(draft.components, card);
  const buttons = buttonsOf(scope);
  const sources = buttonsOf(source ?? []);
  const most = card === null ? LIMITS.buttons : LIMITS.cardButtons;
  const kinds: readonly Kind[] = card === null ? KINDS : CARD_KINDS;

  const write = (next: TemplateButton[]) =>
    change({ components: withScope(draft.components, card, withButtons(scope, next)) });
  const reshape = (next: TemplateButton[]) => (onShape ? onShape(withButtons(scope, next)) : write(next));
  const { list, handleProps } = useReorder<HTMLOListElement>((from, to) => {
    reshape(moved(buttons, from, to));
    setSaid(formatMessage(t('templates.button.moved'), { number: to + 1, count: buttons.length }));
  });
  return (
    <FieldAt path={path}>
      <Flex direction="column" alignItems="stretch" gap={3}>
        <Flex justifyContent="space-between" gap={2}>
          <Typography variant="pi" fontWeight="bold" textColor="neutral800">
            {formatMessage(t('templates.field.buttons'))}
          </Typography>
          <Typography variant="pi" textColor="neutral600" aria-hidden>
            {formatMessage(t('composer.count'), { count: buttons.length, max: most })}
          </Typography>
        </Flex>
        {buttons.length > 0 && (
          <List ref={list} aria-label={formatMessage(t('templates.field.buttons'))}>
            {buttons.map((button, index) => (
              <ButtonRow
                key={index}
                button={button}
                index={index}
                count={buttons.length}
                path={`${path}[${index}]`}
                source={sources[index]?.text}
                handle={handleProps(index)}
                onChange={(next) => write(buttons.map((one, at) => (at === index ? next : one)))}
                onRemove={() => reshape(buttons.filter((_, at) => at !== index))}
              />
            ))}
          </List>
        )}
        {error && (
          <Typography variant="pi" textColor="danger600">
            {error}
          </Typography>
        )}
        <Flex>
          <SimpleMenu
            label={formatMessage(t('templates.button.add'))}
            variant="secondary"
            size="S"
            startIcon={<Plus />}
            disabled={buttons.length >= most}
          >
            {kinds.map((kind) => (
              <MenuItem
                key={kind}
                disabled={!canAdd(buttons, kind, most)}
                onSelect={() => reshape(added(buttons, newButton(kind)))}
              >
                {kindName(kind)}
              </MenuItem>
            ))}
          </SimpleMenu>
        </Flex>
        {card === null && buttons.length > 3 && (
          <Typography variant="pi" textColor="neutral600">
            {formatMessage(t('templates.button.many'))}
          </Typography>
        )}
        <div role="status" style={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden' }}>
          {said}
        </div>
      </Flex>
    </FieldAt>
  );
};
