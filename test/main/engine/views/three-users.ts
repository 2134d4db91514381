import type { Fields } from '../../../../shared/json.ts';
import { openEngine, type EngineSetup, type OpenedEngine } from '../../../kit/open-engine.ts';

export const names = { ana: 'Ana Lima', bruno: 'Bruno Costa', carla: 'Carla Reis' } as const;
export type Who = keyof typeof names;

/** An engine with one clinic that Ana registered and Bruno is attached to; Carla is there and has nothing. */
export interface ThreeUsers extends OpenedEngine {
  readonly clinic: { readonly type: 'clinic'; readonly id: string };
  /** Acts as somebody from now on. */
  act(who: Who): Promise<void>;
  /** Acts as somebody and does one thing. */
  as<Answer>(who: Who, what: () => PromiseLike<Answer>): Promise<Answer>;
  /** Saves an own version as somebody; the number it was given. */
  save(who: Who, fields: Fields): Promise<number | null>;
  /** What somebody sees of the clinic now; `null` for nothing. */
  sees(who: Who, branch?: string): Promise<Fields | null>;
  /** The shared record on a branch, from the branch itself. */
  shared(branch?: string): Promise<Fields | null>;
}

export const cns = '0012345';
export const atFirst = { name: 'Clinic North', phone: '(11) 3333-4444', city: 'Santos' };

export async function openThreeUsers(setup: EngineSetup = {}): Promise<ThreeUsers> {
  const opened = await openEngine(setup);
  const { api, clock } = opened;
  for (const [userId, name] of Object.entries(names)) await api.session.use({ userId, name });
  const act = async (who: Who): Promise<void> => {
    clock.advance(60_000);
    await api.session.use({ userId: who, name: names[who] });
  };
  await act('ana');
  const { id } = await api.views.register({ type: 'clinic', identifier: cns, fields: atFirst });
  await act('bruno');
  await api.views.register({ type: 'clinic', identifier: cns });
  const clinic = { type: 'clinic', id } as const;

  const as = async <Answer>(who: Who, what: () => PromiseLike<Answer>): Promise<Answer> => {
    await act(who);
    return what();
  };
  return {
    ...opened,
    clinic,
    act,
    as,
    save: (who, fields) => as(who, async () => (await api.views.save({ ...clinic, fields })).version),
    async sees(who, branch = 'main') {
      const { items } = await as(who, () => api.views.search({ type: 'clinic', branch }));
      return items.find((item) => item.id === id)?.fields ?? null;
    },
    shared: (branch = 'main') =>
      as('ana', async () => {
        const standing = await api.versions.at({ ...clinic, branch });
        return standing.existed ? standing.fields : null;
      }),
  };
}
