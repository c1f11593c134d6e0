/** A template as Meta describes it (`/<WABA_ID>/message_templates`), with the fields that we read. */
export type ParameterFormat = 'POSITIONAL' | 'NAMED';

export interface TemplateButton {
  type: string;
  text?: string;
  url?: string;
  phone_number?: string;
  otp_type?: string;
  flow_id?: string;
  flow_action?: string;
  navigate_screen?: string;
  example?: string | string[];
  [field: string]: unknown;
}

export interface NamedExample {
  param_name: string;
  example: string;
}

export interface TemplateExample {
  header_text?: string[];
  header_text_named_params?: NamedExample[];
  header_handle?: string[];
  body_text?: string[][];
  body_text_named_params?: NamedExample[];
}

export interface TemplateComponent {
  type: string;
  format?: string;
  text?: string;
  example?: TemplateExample;
  buttons?: TemplateButton[];
  cards?: { components: TemplateComponent[] }[];
  add_security_recommendation?: boolean;
  code_expiration_minutes?: number;
  limited_time_offer?: { text?: string; has_expiration?: boolean };
  [field: string]: unknown;
}

export interface TemplateDefinition {
  name: string;
  /** Exactly as Meta spells it, `en_US`. */
  language: string;
  category: string;
  parameterFormat: ParameterFormat;
  components: TemplateComponent[];
}

/** Names come in any case: upper from the API, lower in what people write by hand. */
export const typeOf = ({ type }: { type: string }): string => type.toUpperCase();

export const componentOf = (
  components: readonly TemplateComponent[],
  type: string,
): TemplateComponent | undefined => components.find((component) => typeOf(component) === type);

export const buttonsOf = (components: readonly TemplateComponent[]): TemplateButton[] =>
  componentOf(components, 'BUTTONS')?.buttons ?? [];

/** `TEXT` unless it says otherwise; null without a header. */
export const headerFormat = (components: readonly TemplateComponent[]): string | null => {
  const header = componentOf(components, 'HEADER');
  return header ? (header.format ?? 'TEXT').toUpperCase() : null;
};
