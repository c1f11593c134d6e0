import { useEffect, useRef, useState, type FormEvent } from 'react';
import type { Integration, OneIntegration } from '../../../server/src/integrations/contract';
import { api, ApiError } from '../api/client';
import { useTellFailure } from '../design/use-tell-failure';
import {
  EMPTY_NUMBER,
  inputOf,
  validateNumber,
  valuesOf,
  type NumberErrors,
  type NumberValues,
} from './numbers-form';
import { fieldErrorsOf } from './server-errors';

/** A pause in typing after which a field is told what is wrong with it. */
const PAUSE_MS = 700;

type Name = keyof NumberValues;

/** Values, what is wrong with them as one types, and saving. */
export const useNumberForm = (
  integration: Integration | null,
  onSaved: (integration: Integration) => void,
) => {
  const tell = useTellFailure();
  const form = useRef<HTMLFormElement>(null);
  const [values, setValues] = useState<NumberValues>(integration ? valuesOf(integration) : EMPTY_NUMBER);
  const [refused, setRefused] = useState<NumberErrors>({});
  const [touched, setTouched] = useState<ReadonlySet<Name>>(new Set());
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const pause = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(pause.current), []);

  const wrong = validateNumber(values, integration);
  const shown = Object.entries({ ...wrong, ...refused }).filter(([name]) => touched.has(name as Name));
  const errors = Object.fromEntries(shown) as NumberErrors;

  // Whoever pressed Save stands at the top of a long page: lead to what is wrong.
  useEffect(() => {
    if (attempt > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempt]);

  const leave = (name: Name) => setTouched((old) => new Set([...old, name]));
  const change = (name: Name, value: string | boolean) => {
    setValues((old) => ({ ...old, [name]: value }));
    setRefused(({ [name]: _old, ...rest }) => rest);
    clearTimeout(pause.current);
    pause.current = setTimeout(() => leave(name), PAUSE_MS);
  };

  const send = async () => {
    const body = inputOf(values, integration?.envLocked);
    const { data } = integration
      ? await api.put<OneIntegration.Response>(`/integrations/${encodeURIComponent(integration.id)}`, body)
      : await api.post<OneIntegration.Response>('/integrations', body);
    setValues(valuesOf(data));
    setTouched(new Set());
    onSaved(data);
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    clearTimeout(pause.current);
    setTouched(new Set(Object.keys(values) as Name[]));
    setRefused({});
    setAttempt((count) => count + 1);
    if (Object.keys(wrong).length > 0) return;
    setBusy(true);
    try {
      await send();
    } catch (cause) {
      const fields = cause instanceof ApiError ? fieldErrorsOf(cause) : {};
      setRefused(fields);
      setAttempt((count) => count + 1);
      if (Object.keys(fields).length === 0) tell(cause);
    } finally {
      setBusy(false);
    }
  };
  return { form, values, errors, busy, change, leave, submit };
};
