/** How much of a file is read at most. A file is hostile until it is read, so every loop over one ends at one of these. */
export const limits = {
  /** Of the file itself, in bytes. */
  fileBytes: 48 * 1024 * 1024,
  /** Of a text file. A rota of a year has less than one of these. */
  textBytes: 20 * 1024 * 1024,
  zipEntries: 2_000,
  /** Of all parts of a workbook together, unpacked. */
  unpackedBytes: 200 * 1024 * 1024,
  /** Of one part, so that its text fits into memory beside what is made of it. */
  partBytes: 100 * 1024 * 1024,
  /** Unpacked bytes for one packed byte; only parts above `ratioFrom` are measured, small ones cannot hurt. */
  ratio: 100,
  ratioFrom: 1024 * 1024,
  sheets: 200,
  cells: 2_000_000,
  rows: 20_000,
  /** Of a list with one record in each row. */
  listRows: 200_001,
  /** A year of half days is 730 columns. */
  columns: 2_000,
  /** Cells that a value is spread to because they are merged with its own. */
  mergedCells: 200_000,
  xmlDepth: 100,
  /** Longest code that is taken as one; the contract's own limit for mapping. */
  codeLength: 60,
  nameLength: 200,
  /** Rows that name people. */
  people: 5_000,
  /** Half days of all people together; two hundred people for a year are 146,000. */
  halfDays: 500_000,
  /** People of one name. */
  namesakes: 100,
} as const;
