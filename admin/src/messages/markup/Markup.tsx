import { Fragment, memo, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Block, Inline } from './ast';
import { parseMarkup } from './parse';

const Code = styled.code`
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  font-size: 0.93em;
  overflow-wrap: anywhere;
`;
const Pre = styled.pre`
  margin: 4px 0;
  padding: 6px 8px;
  border-inline-start: 3px solid var(--wa-line);
  background: var(--wa-inset);
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
  font-size: 1.2rem;
  white-space: pre-wrap;
  overflow-wrap: anywhere;
`;
const Quote = styled.blockquote`
  margin: 2px 0;
  padding-inline-start: 8px;
  border-inline-start: 3px solid var(--wa-line);
`;
const List = styled.ul`
  margin: 2px 0;
  padding-inline-start: 20px;
  list-style: disc;
  ol& {
    list-style: decimal;
  }
`;
const Anchor = styled.a`
  color: inherit;
  text-decoration: underline;
  text-underline-offset: 2px;
  overflow-wrap: anywhere;
`;

const TAGS = { bold: 'strong', italic: 'em', strike: 's' } as const;

/** How plain text inside the markup is shown. */
type WordsOf = (text: string) => ReactNode;

const asIs: WordsOf = (text) => text;

const inline = (nodes: Inline[], words: WordsOf): ReactNode =>
  nodes.map((node, index) => {
    switch (node.kind) {
      case 'text':
        return <Fragment key={index}>{words(node.text)}</Fragment>;
      case 'code':
        return <Code key={index}>{words(node.text)}</Code>;
      case 'link':
        return (
          <Anchor key={index} href={node.href} target="_blank" rel="noopener noreferrer">
            {node.label}
          </Anchor>
        );
      default: {
        const Tag = TAGS[node.kind];
        return <Tag key={index}>{inline(node.children, words)}</Tag>;
      }
    }
  });

const lines = (rows: Inline[][], words: WordsOf): ReactNode =>
  rows.map((row, index) => (
    <Fragment key={index}>
      {index > 0 && '\n'}
      {inline(row, words)}
    </Fragment>
  ));

const block = (node: Block, key: number, words: WordsOf): ReactNode => {
  switch (node.kind) {
    case 'lines':
      return <Fragment key={key}>{lines(node.lines, words)}</Fragment>;
    case 'quote':
      return <Quote key={key}>{lines(node.lines, words)}</Quote>;
    case 'pre':
      return <Pre key={key}>{words(node.text)}</Pre>;
    case 'bullets':
      return (
        <List key={key}>
          {node.items.map((item, index) => (
            <li key={index}>{inline(item, words)}</li>
          ))}
        </List>
      );
    case 'numbers':
      return (
        <List key={key} as="ol" start={node.start}>
          {node.items.map((item, index) => (
            <li key={index}>{inline(item, words)}</li>
          ))}
        </List>
      );
  }
};

interface Props {
  text: string;
  /** Shows plain stretches otherwise than as they are; the same function for as long as nothing changed. */
  words?: WordsOf;
}

/** A message's text with WhatsApp's markup, as React nodes only. Line breaks need `white-space: pre-wrap` around it. */
export const Markup = memo(({ text, words = asIs }: Props) => (
  <>{parseMarkup(text).map((node, index) => block(node, index, words))}</>
));
Markup.displayName = 'Markup';
