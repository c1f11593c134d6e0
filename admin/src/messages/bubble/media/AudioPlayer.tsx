import { Play } from '@strapi/icons';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useIntl } from 'react-intl';
import { styled } from 'styled-components';
import type { Message } from '../../../../../server/src/messages/contract';
import { PauseGlyph } from '../../../design/icons';
import { useStore } from '../../../store/use-store';
import { t } from '../../../translate';
import { typeInfo } from '../../type-info';
import { safeFileName } from '../content';
import { Muted } from '../shell';
import { FileCard } from './FileCard';
import { BARS, knownPeaks, loadPeaks } from './peaks';
import { nextSpeed, playNextVoice, speedStore, takeTurn } from './playing';
import { UploadOverlay } from './UploadOverlay';

const Frame = styled.div`
  display: grid;
  grid-template-columns: 40px minmax(0, 1fr) auto;
  align-items: center;
  gap: 2px 8px;
  width: 280px;
  max-width: 100%;
  padding: 2px 0;
`;
const PlayButton = styled.button`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  grid-row: span 2;
  width: 40px;
  height: 40px;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: var(--wa-inset);
  color: var(--wa-text);
  cursor: pointer;
  &:focus-visible {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
  }
  svg path {
    fill: currentcolor;
  }
`;
const Wave = styled.div`
  position: relative;
  display: flex;
  align-items: center;
  gap: 1px;
  height: 28px;
  &:focus-within {
    outline: 2px solid ${({ theme }) => theme.colors.primary600};
    outline-offset: 2px;
    border-radius: 4px;
  }
  > i {
    flex: 1;
    min-width: 1px;
    border-radius: 1px;
    background: var(--wa-line);
    opacity: 0.45;
  }
  > i[data-done='true'] {
    opacity: 1;
  }
  > input {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
`;
const Speed = styled.button`
  min-width: 36px;
  min-height: 24px;
  padding: 0 6px;
  border: 0;
  border-radius: 12px;
  background: var(--wa-inset);
  color: var(--wa-text);
  font-size: 1.1rem;
  font-weight: 600;
  cursor: pointer;
`;

const EVEN = Array.from({ length: BARS }, () => 0.25);

const clock = (seconds: number): string => {
  const whole = Number.isFinite(seconds) && seconds > 0 ? Math.floor(seconds) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
};

interface Props {
  message: Pick<Message, 'id' | 'type' | 'clientKey' | 'media'>;
  url: string;
}

/** A voice note or sound file: play, seek, speed. One that the browser cannot play is offered as a file. */
export const AudioPlayer = ({ message, url }: Props) => {
  const { formatMessage } = useIntl();
  const frame = useRef<HTMLDivElement>(null);
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [broken, setBroken] = useState(false);
  const [peaks, setPeaks] = useState(() => knownPeaks(message.id) ?? EVEN);
  const speed = useStore(speedStore, (value) => value);
  const isVoice = message.type === 'voice';

  useEffect(() => {
    if (audio.current) audio.current.playbackRate = speed;
  }, [speed, playing]);

  if (broken && message.media) {
    return <FileCard message={message as Message} media={message.media} onRetry={() => setBroken(false)} />;
  }
  const toggle = () => {
    const player = audio.current;
    if (!player) return;
    if (!player.paused) return player.pause();
    takeTurn(player);
    player.play().catch(() => setBroken(true));
    void loadPeaks(message.id, url).then((found) => found && setPeaks(found));
  };
  const seek = (to: number) => {
    if (audio.current) audio.current.currentTime = to;
    setAt(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -5, ArrowRight: 5 }[event.key];
    if (by === undefined && event.key !== ' ') return;
    event.preventDefault();
    if (by === undefined) toggle();
    else seek(Math.max(0, Math.min(length, at + by)));
  };
  const label = formatMessage(t(typeInfo(message.type).label));
  const share = length > 0 ? at / length : 0;
  return (
    <Frame ref={frame} data-voice={isVoice || undefined} role="group" aria-label={label}>
      <audio
        ref={audio}
        src={url}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        // A recording of a browser carries no length until it was read to the end.
        onDurationChange={({ currentTarget: { duration } }) =>
          setLength(Number.isFinite(duration) ? duration : 0)
        }
        onError={() => setBroken(true)}
        onEnded={() => {
          setAt(0);
          if (isVoice) playNextVoice(frame.current);
        }}
      />
      <PlayButton
        type="button"
        aria-label={formatMessage(t(playing ? 'audio.pause' : 'audio.play'), { name: label })}
        onClick={toggle}
      >
        {playing ? <PauseGlyph /> : <Play width={16} height={16} aria-hidden />}
      </PlayButton>
      <Wave>
        {peaks.map((peak, bar) => (
          <i
            key={bar}
            data-done={bar / BARS < share}
            style={{ height: `${Math.max(12, Math.round(peak * 100))}%` }}
          />
        ))}
        <input
          type="range"
          min={0}
          max={length || 1}
          step={0.1}
          value={Math.min(at, length || 1)}
          aria-label={formatMessage(t('audio.position'))}
          aria-valuetext={`${clock(at)} / ${clock(length)}`}
          onChange={(event) => seek(Number(event.target.value))}
          onKeyDown={onKeyDown}
        />
      </Wave>
      <Speed type="button" aria-label={formatMessage(t('audio.speed'), { speed })} onClick={nextSpeed}>
        {speed}×
      </Speed>
      <Muted style={{ gridColumn: '2 / -1' }}>
        <span>{playing || at > 0 ? clock(at) : length > 0 ? clock(length) : ' '}</span>
        {!isVoice && message.media?.fileName && <bdi> · {safeFileName(message.media.fileName)}</bdi>}
        <UploadOverlay clientKey={message.clientKey} pending={message.id.startsWith('pending:')} inline />
      </Muted>
    </Frame>
  );
};
