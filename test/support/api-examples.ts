/** What each call is for, and an input that fits its schema. `docs/api.md` is written from this and from the contract. */
export interface ApiExample {
  readonly says: string;
  readonly input: unknown;
}

const commit = '3f1c6a0e5d2b4c798a9f0b1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a';
const earlier = '0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9';
const version = '9c8b7a69584736251403f2e1d0c9b8a79685746352413f2e1d0c9b8a79685746';
const id = '0198f3a1-6c1e-7b32-9d44-5a0c2f7e1b10';
const person = '0198f3a1-6c1e-7b32-9d44-5a0c2f7e1b02';
const at = '2026-05-12T14:30:00.000Z';
const merge = '0198f3a1-6c1e-7b32-9d44-5a0c2f7e1b30';

export const apiExamples: Readonly<Record<string, ApiExample>> = {
  'session/get': { says: 'Who is acting here, and who else may.', input: {} },
  'session/use': {
    says: 'Acts as this user from now on, also after a restart. A user who is new here is added, as an administrator unless told. A viewer changes nothing, an editor no protected branch.',
    input: { userId: 'ana', name: 'Ana Lima' },
  },
  'session/remove': {
    says: 'Takes a user off the list, for an administrator. Everything the user did stays, also the own versions, whose author is shown as removed.',
    input: { userId: 'dora' },
  },
  'program/info': { says: 'The open programme: its name, file, size and counts, or why there is none to show.', input: {} },
  'program/createSample': {
    says: 'Makes a programme with a generated history and opens it. The same seed, people and years give the same bytes. Progress comes through program/watch.',
    input: { seed: 7, people: 27, years: 3, name: 'Sample' },
  },
  'program/create': { says: 'Makes an empty programme and opens it.', input: { name: 'Family Medicine' } },
  'program/list': { says: 'The programmes of this data folder.', input: {} },
  'program/open': { says: 'Opens one of the listed programmes.', input: { program: '0198f3a1-6c1e-7b32-9d44-5a0c2f7e1b01' } },
  'program/rename': { says: 'Gives the open programme another name.', input: { name: 'Family Medicine 2026' } },
  'program/watch': {
    says: 'What happens from now on, whoever does it, as server-sent events: branches that moved, jobs and their progress.',
    input: {},
  },
  'jobs/list': { says: 'Long jobs that run or ran since the start.', input: {} },
  'jobs/cancel': { says: 'Stops a long job. The state before it is kept.', input: { job: 'sample-1' } },
  'changes/commit': {
    says: 'Writes all changes as one commit, or none. An update is a patch: fields that are not sent keep their value, null clears one. With expectedTip the answer is `stale` when the branch moved meanwhile.',
    input: {
      branch: 'main',
      message: 'Move clinic to the afternoon',
      reason: 'Dr Lima is at the dentist',
      changes: [
        { op: 'create', type: 'assignment', id, fields: { personId: person, date: '2026-05-14', half: 'PM', activity: 'C' } },
        { op: 'update', type: 'person', id: person, fields: { email: 'ana.lima@example.org' } },
      ],
    },
  },
  'changes/undo': {
    says: 'Takes back the last own gesture on the branch by an inverse commit, also after a restart.',
    input: { branch: 'main' },
  },
  'changes/redo': { says: 'Does again what was undone last.', input: { branch: 'main' } },
  'changes/undoable': { says: 'What undo and redo would do now, by name.', input: { branch: 'main' } },
  'changes/previewRestore': {
    says: 'What a restore would change, without doing it, with the clashes it would bring and clear.',
    input: { branch: 'main', at, scope: { kind: 'person', personId: person } },
  },
  'changes/restore': {
    says: 'Brings everything in scope back to how it was at that moment, as one new commit. The scope is `all`, `person`, `days`, `cell` or `entities`.',
    input: {
      branch: 'main',
      at,
      scope: { kind: 'days', from: '2026-05-11', to: '2026-05-17' },
      reason: 'The import was for the wrong week',
    },
  },
  'commits/line': {
    says: 'The branch’s commits, newest first, between two moments (both included) and by author, type or entity.',
    input: { branch: 'main', from: '2026-05-01T00:00:00Z', limit: 20 },
  },
  'commits/get': {
    says: 'A whole commit with its changes in words, verified against the stored bytes just now.',
    input: { commit, limit: 100 },
  },
  'commits/at': {
    says: 'The commit at a position of the line, or what the branch showed at an instant. `null` before the first.',
    input: { branch: 'main', at },
  },
  'commits/revert': {
    says: 'Undoes one commit by a new one. Where something changed again since, a merge is opened in which people decide: `kind` is `conflicts`, and the rest is done with `merges/resolve` and `merges/conclude`.',
    input: { commit, branch: 'main', reason: 'Entered for the wrong person' },
  },
  'commits/density': {
    says: 'How much changed per stretch of time, oldest first, with the marks of the slider.',
    input: { branch: 'main', buckets: 60 },
  },
  'versions/history': {
    says: 'Every version of one entity on the branch, newest first: who, when, why, and the value in words.',
    input: { type: 'assignment', id, branch: 'main', limit: 50 },
  },
  'versions/get': { says: 'One version by its hash: its fields and checksum. `null` when unknown.', input: { version } },
  'versions/at': {
    says: 'How the entity was at a moment, that moment included. A future instant is now; before it existed, `existed` is false and `version` is -1.',
    input: { type: 'assignment', id, branch: 'main', at },
  },
  'versions/blame': {
    says: 'For every field of an entity: the commit, author and time its value comes from, found through merges, with the side it came from and what was decided there.',
    input: { type: 'assignment', id, branch: 'main' },
  },
  'versions/allAt': {
    says: 'All entities of a type that existed at a moment. Filters are field equals, `in`, or `from` and `to`.',
    input: {
      type: 'assignment',
      branch: 'main',
      at,
      filters: { personId: person, date: { from: '2026-05-01', to: '2026-05-31' } },
      limit: 1000,
    },
  },
  'versions/compare': {
    says: 'What differs between two versions of one entity, field by field, with both values in words.',
    input: { type: 'assignment', id, from: version, to: earlier },
  },
  'versions/rollback': {
    says: 'Brings one entity back to an older version by appending, also when it was deleted. Leaves a comment with the reason.',
    input: { type: 'assignment', id, version, reason: 'The swap was called off', branch: 'main' },
  },
  'versions/lineage': { says: 'Every version of one entity on all branches.', input: { type: 'assignment', id } },
  'notes/tag': { says: 'Tags a commit or one version. The same tag twice is once.', input: { commit, tag: 'Published to residents' } },
  'notes/untag': { says: 'Takes a tag away again.', input: { commit, tag: 'Published to residents' } },
  'notes/comment': {
    says: 'Comments a commit or one version.',
    input: { type: 'assignment', id, version, text: 'Agreed with Dr Costa by phone' },
  },
  'notes/remove': { says: 'Removes one tag or comment. Its history stays.', input: { note: '0198f3a1-6c1e-7b32-9d44-5a0c2f7e1b20' } },
  'notes/list': { says: 'Tags and comments, newest first, of a commit, an entity, a version, or all.', input: { commit, kind: 'tag' } },
  'branches/create': {
    says: 'A new branch at its parent’s tip, or at a moment of the parent.',
    input: { name: 'try 4-week blocks', parent: 'main', at, description: 'What if blocks were four weeks' },
  },
  'branches/list': {
    says: 'Branches with how far ahead and behind their parent they are, and what a merge into it would find (`ifMerged`). With `deleted` also those that can be restored; without `forecast` it is quicker and `ifMerged` is `null`.',
    input: { deleted: false },
  },
  'branches/info': { says: 'One branch. `null` when unknown.', input: { name: 'try 4-week blocks' } },
  'branches/delete': {
    says: 'Deletes a branch; it can be restored. `main` and protected branches are refused.',
    input: { name: 'try 4-week blocks' },
  },
  'branches/restore': { says: 'Brings a deleted branch back as it was, within 30 days.', input: { name: 'try 4-week blocks' } },
  'branches/rename': {
    says: 'Gives a branch another name. Its history and its open merges stay.',
    input: { name: 'try 4-week blocks', to: 'four-week blocks' },
  },
  'branches/describe': {
    says: 'Says anew what a branch is for; `null` takes the words away.',
    input: { name: 'try 4-week blocks', description: 'Testing 4-week instead of 2-week' },
  },
  'branches/protect': {
    says: 'A protected branch takes direct changes and merges only from approvers and administrators, and cannot be deleted.',
    input: { name: 'main', protected: true },
  },
  'branches/archive': { says: 'Puts a branch away. Nothing else changes.', input: { name: 'try 4-week blocks' } },
  'branches/unarchive': { says: 'Takes a branch out again.', input: { name: 'try 4-week blocks' } },
  'branches/people': {
    says: 'What going from one branch to the other means for each person whose roster differs: half days, hours, nights, weekends and clinic before and after, over whole weeks around all that differs, and who must be told.',
    input: { a: 'main', b: 'try 4-week blocks' },
  },
  'branches/compare': {
    says: 'What is only on one of two branches, changed on both, or different.',
    input: { a: 'main', b: 'try 4-week blocks', types: ['assignment'] },
  },
  'merges/preview': {
    says: 'What merging one branch into another would do: conflicts in words, what merges by itself, and the clashes it would bring, with repairs; with `entities`, of a pick of those records. Writes nothing.',
    input: { source: 'try 4-week blocks', target: 'main', types: ['assignment'] },
  },
  'merges/start': {
    says: 'Merges at once where nobody has to be asked and no clash is new; otherwise opens a merge and gives its id. One that is open for the same branches is gone on with.',
    input: { source: 'try 4-week blocks', target: 'main', message: 'Four-week blocks' },
  },
  'merges/get': {
    says: 'A merge in progress against both branches as they are now; a concluded one as it was.',
    input: { merge },
  },
  'merges/list': { says: 'Merges in progress, or concluded ones, newest first.', input: { state: 'open' } },
  'merges/resolve': {
    says: 'Saves decisions as one group, all or none. A conflict is named by its id, or by record and field; what merged by itself can be decided otherwise in the same way.',
    input: {
      merge,
      resolutions: [
        {
          conflict: { entity: { type: 'assignment', id }, field: 'activity' },
          resolution: { kind: 'source' },
          reason: 'Agreed with the ward',
        },
        { conflict: `["assignment","${id}","location"]`, resolution: { kind: 'custom', value: 'Clinic B' } },
      ],
    },
  },
  'merges/unresolve': {
    says: 'Takes decisions back, a house rule’s too; without names the last saved group.',
    input: { merge, conflicts: [`["assignment","${id}","activity"]`] },
  },
  'merges/repair': {
    says: 'Takes a repair that is offered for a clash; with `repair: null` takes it back.',
    input: { merge, clash: `double-booking|${person}|2026-05-14 PM`, repair: 'r1' },
  },
  'merges/result': { says: 'The records that the merge would change on its target, as they would be.', input: { merge } },
  'merges/conclude': {
    says: 'Writes one commit with two parents and every decision in it. Refuses CONFLICT_OPEN while something is open, or while new clashes ask for a reason.',
    input: { merge, reason: 'Agreed in the faculty meeting' },
  },
  'merges/abort': { says: 'Forgets a merge in progress without a trace.', input: { merge } },
  'merges/rules': { says: 'The house rules of the programme.', input: {} },
  'merges/setRules': {
    says: 'Replaces the house rules. They decide conflicts of a type, or of one field of it, before people are asked.',
    input: { rules: [{ type: 'swap_record', field: 'status', prefer: 'furthest-status' }] },
  },
  'merges/pick': {
    says: 'Brings chosen records of a branch into another, field by field, and nothing else.',
    input: { source: 'try 4-week blocks', target: 'main', entities: [{ type: 'assignment', id }] },
  },
  'roster/window': {
    says: 'The grid as of a moment: people, half days, cells, absences, coverage and clashes. At most 400 days.',
    input: { branch: 'main', at, from: '2026-05-11', to: '2026-06-07' },
  },
  'roster/step': {
    says: 'The net changes between two commits inside a window, in either direction.',
    input: { branch: 'main', from: earlier, to: commit, window: { from: '2026-05-11', to: '2026-06-07' } },
  },
  'roster/cell': {
    says: 'Everything that ever stood in one person’s half day on the branch, also what is gone since: each assignment with its history.',
    input: { branch: 'main', personId: person, date: '2026-05-14', half: 'PM' },
  },
  'roster/repairs': {
    says: 'What would clear a clash that stands: changes for one commit, each proved to clear it and to bring none, with the commit they hold for.',
    input: { branch: 'main', clash: 'double-booking|a|b', from: '2026-05-14', to: '2026-05-14' },
  },
  'roster/codes': { says: 'The codes known on the branch, most used first.', input: { branch: 'main' } },
  'diff/commits': {
    says: 'What differs between two moments, in words. Each side is a commit, a branch, a tag, or a branch at a moment.',
    input: { from: { branch: 'main', at }, to: 'main', types: ['assignment'], limit: 100 },
  },
  'views/offer': {
    says: 'Lets another user see and adopt one own version of a clinic or patient: the one that shows unless a number is given. It is frozen as it is; what is saved later stays private.',
    input: { type: 'clinic', id, to: 'bruno', version: 3, note: 'I called them this morning' },
  },
  'views/withdraw': { says: 'Takes an own offer back. What was adopted stays with who adopted it.', input: { offer: merge } },
  'views/offers': {
    says: 'Offers to oneself, or by oneself, that stand, newest first, with the record as the offered version shows it on the branch.',
    input: { direction: 'received', type: 'clinic', branch: 'main', mask: true, limit: 20 },
  },
  'views/adopt': {
    says: 'Takes over what was offered, whole or in some fields, as a new own version that remembers where it came from. Attaches to the record where one was not linked.',
    input: { offer: merge, fields: ['phone'], summary: 'The number Ana found', branch: 'main' },
  },
  'views/publish': {
    says: 'Puts chosen own values into the shared record of a branch, as one commit with nothing else in it. Where the shared record says something else by now, `kind` is `conflicts`, and the merge is decided with `merges/resolve` and `merges/conclude`; only who publishes sees it until then.',
    input: { type: 'clinic', id, fields: ['phone', 'hours'], branch: 'main', message: 'The new number', reason: 'They moved' },
  },
  'views/compare': {
    says: 'What differs between two sides of a record: the shared record, own versions, and versions that were offered. Any other answers NOT_FOUND, whether there is one or not.',
    input: { type: 'clinic', id, a: 'shared', b: { user: 'bruno', version: 4 }, branch: 'main' },
  },
  'views/matrix': {
    says: 'The shared record, one’s own version and every version that was offered, field by field.',
    input: { type: 'patient', id, branch: 'main', mask: true },
  },
  'views/drift': {
    says: 'Records whose shared one moved on since one’s own version was made, the newest move first: per field what it was, what the shared record says now and what one’s own says.',
    input: { type: 'clinic', branch: 'main', limit: 20 },
  },
  'views/settle': {
    says: 'Settles the drift of a record: per field the shared value or one’s own. Fields that are not named count as seen. Only a choice that changes what is seen makes a new version.',
    input: { type: 'clinic', id, choices: { phone: 'shared', hours: 'mine' }, branch: 'main' },
  },
  'views/previewMigration': {
    says: 'Reads a list of clinics or patients and of who is linked to them (xlsx or csv) and says what taking it over would do, with every row that would be left out and why. Writes nothing. For approvers and administrators.',
    input: {
      type: 'clinic',
      file: { name: 'clinics.csv', base64: 'Y25zLG5hbWUsdXNlcgowMDEyMzQ1LE5vcnRoLGFuYQo=' },
      branch: 'main',
      limit: 200,
    },
  },
  'views/migrate': {
    says: 'Takes the list over: version 1 for every record that is new, a link for every row with a user and a record. What is there stays as it is; a second run answers `unchanged`. Runs as a job, which can be watched and cancelled; a run that fails or is cancelled leaves nothing.',
    input: {
      type: 'clinic',
      file: { name: 'clinics.csv', base64: 'Y25zLG5hbWUsdXNlcgowMDEyMzQ1LE5vcnRoLGFuYQo=' },
      branch: 'main',
      message: 'Clinics of 2026',
    },
  },
  'views/migrations': { says: 'The migrations there were, newest first, and whether they were taken back.', input: { limit: 20 } },
  'views/previewReversal': {
    says: 'What taking a migration back would remove, and what stays because somebody has used it since, with why.',
    input: { migration: merge },
  },
  'views/reverseMigration': {
    says: 'Takes a migration back: removes only what it made and nobody has used since. Whoever has an own version keeps seeing it.',
    input: { migration: merge, reason: 'It was last year’s list' },
  },
  'verify/run': {
    says: 'Recomputes every hash and every derived table from the stored bytes and names each fault.',
    input: { full: true },
  },
  'exchange/previewExport': {
    says: 'What an export would hold: its name, how many rows, which fields, and which personal ones are left out. Makes no file.',
    input: { what: 'absences', format: 'csv', from: '2026-05-01', to: '2026-05-31' },
  },
  'exchange/export': {
    says: 'Writes the roster (a wide rota) or a list as a workbook or a text table, as of a moment, and answers the file in base64 with the commit and position it shows. Importing an exported roster where it came from changes nothing. Personal fields are left out unless they are asked for with a reason.',
    input: { branch: 'main', at, what: 'roster', format: 'xlsx', from: '2026-05-14', to: '2026-06-10', people: [person] },
  },
  'exchange/previewImport': {
    says: 'Reads a wide rota (xlsx or csv) and says what importing it would change, and what is still open. Writes nothing. The file is sent in base64.',
    input: { branch: 'main', file: { name: 'block-9.csv', base64: 'TmFtZSxGcmkgMjMgSmFuIEFNCkxpbWEsQwo=' }, limit: 100 },
  },
  'exchange/import': {
    says: 'Imports it as one commit. Codes that are unknown must be decided first: kept, mapped, or skipped on purpose.',
    input: {
      branch: 'main',
      file: { name: 'block-9.csv', base64: 'TmFtZSxGcmkgMjMgSmFuIEFNCkxpbWEsQwo=' },
      decisions: { year: 'correct', codes: { 'VA-am': { use: 'map', code: 'VA' }, OFFICE: { use: 'keep' } } },
    },
  },
  'views/register': {
    says: 'Makes the shared record of an identifier, or attaches to the one there is (`wasCreated: false`) and keeps the given fields as an own version where they differ. Punctuation makes no second person.',
    input: {
      type: 'clinic',
      identifier: '0012345',
      fields: { name: 'Clínica São José', phone: '(11) 3333-4444', hours: 'Mon to Fri, 8 to 17' },
    },
  },
  'views/get': {
    says: 'A record as one sees it on a branch at a moment, and for each field where its value comes from. `mask` hides the digits of a CPF.',
    input: { type: 'clinic', id, branch: 'main', at },
  },
  'views/save': {
    says: 'Keeps an own version. Fields that are not sent stay as they are seen, `null` empties one, equal data makes none. With expectedVersion the answer is `stale` when another version shows by now.',
    input: { type: 'clinic', id, fields: { hours: 'Mon to Thu, 9 to 18' }, summary: 'They told me on the telephone', expectedVersion: 1 },
  },
  'views/clear': {
    says: 'Lets the shared record show again, in some fields or in all. Own versions stay, put away.',
    input: { type: 'clinic', id, fields: ['hours'] },
  },
  'views/unlink': {
    says: 'Takes a record off one’s own list. Own versions stay, and show again when it is registered again.',
    input: { type: 'clinic', id },
  },
  'views/search': {
    says: 'The records one is linked to, in the order of their names as one sees them; by words of the name without case and accents, or three or more digits of the identifier.',
    input: { type: 'clinic', text: 'sao jose', limit: 20 },
  },
  'views/versions': {
    says: 'One’s own numbered versions of a record, newest first. Number 1 is the version it began with, for who registered it.',
    input: { type: 'clinic', id },
  },
  'views/useVersion': { says: 'Goes back (or forth) to one of one’s own versions.', input: { type: 'clinic', id, version: 2 } },
  'views/archive': {
    says: 'Puts an own version away, or (`archived: false`) takes it out again as a draft. One in use or offered is protected.',
    input: { type: 'clinic', id, version: 3, archived: true },
  },
  'views/remove': {
    says: 'Removes an own version that nobody uses. Its number is not given again.',
    input: { type: 'clinic', id, version: 3 },
  },
  'views/previewCleanup': {
    says: 'The unused drafts and archived versions that `views/cleanup` with the same scope would remove.',
    input: { type: 'clinic', olderThan: at, statuses: ['archived'] },
  },
  'views/cleanup': {
    says: 'Removes them as one commit. Nobody sees anything else than before.',
    input: { type: 'clinic', olderThan: at, statuses: ['archived'], expected: 4 },
  },
  'views/reveal': {
    says: 'The whole identifier of a record on one’s own list. That it was asked for is kept.',
    input: { type: 'patient', id, reason: 'Telephone call from the pharmacy' },
  },
  'views/reveals': {
    says: 'Who asked to see what is masked, with the reason that was given: one’s own askings, for an administrator everybody’s. Here those of one record.',
    input: { type: 'patient', id, gathered: true },
  },
  'views/list': {
    says: 'Whose view one may take: one’s own, and those of users who offered something. An administrator is told of every view, and of nothing in it.',
    input: {},
  },
};
