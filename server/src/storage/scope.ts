/**
 * Whose data a piece of request code may see. Repositories are handed out only within one, and put it into every
 * statement; an id of another tenant is simply not found.
 */
export interface Scope {
  readonly organizationId: number;
  /** Only the conversations assigned to this admin user, with all that belongs to them; absent: all of the tenant. */
  readonly assignedTo?: number;
  /** The viewer may not see full phone numbers; absent: they are shown. */
  readonly masked?: boolean;
  /** The viewer may have elements exactly as Meta sent them; absent: he may not. */
  readonly seesRaw?: boolean;
}
