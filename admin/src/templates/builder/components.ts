import { componentOf, typeOf, type TemplateComponent } from '../../../../server/src/templates/model';

export type Components = readonly TemplateComponent[];

/** The order in which people read them, and Meta lists them. */
const ORDER = ['HEADER', 'LIMITED_TIME_OFFER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL'];

const placeOf = (component: TemplateComponent): number => {
  const place = ORDER.indexOf(typeOf(component));
  return place < 0 ? ORDER.length : place;
};

/** Puts a component in place of the first one of its type, or where it belongs. */
export const put = (components: Components, component: TemplateComponent): TemplateComponent[] => {
  const known = components.findIndex((one) => typeOf(one) === typeOf(component));
  if (known >= 0) return components.map((one, index) => (index === known ? component : one));
  const before = components.findIndex((one) => placeOf(one) > placeOf(component));
  const at = before < 0 ? components.length : before;
  return [...components.slice(0, at), component, ...components.slice(at)];
};

export const drop = (components: Components, type: string): TemplateComponent[] =>
  components.filter((component) => typeOf(component) !== type);

/** The components of the template itself (null), or of one card. */
export const scopeOf = (components: Components, card: number | null): Components =>
  card === null ? components : (componentOf(components, 'CAROUSEL')?.cards?.[card]?.components ?? []);

export const withScope = (
  components: Components,
  card: number | null,
  scope: Components,
): TemplateComponent[] => {
  if (card === null) return [...scope];
  const carousel = componentOf(components, 'CAROUSEL');
  const cards = (carousel?.cards ?? []).map((one, index) =>
    index === card ? { ...one, components: [...scope] } : one,
  );
  return put(components, { ...carousel, type: carousel?.type ?? 'CAROUSEL', cards });
};

/** Kinds that the builder has fields for; the others stand there as they are. */
const EDITABLE: ReadonlySet<string> = new Set(ORDER);
export const foreignOf = (components: Components): TemplateComponent[] =>
  components.filter((component) => !EDITABLE.has(typeOf(component)));

/** `buttons[1].url` → `cards[2].buttons[1].url` within a card. */
export const pathIn = (card: number | null, path: string): string =>
  card === null ? path : `cards[${card}].${path}`;

export const moved = <T>(list: readonly T[], from: number, to: number): T[] => {
  const next = [...list];
  const [item] = next.splice(from, 1);
  if (item !== undefined) next.splice(Math.max(0, Math.min(next.length, to)), 0, item);
  return next;
};
