/** The script is an ES module that jest's CommonJS cannot import, so it runs as it will be run. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '../..');

const ownPart = (document: unknown): { paths: object; components: { schemas: object }; servers: unknown } => {
  const program = `
    import { ownPart } from './scripts/lib/openapi.mjs';
    process.stdout.write(JSON.stringify(ownPart(JSON.parse(process.argv[1]), { version: '1.2.3' })));
  `;
  const args = ['--input-type=module', '--eval', program, JSON.stringify(document)];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' }));
};

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

describe('the OpenAPI document', () => {
  it("keeps the plugin's paths and the schemas that they reach, in a steady order", () => {
    const document = ownPart({
      openapi: '3.1.0',
      paths: {
        '/upload': { get: ref('File') },
        '/whatsapp/messages/{id}': { get: { schema: ref('Message'), responses: {} } },
        '/v1/things-of-the-site': { post: {} },
        '/whatsapper': {},
      },
      components: {
        schemas: { File: {}, Message: { media: [ref('Media')] }, Media: { of: ref('Message') } },
      },
    });
    expect(Object.keys(document.paths)).toEqual(['/whatsapp/messages/{id}']);
    expect(Object.keys(document.components.schemas)).toEqual(['Media', 'Message', 'Error', 'FlatError']);
  });
});
