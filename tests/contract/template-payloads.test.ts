/** What we send of templates, against Meta's OpenAPI document as far as it describes them. */
import { templatePayload } from '../../server/src/templates/payload';
import { messagePayload } from '../../server/src/cloud-api/payloads';
import type { MessageElement } from '../../server/src/cloud-api/element';
import { GOLDEN, mediaOf, type Golden } from '../server/unit/templates/golden';
import { createMeta, readDocument } from './meta/document';

const file = process.env.META_OPENAPI_SPEC;

/** Parts of templates that Meta's pages describe and its document (v23.0) does not know. */
const UNKNOWN_TO_DOCUMENT = new Set(['copy_code', 'flow', 'mpm']);

const isDescribed = ({ sent }: Golden): boolean =>
  !sent.some(({ sub_type: kind }) => UNKNOWN_TO_DOCUMENT.has(String(kind)));

const payloadOf = ({ template, values }: Golden): object =>
  messagePayload({ to: '+15550100177' }, {
    type: 'template',
    template: templatePayload(template, values, mediaOf),
  } as unknown as MessageElement);

if (file === undefined) {
  it('has no document to check against', () => {
    process.stdout.write(
      'META_OPENAPI_SPEC is not set: payloads of templates were not checked against it.\n',
    );
    expect(process.env.META_OPENAPI_SPEC).toBeUndefined();
  });
} else {
  const meta = createMeta(readDocument(file));
  const described = GOLDEN.filter(isDescribed);

  it(`is valid in ${described.length} of ${GOLDEN.length} combinations; the others are unknown to the document`, () => {
    const problems = described.flatMap((golden) =>
      meta
        .problems(meta.sent('template') ?? '', payloadOf(golden))
        .map((problem) => `${golden.format} ${golden.header} ${golden.button}: ${problem}`),
    );
    expect([...new Set(problems)]).toEqual([]);
    process.stdout.write(`${GOLDEN.length} golden payloads, ${described.length} valid by Meta's document\n`);
  });

  it('would not pass as something else', () => {
    const [golden] = described;
    const broken = { ...(payloadOf(golden) as { template: object }) };
    expect(meta.problems(meta.sent('template') ?? '', { ...broken, template: { name: 'x' } })).not.toEqual(
      [],
    );
  });
}
