export interface OrganizationName {
  id: string;
  name: string;
  slug: string;
}

export interface Person {
  /** Id of the Strapi admin user. */
  id: string;
  name: string;
  email: string;
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** `HH:MM`, 24 hours, in the organization's time zone; `24:00` is the end of the day. `from` comes before `to`. */
export interface HoursSpan {
  from: string;
  to: string;
}

/** Opening hours per day; a day without spans is closed. */
export type BusinessHours = Record<Weekday, HoursSpan[]>;

/** A tenant as its administrator sees it. */
export interface Organization extends OrganizationName {
  /** IANA, e.g. `Europe/Istanbul`. */
  timeZone: string;
  businessHours: BusinessHours;
  members: Person[];
  numbers: { id: string; name: string }[];
}

/** POST takes at least a name, PUT any of them. */
export interface OrganizationInput {
  name: string;
  /** Made from the name when absent. */
  slug?: string;
  timeZone?: string;
  businessHours?: BusinessHours;
  /** Ids of admin users. */
  memberIds?: string[];
  /** Ids of numbers that move here; refused with 409 for one that has conversations elsewhere. */
  numberIds?: string[];
}

/** GET /organizations */
export namespace ListOrganizations {
  export interface Response {
    data: Organization[];
  }
}

/** POST /organizations, PUT /organizations/:id. DELETE answers 204, or 409 while it has numbers or conversations. */
export namespace OneOrganization {
  export interface Response {
    data: Organization;
  }
}

/** GET /organizations-people: the admin users to choose members from. */
export namespace ListPeople {
  export interface Response {
    data: Person[];
  }
}

/** GET /assignees: who may be given a conversation of this organization. */
export namespace ListAssignees {
  export interface Response {
    data: { id: string; name: string }[];
  }
}

/** GET /me: who asks, as far as choosing an organization goes. */
export namespace Me {
  export interface Response {
    data: {
      /** Those that the user may choose from. */
      organizations: OrganizationName[];
      /** The one that this call was answered for. */
      organization: OrganizationName & { timeZone: string };
      superAdmin: boolean;
    };
  }
}

/** A Strapi API token and the organization that it is bound to. */
export interface ApiAccess {
  id: string;
  name: string;
  type: 'full-access' | 'read-only' | 'custom';
  lastUsedAt: string | null;
  organization: { id: string; name: string } | null;
}

/** GET /api-access */
export namespace ListApiAccess {
  export interface Response {
    data: ApiAccess[];
  }
}

/** PUT /api-access/:tokenId */
export namespace BindApiAccess {
  export interface Request {
    organizationId: string | null;
  }
  export interface Response {
    data: ApiAccess;
  }
}
