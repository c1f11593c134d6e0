import type { TemplateDefinition } from './model';

/** A draft before it is submitted. */
export interface TemplateDraft extends TemplateDefinition {
  /** `message_send_ttl_seconds`; absent: Meta's own. */
  ttlSeconds?: number;
}

/** Something that Meta would refuse. `rule` is stable: the panel has words for it. */
export interface LintProblem {
  rule: string;
  /** `body`, `buttons[1].url`, `cards[0].header` … */
  path: string;
  message: string;
}

export type Report = (rule: string, path: string, message: string) => void;
