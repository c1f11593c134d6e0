import { IconButton, Typography } from '@strapi/design-system';
import { ArrowLeft, ArrowRight, Cross, Download, Minus, Plus, Search } from '@strapi/icons';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../server/src/messages/contract';
import { fullDateTime } from '../../design/time';
import { t } from '../../translate';
import { plainStart } from '../markup/plain';
import { FITTED, pan, zoom } from './view';

/** The browser's own dialog: it holds the focus, gives it back to the thumbnail, and closes on Escape. */
const Dialog = styled.dialog`
  width: 100vw;
  max-width: none;
  height: 100dvh;
  max-height: none;
  margin: 0;
  padding: 0;
  border: 0;
  background: ${({ theme }) => theme.colors.neutral0};
  color: ${({ theme }) => theme.colors.neutral800};
  overflow: hidden;
  &:focus {
    outline: none;
  }
  &[open] {
    display: flex;
    flex-direction: column;
  }
`;
const Bar = styled.div`
  display: flex;
  flex: none;
  align-items: center;
  gap: 8px;
  padding: 8px 16px;
  > :first-child {
    flex: 1;
    min-width: 0;
  }
`;
const Stage = styled.div<{ $zoomed: boolean }>`
  position: relative;
  display: flex;
  flex: 1;
  align-items: center;
  justify-content: center;
  min-height: 0;
  padding: 8px 64px;
  background: ${({ theme }) => theme.colors.neutral100};
  cursor: ${({ $zoomed }) => ($zoomed ? 'grab' : 'zoom-in')};
  touch-action: none;
  overflow: hidden;
  img {
    max-width: 100%;
    max-height: 100%;
    object-fit: contain;
    user-select: none;
  }
  @media (max-width: 519px) {
    padding: 8px;
  }
`;
const Side = styled.div<{ $end?: boolean }>`
  position: absolute;
  inset-block-start: 50%;
  ${({ $end }) => ($end ? 'inset-inline-end' : 'inset-inline-start')}: 12px;
  z-index: 1;
  transform: translateY(-50%);
`;

interface Props {
  /** Photos of the conversation that are loaded, oldest first. */
  pictures: Message[];
  currentId: string;
  contactName: string;
  onChange(id: string): void;
  onClose(): void;
  onGoTo(id: string): void;
}

/** Photos at full size: arrows walk through the conversation's, plus and minus zoom, dragging moves. */
export const Lightbox = ({ pictures, currentId, contactName, onChange, onClose, onGoTo }: Props) => {
  const { formatMessage, locale } = useIntl();
  const dialog = useRef<HTMLDialogElement>(null);
  const [view, setView] = useState(FITTED);
  const drag = useRef<{ x: number; y: number; moved: boolean } | null>(null);
  const at = pictures.findIndex(({ id }) => id === currentId);
  const message = pictures[at];

  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open) return;
    element.showModal?.();
    element.focus();
  }, []);
  useEffect(() => setView(FITTED), [currentId]);
  useEffect(() => {
    const next = pictures[at + 1]?.media?.url;
    if (next) new Image().src = next;
  }, [at, pictures]);

  if (!message?.media?.url) return null;
  const step = (by: number) => {
    const next = pictures[at + by];
    if (next) onChange(next.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') step(-1);
    else if (event.key === 'ArrowRight') step(1);
    else if (event.key === '+' || event.key === '=') setView((old) => zoom(old, 1.5));
    else if (event.key === '-') setView((old) => zoom(old, 1 / 1.5));
    else if (event.key === '0') setView(FITTED);
    // A tooltip that is open takes the first Escape for itself and keeps the dialog from closing.
    else if (event.key === 'Escape') dialog.current?.close?.();
  };
  const onPointerMove = (event: PointerEvent) => {
    const last = drag.current;
    if (!last) return;
    const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
    drag.current = {
      x: event.clientX,
      y: event.clientY,
      moved: last.moved || Math.abs(dx) + Math.abs(dy) > 3,
    };
    setView((old) => pan(old, dx, dy));
  };
  const onPointerUp = () => {
    if (drag.current && !drag.current.moved) setView((old) => (old.scale > 1 ? FITTED : zoom(old, 2.5)));
    drag.current = null;
  };
  const who = message.direction === 'outbound' ? formatMessage(t('quote.us')) : contactName;
  const name = plainStart(message.text) || formatMessage(t('type.image'));
  return (
    <Dialog
      ref={dialog}
      tabIndex={-1}
      aria-label={formatMessage(t('lightbox.label'), { name })}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <Bar>
        <div>
          <Typography tag="div" fontWeight="bold" ellipsis dir="auto">
            {who}
          </Typography>
          <Typography tag="div" variant="pi" textColor="neutral600" ellipsis>
            {fullDateTime(Date.parse(message.timestamp), locale)}
            {pictures.length > 1 && ` · ${at + 1}/${pictures.length}`}
          </Typography>
        </div>
        <IconButton
          variant="ghost"
          label={formatMessage(t('lightbox.zoomOut'))}
          onClick={() => setView((old) => zoom(old, 1 / 1.5))}
        >
          <Minus />
        </IconButton>
        <IconButton
          variant="ghost"
          label={formatMessage(t('lightbox.zoomIn'))}
          onClick={() => setView((old) => zoom(old, 1.5))}
        >
          <Plus />
        </IconButton>
        <IconButton
          variant="ghost"
          label={formatMessage(t('lightbox.goTo'))}
          onClick={() => onGoTo(message.id)}
        >
          <Search />
        </IconButton>
        <IconButton
          variant="ghost"
          tag="a"
          href={message.media.url}
          download={message.media.fileName ?? ''}
          label={formatMessage(t('media.download'), { name })}
        >
          <Download />
        </IconButton>
        <IconButton
          variant="ghost"
          label={formatMessage(t('common.close'))}
          onClick={() => dialog.current?.close?.()}
        >
          <Cross />
        </IconButton>
      </Bar>
      <Stage
        $zoomed={view.scale > 1}
        onWheel={(event) => setView((old) => zoom(old, event.deltaY < 0 ? 1.15 : 1 / 1.15))}
        onPointerDown={(event) => {
          if (event.target instanceof Element && event.target.closest('button')) return;
          drag.current = { x: event.clientX, y: event.clientY, moved: false };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => (drag.current = null)}
      >
        {at > 0 && (
          <Side>
            <IconButton label={formatMessage(t('lightbox.previous'))} onClick={() => step(-1)}>
              <ArrowLeft />
            </IconButton>
          </Side>
        )}
        <img
          key={message.id}
          src={message.media.url}
          alt={name}
          draggable={false}
          style={{ transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})` }}
        />
        {at < pictures.length - 1 && (
          <Side $end>
            <IconButton label={formatMessage(t('lightbox.next'))} onClick={() => step(1)}>
              <ArrowRight />
            </IconButton>
          </Side>
        )}
      </Stage>
      {message.text && (
        <Bar>
          <Typography dir="auto" style={{ textAlign: 'center', whiteSpace: 'pre-wrap' }}>
            {message.text}
          </Typography>
        </Bar>
      )}
    </Dialog>
  );
};
