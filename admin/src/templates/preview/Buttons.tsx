import { List } from '@strapi/icons';
import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { RenderedButton } from '../../../../server/src/templates/render';
import { t } from '../../translate';
import { buttonIcon, MOST_SHOWN, openableUrl, SHOWN_OF_MANY } from './button-kinds';

const Rows = styled.ul`
  /* The bubble's own border has the colour of its ground in the dark theme. */
  --wa-rule: color-mix(in srgb, var(--wa-meta) 30%, transparent);
  display: flex;
  flex-direction: column;
  margin: 6px -10px -2px;
  padding: 0;
  border-block-start: 1px solid var(--wa-rule);
  list-style: none;
  > li + li {
    border-block-start: 1px solid var(--wa-rule);
  }
  > li > * {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    width: 100%;
    min-height: 36px;
    padding: 4px 10px;
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    overflow-wrap: anywhere;
  }
  > li > button {
    cursor: pointer;
  }
  > li > a:hover,
  > li > button:hover {
    text-decoration: underline;
  }
  > li > a:focus-visible,
  > li > button:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: -2px;
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

interface Props {
  buttons: RenderedButton[];
  /** Presses on quick replies. Absent: they are only looked at. Addresses open in any case. */
  onPress?(index: number): void;
}

/** Buttons below a template, in Meta's order; more than three fold behind "See all options", as on the phone. */
export const Buttons = ({ buttons, onPress }: Props) => {
  const { formatMessage } = useIntl();
  const [all, setAll] = useState(false);
  if (buttons.length === 0) return null;
  const many = buttons.length > MOST_SHOWN;
  const shown = many && !all ? buttons.slice(0, SHOWN_OF_MANY) : buttons;

  const face = ({ type, text }: RenderedButton): ReactNode => {
    const Icon = buttonIcon(type);
    return (
      <>
        {Icon && <Icon width={14} height={14} aria-hidden />}
        <bdi>{text}</bdi>
      </>
    );
  };
  const body = (button: RenderedButton, index: number): ReactNode => {
    const url = openableUrl(button.target);
    if (onPress && button.type === 'quick_reply') {
      return (
        <button type="button" onClick={() => onPress(index)}>
          {face(button)}
        </button>
      );
    }
    return url ? (
      <a href={url} title={url} target="_blank" rel="noopener noreferrer">
        {face(button)}
      </a>
    ) : (
      <span title={button.target ?? undefined}>{face(button)}</span>
    );
  };
  return (
    <Rows>
      {shown.map((button, index) => (
        <li key={index}>{body(button, index)}</li>
      ))}
      {many && (
        <li>
          <button type="button" aria-expanded={all} onClick={() => setAll(!all)}>
            <List width={14} height={14} aria-hidden />
            {formatMessage(t(all ? 'preview.fewerOptions' : 'preview.allOptions'))}
          </button>
        </li>
      )}
    </Rows>
  );
};
