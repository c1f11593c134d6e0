import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { t } from '../../translate';
import { Markup } from '../markup/Markup';
import { listOf, recordOf, textOf } from './content';
import { Muted } from './shell';

const Words = styled.div`
  margin: 2px 0;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;
const Buttons = styled.ul`
  display: flex;
  flex-wrap: wrap;
  gap: 4px;
  margin: 4px 0;
  padding: 0;
  list-style: none;
  > li {
    padding: 2px 10px;
    border: 1px solid var(--wa-border);
    border-radius: 12px;
    font-size: 1.2rem;
    font-weight: 600;
  }
`;

/** A template with its values filled in; the name below tells the team which one it was. */
export const TemplateBody = ({ message }: { message: Message }) => {
  const { formatMessage } = useIntl();
  const { template, content, text } = message;
  const header = textOf(content, 'header') || textOf(recordOf(content.header), 'text');
  const footer = textOf(content, 'footer') || textOf(recordOf(content.footer), 'text');
  const buttons = listOf(content.buttons)
    .map((button) => textOf(button, 'text', 'title'))
    .filter(Boolean);
  const name = template?.name ?? textOf(content, 'name');
  return (
    <>
      {header && <strong dir="auto">{header}</strong>}
      <Words dir="auto">{text ? <Markup text={text} /> : formatMessage(t('type.template'))}</Words>
      {footer && (
        <Muted dir="auto" style={{ display: 'block' }}>
          {footer}
        </Muted>
      )}
      {buttons.length > 0 && (
        <Buttons>
          {buttons.map((title, index) => (
            <li key={index} dir="auto">
              {title}
            </li>
          ))}
        </Buttons>
      )}
      {name && (
        <Muted>
          {formatMessage(t('template.name'), { name })}
          {template?.language ? ` · ${template.language}` : ''}
        </Muted>
      )}
    </>
  );
};
