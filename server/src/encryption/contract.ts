/** The key ring, by fingerprints: a key itself never leaves the server. */
export interface EncryptionState {
  configured: boolean;
  keys: { id: string; newest: boolean }[];
  /** Rows that hold sealed values. */
  sealedRows: number;
  /** Those of them that an older key than the newest one sealed. */
  oldRows: number;
}

/** GET /encryption */
export namespace GetEncryption {
  export interface Response {
    data: EncryptionState;
  }
}

/** POST /encryption/reseal */
export namespace Reseal {
  export interface Response {
    data: { resealed: number; unreadable: number };
  }
}
