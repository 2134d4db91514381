import type { ImportIssue } from './rota.ts';

const mostOfAKind = 200;

/** Collects what is to be said about a file. Beyond 200 of one kind they are counted instead of listed, so that no file can flood a page. */
export class IssueList {
  readonly #issues: ImportIssue[] = [];
  readonly #counts = new Map<ImportIssue['kind'], number>();

  add(issue: ImportIssue): void {
    const count = (this.#counts.get(issue.kind) ?? 0) + 1;
    this.#counts.set(issue.kind, count);
    if (count <= mostOfAKind) this.#issues.push(issue);
  }

  all(): readonly ImportIssue[] {
    const cut = [...this.#counts].filter(([, count]) => count > mostOfAKind);
    return [
      ...this.#issues,
      ...cut.map(([kind, count]): ImportIssue => ({
        kind: 'truncated',
        severity: 'info',
        where: 'the whole sheet',
        text: `${count - mostOfAKind} more like these are not listed.`,
        data: { kind, count },
      })),
    ];
  }
}
