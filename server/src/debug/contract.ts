/** GET /debug, PUT /debug */
export namespace Debug {
  export interface Request {
    /** 0 switches it off; at most a day. */
    minutes: number;
  }
  export interface Response {
    data: { until: string | null };
  }
}
