import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where programmes and settings are kept unless `--data` names another folder: the place where this system's applications keep their
 * users' data. Both hosts use the same one, so that a programme made in the browser is there in the window too.
 */
export function defaultDataFolder(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): string {
  if (platform === 'win32') return join(env['APPDATA'] || join(homedir(), 'AppData', 'Roaming'), 'Rosterline');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Rosterline');
  return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'rosterline');
}
