import { componentOf, headerFormat, typeOf, type TemplateDefinition } from './model';
import { TEMPLATE_LIMITS } from './limits';

/**
 * A carousel of products is approved with two cards and sent with as many products as the sender names (Meta, product card
 * carousel templates): the template as it is for these values. Every other template stays as it is.
 */
export const forCards = <T extends TemplateDefinition>(
  definition: T,
  { cards: given }: { cards?: readonly unknown[] },
): T => {
  const [first] = componentOf(definition.components, 'CAROUSEL')?.cards ?? [];
  if (!first || headerFormat(first.components) !== 'PRODUCT' || !given) return definition;
  const { least, most } = TEMPLATE_LIMITS.cards;
  const count = Math.min(Math.max(given.length, least), most);
  const components = definition.components.map((component) =>
    typeOf(component) === 'CAROUSEL'
      ? { ...component, cards: Array.from({ length: count }, () => first) }
      : component,
  );
  return { ...definition, components };
};
