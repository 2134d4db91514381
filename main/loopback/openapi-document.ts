import { OpenAPIGenerator } from '@orpc/openapi';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { appContract } from '../../shared/contract/app/index.ts';

/** The OpenAPI document of the whole app contract, as `/api/openapi.json` answers it. Made once; the contract does not change while we run. */
export function createOpenApiDocument(serverUrl: string): () => Promise<unknown> {
  let document: Promise<unknown> | undefined;
  return () =>
    (document ??= new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(appContract, {
      info: { title: 'Rosterline', version: '1', description: 'Every call the page can make, as JSON over HTTP. See docs/api.md.' },
      servers: [{ url: serverUrl }],
      security: [{ bearer: [] }],
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
    }));
}
