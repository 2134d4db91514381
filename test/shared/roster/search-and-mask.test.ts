import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entityTypeOf } from '../../../shared/roster/entity-type.ts';
import { foldText, matchText } from '../../../shared/roster/fold-text.ts';
import { isMaskable, maskFields, maskIdentifier } from '../../../shared/roster/mask-identifier.ts';

test('text is folded without case, accents and doubled blanks, and folding twice changes nothing more', () => {
  expect(foldText('  Clínica  SÃO José\n')).toBe('clinica sao jose');
  expect(foldText('Joa\u0303o')).toBe(foldText('JOÃO'));
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => foldText(foldText(text)) === foldText(text)));
});

test('every word must be in the name, or three digits and more in the identifier', () => {
  const record = { foldedName: foldText('Clínica São José 24'), identifier: '0012345' };
  const finds = (text: string): boolean => matchText(text)(record);
  expect(['', '  ', 'jose', 'JOSÉ clinica', '24', '123', '00-12', '0012345'].filter((text) => !finds(text))).toEqual([]);
  expect(['josefa', 'jose maria', '12', '999', '123x', '(%)', '.*'].filter(finds)).toEqual([]);
});

test('a CPF shows six of its digits, in the fields too; a clinic id shows whole', () => {
  expect(maskIdentifier('11144477735')).toBe('***.444.777-**');
  expect(maskIdentifier('x1')).toBe('**');
  const [patient, clinic] = [entityTypeOf('patient'), entityTypeOf('clinic')];
  expect([isMaskable(patient), isMaskable(clinic)]).toEqual([true, false]);
  expect(maskFields(patient, { cpf: '11144477735', name: 'M' })).toEqual({ cpf: '***.444.777-**', name: 'M' });
  expect(maskFields(patient, { name: 'M' })).toEqual({ name: 'M' });
  expect(maskFields(clinic, { cns: '0012345' })).toEqual({ cns: '0012345' });
});
