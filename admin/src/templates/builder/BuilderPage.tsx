import type { Abilities } from '../../use-abilities';
export const BuilderPage = (_: { abilities: Abilities }) => null;
