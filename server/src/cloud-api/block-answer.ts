import { list, object, text, type JsonObject } from './read';

export interface BlockAnswer {
  /** How many people the call changed. */
  done: number;
  /** Why somebody was left out; null when nobody was. */
  refused: { code: number; message: string | null } | null;
}

/**
 * Meta, block-users: a mixed result is HTTP 400 with both lists and code 139100. The list of an unblock is called
 * `added_users` in older pages and `removed_users` in the OpenAPI.
 */
export function readBlock(answer: JsonObject): BlockAnswer | null {
  const users = object(answer.block_users);
  if (users === null) return null;
  const failed = object(list(users.failed_users)[0]);
  const error = object(list(failed?.errors)[0]);
  return {
    done: list(users.added_users).length + list(users.removed_users).length,
    refused:
      failed === null
        ? null
        : {
            code: Number(error?.code ?? 139100),
            message: text(object(error?.error_data)?.details) ?? text(error?.message) ?? text(error?.title),
          },
  };
}
