import { useCallback, useEffect, useRef, useState } from 'react';
import {
  LONGEST_MS,
  problemOf,
  recordProblem,
  startRecording,
  type RecordProblem,
  type Recording,
} from './recording';

export type RecorderState =
  | { step: 'asking' }
  | { step: 'recording' | 'paused'; ms: number; level: number }
  | { step: 'preview'; blob: Blob; url: string }
  | { step: 'problem'; problem: RecordProblem };

const TICK_MS = 100;

/** Records from the moment it is mounted; unmounting lets go of the microphone. */
export const useRecorder = () => {
  const [state, setState] = useState<RecorderState>(() => {
    const problem = recordProblem();
    return problem ? { step: 'problem', problem } : { step: 'asking' };
  });
  const recording = useRef<Recording | null>(null);

  const finish = useCallback(async () => {
    const current = recording.current;
    recording.current = null;
    if (!current) return;
    try {
      const blob = await current.finish();
      setState({ step: 'preview', blob, url: URL.createObjectURL(blob) });
    } catch {
      setState({ step: 'problem', problem: 'failed' });
    }
  }, []);

  useEffect(() => {
    if (recordProblem()) return;
    let left = false;
    startRecording(() => void finish()).then(
      (started) => {
        if (left) return started.release();
        recording.current = started;
        setState({ step: 'recording', ms: 0, level: 0 });
      },
      (cause: unknown) => !left && setState({ step: 'problem', problem: problemOf(cause) }),
    );
    return () => {
      left = true;
      recording.current?.release();
      recording.current = null;
    };
  }, [finish]);

  const { step } = state;
  useEffect(() => {
    if (step !== 'recording') return;
    const timer = setInterval(() => {
      setState((old) =>
        old.step === 'recording'
          ? { ...old, ms: old.ms + TICK_MS, level: recording.current?.level() ?? 0 }
          : old,
      );
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [step]);
  const tooLong = state.step === 'recording' && state.ms >= LONGEST_MS;
  useEffect(() => {
    if (tooLong) void finish();
  }, [tooLong, finish]);

  const url = state.step === 'preview' ? state.url : null;
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url]);

  const toggle = () => {
    if (state.step === 'recording') {
      recording.current?.pause();
      setState({ ...state, step: 'paused', level: 0 });
    } else if (state.step === 'paused') {
      recording.current?.resume();
      setState({ ...state, step: 'recording' });
    }
  };
  return { state, finish, toggle };
};
