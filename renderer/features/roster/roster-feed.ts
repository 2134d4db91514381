import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppClient } from '../../client/connect.ts';
import { isAnswer, problemOf, type CallProblem } from '../../client/refusal.ts';
import { reportUnsaved } from '../../client/unsaved.ts';
import type { WindowChange } from '../../../shared/contract/app/roster.ts';
import type { CommitHash } from '../../../shared/ids.ts';
import type { WindowRecords } from '../../../shared/roster/window.ts';
import { applyWindowChanges, readWindowRecords } from '../../../shared/roster/window-changes.ts';
import type { PlannedChange } from './edit-plan.ts';
import { buildModel, type RosterModel } from './roster-model.ts';
import { createStepCache } from './step-cache.ts';
import { buildChunkedWindow } from './window-chunks.ts';

/** What the roster should show. `commit` null is now: it follows the tip. */
export interface Wanted {
  readonly branch: string;
  readonly from: string;
  readonly to: string;
  readonly commit: CommitHash | null;
}

/** What the engine has answered last: a branch at a commit, and the records of the days on screen. */
export interface Frame {
  readonly branch: string;
  readonly from: string;
  readonly to: string;
  readonly commit: CommitHash | null;
  readonly position: number;
  readonly at: string | null;
  readonly records: WindowRecords;
}

/** One gesture of the user: one commit, one undo. */
export interface Gesture {
  readonly branch: string;
  readonly message: string;
  readonly reason?: string | undefined;
  readonly changes: readonly PlannedChange[];
}

export interface FeedState {
  readonly wanted: Wanted | null;
  readonly frame: Frame | null;
  /** The frame with the edits that are still on their way laid over it: what is drawn. */
  readonly model: RosterModel | null;
  /** Something is being asked for and what is drawn is not it yet. */
  readonly busy: boolean;
  readonly problem: CallProblem | null;
  readonly waiting: number;
}

export interface FeedListener {
  /** A gesture was refused and taken off the screen again. */
  refused(gesture: Gesture, problem: CallProblem): void;
  undone(label: string, direction: 'undo' | 'redo'): void;
  undoRefused(problem: CallProblem, direction: 'undo' | 'redo'): void;
}

export interface RosterFeed {
  readonly store: StoreApi<FeedState>;
  /** Shows this from now on. The last one asked for wins; until it is there, the last good picture stays. */
  show(wanted: Wanted): void;
  /** Draws the gesture at once and sends it after those before it. Resolves when it is saved (the commit) or was refused (`null`). */
  commit(gesture: Gesture): Promise<CommitHash | null>;
  undo(branch: string): void;
  redo(branch: string): void;
  /** The engine says that a branch moved. */
  moved(branch: string, tip: CommitHash | null, position: number): void;
  /** Asks again after a problem. */
  retry(): void;
  listen(listener: FeedListener): () => void;
}

type Task =
  | { readonly kind: 'gesture'; readonly gesture: Gesture; readonly done: (commit: CommitHash | null) => void }
  | { readonly kind: 'undo' | 'redo'; readonly branch: string };

const retryAfterMillis = 1_500;
/** How often an edit is sent again that the engine failed at; one that it could not be told about is sent until it arrives. */
const mostFaults = 3;

/** The roster on screen: follows the position by steps, and shows edits before they are saved. One per open programme. */
export function createRosterFeed(call: Pick<AppClient, 'roster' | 'changes'>): RosterFeed {
  const store = createStore<FeedState>(() => ({ wanted: null, frame: null, model: null, busy: false, problem: null, waiting: 0 }));
  const listeners = new Set<FeedListener>();
  const tips = new Map<string, { readonly commit: CommitHash | null; readonly position: number }>();
  const steps = createStepCache();
  let tasks: readonly Task[] = [];
  let settling = false;
  let sending = false;
  let retryTimer: ReturnType<typeof setTimeout> | null = null;
  let faults = 0;

  const draw = (frame: Frame | null, previous: RosterModel | null): RosterModel | null => {
    if (frame === null) return null;
    const pending = pendingChanges(tasks, frame.branch);
    const showsNow = store.getState().wanted?.commit === null;
    const records = pending.length > 0 && showsNow ? applyWindowChanges(frame.records, pending) : frame.records;
    return buildModel(buildChunkedWindow(records, previous?.window ?? null), previous);
  };
  const redraw = (more: Partial<FeedState> = {}): void => {
    const state = store.getState();
    const frame = more.frame === undefined ? state.frame : more.frame;
    performance.mark('roster:draw');
    store.setState({ ...more, waiting: tasks.length, model: draw(frame, state.model) });
  };

  const showFrame = (frame: Frame): void => redraw({ frame, problem: null });
  const knowTip = (branch: string, commit: CommitHash | null, position: number): void => {
    const known = tips.get(branch);
    if (known === undefined || position >= known.position) tips.set(branch, { commit, position });
  };

  /** The commit that the frame has to reach; `undefined` when only the engine knows (the tip was never heard of). */
  const goal = (wanted: Wanted): CommitHash | null | undefined => wanted.commit ?? tips.get(wanted.branch)?.commit;
  const isThere = (wanted: Wanted, frame: Frame | null): boolean =>
    frame !== null && isOver(frame, wanted) && goal(wanted) !== undefined && frame.commit === goal(wanted);

  const fetchWindow = async (wanted: Wanted): Promise<void> => {
    const { branch, from, to, commit } = wanted;
    const answer = await call.roster.window({ branch, from, to, ...(commit === null ? {} : { at: commit }) });
    if (commit === null) knowTip(branch, answer.basis.commit, answer.basis.position);
    const latest = store.getState().wanted;
    if (latest === null || !isOver(latest, wanted)) return;
    showFrame({
      branch,
      from,
      to,
      commit: commit ?? answer.basis.commit,
      position: answer.basis.position,
      at: answer.basis.at,
      records: readWindowRecords(answer),
    });
  };
  const stepTo = async (frame: Frame, target: CommitHash): Promise<void> => {
    const { branch, from, to } = frame;
    const known = frame.commit === null ? undefined : steps.get({ branch, from, to }, frame.commit, target);
    const step = known ?? (await call.roster.step({ branch, from: frame.commit, to: target, window: { from, to } }));
    if (!known && frame.commit !== null) steps.put({ branch, from, to }, frame.commit, target, step);
    const now = store.getState().frame;
    // An edit of our own may have moved the frame while the answer was on its way; then the step is asked for again from there.
    if (now !== frame) return;
    showFrame({
      ...frame,
      commit: target,
      position: step.basis.position,
      at: step.basis.at,
      records: applyWindowChanges(frame.records, step.changes),
    });
  };
  const settle = async (): Promise<void> => {
    if (settling) return;
    settling = true;
    try {
      for (;;) {
        const { wanted, frame } = store.getState();
        if (wanted === null || isThere(wanted, frame)) break;
        store.setState({ busy: true });
        const target = goal(wanted);
        if (frame !== null && isOver(frame, wanted) && target !== undefined && target !== null) await stepTo(frame, target);
        else await fetchWindow(wanted);
      }
      store.setState({ busy: false });
    } catch (error) {
      // The last good picture stays; the problem is said beside it.
      store.setState({ busy: false, problem: problemOf(error) });
    } finally {
      settling = false;
    }
  };

  const report = (stuck: boolean): void => reportUnsaved({ count: tasks.length, stuck });
  const finish = (task: Task): void => {
    tasks = tasks.filter((other) => other !== task);
    report(false);
  };
  const sendGesture = async (task: Extract<Task, { kind: 'gesture' }>): Promise<void> => {
    const { branch, message, reason, changes } = task.gesture;
    const answer = await call.changes.commit({
      branch,
      message,
      ...(reason === undefined || reason.trim() === '' ? {} : { reason }),
      changes: changes.map(({ change }) => change),
    });
    finish(task);
    faults = 0;
    if (answer.kind !== 'committed') {
      redraw();
      task.done(null);
      return;
    }
    knowTip(branch, answer.commit, answer.position);
    const { frame, wanted } = store.getState();
    const follows = frame?.branch === branch && wanted?.commit === null && frame.position === answer.position - 1;
    if (follows) {
      const versions = new Map(answer.changes.map((change) => [`${change.type} ${change.id}`, change.version]));
      const confirmed = windowChanges(changes).map((change) => {
        const version = versions.get(`${change.type} ${change.id}`);
        return change.after !== null && version ? { ...change, after: { ...change.after, version } } : change;
      });
      showFrame({
        ...frame,
        commit: answer.commit,
        position: answer.position,
        at: answer.at,
        records: applyWindowChanges(frame.records, confirmed),
      });
    } else redraw();
    task.done(answer.commit);
  };
  const sendUndo = async (task: Extract<Task, { kind: 'undo' | 'redo' }>): Promise<void> => {
    const answer = await call.changes[task.kind]({ branch: task.branch });
    finish(task);
    knowTip(task.branch, answer.commit, answer.position);
    for (const listener of listeners) listener.undone(answer.label, task.kind);
  };
  const send = async (): Promise<void> => {
    if (sending) return;
    sending = true;
    try {
      for (;;) {
        const [task] = tasks;
        if (task === undefined) break;
        try {
          await (task.kind === 'gesture' ? sendGesture(task) : sendUndo(task));
        } catch (error) {
          const problem = problemOf(error);
          faults = isAnswer(error) ? faults + 1 : 0;
          if (problem.code === 'FAULT' && task.kind === 'gesture' && faults < mostFaults) {
            // The engine could not be reached, or failed: the edit stays on screen and in the queue, and is sent again.
            report(true);
            retryTimer ??= setTimeout(() => {
              retryTimer = null;
              void send();
            }, retryAfterMillis);
            break;
          }
          faults = 0;
          finish(task);
          redraw();
          for (const listener of listeners) {
            if (task.kind === 'gesture') listener.refused(task.gesture, problem);
            else listener.undoRefused(problem, task.kind);
          }
          if (task.kind === 'gesture') task.done(null);
        }
      }
    } finally {
      sending = false;
    }
    store.setState({ waiting: tasks.length });
    await settle();
  };
  const enqueue = (task: Task): void => {
    tasks = [...tasks, task];
    report(false);
    void send();
  };

  return {
    store,
    show(wanted) {
      const before = store.getState().wanted;
      if (before !== null && sameWanted(before, wanted)) return;
      store.setState({ wanted });
      // Going to the past and back changes whether edits that are on their way are shown.
      if (tasks.length > 0) redraw();
      void settle();
    },
    commit: (gesture) =>
      new Promise((done) => {
        enqueue({ kind: 'gesture', gesture, done });
        redraw();
      }),
    undo: (branch) => enqueue({ kind: 'undo', branch }),
    redo: (branch) => enqueue({ kind: 'redo', branch }),
    moved(branch, tip, position) {
      knowTip(branch, tip, position);
      // While edits of our own are being saved, their answers bring the picture forward; what others did is fetched after them.
      if (tasks.length === 0) void settle();
    },
    retry() {
      store.setState({ problem: null });
      void settle();
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function pendingChanges(tasks: readonly Task[], branch: string): readonly WindowChange[] {
  return tasks.flatMap((task) => (task.kind === 'gesture' && task.gesture.branch === branch ? windowChanges(task.gesture.changes) : []));
}

function windowChanges(changes: readonly PlannedChange[]): readonly WindowChange[] {
  return changes.flatMap(({ change, after }) =>
    change.id === undefined ? [] : [{ op: change.op, type: change.type, id: change.id, before: null, after }],
  );
}

function isOver(a: Pick<Wanted, 'branch' | 'from' | 'to'>, b: Pick<Wanted, 'branch' | 'from' | 'to'>): boolean {
  return a.branch === b.branch && a.from === b.from && a.to === b.to;
}

function sameWanted(a: Wanted, b: Wanted): boolean {
  return isOver(a, b) && a.commit === b.commit;
}
