/** A file that waits to be sent: checked, converted where WhatsApp needs it, and kept until a message uses it. */
export interface Upload {
  uploadId: string;
  /** What it will be sent as. */
  kind: 'image' | 'video' | 'audio' | 'voice' | 'document' | 'sticker';
  mimeType: string;
  fileName: string | null;
  /** Bytes, after conversion. */
  size: number;
  /** Pixels; null for what has none or could not be measured. */
  width: number | null;
  height: number | null;
  /** Why the file was changed, in words; null when it goes out as it came. */
  converted: string | null;
  /** Same-origin, signed, short-lived. */
  previewUrl: string;
}

/** POST /uploads (multipart: `file`, `integrationId`, `voice`?, `kind`?), POST /uploads/from-library. 400 media_not_supported with the reason. */
export namespace CreateUpload {
  export interface FromLibrary {
    /** Id of a file in Strapi's Media Library. */
    fileId: string;
    integrationId: string;
    /** What it is to be sent as; default: what its bytes are. */
    kind?: Upload['kind'];
  }
  export interface Response {
    data: Upload;
  }
}
