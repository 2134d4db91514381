import { RefusedError } from '../../../shared/errors.ts';

/** Refuses INVALID a text that holds half of a character: it could be shown to nobody and written into no commit. */
export function refuseBrokenText(texts: Readonly<Record<string, string>>): void {
  const broken = Object.keys(texts).filter((field) => texts[field]?.isWellFormed() === false);
  if (broken.length > 0)
    throw new RefusedError('INVALID', `The ${broken.join(' and the ')} holds half of a character, which cannot be stored.`, {
      what: 'field',
      fields: broken.map((field) => ({ field, problem: 'holds half of a character' })),
    });
}
