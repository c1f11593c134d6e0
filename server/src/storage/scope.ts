/**
 * Whose data a piece of request code may see. Repositories are handed out only within one, and put it into every
 * statement; an id of another tenant is simply not found.
 */
export interface Scope {
  readonly organizationId: number;
}
