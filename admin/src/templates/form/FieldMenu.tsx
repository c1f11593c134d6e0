import { Popover, Typography } from '@strapi/design-system';
import { Lightning } from '@strapi/icons';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { BindableType, ValueSource } from '../../../../server/src/template-use/contract';
import { ListRow } from '../../design/ListRow';
import { InlineButton } from '../../messages/bubble/shell';
import { t } from '../../translate';
import { folded } from '../picker/pick-list';
import { moveFocus } from './move-focus';
import { PlainInput } from './PlainInput';

const Panel = styled.div`
  display: flex;
  flex-direction: column;
  gap: 8px;
  width: 300px;
  max-width: calc(100vw - 32px);
  max-height: min(360px, 60vh);
  padding: 12px;
`;
const List = styled.div`
  min-height: 0;
  overflow: auto;
`;
const Opener = styled(InlineButton)`
  display: inline-flex;
  align-items: center;
  gap: 4px;
  text-decoration: none;
  svg path {
    fill: currentcolor;
  }
`;

/** Kinds of fields that can stand for text; a file is no word. */
const isTextual = (type: string): boolean => type !== 'media';

interface Props {
  types: readonly BindableType[];
  /** What the field takes. */
  wants: 'text' | 'media';
  /** Name of the field that the menu belongs to. */
  of: string;
  onChoose(source: ValueSource): void;
}

/** "Use field…": what is known of the contact, and of content. */
export const FieldMenu = ({ types, wants, of, onChoose }: Props) => {
  const { formatMessage } = useIntl();
  const [open, setOpen] = useState(false);
  const [q, setQ] = useState('');
  const shown = useMemo(
    () =>
      types
        .map((type) => ({
          ...type,
          fields: type.fields.filter(
            (field) =>
              isTextual(field.type) === (wants === 'text') &&
              folded(`${type.label} ${field.label} ${field.path}`).includes(folded(q.trim())),
          ),
        }))
        .filter(({ fields }) => fields.length > 0),
    [types, wants, q],
  );
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => moveFocus(event, 'input, [data-item]');
  const choose = (uid: string, path: string) => {
    setOpen(false);
    onChoose(uid === 'contact' ? { from: 'contact', path } : { from: 'entry', contentType: uid, path });
  };
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger>
        <Opener type="button" aria-label={formatMessage(t('field.useFor'), { name: of })}>
          <Lightning width={12} height={12} aria-hidden />
          {formatMessage(t('field.use'))}
        </Opener>
      </Popover.Trigger>
      <Popover.Content side="bottom" align="end" aria-label={formatMessage(t('field.use'))}>
        <Panel onKeyDown={onKeyDown}>
          <PlainInput
            value={q}
            placeholder={formatMessage(t('field.search'))}
            aria-label={formatMessage(t('field.search'))}
            onChange={(event) => setQ(event.target.value)}
          />
          <List>
            {shown.length === 0 && (
              <Typography variant="pi" textColor="neutral600">
                {formatMessage(t('field.none'))}
              </Typography>
            )}
            {shown.map((type) => (
              <section key={type.uid} aria-label={type.label}>
                <Typography variant="sigma" textColor="neutral600" tag="h3" padding={2}>
                  {type.label}
                </Typography>
                {type.fields.map((field) => (
                  <ListRow
                    key={field.path}
                    type="button"
                    data-item
                    onClick={() => choose(type.uid, field.path)}
                  >
                    {field.label}
                  </ListRow>
                ))}
              </section>
            ))}
          </List>
        </Panel>
      </Popover.Content>
    </Popover.Root>
  );
};
