/** GET /contacts/:id/phone: the whole number, for whoever may see it; each look is recorded. */
export namespace RevealPhone {
  export interface Response {
    data: { phone: string | null };
  }
}
