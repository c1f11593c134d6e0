/** In the order in which WhatsApp likes them: the server re-wraps Opus of any kind to Ogg. */
const TYPES = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus', 'audio/mp4'];

/** Meta takes 16 MB; at 32 kbit/s fifteen minutes stay far below. */
export const LONGEST_MS = 15 * 60_000;
const BITS_PER_SECOND = 32_000;

export type RecordProblem = 'insecure' | 'unsupported' | 'denied' | 'noDevice' | 'failed';

/** Why this browser cannot record; null when it can. */
export const recordProblem = (): RecordProblem | null => {
  // Browsers hide the microphone from pages that came over plain http.
  if (!window.isSecureContext) return 'insecure';
  if (typeof MediaRecorder === 'undefined' || !navigator.mediaDevices?.getUserMedia) return 'unsupported';
  return TYPES.some((type) => MediaRecorder.isTypeSupported(type)) ? null : 'unsupported';
};

export const problemOf = (cause: unknown): RecordProblem => {
  const name = cause instanceof DOMException ? cause.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  return name === 'NotFoundError' || name === 'NotReadableError' ? 'noDevice' : 'failed';
};

export interface Recording {
  pause(): void;
  resume(): void;
  /** Ends it and gives what was recorded. */
  finish(): Promise<Blob>;
  /** Loudness now, 0–1. */
  level(): number;
  /** Lets go of the microphone; safe to call at any time. */
  release(): void;
}

const meter = (stream: MediaStream) => {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 256;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Uint8Array(analyser.fftSize);
  return {
    level() {
      analyser.getByteTimeDomainData(samples);
      return samples.reduce((peak, value) => Math.max(peak, Math.abs(value - 128) / 128), 0);
    },
    close: () => void context.close(),
  };
};

/** Asks for the microphone and begins. `onLost`: the device was pulled out; what was recorded is kept. */
export const startRecording = async (onLost: () => void): Promise<Recording> => {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
  });
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
  const chunks: Blob[] = [];
  recorder.ondataavailable = ({ data }) => data.size > 0 && chunks.push(data);
  const ended = new Promise<void>((resolve) => {
    recorder.onstop = () => resolve();
  });
  const loudness = meter(stream);
  stream.getAudioTracks().forEach((track) => track.addEventListener('ended', onLost));
  recorder.start(1_000);

  const release = () => {
    if (recorder.state !== 'inactive') recorder.stop();
    stream.getTracks().forEach((track) => track.stop());
    loudness.close();
  };
  return {
    pause() {
      if (recorder.state === 'recording') recorder.pause();
    },
    resume() {
      if (recorder.state === 'paused') recorder.resume();
    },
    level: loudness.level,
    release,
    async finish() {
      if (recorder.state !== 'inactive') recorder.stop();
      await ended;
      release();
      return new Blob(chunks, { type: recorder.mimeType || mimeType });
    },
  };
};
