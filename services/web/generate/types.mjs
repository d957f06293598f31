// Writes the page's message types from the documents of all APIs: `npm run generate`.
// With --check it writes nothing, and fails if anything would change.
import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'node:path';
import { load } from 'js-yaml';
import openapiTS, { astToString } from 'openapi-typescript';

const docs = new URL('../../../docs/', import.meta.url);
const src = new URL('../src/', import.meta.url);

const HEADER = '// Written by `npm run generate` from docs/. Do not edit.\n\n';
const OPTIONS = { defaultNonNullable: false };

async function read(name) {
  return load(await readFile(new URL(name, docs), 'utf8'));
}

/** The schemas of a WebSocket protocol, as those of an API without paths: one generator for both. */
function asOpenApi({ info, components }) {
  return { openapi: '3.1.0', info, paths: {}, components: { schemas: components.schemas } };
}

async function types(document, options) {
  return HEADER + astToString(await openapiTS(document, { ...OPTIONS, ...options }));
}

/** What the page has to know of the protocol while it runs. */
function facts({ operations, components: { messages, schemas } }) {
  const received = Object.entries(operations).filter(([, it]) => it.action === 'receive');
  const rights = Object.fromEntries(received.map(([name, it]) => [name, it['x-roles']]));
  const [pause] = schemas.SetAutoNext.properties.after_ms.anyOf;
  const given = {
    RIGHTS: rights,
    CHAT_CHARS: schemas.SendChat.properties.text.maxLength,
    HIGHEST_CENTS: schemas.PlaceBid.properties.amount_cents.maximum,
    SHORTEST_PAUSE_MS: pause.minimum,
    LONGEST_PAUSE_MS: pause.maximum,
    REPLIES: Object.keys(messages).filter((name) => !(name in rights)),
  };
  return (
    HEADER +
    Object.entries(given)
      .map(([name, it]) => `export const ${name} = ${JSON.stringify(it, null, 2)} as const;\n`)
      .join('\n')
  );
}

const protocol = await read('protocol/asyncapi.yaml');
const written = {
  'protocol/schema.ts': await types(asOpenApi(protocol), { immutable: true }),
  'protocol/facts.ts': facts(protocol),
  // openapi-fetch cannot read immutable arrays
  'leagues/schema.ts': await types(await read('leagues-api.openapi.yaml')),
  'line/schema.ts': await types(await read('lobby-api.openapi.yaml'), { immutable: true }),
};

for (const [name, text] of Object.entries(written)) {
  const file = new URL(name, src);
  if (!process.argv.includes('--check')) {
    await writeFile(file, text);
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.error(
      `src/${parse(name).dir}/${parse(name).base} is not what docs/ says now: make protocol`,
    );
    process.exitCode = 1;
  }
}
