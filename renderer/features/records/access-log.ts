import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { EntityId } from '../../../shared/ids.ts';

/** The record that the log is narrowed to. */
export interface LoggedRecord {
  readonly type: string;
  readonly id: EntityId;
  readonly title: string;
}

interface AccessLogState {
  readonly opened: boolean;
  /** `null`: everything the acting user may read of the log. */
  readonly record: LoggedRecord | null;
  open(record: LoggedRecord | null): void;
  close(): void;
  /** Somebody else acts: what was chosen, and its name, was the one's before. */
  forget(): void;
}

/** Whether the access log is open and of what: the palette, the list of patients and a patient's own page open it. */
export const accessLog = createStore<AccessLogState>((set) => ({
  opened: false,
  record: null,
  open: (record) => set({ opened: true, record }),
  close: () => set({ opened: false }),
  forget: () => set({ record: null }),
}));

/** Reads the state of the access log and follows it. */
export function useAccessLog<Part>(part: (state: AccessLogState) => Part): Part {
  return useStore(accessLog, part);
}
