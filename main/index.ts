// The Electron entry. It only says where the built program lies; `electron/application.ts` puts the parts together.
import { startApplication } from './electron/application.ts';

startApplication({ folder: import.meta.dirname });
