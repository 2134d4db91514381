import type { Actor } from '../engine/local-store/store.ts';

/** The three who keep the sample programme's roster, each at an own desk. */
export const coordinators = {
  ana: { userId: 'ana', userName: 'Ana Lima', device: 'ana-desk' },
  bruno: { userId: 'bruno', userName: 'Bruno Costa', device: 'bruno-laptop' },
  carla: { userId: 'carla', userName: 'Carla Nunes', device: 'carla-desk' },
} as const satisfies Record<string, Actor>;

export type CoordinatorName = keyof typeof coordinators;
