import { ExternalLink, List } from '@strapi/icons';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { ReplyGlyph } from '../../design/icons';
import { t, type TranslationId } from '../../translate';
import { Markup } from '../markup/Markup';
import { readInteractive, type InteractiveView } from './interactive';
import { Muted } from './shell';

const Strong = styled.span`
  display: block;
  font-weight: 600;
  overflow-wrap: anywhere;
`;
const Words = styled.div`
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  unicode-bidi: plaintext;
`;
const Buttons = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 1px;
  margin: 6px -10px 4px;
  padding: 0;
  list-style: none;
  border-block: 1px solid var(--wa-border);
  > li {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 34px;
    padding: 4px 10px;
    font-weight: 600;
    text-align: center;
    overflow-wrap: anywhere;
  }
  > li + li {
    border-block-start: 1px solid var(--wa-border);
  }
  a {
    color: inherit;
  }
  svg {
    flex: none;
  }
  svg path {
    fill: currentcolor;
  }
  svg[fill='none'] path {
    fill: none;
  }
`;
const Rows = styled.details`
  margin: 4px 0;
  > summary {
    min-height: 24px;
    color: var(--wa-meta);
    font-size: 1.2rem;
    cursor: pointer;
  }
  ul {
    margin: 4px 0;
    padding-inline-start: 16px;
    list-style: disc;
  }
`;
const Fields = styled.dl`
  display: grid;
  gap: 4px;
  margin: 2px 0 4px;
  padding: 8px 10px;
  border-radius: 6px;
  background: var(--wa-inset);
  dt {
    color: var(--wa-meta);
    font-size: 1.2rem;
  }
  dd {
    margin: 0;
    overflow-wrap: anywhere;
  }
`;
const Label = styled(Muted)`
  display: flex;
  align-items: center;
  gap: 6px;
  margin-bottom: 2px;
  svg[fill='none'] path {
    fill: none;
  }
`;

/** Kinds with a name of their own; all others are an "Interactive message". */
const LABELS: Record<string, TranslationId> = {
  button_reply: 'interactive.button_reply',
  list_reply: 'interactive.list_reply',
  nfm_reply: 'interactive.nfm_reply',
  call_permission_reply: 'interactive.call_permission_reply',
  product: 'interactive.product',
  product_list: 'interactive.product',
  catalog_message: 'interactive.product',
  flow: 'interactive.flow',
  location_request_message: 'interactive.location_request',
  request_contact_info: 'interactive.contact_request',
  address_message: 'interactive.address',
};

const Sections = ({ view }: { view: InteractiveView }) => {
  const { formatMessage } = useIntl();
  const count = view.sections.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count === 0) return null;
  return (
    <Rows>
      <summary>{formatMessage(t('interactive.rows'), { count })}</summary>
      {view.sections.map(({ title, rows }, at) => (
        <div key={at}>
          {title && <Strong dir="auto">{title}</Strong>}
          <ul>
            {rows.map((row, index) => (
              <li key={index} dir="auto">
                {row.title}
                {row.description && <Muted style={{ display: 'block' }}>{row.description}</Muted>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Rows>
  );
};

const ButtonList = ({ view }: { view: InteractiveView }) => {
  if (view.buttons.length === 0) return null;
  return (
    <Buttons>
      {view.buttons.map((title, index) => (
        <li key={index}>
          {view.kind === 'list' && <List width={14} height={14} aria-hidden />}
          {view.kind === 'button' && <ReplyGlyph width={14} height={14} />}
          {view.url ? (
            <a href={view.url} target="_blank" rel="noopener noreferrer">
              <bdi>{title}</bdi> <ExternalLink width={12} height={12} aria-hidden />
            </a>
          ) : (
            <bdi>{title}</bdi>
          )}
        </li>
      ))}
    </Buttons>
  );
};

type Shown = Pick<Message, 'content' | 'direction' | 'text'>;

/** Buttons, lists, links and forms of ours, and what people answered to them. */
export const InteractiveBody = ({ message }: { message: Shown }) => {
  const { formatMessage } = useIntl();
  const view = readInteractive(message.content);
  const label = LABELS[view.kind] ?? (view.buttons.length === 0 ? 'type.interactive' : null);
  const words = view.body || (view.answer || message.direction === 'inbound' ? '' : message.text);
  return (
    <>
      {label && (
        <Label>
          {view.answer && <ReplyGlyph width={12} height={12} />}
          {formatMessage(t(label))}
        </Label>
      )}
      {view.header && <Strong dir="auto">{view.header}</Strong>}
      {words && (
        <Words dir="auto">
          <Markup text={words} />
        </Words>
      )}
      {view.answer && message.text && <Strong dir="auto">{message.text}</Strong>}
      {view.description && <Muted dir="auto">{view.description}</Muted>}
      {view.fields.length > 0 && (
        <Fields>
          {view.fields.map((field, index) => (
            <div key={index}>
              {field.label && <dt dir="auto">{field.label}</dt>}
              <dd dir="auto">{field.value}</dd>
            </div>
          ))}
        </Fields>
      )}
      {view.footer && <Muted dir="auto">{view.footer}</Muted>}
      <Sections view={view} />
      <ButtonList view={view} />
    </>
  );
};
