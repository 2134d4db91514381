import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);
// The packager checks its configuration only when it packs, which needs downloads; its own checker needs none.
const { getConfig, validateConfiguration } = require('app-builder-lib/out/util/config/config.js') as {
  getConfig: (folder: string, file: string, options: null) => Promise<Record<string, any>>;
  validateConfiguration: (config: object, log: object) => Promise<void>;
};

test('the packager accepts its configuration, and the packed program keeps the fuses of the security list', async () => {
  const config = await getConfig(root, 'electron-builder.yml', null);
  await validateConfiguration(config, { isEnabled: false, add: () => {} });
  expect(config['electronFuses']).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
  expect(config['files'][0].filter).toEqual(expect.arrayContaining(['out/**', '!node_modules/**']));
});
