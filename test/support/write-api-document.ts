// `npm run docs`: writes docs/api.md from the contract.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { apiDocument } from './api-document.ts';

writeFileSync(resolve(import.meta.dirname, '../../docs/api.md'), apiDocument());
