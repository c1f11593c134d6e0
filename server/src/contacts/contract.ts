/** GET /contacts/:id/phone (admin door, right "See full phone numbers"): each call leaves a line in the audit trail. */
export namespace RevealPhone {
  export interface Response {
    data: {
      /** E.164; null when the person hides it. */
      phone: string | null;
    };
  }
}
