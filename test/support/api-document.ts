import { z } from 'zod';
import { appContract } from '../../shared/contract/app/index.ts';
import { refusalStatus, type RefusalCode } from '../../shared/errors.ts';
import { apiExamples } from './api-examples.ts';

/** One procedure of the contract, as far as its documentation needs it. */
export interface DocumentedCall {
  readonly name: string;
  readonly input: z.ZodType;
  readonly output: unknown;
}

/** Every procedure of the app contract, in the contract's order. */
export function documentedCalls(): readonly DocumentedCall[] {
  return Object.entries(appContract).flatMap(([group, methods]) =>
    Object.entries(methods).map(([method, procedure]) => {
      const { inputSchema, outputSchema } = procedure['~orpc'] as { inputSchema: z.ZodType; outputSchema: unknown };
      return { name: `${group}/${method}`, input: inputSchema, output: outputSchema };
    }),
  );
}

type Schema = { readonly [key: string]: any };

/** `docs/api.md`, from the contract and the examples. `npm run docs` writes it and a test compares it. */
export function apiDocument(): string {
  const calls = documentedCalls();
  const groups = [...new Set(calls.map(({ name }) => name.split('/')[0]))];
  const sections = groups.map((group) => {
    const own = calls.filter(({ name }) => name.startsWith(`${group}/`));
    return `## ${group}\n\n${own.map(describeCall).join('\n')}`;
  });
  const codes = Object.entries(refusalStatus).map(
    ([code, status]) => `| \`${code}\` | ${status} | ${refusalMeanings[code as RefusalCode]} |`,
  );
  return `${introduction.replace('{{codes}}', codes.join('\n'))}\n${sections.join('\n')}`;
}

function describeCall({ name, input, output }: DocumentedCall): string {
  const example = apiExamples[name];
  return `### ${name}

${example?.says ?? ''}

${inputText(input)}

\`\`\`json
POST /api/${name}
${JSON.stringify(example?.input ?? {}, null, 2)}
\`\`\`

Answers ${outputText(output)}.
`;
}

function inputText(schema: z.ZodType): string {
  const json = jsonSchema(schema, 'input');
  const members: Schema[] = json['anyOf'] ?? json['oneOf'] ?? [json];
  const objects = members.filter((member) => member['type'] === 'object' && Object.keys(member['properties'] ?? {}).length > 0);
  if (objects.length === 0) return 'Takes nothing.';
  return objects.map((member) => `Takes ${fieldList(member)}.`).join(' Or: ');
}

function fieldList(schema: Schema): string {
  const required: readonly string[] = schema['required'] ?? [];
  return Object.entries(schema['properties'] as Record<string, Schema>)
    .map(([name, field]) => {
      const notes = [
        field['default'] === undefined ? null : `default \`${JSON.stringify(field['default'])}\``,
        required.includes(name) ? 'required' : null,
      ].filter((note) => note !== null);
      return `\`${name}\`${notes.length > 0 ? ` (${notes.join(', ')})` : ''}`;
    })
    .join(', ');
}

function outputText(schema: unknown): string {
  if (!(schema instanceof z.ZodType)) return 'a stream of events, each a JSON object with a `kind`';
  const json = jsonSchema(schema, 'output');
  const members: Schema[] = json['anyOf'] ?? json['oneOf'] ?? [json];
  return members
    .map((member) => {
      if (member['type'] === 'null') return '`null`';
      const properties = (member['properties'] ?? {}) as Record<string, Schema>;
      const kind = properties['kind']?.['const'];
      const names = Object.keys(properties).filter((name) => name !== 'kind' || kind === undefined);
      const list = names.map((name) => `\`${name}\``).join(', ');
      return kind === undefined ? `{ ${list} }` : `\`kind: ${JSON.stringify(kind)}\` with { ${list} }`;
    })
    .join(', or ');
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Schema {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any', cycles: 'ref', reused: 'inline' }) as Schema;
}

const refusalMeanings: Readonly<Record<RefusalCode, string>> = {
  BAD_REQUEST: 'the input has the wrong shape; `data.issues` says where',
  INVALID: 'a field’s value does not fit; `data.fields` names each with its problem',
  UNKNOWN_TYPE: 'there is no such entity type',
  NOT_FOUND: 'there is no such branch, version, commit, call …',
  EXISTS: 'the name or id is taken',
  PROTECTED: 'this branch may not be changed in this way',
  STALE: 'somebody changed the same thing meanwhile',
  UNAUTHORIZED: 'the token is missing or wrong',
  FORBIDDEN: 'not from here, or not by you',
  CONFLICT_OPEN: 'questions are still open',
  NOT_A_CONFLICT: 'there is nothing to decide',
  UNSUPPORTED: 'not possible with this file or this version of Rosterline',
  DAMAGED: 'the programme’s file is damaged or is not one of ours',
  READ_ONLY: 'the file or its disk cannot be written to',
  STORAGE_FULL: 'the disk is full',
  CANCELLED: 'the job was cancelled; nothing was changed',
};

const introduction = `# The automation interface

Everything the page can do, a script can do: the browser host answers every call of the app contract as JSON over HTTP. This file is
written by \`npm run docs\` from \`shared/contract/app/\`; a test keeps it complete.

## Start

\`\`\`sh
npm start -- --browser --no-open --data ./rosters --port 4280 --token a-token-of-yours
\`\`\`

prints one line of JSON once it listens (npm itself may print its own lines before it):

\`\`\`json
{"url":"http://127.0.0.1:4280/#token=a-token-of-yours","api":"http://127.0.0.1:4280/api","token":"a-token-of-yours"}
\`\`\`

- \`url\` opens the page. \`api\` is where the calls below are. \`token\` is the bearer for them, for as long as the process lives.
- Without \`--port\` any free port is taken; without \`--token\` a new one is made; without \`--data\` the user’s own data folder is used.
- \`--no-sample\` leaves a new data folder without a programme; otherwise a first start makes the sample. While it is made, \`program/info\` answers
  \`state: "creating"\` and other calls wait.
- \`--no-page\` serves \`/api\` alone and needs no build.
- SIGTERM closes the programme’s file and ends with 0.

## Calls

\`\`\`sh
curl -s "$API/versions/history" -H "Authorization: Bearer $TOKEN" -d '{"type":"person","id":"person-1"}'
\`\`\`

- Always \`POST /api/<group>/<method>\` with a JSON object of at most 64 MB; an empty body where everything is optional.
- Names are stable. Fields may be added to answers; a client must ignore those it does not know.
- Times are ISO 8601 in UTC, dates of the roster \`YYYY-MM-DD\`, halves \`AM\` and \`PM\`, versions and commits 64 lower-case hex digits.
- A *moment* (\`at\`, \`from\`, \`to\`) is an instant or a commit of the branch’s line.
- Lists answer \`{ items, total, next }\`. \`total\` counts the whole list. Send \`next\` back as \`cursor\` for the next page; it is \`null\` at the end.
- \`branch\` is \`main\` unless told, \`limit\` 100.
- \`program/watch\` answers \`text/event-stream\`: one event per line \`data: {…}\`, until you close it.
- The OpenAPI 3.1 document is at \`GET /api/openapi.json\`, with the token.

## Refusals

A call that cannot be done answers 4xx with

\`\`\`json
{ "defined": true, "code": "NOT_FOUND", "status": 404, "message": "There is no branch “try”.", "data": { "what": "branch", "id": "try" } }
\`\`\`

and has changed nothing. The code is stable, the message is for people, the data names the thing.

| code | status | when |
| --- | --- | --- |
{{codes}}

The host itself adds 404 \`NOT_FOUND\` for a call that does not exist, 405 \`METHOD_NOT_SUPPORTED\`, 413 \`PAYLOAD_TOO_LARGE\`, 503 \`SERVICE_UNAVAILABLE\`
when the engine stopped before it answered, and 500 \`INTERNAL_SERVER_ERROR\` with an incident number for a fault of ours. Requests must name
\`127.0.0.1:<port>\` or \`localhost:<port>\` as host and, when they come from a page, must come from ours.
`;
