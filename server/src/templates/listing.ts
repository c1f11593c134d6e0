import type { ParameterFormat, TemplateComponent } from './model';

/** One template as Meta's listing tells it, with absent fields made plain. */
export interface ListedTemplate {
  metaId: string;
  name: string;
  language: string;
  category: string;
  status: string;
  quality: string | null;
  parameterFormat: ParameterFormat;
  components: TemplateComponent[];
  rejectedReason: string | null;
  previousCategory: string | null;
  /** The category that Meta holds for right, and will give it; null when it does not say. */
  correctCategory: string | null;
  /** `message_send_ttl_seconds`; null: Meta's own. */
  ttlSeconds: number | null;
}

const text = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

const isComponent = (value: unknown): value is TemplateComponent =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

const named = (value: string | null): string | null => (value === null || value === 'NONE' ? null : value);

const upper = (value: unknown): string | null => named(text(value))?.toUpperCase() ?? null;

const whole = (value: unknown): number | null => {
  const seconds = Number(value ?? NaN);
  return Number.isInteger(seconds) ? seconds : null;
};

/** null for an item without id, name or language: nothing could be done with it. */
export const readListed = (item: Record<string, unknown>): ListedTemplate | null => {
  const [metaId, name, language] = [text(item.id), text(item.name), text(item.language)];
  if (!metaId || !name || !language) return null;
  const score = (item.quality_score as { score?: unknown } | undefined)?.score;
  return {
    metaId,
    name,
    language,
    category: (text(item.category) ?? '').toUpperCase(),
    status: (text(item.status) ?? 'UNKNOWN').toUpperCase(),
    quality: text(score),
    parameterFormat: text(item.parameter_format)?.toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    components: Array.isArray(item.components) ? item.components.filter(isComponent) : [],
    rejectedReason: named(text(item.rejected_reason)),
    previousCategory: upper(item.previous_category),
    correctCategory: upper(item.correct_category),
    ttlSeconds: whole(item.message_send_ttl_seconds),
  };
};
