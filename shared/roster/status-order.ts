// How far along a record is: later in the list is further. What is over comes after what goes on.
const orders: Readonly<Record<string, readonly string[]>> = {
  swap_record: ['pending', 'approved', 'rejected', 'cancelled', 'executed', 'rolled_back'],
  absence: ['anticipated', 'pending', 'approved', 'confirmed', 'denied', 'rejected', 'cancelled'],
  schedule_run: ['failed', 'partial', 'success'],
};

/** Which of two statuses of a record is further along; `null` where nobody can say. */
export function furthestStatus(type: string, one: unknown, other: unknown): 'one' | 'other' | null {
  const order = Object.hasOwn(orders, type) ? (orders[type] ?? []) : [];
  const [first, second] = [order.findIndex((status) => status === one), order.findIndex((status) => status === other)];
  if (first === second || first === -1 || second === -1) return null;
  return first > second ? 'one' : 'other';
}

/** Whether records of the type have a status in which one can be further along than another. */
export function hasStatusOrder(type: string): boolean {
  return Object.hasOwn(orders, type);
}
