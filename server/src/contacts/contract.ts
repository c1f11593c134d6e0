/** GET /contacts/:id/phone (admin door, right "See full phone numbers"): each call leaves a line in the audit trail. */
export namespace RevealPhone {
  export interface Response {
    data: {
      /** E.164; null when the person hides it. */
      phone: string | null;
    };
  }
}

/** A contact that test sends go to. GET /test-contacts */
export interface TestContact {
  id: string;
  name: string;
  phone: string | null;
}

/** PUT /contacts/:id/link {contentType, documentId}; DELETE takes the link away. Both answer what holds afterwards. */
export interface ContactLink {
  id: string;
  linkedEntry: { contentType: string; documentId: string } | null;
}
