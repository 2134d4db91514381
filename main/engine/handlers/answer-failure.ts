import { randomUUID } from 'node:crypto';
import { ORPCError, ValidationError } from '@orpc/server';
import { RefusedError, refusalStatus } from '../../../shared/errors.ts';
import type { EngineLog } from '../engine-log.ts';

/**
 * The only place where a failure becomes an answer: a refusal keeps its code, status, sentence and data; input of the wrong shape is
 * BAD_REQUEST with every issue named; anything else is a bug, logged under an incident id and answered with that id alone.
 */
export function answerFailure(failure: unknown, { procedure, log }: { readonly procedure: string; readonly log: EngineLog }): Error {
  if (failure instanceof RefusedError) {
    return new ORPCError(failure.code, { status: refusalStatus[failure.code], message: failure.message, data: failure.data });
  }
  if (failure instanceof ORPCError) {
    if (failure.code === 'BAD_REQUEST' && failure.cause instanceof ValidationError) return answerBadInput(failure.cause.issues, procedure);
    if (failure.status < 500) return failure;
  }
  // An aborted call is its caller's wish: nobody has to look at it.
  if (failure instanceof Error && failure.name === 'AbortError') return failure;
  return answerBug(failure, procedure, log);
}

function answerBug(failure: unknown, procedure: string, log: EngineLog): Error {
  const incident = randomUUID();
  log('error', 'a call failed unexpectedly', { incident, procedure, ...describeBug(failure) });
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    message: `Something went wrong inside Rosterline. Nothing was changed. Incident ${incident}.`,
    data: { incident },
  });
}

function describeBug(failure: unknown): Readonly<Record<string, string>> {
  if (!(failure instanceof Error)) return { failure: String(failure).slice(0, 500) };
  const issues = failure.cause instanceof ValidationError ? failure.cause.issues.slice(0, 20).map(issueInWords) : undefined;
  return {
    failure: failure.message.slice(0, 500),
    stack: failure.stack ?? '',
    ...(issues === undefined ? {} : { issues: issues.join(' | ') }),
  };
}

type Issue = ValidationError['issues'][number];
const issuesShown = 20;

function answerBadInput(issues: readonly Issue[], procedure: string): Error {
  const flat = issues.flatMap((issue) => innermostIssues(issue, []));
  const named = flat.slice(0, issuesShown).map((issue) => ({ path: issue.path, message: cut(issue.message) }));
  const sentence = named.slice(0, 3).map((issue) => (issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`));
  const more = flat.length > 3 ? `; and ${flat.length - 3} more` : '';
  return new ORPCError('BAD_REQUEST', {
    status: 400,
    message: `The input of ${procedure} does not fit. ${sentence.join('; ')}${more}`,
    data: { what: 'input', issues: named },
  });
}

interface FlatIssue {
  readonly path: string;
  readonly message: string;
}

/** A union reports one list per member; the member that got furthest says best what is wrong. */
function innermostIssues(issue: Issue, before: readonly PropertyKey[]): readonly FlatIssue[] {
  const path = [...before, ...(issue.path ?? []).map((part) => (typeof part === 'object' ? part.key : part))];
  const members = unionMembers(issue);
  if (members.length > 0) {
    const flat = members.map((member) => member.flatMap((inner) => innermostIssues(inner, path)));
    const depth = (list: readonly FlatIssue[]): number => Math.max(...list.map((inner) => inner.path.split('.').length));
    const best = flat.filter((list) => list.length > 0).toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0];
    if (best !== undefined) return best;
  }
  return [{ path: cut(path.map(String).join('.')), message: cut(issue.message) }];
}

function unionMembers(issue: Issue): readonly (readonly Issue[])[] {
  if (!('code' in issue) || issue.code !== 'invalid_union' || !('errors' in issue) || !isIssueLists(issue.errors)) return [];
  return issue.errors;
}

function isIssueLists(value: unknown): value is readonly (readonly Issue[])[] {
  return Array.isArray(value) && value.every((list) => Array.isArray(list));
}

function issueInWords(issue: Issue): string {
  return innermostIssues(issue, [])
    .map((inner) => `${inner.path}: ${inner.message}`)
    .join('; ');
}

function cut(text: string): string {
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
