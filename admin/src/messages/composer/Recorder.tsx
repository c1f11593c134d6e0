import { Button, Flex, Typography } from '@strapi/design-system';
import { Microphone, PaperPlane, Play, Stop, Trash } from '@strapi/icons';
import { useEffect, useRef } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import { PauseGlyph } from '../../design/icons';
import { t } from '../../translate';
import { AudioPlayer } from '../bubble/media/AudioPlayer';
import { LONGEST_MS } from './recording';
import { ToolButton } from './tool-styles';
import { useRecorder } from './use-recorder';

const Bar = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 8px;
  min-height: 42px;
  --wa-inset: ${({ theme }) => theme.colors.neutral150};
  --wa-line: ${({ theme }) => theme.colors.primary600};
  --wa-text: ${({ theme }) => theme.colors.neutral800};
  --wa-meta: ${({ theme }) => theme.colors.neutral600};
`;
const Level = styled.div`
  flex: 1;
  min-width: 60px;
  height: 8px;
  border-radius: 4px;
  background: ${({ theme }) => theme.colors.neutral150};
  overflow: hidden;
  > i {
    display: block;
    height: 100%;
    background: ${({ theme }) => theme.colors.danger600};
  }
`;
const Clock = styled.span`
  min-width: 44px;
  color: ${({ theme }) => theme.colors.neutral800};
  font-variant-numeric: tabular-nums;
`;

const clock = (ms: number): string => {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

interface Props {
  onSend(blob: Blob): void;
  onDiscard(): void;
}

/** Records a voice note: pause, listen to it, throw it away or send it. Says what to do where the browser cannot. */
export const Recorder = ({ onSend, onDiscard }: Props) => {
  const { formatMessage } = useIntl();
  const { state, finish, toggle } = useRecorder();
  const bar = useRef<HTMLDivElement>(null);
  // The button that opened it is gone; the keyboard goes on from here.
  useEffect(() => bar.current?.focus(), []);
  const discard = (
    <ToolButton
      type="button"
      aria-label={formatMessage(t('record.discard'))}
      title={formatMessage(t('record.discard'))}
      onClick={onDiscard}
    >
      <Trash aria-hidden />
    </ToolButton>
  );
  return (
    <Bar
      ref={bar}
      tabIndex={-1}
      role="group"
      aria-label={formatMessage(t('record.label'))}
      onKeyDown={(event) => event.key === 'Escape' && onDiscard()}
    >
      {state.step === 'problem' && (
        <Flex gap={3} justifyContent="space-between" width="100%">
          <Typography role="alert" textColor="neutral800">
            {formatMessage(t(`record.problem.${state.problem}`))}
          </Typography>
          <Button variant="tertiary" onClick={onDiscard}>
            {formatMessage(t('common.close'))}
          </Button>
        </Flex>
      )}
      {state.step === 'asking' && (
        <>
          {discard}
          <Typography role="status">{formatMessage(t('record.asking'))}</Typography>
        </>
      )}
      {(state.step === 'recording' || state.step === 'paused') && (
        <>
          {discard}
          <Microphone width={16} height={16} fill="danger600" aria-hidden />
          <Clock role="timer">{clock(state.ms)}</Clock>
          <Level aria-hidden>
            <i style={{ width: `${Math.round(state.level * 100)}%` }} />
          </Level>
          {state.ms > LONGEST_MS * 0.9 && (
            <Typography variant="pi" textColor="neutral800">
              {formatMessage(t('record.left'), { time: clock(LONGEST_MS - state.ms) })}
            </Typography>
          )}
          <ToolButton
            type="button"
            aria-label={formatMessage(t(state.step === 'recording' ? 'record.pause' : 'record.resume'))}
            onClick={toggle}
          >
            {state.step === 'recording' ? <PauseGlyph /> : <Play aria-hidden />}
          </ToolButton>
          <Button variant="secondary" startIcon={<Stop />} onClick={() => void finish()}>
            {formatMessage(t('record.finish'))}
          </Button>
        </>
      )}
      {state.step === 'preview' && (
        <>
          {discard}
          <AudioPlayer
            message={{ id: state.url, type: 'audio', clientKey: null, media: null }}
            url={state.url}
          />
          <Button
            autoFocus
            startIcon={<PaperPlane />}
            style={{ marginInlineStart: 'auto' }}
            onClick={() => onSend(state.blob)}
          >
            {formatMessage(t('composer.send'))}
          </Button>
        </>
      )}
    </Bar>
  );
};
