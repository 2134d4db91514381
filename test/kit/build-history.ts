import { EntityId } from '../../shared/ids.ts';
import type { Fields, Json } from '../../shared/json.ts';
import { openEngine, type EngineSetup, type OpenedEngine } from './open-engine.ts';

/**
 * What a commit says about entities, by name: the fields that change, or `null` to delete. A name is the entity's id; the type is an
 * assignment's unless the name begins with one (`person:ana`, `absence:leave`). The first mention creates, later ones update.
 */
export type Story = Readonly<Record<string, Readonly<Record<string, Json>> | null>>;

export interface StoryOptions {
  readonly by?: string;
  readonly message?: string;
  readonly reason?: string;
}

/** A history that was written through the engine, with short ways to ask what it says. */
export interface BuiltHistory extends OpenedEngine {
  /** Hashes of the commits in the order they were told, by `branch`. */
  readonly commits: (branch?: string) => readonly string[];
  /** When each of those stands on its branch. */
  readonly times: (branch?: string) => readonly string[];
  fieldsOf(name: string, branch?: string, at?: string): Promise<Fields | null>;
  commit(branch: string, story: Story, options?: StoryOptions): Promise<string>;
}

interface Step {
  run(history: BuiltHistory): Promise<unknown>;
}

export interface HistoryBuilder {
  commit(branch: string, story: Story, options?: StoryOptions): HistoryBuilder;
  branch(name: string, from?: string): HistoryBuilder;
  tag(tag: string, branch?: string): HistoryBuilder;
  wait(millis: number): HistoryBuilder;
  open(setup?: EngineSetup): Promise<BuiltHistory>;
}

/** Tells a history step by step; `open` writes it to a real programme file, one minute between steps, and hands over the engine. */
export function buildHistory(steps: readonly Step[] = []): HistoryBuilder {
  const add = (run: Step['run']): HistoryBuilder => buildHistory([...steps, { run }]);
  return {
    commit: (branch, story, options) => add((history) => history.commit(branch, story, options)),
    branch: (name, from = 'main') => add((history) => history.api.branches.create({ name, parent: from })),
    tag: (tag, branch = 'main') =>
      add(async (history) => {
        const at = await history.api.commits.at({ branch });
        if (at === null) throw new Error(`${branch} has no commit to tag`);
        await history.api.notes.tag({ commit: at.commit, tag });
      }),
    wait: (millis) => add(async (history) => history.clock.advance(millis)),
    async open(setup) {
      const history = withStories(await openEngine(setup));
      for (const step of steps) {
        history.clock.advance(60_000);
        await step.run(history);
      }
      return history;
    },
  };
}

const names: Readonly<Record<string, string>> = { ana: 'Ana Lima', bruno: 'Bruno Costa', carla: 'Carla Reis' };

function withStories(opened: OpenedEngine): BuiltHistory {
  const written = new Map<string, { commit: string; at: string }[]>();
  const { api } = opened;
  const history: BuiltHistory = {
    ...opened,
    commits: (branch = 'main') => (written.get(branch) ?? []).map((entry) => entry.commit),
    times: (branch = 'main') => (written.get(branch) ?? []).map((entry) => entry.at),
    async fieldsOf(name, branch = 'main', at) {
      const answer = await api.versions.at({ ...entityOf(name), branch, ...(at === undefined ? {} : { at }) });
      return answer.existed ? answer.fields : null;
    },
    async commit(branch, story, { by, message = 'Edit', reason } = {}) {
      if (by !== undefined) await api.session.use({ userId: by, name: names[by] ?? by });
      const changes = await Promise.all(
        Object.entries(story).map(async ([name, fields]) => {
          const entity = entityOf(name);
          if (fields === null) return { op: 'delete' as const, ...entity };
          const { existed } = await api.versions.at({ ...entity, branch });
          return existed
            ? { op: 'update' as const, ...entity, fields }
            : { op: 'create' as const, ...entity, fields: { ...defaultsOf(entity.type, entity.id), ...fields } };
        }),
      );
      const answer = await api.changes.commit({ branch, message, changes, ...(reason === undefined ? {} : { reason }) });
      if (answer.kind !== 'committed') throw new Error(`the story was not committed: ${answer.kind}`);
      written.set(branch, [...(written.get(branch) ?? []), { commit: answer.commit, at: answer.at }]);
      return answer.commit;
    },
  };
  return history;
}

/** `person:ana` is the person `ana`; a name without a type is an assignment. */
export function entityOf(name: string): { readonly type: string; readonly id: EntityId } {
  const [type, id] = name.includes(':') ? name.split(':') : ['assignment', name];
  return { type: type ?? '', id: EntityId.parse(id) };
}

function defaultsOf(type: string, id: string): Fields {
  switch (type) {
    case 'assignment':
      return { personId: 'lima', date: '2026-08-05', half: 'AM' };
    case 'person':
      return { name: `${id.charAt(0).toUpperCase()}${id.slice(1)}`, type: 'resident', pgyLevel: 2 };
    case 'absence':
      return { personId: 'lima', startDate: '2026-08-10', endDate: '2026-08-14', absenceType: 'vacation' };
    case 'rotation':
      return { name: id, abbreviation: id.slice(0, 4).toUpperCase(), rotationType: 'inpatient' };
    case 'schedule_run':
      return { startDate: '2026-08-01', endDate: '2026-08-28', algorithm: 'greedy', status: 'success' };
    default:
      return {};
  }
}
